"""Exports as files: from bytes in whatever encoding to tables of text in schema `raw`.

Nothing is guessed and nothing is lost silently. A plain UTF-8 file is read by DuckDB with explicit
columns. Any other file (GB18030, UTF-16, quoted values, blank lines, padded values, tabs), and any
file with which DuckDB finds fault, goes through Python's csv reader first, which knows records from
lines: it either names the bad rows or writes the same records as a plain file. In the end the rows
are counted.

Columns may come in any order. One that need not be there (`Resource.may_lack`) reads as empty where
it is absent. One that the contract does not know is left out; in a file that nobody has published
yet only where it looks like none that is absent.

Every table of `raw` has the Chinese headers of the contract as text columns, trimmed and with null
for empty, and `_row`: the row a person sees in Excel, where the header is row 1.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import duckdb
import msgspec

from dashboard.contract import (
    Package,
    Problem,
    Resource,
    each_resource,
    quoted,
    string,
)
from dashboard.loading.problems import (
    UnreadableFileError,
    cannot_open,
    empty_file,
    lost_rows,
    missing_file,
)
from dashboard.loading.text import (
    BLANKS,
    checked_header,
    decode,
    is_plain,
    parse,
    plain_header,
    record_count,
    records,
    write_plain,
)

# What says how far an export reaches, best first. Planned dates say nothing of the kind.
PERIOD_COLUMNS = ("month", "event_date", "award_date", "cut_off_date", "school_year", "year")


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """One export as it was loaded.

    `modified` is the file's time with the local zone, `latest` the last period the export covers
    as the file writes it (a month, date, year or school year), or None.
    """

    name: str
    title: str
    file_name: str
    rows: int
    modified: datetime
    encoding: str
    sha256: str
    latest: str | None


def load_sources(
    connection: duckdb.DuckDBPyConnection, package: Package, folder: Path
) -> tuple[dict[str, Source], list[Problem]]:
    """Load the exports of a folder into schema `raw`.

    Returns what was loaded by resource name, and the problems of the files that could not be.
    An optional export that is missing becomes an empty table and is not among the sources. A header
    alone is an export in which nobody has reported anything; one that others refer to, such as the
    register of schools, must have rows.
    """
    connection.execute("create schema if not exists raw")
    sources: dict[str, Source] = {}
    problems: list[Problem] = []
    referred = {key.target for resource in package.resources for key in resource.foreign_keys}
    with tempfile.TemporaryDirectory(prefix="dashboard-") as scratch:

        def load(cursor: duckdb.DuckDBPyConnection, resource: Resource) -> Source | list[Problem]:
            return _load_or_explain(cursor, resource, folder, Path(scratch))

        for resource, loaded in zip(
            package.resources, each_resource(connection, package.resources, load), strict=True
        ):
            if isinstance(loaded, Source) and loaded.rows == 0 and resource.name in referred:
                problems.append(empty_file(resource))
            elif isinstance(loaded, Source):
                sources[resource.name] = loaded
            else:
                problems += loaded
    return sources, problems


def _load_or_explain(
    connection: duckdb.DuckDBPyConnection, resource: Resource, folder: Path, scratch: Path
) -> Source | list[Problem]:
    path = folder / resource.file_name
    if not path.is_file():
        if not resource.optional:
            return [missing_file(resource)]
        create_empty(connection, resource)
        return []
    try:
        return _load(connection, resource, path, scratch)
    except UnreadableFileError as unreadable:
        return unreadable.problems


def _load(
    connection: duckdb.DuckDBPyConnection, resource: Resource, path: Path, scratch: Path
) -> Source:
    try:
        modified = datetime.fromtimestamp(path.stat().st_mtime).astimezone()
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableFileError(cannot_open(resource, error)) from error
    text, encoding = decode(resource, content)
    plain = path if encoding == "UTF-8" and is_plain(text) else None
    if plain is None or not _read_table(connection, resource, plain, plain_header(text), text):
        rows = records(resource, text)
        plain = scratch / f"{resource.name}.csv"
        plain_text = write_plain(plain, rows)
        if not _read_table(connection, resource, plain, rows[0], plain_text):
            raise UnreadableFileError(lost_rows(resource))
    return Source(
        name=resource.name,
        title=resource.title,
        file_name=resource.file_name,
        rows=_drop_blank_rows(connection, resource),
        modified=modified,
        encoding=encoding,
        sha256=hashlib.sha256(content).hexdigest(),
        latest=_latest_period(connection, resource),
    )


def count_rows(resource: Resource, folder: Path) -> int | None:
    """Return the rows of an export, whatever its columns are; None where it is no table."""
    try:
        text, _encoding = decode(resource, (folder / resource.file_name).read_bytes())
        rows = parse(resource, text)
    except (OSError, UnreadableFileError):
        return None
    return sum(any(value.strip(BLANKS) for value in record) for record in rows[1:])


def _read_table(
    connection: duckdb.DuckDBPyConnection,
    resource: Resource,
    path: Path,
    header: Sequence[str],
    text: str,
) -> bool:
    """Create raw.<resource> from a plain file; False when a row is broken or got lost."""
    headers = checked_header(resource, header)
    columns = ", ".join(
        f"{string(name or f'surplus {place}')}: 'varchar'" for place, name in enumerate(headers)
    )
    values = ", ".join(
        quoted(name) if name in headers else f"null::varchar as {quoted(name)}"
        for name in resource.headers
    )
    table = f"raw.{quoted(resource.name)}"
    try:
        connection.execute(
            f"create or replace table {table} as"
            f" select row_number() over () + 1 as _row, {values} from read_csv($path,"
            f" columns = {{{columns}}}, auto_detect = false, header = true, delim = ',',"
            " quote = '\"', escape = '\"', nullstr = '', strict_mode = true)",
            {"path": str(path)},
        )
    except duckdb.InvalidInputException:
        return False
    row = connection.execute(f"select count(*) from {table}").fetchone()
    return row is not None and row[0] == record_count(text) - 1


def _drop_blank_rows(connection: duckdb.DuckDBPyConnection, resource: Resource) -> int:
    """Delete rows without any value, which Excel likes to leave behind; return how many remain."""
    table = f"raw.{quoted(resource.name)}"
    filled = f"coalesce({', '.join(map(quoted, resource.headers))}) is not null"
    row = connection.execute(
        f"select count(*), count(*) filter (where {filled}) from {table}"
    ).fetchone()
    assert row is not None  # a count is always there
    if row[0] > row[1]:
        connection.execute(f"delete from {table} where not ({filled})")
    return int(row[1])


def create_empty(connection: duckdb.DuckDBPyConnection, resource: Resource) -> None:
    """Create raw.<resource> without rows, unless it is there."""
    columns = ", ".join(f"{quoted(name)} varchar" for name in resource.headers)
    connection.execute(
        f"create table if not exists raw.{quoted(resource.name)} (_row bigint, {columns})"
    )


def _latest_period(connection: duckdb.DuckDBPyConnection, resource: Resource) -> str | None:
    headers = {field.column: field.header for field in resource.fields}
    column = next((column for column in PERIOD_COLUMNS if column in headers), None)
    if column is None:
        return None
    row = connection.execute(
        f"select max({quoted(headers[column])}) from raw.{quoted(resource.name)}"
    ).fetchone()
    return row[0] if row else None

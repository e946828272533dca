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

import codecs
import csv
import difflib
import hashlib
import io
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
    shortlist,
    string,
)

# What Excel and the bureau's systems leave around values; U+3000 is the full-width space.
BLANKS = " \t\r\n\u00a0\u3000\ufeff"

# Below this a name is another name, not a slip of the pen.
_ALIKE = 0.6

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


class UnreadableFileError(Exception):
    """The file is no table with the contract's columns."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(*(problem.message_en for problem in problems))
        self.problems = list(problems)


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
                problems.append(_empty_file(resource))
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
            return [_missing_file(resource)]
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
        raise UnreadableFileError(_cannot_open(resource, error)) from error
    text, encoding = _decode(resource, content)
    plain = path if encoding == "UTF-8" and _is_plain(text) else None
    if plain is None or not _read_table(connection, resource, plain, _plain_header(text), text):
        records = _records(resource, text)
        plain = scratch / f"{resource.name}.csv"
        plain_text = _write_plain(plain, records)
        if not _read_table(connection, resource, plain, records[0], plain_text):
            raise UnreadableFileError(_lost_rows(resource))
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
    """The rows of an export, whatever its columns are; None where it is no table."""
    try:
        text, _encoding = _decode(resource, (folder / resource.file_name).read_bytes())
        records = _parse(resource, text)
    except (OSError, UnreadableFileError):
        return None
    return sum(any(value.strip(BLANKS) for value in record) for record in records[1:])


# ---- bytes to text ------------------------------------------------------------------------------


def _decode(resource: Resource, content: bytes) -> tuple[str, str]:
    """The file's text without byte order mark, and the encoding's name."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        candidates = [("utf-16", "UTF-16")]
    else:
        candidates = [("utf-8-sig", "UTF-8"), ("gb18030", "GB18030")]
    for codec, name in candidates:
        try:
            text = content.decode(codec)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        if not text.strip(BLANKS):
            raise UnreadableFileError(_empty_file(resource))
        return text, name
    raise UnreadableFileError(_no_text(resource))


def _is_plain(text: str) -> bool:
    """Whether DuckDB can read it: no quotes, blank lines, padded values or mixed line ends."""
    returns = text.count("\r")
    if returns:
        if returns != text.count("\r\n") or returns < text.count("\n") or "\r\n\r\n" in text:
            return False
    elif "\n\n" in text:
        return False
    first = _first_line(text)
    return '"' not in text and "," in first and not first.endswith(",") and not _is_padded(text)


def _is_padded(text: str) -> bool:
    for blank in BLANKS:
        # Most blanks are nowhere in the text, and to see that is cheap.
        if blank in text and blank not in "\r\n":
            ends = (f",{blank}", f"\n{blank}", f"{blank},", f"{blank}\n", f"{blank}\r")
            if text[0] == blank or text[-1] == blank or any(end in text for end in ends):
                return True
    return False


def _plain_header(text: str) -> list[str]:
    return _first_line(text).split(",")


def _first_line(text: str) -> str:
    return text.split("\n", 1)[0].rstrip("\r")


# ---- the careful way: records with Python's csv reader ------------------------------------------


def _records(resource: Resource, text: str) -> list[list[str]]:
    """All records of the file, trimmed and as wide as the header; a blank line is an empty record.

    Raises UnreadableFileError, which names every row that is broken.
    """
    records = _parse(resource, text)
    header = _without_empty_end(records[0])
    _checked_header(resource, header)
    width = len(header)
    ragged: list[Problem] = []
    rows = [header]
    for number, record in enumerate(records[1:], start=2):
        row = [value.strip(BLANKS) for value in record] or [""] * width
        # Excel pads rows with empty cells out to the widest row the sheet ever had.
        if not any(row[width:]):
            row = row[:width]
        if len(row) != width:
            ragged.append(_ragged(resource, number, row, width))
        rows.append(row)
    if ragged:
        raise UnreadableFileError(*shortlist(resource.file_name, ragged, len(ragged)))
    return rows


def _parse(resource: Resource, text: str) -> list[list[str]]:
    first = text.split("\n", 1)[0]
    # Excel's "Unicode text" is separated by tabs.
    delimiter = "\t" if "\t" in first and "," not in first else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    records: list[list[str]] = []
    try:
        records.extend(reader)
    except csv.Error as error:
        raise UnreadableFileError(_bad_quotes(resource, len(records) + 1)) from error
    return records


def _without_empty_end(header: Sequence[str]) -> list[str]:
    width = len(header)
    while width and not header[width - 1].strip(BLANKS):
        width -= 1
    return list(header[:width])


def _write_plain(path: Path, records: Sequence[Sequence[str]]) -> str:
    """Write the records as DuckDB reads them safely; return what was written."""
    buffer = io.StringIO(newline="")
    csv.writer(buffer, lineterminator="\n").writerows(records)
    text = buffer.getvalue()
    path.write_text(text, encoding="utf-8", newline="")
    return text


# ---- the fast way: DuckDB -----------------------------------------------------------------------


def _read_table(
    connection: duckdb.DuckDBPyConnection,
    resource: Resource,
    path: Path,
    header: Sequence[str],
    text: str,
) -> bool:
    """Create raw.<resource> from a plain file; False when a row is broken or got lost."""
    headers = _checked_header(resource, header)
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
    return row is not None and row[0] == _record_count(text) - 1


def _record_count(text: str) -> int:
    """Records in a plain or written text: line ends that are not inside quotes."""
    outside = "".join(text.split('"')[::2]) if '"' in text else text
    return outside.count("\n") + (not text.endswith("\n"))


def _checked_header(resource: Resource, header: Sequence[str]) -> list[str | None]:
    """The contract's name of every column of the file; None for one that is left out."""
    names = [name.strip(BLANKS) for name in header]
    known = _known_names(resource, names)
    columns = [known.get(name) for name in names]
    absent = [field for field in resource.fields if field.header not in columns]
    if len(absent) == len(resource.fields):
        raise UnreadableFileError(_no_header(resource))
    wrong = [
        _missing_column(resource, field.header) for field in absent if not resource.may_lack(field)
    ]
    if resource.written is None:  # nobody renames the columns of what is published
        absent_headers = [field.header for field in absent]
        for name in (name for name in names if name not in known):
            alike = difflib.get_close_matches(name, absent_headers, n=1, cutoff=_ALIKE)
            wrong += [_unknown_column(resource, name, nearest) for nearest in alike]
    repeated = sorted({name for name in columns if name and columns.count(name) > 1})
    wrong += [_repeated_column(resource, name) for name in repeated]
    if wrong:
        raise UnreadableFileError(*shortlist(resource.file_name, wrong, len(wrong)))
    return columns


def _known_names(resource: Resource, names: Sequence[str]) -> dict[str, str]:
    """The contract's headers; of a published version also those that a column had before."""
    known = {header: header for header in resource.headers}
    if resource.written is not None:
        for field in resource.fields:
            if field.header not in names:
                known = dict.fromkeys(field.aliases, field.header) | known
    return known


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


# ---- words --------------------------------------------------------------------------------------


def _missing_file(resource: Resource) -> Problem:
    file = resource.file_name
    return Problem(
        file=file,
        kind="missing_file",
        message_zh=f"缺少文件 {file}。请从系统导出{resource.title}并放入数据目录。",
        message_en=f"{file} is missing. Export it and put it into the data folder.",
    )


def _cannot_open(resource: Resource, error: OSError) -> Problem:
    file = resource.file_name
    return Problem(
        file=file,
        kind="unreadable",
        message_zh=f"{file} 无法打开（{error.strerror}）。请检查文件权限后重试。",
        message_en=f"{file} cannot be opened ({error.strerror}). Check its permissions.",
    )


def _no_text(resource: Resource) -> Problem:
    file = resource.file_name
    return Problem(
        file=file,
        kind="encoding",
        message_zh=f"{file} 不是 CSV 文本（编码既不是 UTF-8、GB18030，也不是 UTF-16）。"
        "请在 Excel 中另存为“CSV UTF-8（逗号分隔）”。",
        message_en=f"{file} is no CSV text (neither UTF-8, GB18030 nor UTF-16)."
        " Save it in Excel as “CSV UTF-8 (comma delimited)”.",
    )


def _empty_file(resource: Resource) -> Problem:
    file = resource.file_name
    return Problem(
        file=file,
        kind="empty",
        message_zh=f"{file} 没有数据。请重新导出。",
        message_en=f"{file} holds no data. Export it again.",
    )


def _no_header(resource: Resource) -> Problem:
    file = resource.file_name
    return Problem(
        file=file,
        kind="header",
        row=1,
        message_zh=f"{file} 第 1 行不是列名，或列之间不是英文逗号。"
        f"第 1 行应为：{','.join(resource.headers)}。",
        message_en=f"{file} row 1 does not hold the column names, or they are not separated by"
        f" commas. It must read: {','.join(resource.headers)}.",
    )


def _missing_column(resource: Resource, header: str) -> Problem:
    file, written = resource.file_name, resource.written
    advice_zh, advice_en = "请补上该列后重新导出", "Add it to the export"
    if written is not None:
        advice_zh = (
            f"该版本按数据说明 {written} 版发布，当时没有这一列。请在 datapackage.yaml 中写明该列的"
            " since（加入该列的版本），或去掉 required"
        )
        advice_en = (
            f"It was published under version {written} of the contract, which did not have it. Say"
            " in datapackage.yaml in which version the column came (since), or do not require it"
        )
    return Problem(
        file=file,
        kind="header",
        row=1,
        column=header,
        message_zh=f"{file} 缺少列「{header}」。{advice_zh}。",
        message_en=f"{file} lacks the column {header}. {advice_en}.",
    )


def _unknown_column(resource: Resource, header: str, nearest: str) -> Problem:
    file = resource.file_name
    return Problem(
        file=file,
        kind="header",
        row=1,
        column=header,
        message_zh=f"{file} 有不认识的列「{header}」。是不是「{nearest}」？请改正列名；"
        "如果不是，请删除该列。",
        message_en=f"{file} has an unknown column “{header}”. Is it {nearest}? Rename it; if not,"
        " delete it.",
    )


def _repeated_column(resource: Resource, header: str) -> Problem:
    file = resource.file_name
    return Problem(
        file=file,
        kind="header",
        row=1,
        column=header,
        message_zh=f"{file} 的列「{header}」重复出现。请只保留一列。",
        message_en=f"{file} has the column {header} more than once. Keep one.",
    )


def _ragged(resource: Resource, row: int, record: Sequence[str], width: int) -> Problem:
    file, found = resource.file_name, len(record)
    hint_zh, hint_en = "请核对该行的逗号", "Check the commas of this row"
    if found < width and any("，" in value for value in record):
        hint_zh, hint_en = "请把全角逗号“，”改为英文逗号", "Replace full-width commas by plain ones"
    return Problem(
        file=file,
        kind="ragged",
        row=row,
        value=str(found),
        message_zh=f"{file} 第 {row} 行有 {found} 列，应为 {width} 列。{hint_zh}。",
        message_en=f"{file} row {row} has {found} columns, expected {width}. {hint_en}.",
    )


def _bad_quotes(resource: Resource, row: int) -> Problem:
    file = resource.file_name
    return Problem(
        file=file,
        kind="quotes",
        row=row,
        message_zh=f"{file} 第 {row} 行的英文引号不成对，其后的行无法读取。请改正该行的引号。",
        message_en=f"{file} row {row} has unbalanced quotes; nothing after it can be read."
        " Correct its quotes.",
    )


def _lost_rows(resource: Resource) -> Problem:
    file = resource.file_name
    return Problem(
        file=file,
        kind="unreadable",
        message_zh=f"{file} 未能完整读取。请在 Excel 中另存为“CSV UTF-8（逗号分隔）”后重试。",
        message_en=f"{file} could not be read completely. Save it in Excel as"
        " “CSV UTF-8 (comma delimited)” and try again.",
    )

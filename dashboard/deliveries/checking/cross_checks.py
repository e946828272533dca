"""Checks between rows, files and periods: the questions in queries/checks/."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import duckdb
import msgspec

from dashboard.contract import Package, Resource, quoted, typed
from dashboard.deliveries.checking.merging import BASE, PART
from dashboard.deliveries.model import ROW, Severity
from dashboard.deliveries.periods import period_columns
from dashboard.rounding import rounded

CHECKS_FILE = "checks.yml"


class Check(msgspec.Struct, frozen=True, kw_only=True):
    """A question in <id>.sql and the words for every row it answers with."""

    id: str
    resources: tuple[str, ...]
    severity: Severity
    message_zh: str
    message_en: str
    expected_zh: str = ""
    expected_en: str = ""


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """A row of an answer; `row` of the candidate's export, None where it is about no single row."""

    check: Check
    resource: str
    row: int | None
    column: str | None
    value: str | None
    wrong_zh: str
    wrong_en: str
    expected_zh: str
    expected_en: str


def load_checks(folder: Path) -> tuple[Check, ...]:
    """Return the checks of a folder. Raises OSError, msgspec.ValidationError."""
    content = msgspec.yaml.decode((folder / CHECKS_FILE).read_bytes(), type=dict[str, Any])
    return msgspec.convert(content["checks"], tuple[Check, ...])


def create_typed_tables(
    connection: duckdb.DuckDBPyConnection, package: Package, needed: set[str]
) -> None:
    """Make schema `typed` of schema `raw`: values in their types, null where they are of none.

    Beside the headers every table has `_row`, `period` and `is_delivered`. Exports that are not
    needed become empty. `typed.periods` holds every period of an export, `typed.reported` which
    county reports what in which.
    """
    connection.execute("create schema typed")
    for resource in package.resources:
        columns = ", ".join(f"{typed(f)} as {quoted(f.header)}" for f in resource.fields)
        limit = "" if resource.name in needed else " limit 0"
        connection.execute(
            f"create table typed.{quoted(resource.name)} as select {ROW}, {_period(resource)} as"
            f" period, {PART} is not null as is_delivered, {columns}"
            f" from raw.{quoted(resource.name)}{limit}"
        )
    _create_periods(connection, package)
    _create_reported(connection, package)


def hits(connection: duckdb.DuckDBPyConnection, folder: Path, check: Check) -> Iterator[Hit]:
    """Yield the rows that fail a check, with its words filled in."""
    query = (folder / f"{check.id}.sql").read_text(encoding="utf-8")
    result = connection.execute(query)
    names = [column[0] for column in result.description]
    for values in result.fetchall():
        row = dict(zip(names, values, strict=True))
        parts = {name: _plain(value) for name, value in row.items()}
        column, value = row["column_name"], row["value"]
        yield Hit(
            check=check,
            resource=row["resource"],
            row=row["row_number"],
            column=column,
            value=None if value is None else _plain(value),
            wrong_zh=check.message_zh.format(**parts).strip(),
            wrong_en=check.message_en.format(**parts),
            expected_zh=check.expected_zh.format(**parts),
            expected_en=check.expected_en.format(**parts),
        )


def _create_periods(connection: duckdb.DuckDBPyConnection, package: Package) -> None:
    """Note the periods of every export; `first_row` is the first delivered row of one.

    `month` is null where a period is a year, `season` empty where it is no round or term of one.
    """
    connection.execute(
        "create table typed.periods (resource varchar, column_name varchar, period varchar,"
        " year integer, month integer, season varchar, first_row bigint, is_delivered boolean)"
    )
    for resource in package.resources:
        columns = period_columns(resource)
        if columns:
            connection.execute(
                "insert into typed.periods select $resource, $column_name, period,"
                " try_cast(left(period, 4) as integer),"
                " case when period like '____-__' then try_cast(right(period, 2) as integer) end,"
                " case when period like '____ %' then substr(period, 6) else '' end,"
                " min(_row) filter (where is_delivered), bool_or(is_delivered)"
                f" from typed.{quoted(resource.name)} where period is not null group by period",
                {"resource": resource.name, "column_name": columns[0]},
            )


def _create_reported(connection: duckdb.DuckDBPyConnection, package: Package) -> None:
    """Which county reports what in which period, in the base and in the candidate."""
    connection.execute(
        "create table typed.reported (resource varchar, period varchar, county_id varchar,"
        " is_base boolean, is_delivered boolean)"
    )
    existing = {
        row[0]
        for row in connection.execute(
            "select table_name from duckdb_tables() where schema_name = $schema", {"schema": BASE}
        ).fetchall()
    }
    for resource in package.resources:
        if resource.name not in existing or resource.name == "counties":
            continue
        for schema, is_base in ((BASE, "true"), ("raw", "false")):
            source = _counties_of(resource, schema)
            if source is not None:
                delivered = "false" if is_base == "true" else f"bool_or({PART} is not null)"
                connection.execute(
                    f"insert into typed.reported select $resource, period, county_id, {is_base},"
                    f" {delivered} from ({source}) where county_id is not null"
                    " group by period, county_id",
                    {"resource": resource.name},
                )


def _counties_of(resource: Resource, schema: str) -> str | None:
    """Write the SQL of period and county of every row; a school's is that of the register."""
    source = f"from {schema}.{quoted(resource.name)}"
    part = "" if schema == BASE else f", {PART}"
    fields = {field.column: quoted(field.header) for field in resource.fields}
    if "county_id" in fields:
        county = fields["county_id"]
        return f"select {_period(resource)} as period, {county} as county_id{part} {source}"
    if "school_id" in fields:
        return (
            f"select {_period(resource)} as period, county_id{part} {source} left join"
            ' (select "学校标识码" as known_id, max_by("区县代码", "学年") as county_id'
            f" from raw.schools group by known_id) on {fields['school_id']} = known_id"
        )
    return None


def _period(resource: Resource) -> str:
    columns = period_columns(resource)
    return f"concat_ws(' ', {', '.join(map(quoted, columns))})" if columns else "''"


def _plain(value: object) -> str:
    """Return value as the words show it: whole numbers without decimals, others with up to two."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{rounded(value, 2):.12g}"
    return str(value)


def asked(checks: Sequence[Check], delivered: set[str]) -> list[Check]:
    """Return the checks that read one of the delivered exports."""
    return [check for check in checks if delivered.intersection(check.resources)]

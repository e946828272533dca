"""What a candidate's exports have that the base's had not, row by row and school by school."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb
import msgspec

from dashboard.contract import Field, Package, Resource, quoted, typed
from dashboard.deliveries.checking.merging import BASE, PART
from dashboard.deliveries.model import DeliveredTable, ExportChanges, RowChange, SchoolChange
from dashboard.deliveries.periods import of_delivered_period, period_columns

EXAMPLES = 20
SCHOOLS_LISTED = 50
LARGEST = Path("deliveries", "largest_school_changes.sql")


def export_changes(
    connection: duckdb.DuckDBPyConnection, resource: Resource, listed: int = EXAMPLES
) -> ExportChanges:
    """Compare the rows of one export by primary key.

    Needs `raw` and `base` of `merge`; the keys must be unique. A row whose values stay the same
    counts as the same wherever it stands.
    """
    keys = resource.primary_key
    pairs = " and ".join(f"new.{quoted(key)} = old.{quoted(key)}" for key in keys)
    rest = [field for field in resource.fields if field.header not in keys]
    differs = " or ".join(map(_differs, rest))
    new_key, old_key = (f"[{', '.join(f'{side}.{quoted(k)}' for k in keys)}]" for side in _SIDES)
    # Only rows that a delivery brought, and those that it replaced, can differ.
    connection.execute(
        f"create or replace temp table compared as"
        f" select new._row as new_row, old._row as old_row, {new_key} as new_key,"
        f" {old_key} as old_key, new._row is not null and old._row is not null and ({differs})"
        f" as is_changed from (select * from raw.{quoted(resource.name)} where {PART} is not null)"
        f" as new full join (select * from {BASE}.{quoted(resource.name)} as gone where"
        f" {_is_replaced(resource)}) as old on {pairs}"
    )
    counts = connection.execute(
        "select count(*) filter (where old_row is null), count(*) filter (where is_changed),"
        " count(*) filter (where new_row is null), count(*) filter (where new_row is not null and"
        " old_row is not null and not is_changed) from compared"
    ).fetchone() or (0, 0, 0, 0)
    added, changed, removed, same = map(int, counts)
    return ExportChanges(
        resource=resource.name,
        added=added,
        changed=changed,
        removed=removed,
        same=same,
        first_added=_keys(connection, "new_key", "old_row is null", "new_row", listed),
        first_changed=_changed(connection, resource, rest, listed) if changed else (),
        first_removed=_keys(connection, "old_key", "new_row is null", "old_row", listed),
    )


def school_changes(
    connection: duckdb.DuckDBPyConnection,
    package: Package,
    delivered: Sequence[str],
    queries_dir: Path,
    listed: int = SCHOOLS_LISTED,
) -> tuple[SchoolChange, ...]:
    """Return the schools whose totals of any column change most, the largest change first."""
    connection.execute(
        "create or replace temp table school_totals (resource varchar, column_name varchar,"
        " school_id varchar, period varchar, is_new boolean, counted double)"
    )
    for name in delivered:
        resource = package.resource(name)
        if name != "schools" and "school_id" in {field.column for field in resource.fields}:
            _add_totals(connection, resource)
    query = (queries_dir / LARGEST).read_text(encoding="utf-8")
    rows = connection.execute(query).fetchmany(listed)
    names = SchoolChange.__struct_fields__
    return tuple(SchoolChange(**dict(zip(names, row, strict=True))) for row in rows)


_SIDES = ("new", "old")


def _differs(field: Field) -> str:
    """Write the SQL of whether a value is another one; 600 and 600.0 are the same."""
    new, old = (f"{side}.{quoted(field.header)}" for side in _SIDES)
    if field.type != "number":
        return f"({new} is distinct from {old})"
    same = f"coalesce(try_cast({new} as double) = try_cast({old} as double), false)"
    return f"({new} is distinct from {old} and not {same})"


def _is_replaced(resource: Resource, by: str = f"{PART} is not null") -> str:
    """Write the SQL of whether a row of the base (`gone`) is of a delivered period."""
    periods = ", ".join(map(quoted, period_columns(resource)))
    delivered = f"(select distinct {periods} from raw.{quoted(resource.name)} where {by})"
    return of_delivered_period(resource, "gone", delivered)


def _keys(
    connection: duckdb.DuckDBPyConnection, column: str, condition: str, order: str, listed: int
) -> tuple[tuple[str, ...], ...]:
    rows = connection.execute(
        f"select {column} from compared where {condition} order by {order} limit {listed:d}"
    ).fetchall()
    return tuple(tuple(key) for (key,) in rows)


def _changed(
    connection: duckdb.DuckDBPyConnection,
    resource: Resource,
    fields: Sequence[Field],
    listed: int,
) -> tuple[RowChange, ...]:
    """Every changed value of the first changed rows."""
    name = quoted(resource.name)
    values = ", ".join(
        f"old.{quoted(field.header)}, new.{quoted(field.header)}, {_differs(field)}"
        for field in fields
    )
    rows = connection.execute(
        f"select new_key, {values} from compared join raw.{name} as new on new._row = new_row"
        f" join {BASE}.{name} as old on old._row = old_row where is_changed order by new_row"
        f" limit {listed:d}"
    ).fetchall()
    return tuple(
        RowChange(key=tuple(key), column=field.header, before=before, after=after)
        for key, *cells in rows
        for field, before, after, differs in zip(
            fields, cells[::3], cells[1::3], cells[2::3], strict=True
        )
        if differs
    )


def _add_totals(connection: duckdb.DuckDBPyConnection, resource: Resource) -> None:
    """Add up every column of numbers by school and period: what came, and all that was there."""
    periods = period_columns(resource)
    if not periods:
        return
    period = f"concat_ws(' ', {', '.join(map(quoted, periods))})"
    school = next(quoted(field.header) for field in resource.fields if field.column == "school_id")
    numbers = [
        field
        for field in resource.fields
        if field.type in ("integer", "number") and field.header not in periods
    ]
    sums = ", ".join(f"sum({typed(field)}) as {quoted(field.header)}" for field in numbers)
    headers = ", ".join(quoted(field.header) for field in numbers)
    for schema, is_new, condition in (
        ("raw", True, f"{PART} is not null"),
        (BASE, False, "true"),
    ):
        connection.execute(
            f"insert into school_totals select $resource, column_name, school_id, period, $is_new,"
            f" counted from (select {school} as school_id, {period} as period, {sums}"
            f" from {schema}.{quoted(resource.name)} where {condition} group by all)"
            f" unpivot (counted for column_name in ({headers}))",
            {"resource": resource.name, "is_new": is_new},
        )


def changes(
    connection: duckdb.DuckDBPyConnection,
    package: Package,
    delivered: Sequence[str],
    lost: Mapping[str, int],
) -> tuple[ExportChanges, ...]:
    """Return the changes of every delivered export.

    `lost` are the rows, by file, of the base's exports that could not be read: all of them go.
    """
    found = []
    for name in delivered:
        resource = package.resource(name)
        compared = export_changes(connection, resource)
        removed = compared.removed + lost.get(resource.file_name, 0)
        found.append(msgspec.structs.replace(compared, removed=removed))
    return tuple(found)


def emptied_columns(
    connection: duckdb.DuckDBPyConnection, package: Package, tables: Sequence[DeliveredTable]
) -> list[tuple[DeliveredTable, str, int]]:
    """Columns that a delivered table does not have, with how many values of the base that empties.

    Needs `raw` and `base` of `merge`.
    """
    found = []
    for resource in package.resources:
        delivered = [table for table in tables if table.resource == resource.name]
        for part, table in enumerate(delivered):
            for header in table.absent:
                row = connection.execute(
                    f"select count({quoted(header)}) from {BASE}.{quoted(resource.name)} as gone"
                    f" where {_is_replaced(resource, f'{PART} = {part:d}')}"
                ).fetchone()
                if row and row[0]:
                    found.append((table, header, int(row[0])))
    return found

"""The candidate: the base's exports with the delivered periods in place of theirs.

Works on schema `raw` of a connection, into which the base was loaded. Kept rows come first in their
old order, then the delivered rows in theirs, so that a few runs say where every row came from.
"""

from __future__ import annotations

import shutil
from collections.abc import Collection, Sequence
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd

from dashboard.contract import Package, Resource, is_later, quoted, string
from dashboard.deliveries.model import ROW, DeliveredTable, RowRange
from dashboard.deliveries.periods import of_delivered_period
from dashboard.loading import create_empty
from dashboard.settings import SYNTHETIC_MARK

# The base's own tables of the delivered exports, for what compares before with after.
BASE = "base"

# Which delivered table a row is of (null for a kept row), and its row in the source.
PART = "_part"
SOURCE_ROW = "_source_row"


class LostRowsError(RuntimeError):
    """Rows went missing between the base, the delivery and the candidate: never to be published."""


def merge(
    connection: duckdb.DuckDBPyConnection, package: Package, tables: Sequence[DeliveredTable]
) -> tuple[RowRange, ...]:
    """Replace the delivered periods in schema `raw`; keep the base's tables in schema `base`.

    Every table of `raw` gets the columns `_part` and `_source_row`. Raises LostRowsError.
    """
    connection.execute(f"create schema {BASE}")
    runs: list[RowRange] = []
    for resource in package.resources:
        delivered = [table for table in tables if table.resource == resource.name]
        if delivered:
            _merge_export(connection, resource, delivered)
            runs += _runs(connection, resource, delivered)
        else:
            _mark_as_kept(connection, resource)
    return tuple(runs)


def write_candidate(
    connection: duckdb.DuckDBPyConnection,
    package: Package,
    base_folder: Path,
    published: Collection[str],
    delivered: Collection[str],
    folder: Path,
) -> None:
    """Write the candidate's exports; those that were not delivered are the base's, byte for byte.

    `published` are the files of a base that is a version: one that the contract no longer knows
    stays with the others. Raises OSError.
    """
    kept = {SYNTHETIC_MARK, *published}
    for resource in package.resources:
        if resource.name not in delivered:
            kept.add(resource.file_name)
            continue
        kept.discard(resource.file_name)
        headers = ", ".join(map(quoted, resource.headers))
        connection.execute(
            f"copy (select {headers} from raw.{quoted(resource.name)} order by {ROW})"
            f" to {string(str(folder / resource.file_name))} (format csv, header true, nullstr '')"
        )
    for name in sorted(kept):
        if (base_folder / name).is_file():
            shutil.copyfile(base_folder / name, folder / name)


def written_under(
    package: Package, delivered: Collection[str], runs: Sequence[RowRange]
) -> dict[str, str]:
    """Return the contract's version that all rows of each of the candidate's exports keep, by file.

    `package` is the contract as it holds for the base's files.
    """
    keeps_rows = {run.resource for run in runs if run.place is None}
    return {
        resource.file_name: resource.written
        if resource.written is not None
        and is_later(package.version, resource.written)
        and (resource.name not in delivered or resource.name in keeps_rows)
        else package.version
        for resource in package.resources
    }


def _merge_export(
    connection: duckdb.DuckDBPyConnection, resource: Resource, delivered: Sequence[DeliveredTable]
) -> None:
    name = quoted(resource.name)
    headers = ", ".join(map(quoted, resource.headers))
    _create_base(connection, resource)
    incoming = pd.concat(
        [table.frame.assign(**{PART: part}) for part, table in enumerate(delivered)],
        ignore_index=True,
    )
    connection.register("incoming", incoming)
    connection.execute(
        f"create or replace table raw.{name} as with delivered as (select {headers}, {PART},"
        f" {ROW} as {SOURCE_ROW}, row_number() over () as _order from incoming),"
        f" kept as (select {headers}, null::bigint as {PART}, {ROW} as {SOURCE_ROW},"
        f" {ROW} as _order from {BASE}.{name} as old where {_is_kept(resource)}),"
        f" whole as (select *, 0 as _side from kept union all by name"
        f" select *, 1 as _side from delivered)"
        f" select row_number() over (order by _side, _order) + 1 as {ROW}, {headers}, {PART},"
        f" {SOURCE_ROW} from whole order by {ROW}"
    )
    row = connection.execute(
        f"select (select count(*) from {BASE}.{name} as old where {_is_kept(resource)}),"
        f" (select count(*) from raw.{name})"
    ).fetchone()
    connection.unregister("incoming")
    if row is None or row[0] + len(incoming) != row[1]:
        raise LostRowsError(f"{resource.name}: {row} rows, {len(incoming)} delivered")


def _create_base(connection: duckdb.DuckDBPyConnection, resource: Resource) -> None:
    """Set the base's table aside; one that could not be loaded counts as empty."""
    name = quoted(resource.name)
    create_empty(connection, resource)
    connection.execute(f"create table {BASE}.{name} as from raw.{name}")


def _is_kept(resource: Resource) -> str:
    """Write the SQL of whether a row of the base (`old`) is of a period not delivered."""
    return f"not {of_delivered_period(resource, 'old', 'incoming')}"


def _mark_as_kept(connection: duckdb.DuckDBPyConnection, resource: Resource) -> None:
    create_empty(connection, resource)
    name = f"raw.{quoted(resource.name)}"
    connection.execute(f"alter table {name} add column {PART} bigint")
    connection.execute(f"alter table {name} add column {SOURCE_ROW} bigint")
    connection.execute(f"update {name} set {SOURCE_ROW} = {ROW}")


def _runs(
    connection: duckdb.DuckDBPyConnection, resource: Resource, delivered: Sequence[DeliveredTable]
) -> list[RowRange]:
    rows = connection.execute(
        f"select coalesce({PART}, -1) as part, {SOURCE_ROW} as source_row"
        f" from raw.{quoted(resource.name)} order by {ROW}"
    ).fetchnumpy()
    parts, sources = np.asarray(rows["part"]), np.asarray(rows["source_row"])
    goes_on = (np.diff(parts) == 0) & (np.diff(sources) == 1)
    # Positions from 0; the first row of a file is row 2.
    firsts = np.append(0, np.flatnonzero(~goes_on) + 1)[: len(parts)]
    lasts = np.append(firsts[1:], len(parts))[: len(firsts)] - 1
    return [
        RowRange(
            resource=resource.name,
            first=int(first) + 2,
            last=int(last) + 2,
            place=None if parts[first] < 0 else delivered[parts[first]].place,
            source_first=int(sources[first]),
        )
        for first, last in zip(firsts, lasts, strict=True)
    ]

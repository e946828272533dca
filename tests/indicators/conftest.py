"""A data version in miniature: empty staging tables, a few rows, one subject's query."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import duckdb
import pytest

from dashboard import settings
from dashboard.catalogue import Catalogue, load_catalogue
from dashboard.contract import load_package, owed_tables, quoted
from dashboard.data import OWED_STEPS
from tests.indicators.rows import Compute, Computed, Row

Staging = Callable[..., duckdb.DuckDBPyConnection]

COUNTIES: list[Row] = [
    {"county_id": county_id, "unit_kind": "city_run" if county_id == "330600" else "county"}
    for county_id in ("330602", "330603", "330604", "330681", "330683", "330624", "330600")
]


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load_catalogue(settings.QUERIES_DIR / "indicators")


@pytest.fixture(scope="session")
def staging_schema() -> list[str]:
    """The statements that create every staging table, empty, with the columns it really has."""
    with duckdb.connect() as connection:
        connection.execute("create schema raw")
        for resource in load_package(settings.DATAPACKAGE).resources:
            headers = ", ".join(f"{quoted(field.header)} varchar" for field in resource.fields)
            connection.execute(f"create table raw.{resource.name} (_row bigint, {headers})")
            query = (settings.QUERIES_DIR / "staging" / f"{resource.name}.sql").read_text("utf-8")
            connection.execute(f"create table {resource.name} as {query}")
        connection.execute("drop schema raw cascade")
        connection.execute(
            "create table plan_milestones (plan_year integer, indicator_id varchar,"
            " milestone_id varchar, county_id varchar, name_zh varchar, name_en varchar,"
            " source varchar, key varchar, step varchar, due_month varchar)"
        )
        connection.execute("create table thresholds (name varchar, value double)")
        for name, frame in owed_tables(load_package(settings.DATAPACKAGE)).items():
            connection.register("frame", frame)
            connection.execute(f"create table {name} as select * from frame")
        tables = [
            sql for (sql,) in connection.execute("select sql from duckdb_tables()").fetchall()
        ]
    # Views here: they follow the rows that a test puts into the staging tables.
    queries = [settings.QUERIES_DIR / f"{name}.sql" for name in OWED_STEPS]
    queries += sorted((settings.QUERIES_DIR / "shared").glob("*.sql"))
    return tables + [f"create view {path.stem} as {path.read_text('utf-8')}" for path in queries]


@pytest.fixture
def staging(staging_schema: list[str], catalogue: Catalogue) -> Iterator[Staging]:
    """Fill the staging tables: `staging(schools=[{...}, ...])`; a column left out is null.

    The counties, what they owe and the catalogue's thresholds are there already;
    `thresholds={"name": value}` replaces some of those.
    """
    connection = duckdb.connect()
    for statement in staging_schema:
        connection.execute(statement)
    for name, frame in owed_tables(load_package(settings.DATAPACKAGE)).items():
        connection.register("frame", frame)
        connection.execute(f"insert into {name} select * from frame")

    def fill(
        *, thresholds: Mapping[str, float] | None = None, **tables: Sequence[Row]
    ) -> duckdb.DuckDBPyConnection:
        values = {name: threshold.value for name, threshold in catalogue.thresholds.items()}
        values |= thresholds or {}
        rows: dict[str, Sequence[Row]] = {
            "counties": COUNTIES,
            "thresholds": [{"name": name, "value": value} for name, value in values.items()],
            **tables,
        }
        for table, table_rows in rows.items():
            for row in table_rows:
                marks = ", ".join("?" for _ in row)
                connection.execute(
                    f"insert into {table} ({', '.join(row)}) values ({marks})", list(row.values())
                )
        return connection

    yield fill
    connection.close()


@pytest.fixture
def compute(staging: Staging, catalogue: Catalogue) -> Compute:
    """Run a subject's query over some rows.

    Gives (county_id, unit_id, period, numerator, denominator) for each indicator, in order.
    """

    def run(subject: str, **tables: Any) -> Computed:
        connection = staging(**tables)
        result = connection.execute(catalogue.subjects[subject].read_text("utf-8"))
        assert [column[0] for column in result.description] == [
            "indicator_id",
            "county_id",
            "unit_id",
            "period",
            "numerator",
            "denominator",
        ]
        computed: Computed = {i.indicator_id: [] for i in catalogue.by_subject(subject)}
        for indicator_id, *row in result.fetchall():
            computed[indicator_id].append(tuple(row))
        return {indicator_id: sorted(rows, key=repr) for indicator_id, rows in computed.items()}

    return run

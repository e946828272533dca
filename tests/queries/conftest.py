"""A page's question asked of a few rows in the staging tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import duckdb
import pytest

from dashboard import settings
from dashboard.catalogue import Catalogue
from dashboard.contract import load_package
from dashboard.contract.people import people_columns
from dashboard.data.suppression import PEOPLE_TABLES, closing_steps, publishing_steps
from tests.indicators.conftest import Staging, catalogue, staging, staging_schema
from tests.indicators.rows import Row

__all__ = ["Ask", "ask", "catalogue", "publish", "staging", "staging_schema"]

Ask = Callable[..., list[dict[str, Any]]]


@pytest.fixture
def ask(staging: Staging, catalogue: Catalogue) -> Ask:
    """Run `queries/<name>.sql` over some rows: `ask("health/x", {"as_of": …}, schools=[…])`.

    Gives the answer's rows as dicts, in order. The rows stay for further questions.
    """
    connection: duckdb.DuckDBPyConnection | None = None

    def run(
        name: str, parameters: Mapping[str, Any], **tables: Sequence[Row]
    ) -> list[dict[str, Any]]:
        nonlocal connection
        if connection is None or tables:
            connection = staging(**tables)
            publish(connection, catalogue)
        query = (settings.QUERIES_DIR / f"{name}.sql").read_text("utf-8")
        result = connection.execute(query, dict(parameters))
        columns = [column[0] for column in result.description]
        return [dict(zip(columns, row, strict=True)) for row in result.fetchall()]

    return run


def publish(connection: duckdb.DuckDBPyConnection, catalogue: Catalogue) -> None:
    """Make of the staging tables what a page may read, and take away what counts people.

    Only the indicators about people are computed.
    """
    definitions = catalogue.frames()["indicator_definitions"]
    connection.register("definitions", definitions)
    connection.execute("create table indicator_definitions as select * from definitions")
    queries = {
        path.relative_to(settings.QUERIES_DIR).with_suffix("").as_posix(): path.read_text("utf-8")
        for folder in ("shared", "breakdowns", "figures", "suppression")
        for path in (settings.QUERIES_DIR / folder).glob("*.sql")
    }
    about_people = {i.subject for i in catalogue.indicators.values() if i.people}
    queries |= {f"indicators/{s}": catalogue.subjects[s].read_text("utf-8") for s in about_people}
    for shared in PEOPLE_TABLES:  # views in the tests: they follow the rows
        connection.execute(f"create table made as from {shared}")
        connection.execute(f"drop view {shared}")
        connection.execute(f"alter table made rename to {shared}")
    people = people_columns(load_package(settings.DATAPACKAGE))
    for _name, statement in (*publishing_steps(queries), *closing_steps(queries, people)):
        connection.execute(statement)

"""People reach a page through suppression only: no query of a page can read them elsewhere.

The columns that count people are those whose unit is 人 in the contract. A data version has them no
longer once it is built, so that every query is asked here whether it can do without.
"""

from __future__ import annotations

import duckdb
import pytest
import yaml

from dashboard import settings
from dashboard.contract import load_package
from dashboard.contract.people import people_columns
from dashboard.data import Database
from dashboard.data.suppression import PEOPLE_TABLES

PACKAGE = load_package(settings.DATAPACKAGE)
PEOPLE = people_columns(PACKAGE)
# What makes a version, and what the gate asks of the files that somebody delivers himself.
BEFORE_SUPPRESSION = {"staging", "shared", "indicators", "breakdowns", "figures", "suppression"}
OF_THE_GATE = {"checks", "deliveries"}
QUERIES = {
    path.relative_to(settings.QUERIES_DIR).with_suffix("").as_posix(): path
    for path in sorted(settings.QUERIES_DIR.rglob("*.sql"))
}
OF_PAGES = [name for name in QUERIES if name.split("/")[0] not in BEFORE_SUPPRESSION | OF_THE_GATE]


def fails_to_bind(database: Database, sql: str) -> str:
    """Why a query cannot be asked of a version; nothing when it can."""
    with database._connection.cursor() as cursor:
        try:
            cursor.execute(f"prepare asked as {sql}")
        except duckdb.Error as error:
            return str(error)
    return ""


def test_the_contract_says_which_columns_count_people() -> None:
    resources = yaml.safe_load(settings.DATAPACKAGE.read_text("utf-8"))["resources"]
    counted = {
        (resource["name"], field["title"])
        for resource in resources
        for field in resource["schema"]["fields"]
        if field.get("unit") == "人"
    }
    assert {(table, column) for table, columns in PEOPLE.items() for column in columns} == counted
    assert {"enrolment", "teachers", "school_conditions", "fitness", "vision"} <= PEOPLE.keys()


def test_a_version_has_no_column_of_people_but_what_is_published(sample: Database) -> None:
    columns = sample._ask("select table_name, column_name from duckdb_columns()", {})
    by_table = columns.groupby("table_name")["column_name"].agg(set)
    for resource in PACKAGE.resources:
        counted = set(PEOPLE.get(resource.name, ()))
        # nothing else either that staging could have made of them
        assert by_table[resource.name] == {f.column for f in resource.fields} - counted
    assert not PEOPLE_TABLES.keys() & set(by_table.index)


@pytest.mark.parametrize("name", OF_PAGES)
def test_a_page_reads_people_from_published_tables_only(sample: Database, name: str) -> None:
    assert fails_to_bind(sample, QUERIES[name].read_text("utf-8")) == ""


def test_a_query_that_reads_people_elsewhere_would_be_found(sample: Database) -> None:
    for table, columns in PEOPLE.items():
        for column in columns:
            assert fails_to_bind(sample, f"select {column} from {table}")
    assert "does not exist" in fails_to_bind(sample, "select amount from school_resources")
    assert "does not exist" in fails_to_bind(sample, "select * from computed.indicator_rows")


def test_a_shared_table_made_of_people_is_no_page_s(sample: Database) -> None:
    for name, path in QUERIES.items():
        if name.startswith("shared/") and fails_to_bind(sample, path.read_text("utf-8")):
            assert name.removeprefix("shared/") in PEOPLE_TABLES

"""The contract is a valid Data Package, the sample keeps it, and staging reads what it names."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml
from frictionless import Package

from dashboard.contract import load_package
from dashboard.deliveries.periods import period_columns

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "data" / "sample"
STAGING = ROOT / "queries" / "staging"
DESCRIPTOR: dict[str, Any] = yaml.safe_load(
    (ROOT / "data" / "datapackage.yaml").read_text(encoding="utf-8")
)
RESOURCES: list[dict[str, Any]] = DESCRIPTOR["resources"]
RESOURCES_WITH_RULES = [resource for resource in RESOURCES if "rules" in resource]

SQL_TYPES = {
    "string": "varchar",
    "integer": "bigint",
    "number": "double",
    "boolean": "boolean",
    "date": "date",
}


def name_of(resource: dict[str, Any]) -> str:
    return str(resource["name"])


@pytest.fixture(scope="module")
def database() -> duckdb.DuckDBPyConnection:
    """The sample as the engine holds it before staging: schema raw, all text, with _row."""
    connection = duckdb.connect()
    connection.execute("create schema raw")
    for resource in RESOURCES:
        connection.execute(
            f"""
            create table raw.{resource["name"]} as
            select *, row_number() over () + 1 as _row
            from read_csv($path, header = true, all_varchar = true)
            """,
            {"path": str(SAMPLE / resource["path"])},
        )
    return connection


def typed_columns(resource: dict[str, Any]) -> str:
    """Columns of a raw table under their Chinese headers, with the types of the contract."""
    columns = []
    for field in resource["schema"]["fields"]:
        header = f'"{field["name"]}"'
        if field["type"] == "boolean":
            columns.append(f"{header} = '{field['trueValues'][0]}' as {header}")
        else:
            columns.append(f"cast({header} as {SQL_TYPES[field['type']]}) as {header}")
    return ", ".join(columns)


def test_the_descriptor_is_a_valid_data_package() -> None:
    report = Package.validate_descriptor(DESCRIPTOR)
    assert report.valid, report.flatten(["type", "note"])


def test_the_sample_keeps_the_contract() -> None:
    """All tables with all keys and foreign keys."""
    report = Package.from_descriptor(DESCRIPTOR, basepath=str(SAMPLE)).validate()
    assert report.valid, report.flatten(["title", "rowNumber", "fieldName", "type", "note"])


@pytest.mark.parametrize("resource", RESOURCES, ids=name_of)
def test_a_resource_says_what_it_is(resource: dict[str, Any]) -> None:
    assert resource["path"] == f"{resource['title']}.csv"
    assert resource["encoding"] == "utf-8"
    assert resource["description"]
    assert resource["grain"]
    assert set(resource["source_system"]) == {"zh", "en"}
    assert resource["cadence"] in {"once", "yearly", "half_yearly", "monthly", "continuous"}
    headers = [field["name"] for field in resource["schema"]["fields"]]
    assert set(resource["schema"]["primaryKey"]) <= set(headers)


@pytest.mark.parametrize("resource", RESOURCES, ids=name_of)
def test_codes_are_text_and_money_is_written_in_wan_yuan(resource: dict[str, Any]) -> None:
    for field in resource["schema"]["fields"]:
        if field["title"].endswith("_id"):
            assert field["type"] == "string", field["name"]
        if field["title"].endswith("_yuan"):
            assert field["name"].endswith("（万元）")
            assert field["unit"] == "万元"


@pytest.mark.parametrize("resource", RESOURCES, ids=name_of)
def test_what_the_allowed_values_leave_open_is_said_in_both_languages(
    resource: dict[str, Any],
) -> None:
    for field in resource["schema"]["fields"]:
        if "enum" not in field.get("constraints", {}):
            assert ("description" in field) == ("description_zh" in field), field["name"]
        assert not re.search("[a-z]{3}", field.get("description_zh", "")), field["name"]


def test_no_period_came_later_than_the_rows_that_it_replaces() -> None:
    """A row without its period would stay for ever, whatever is delivered."""
    for resource in load_package(ROOT / "data" / "datapackage.yaml").resources:
        periods = period_columns(resource)
        assert [f.header for f in resource.fields if f.since and f.header in periods] == []


def test_only_the_county_targets_and_the_reports_on_tasks_may_be_missing() -> None:
    assert [name_of(resource) for resource in RESOURCES if resource.get("optional")] == [
        "county_targets",
        "task_reports",
    ]


@pytest.mark.parametrize("resource", RESOURCES_WITH_RULES, ids=name_of)
def test_a_rule_speaks_both_languages(resource: dict[str, Any]) -> None:
    for rule in resource["rules"]:
        assert set(rule) == {"name", "rule", "message_zh", "message_en"}
    names = [rule["name"] for rule in resource["rules"]]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("resource", RESOURCES_WITH_RULES, ids=name_of)
def test_no_row_of_the_sample_breaks_a_rule(
    resource: dict[str, Any], database: duckdb.DuckDBPyConnection
) -> None:
    for rule in resource["rules"]:
        broken = database.execute(
            f"""
            with typed as (select {typed_columns(resource)} from raw.{resource["name"]})
            select * from typed where not ({rule["rule"]}) limit 1
            """
        ).fetchall()
        assert broken == [], rule["name"]


def test_a_row_that_breaks_a_rule_is_found(database: duckdb.DuckDBPyConnection) -> None:
    vision = next(resource for resource in RESOURCES if resource["name"] == "vision")
    rule = next(rule for rule in vision["rules"] if rule["name"] == "myopic_within_examined")
    broken = database.execute(
        f"""
        with typed as (select 10 as "检查人数", 11 as "近视人数")
        select * from typed where not ({rule["rule"]})
        """
    ).fetchall()
    assert broken == [(10, 11)]


def test_every_resource_has_its_staging_query() -> None:
    assert sorted(path.stem for path in STAGING.glob("*.sql")) == sorted(map(name_of, RESOURCES))


@pytest.mark.parametrize("resource", RESOURCES, ids=name_of)
def test_staging_gives_the_columns_of_the_contract(
    resource: dict[str, Any], database: duckdb.DuckDBPyConnection
) -> None:
    query = (STAGING / f"{resource['name']}.sql").read_text(encoding="utf-8")
    result = database.execute(query)
    assert [column[0] for column in result.description or []] == [
        field["title"] for field in resource["schema"]["fields"]
    ]
    assert result.fetchone() is not None


@pytest.mark.parametrize("resource", RESOURCES, ids=name_of)
def test_staging_knows_every_allowed_value(
    resource: dict[str, Any], database: duckdb.DuckDBPyConnection
) -> None:
    """Each value of an enumeration has a code of its own, so none is lost on the way."""
    query = (STAGING / f"{resource['name']}.sql").read_text(encoding="utf-8")
    fields = resource["schema"]["fields"]
    with database.cursor() as cursor:
        for field in fields:
            values = field.get("constraints", {}).get("enum")
            if values is None:
                continue
            columns = ", ".join(
                f'"{field["name"]}"' if other is field else f'null as "{other["name"]}"'
                for other in fields
            )
            rows = ", ".join(f"('{value}')" for value in values)
            source = f'(select {columns} from (values {rows}) as allowed ("{field["name"]}"))'
            staged = query.replace(f"raw.{resource['name']}", source)
            codes = cursor.execute(f"select distinct {field['title']} from ({staged})").fetchall()
            assert len(codes) == len(values), field["name"]
            assert (None,) not in codes, field["name"]


def test_money_is_staged_in_yuan(database: duckdb.DuckDBPyConnection) -> None:
    query = (STAGING / "projects.sql").read_text(encoding="utf-8")
    total = database.execute(f"select sum(year_investment_yuan) from ({query})").fetchone()
    assert total == (2_000_000_000,)

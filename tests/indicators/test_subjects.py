"""What holds for every subject: its ids, its thresholds, the plan's indicators."""

from __future__ import annotations

import re
from math import isnan
from pathlib import Path
from unittest.mock import patch

import pandas as pd
import pytest

from dashboard import settings
from dashboard.catalogue import Catalogue
from dashboard.data import Database, open_database
from dashboard.indicators.status import Nearness
from dashboard.plan import Plan, load_plan

SUBJECTS = sorted(path.stem for path in (settings.QUERIES_DIR / "indicators").glob("*.sql"))

_THRESHOLD = re.compile(r"\b(?:thresholds\.)?name = '([a-z0-9_]+)'")


@pytest.fixture(scope="module")
def sample() -> Database:
    """The sample with what counts people still in it, as the queries find it."""
    with patch("dashboard.data.build.closing_steps", return_value=()):
        return open_database(settings.SAMPLE_DIR)


@pytest.fixture(scope="module")
def plan() -> Plan:
    return load_plan(settings.PLAN_DIR / "2024")


def query(catalogue: Catalogue, subject: str) -> str:
    return catalogue.subjects[subject].read_text("utf-8")


def test_every_query_has_its_definitions(catalogue: Catalogue) -> None:
    assert sorted(catalogue.subjects) == SUBJECTS


@pytest.mark.parametrize("subject", SUBJECTS)
def test_a_query_computes_the_indicators_of_its_own_file(
    sample: Database, catalogue: Catalogue, subject: str
) -> None:
    rows = sample.run_query(f"indicators/{subject}")
    assert set(rows["indicator_id"]) == {i.indicator_id for i in catalogue.by_subject(subject)}


@pytest.mark.parametrize("subject", SUBJECTS)
def test_rows_lie_where_their_definitions_say(
    sample: Database, catalogue: Catalogue, subject: str
) -> None:
    counties = set(sample.run_query("values/counties")["county_id"])
    for row in sample.run_query(f"indicators/{subject}").itertuples():
        indicator = catalogue.indicator(row.indicator_id)
        is_city_figure = indicator.scope == "city" and row.county_id == "all"
        assert row.county_id in counties or is_city_figure
        if indicator.denominator == "none":
            assert isnan(row.denominator)
        if indicator.measure == "level" and indicator.season:
            assert int(row.period[5:]) in indicator.season
        if indicator.measure == "level" and indicator.denominator == "base":
            assert row.denominator > 0
        if indicator.kind == "county_count":
            assert row.county_id != "330600"
            assert row.numerator in (0, 1)


def test_what_is_measured_at_schools_says_what_its_changes_are_taken_over(
    sample: Database, catalogue: Catalogue
) -> None:
    schools = set(sample.run_query("school/choices", school_year=2024)["school_id"])
    at_schools = set()
    for subject in SUBJECTS:
        rows = sample.run_query(f"indicators/{subject}")
        at_schools |= set(rows.loc[rows["unit_id"].isin(schools), "indicator_id"])
    stated = {i.indicator_id for i in catalogue.indicators.values() if i.compared is not None}
    # a closing is an event of its year, and nothing that a school has at two moments
    assert stated == at_schools - {"small_schools_merged"}


def test_a_share_never_passes_its_whole(sample: Database, catalogue: Catalogue) -> None:
    shares = {
        i.indicator_id
        for i in catalogue.indicators.values()
        if i.measure == "level" and i.denominator == "base" and i.scale == 100
    }
    rows = pd.concat(sample.run_query(f"indicators/{subject}") for subject in SUBJECTS)
    rows = rows[rows["indicator_id"].isin(shares)]
    assert (rows["numerator"].between(0, rows["denominator"])).all()


def test_nothing_is_counted_twice(sample: Database) -> None:
    rows = pd.concat(sample.run_query(f"indicators/{subject}") for subject in SUBJECTS)
    assert not rows.duplicated().any()


def tables_read(sql: str) -> set[str]:
    return set(re.findall(r"\b(?:from|join) ([a-z_]+)", sql))


@pytest.mark.parametrize("subject", SUBJECTS)
def test_sources_are_the_exports_that_the_query_reads(catalogue: Catalogue, subject: str) -> None:
    tables = tables_read(query(catalogue, subject))
    for path in (settings.QUERIES_DIR / "shared").glob("*.sql"):
        # the calendar that all exports make together says nothing of any of them
        if path.stem in tables - {"known_years"}:
            tables |= tables_read(path.read_text("utf-8"))
    exports = {path.stem for path in (settings.QUERIES_DIR / "staging").glob("*.sql")}
    named = {source for i in catalogue.by_subject(subject) for source in i.sources}
    # The counties only say which units are counties; a step is read in one of two exports.
    unread = {"counties"} | ({"accreditations", "projects"} if "plan_steps" in tables else set())
    assert named <= tables & exports
    assert tables & exports <= named | unread


# One threshold a stage; the queries put the names together.
PER_STAGE = ("primary_", "junior_", "pupils_per_teacher_")


def test_thresholds_are_read_and_defined(catalogue: Catalogue) -> None:
    read: set[str] = set()
    for path in Path(settings.QUERIES_DIR).rglob("*.sql"):
        text = path.read_text("utf-8")
        if "thresholds" in text:
            read |= {name for name in _THRESHOLD.findall(text) if not name.endswith("_")}
            read |= {name for name in catalogue.thresholds if f"'{name}'" in text}
    per_stage = {name for name in catalogue.thresholds if name.startswith(PER_STAGE)}
    of_the_status_rule = {f"near_{name}" for name in Nearness.__annotations__}
    assert read | per_stage | of_the_status_rule == set(catalogue.thresholds)


def test_the_catalogue_holds_the_plans_targets_and_no_others(
    catalogue: Catalogue, plan: Plan
) -> None:
    assert set(catalogue.indicators) == {target.indicator_id for target in plan.targets}


def test_definitions_and_targets_agree(catalogue: Catalogue, plan: Plan) -> None:
    better = {">=": "higher", "<=": "lower", "reach": "higher"} | {
        "increase": "higher",
        "decrease": "lower",
        "stable": "stable",
    }
    for target in plan.targets:
        indicator = catalogue.indicator(target.indicator_id)
        found = (indicator.kind, indicator.scope, indicator.office, indicator.direction)
        assert found == (
            target.kind,
            target.scope,
            target.office_id,
            better[target.comparator],
        ), indicator.indicator_id


def test_offices_are_those_of_the_plan(catalogue: Catalogue, plan: Plan) -> None:
    offices = {office.office_id for office in plan.offices}
    assert {indicator.office for indicator in catalogue.indicators.values()} <= offices

"""What the county page asks, on rows worked out by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

import duckdb
import pytest

from dashboard import settings
from tests.indicators.conftest import Staging

STEPS = [
    {"milestone_id": "yuecheng", "county_id": "330602", "key": "listed", "due_month": "2024-10"},
    {"milestone_id": "shangyu", "county_id": "330604", "key": "listed", "due_month": "2024-09"},
    {"milestone_id": "city", "county_id": "all", "key": "listed", "due_month": "2024-06"},
]
TAKEN = [
    {"county_id": "330602", "category": "listed", "event_date": date(2024, 8, 20)},
    {"county_id": "330604", "category": "listed", "event_date": date(2024, 11, 5)},
]


@pytest.fixture
def connection(staging: Staging) -> duckdb.DuckDBPyConnection:
    plan = {"indicator_id": "stage", "plan_year": 2024, "source": "accreditation", "step": ""}
    return staging(plan_milestones=[{**plan, **step} for step in STEPS], accreditations=TAKEN)


def ask(connection: duckdb.DuckDBPyConnection, as_of: str, *counties: str) -> dict[str, Any]:
    """When each step was taken, by step."""
    query = (settings.QUERIES_DIR / "county" / "milestones.sql").read_text("utf-8")
    result = connection.execute(query, {"as_of": as_of, "counties": list(counties)})
    names = [column[0] for column in result.description]
    rows = [dict(zip(names, row, strict=True)) for row in result.fetchall()]
    return {row["milestone_id"]: row["reached_month"] for row in rows}


def test_a_step_is_taken_in_the_month_of_its_event(connection: duckdb.DuckDBPyConnection) -> None:
    assert ask(connection, "2024-12", "330602", "330604") == {
        "shangyu": "2024-11",
        "yuecheng": "2024-08",
    }


def test_what_lies_beyond_the_month_is_not_known(connection: duckdb.DuckDBPyConnection) -> None:
    assert ask(connection, "2024-07", "330602") == {"yuecheng": None}


def test_only_steps_that_name_a_chosen_county(connection: duckdb.DuckDBPyConnection) -> None:
    assert list(ask(connection, "2024-12", "330604", "330681")) == ["shangyu"]


def test_the_steps_of_another_year_do_not_count(connection: duckdb.DuckDBPyConnection) -> None:
    assert ask(connection, "2025-01", "330602") == {}

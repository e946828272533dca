"""The schools and other things behind an indicator, on rows worked out by hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import duckdb
import pytest

from dashboard import settings
from tests.indicators.rows import Row, school
from tests.queries.conftest import catalogue, staging, staging_schema

__all__ = ["catalogue", "staging", "staging_schema"]

Ask = Callable[..., list[Row]]

YUECHENG, ZHUJI = "330602", "330681"
BOTH = [YUECHENG, ZHUJI]
SCHOOLS = [
    school("P1", "primary", YUECHENG, school_name="Yi"),
    school("P2", "primary", YUECHENG, school_name="Er"),
    school("P3", "primary", ZHUJI, school_name="San"),
    school("J1", "junior", YUECHENG, school_name="Si"),
]


@pytest.fixture
def ask(staging: Callable[..., duckdb.DuckDBPyConnection]) -> Ask:
    """Ask about one indicator `x` with these rows: (county, unit, period, numerator, denominator).

    A unit without numbers is withheld.
    """

    def run(
        name: str,
        rows: Sequence[tuple[str, str, str, float | None, float | None]],
        *,
        measure: str = "level",
        denominator: str = "base",
        tables: dict[str, list[Row]] | None = None,
        **parameters: Any,
    ) -> list[Row]:
        connection = staging(**(tables or {"schools": SCHOOLS}))
        connection.execute(
            "create table indicator_definitions as"
            " select 'x' as indicator_id, $measure as measure, $denominator as denominator",
            {"measure": measure, "denominator": denominator},
        )
        connection.execute(
            "create table indicator_rows (indicator_id varchar, county_id varchar, unit_id varchar,"
            " period varchar, numerator double, denominator double, is_withheld boolean)"
        )
        for row in rows:
            connection.execute(
                "insert into indicator_rows values ('x', ?, ?, ?, ?, ?, ?)", [*row, row[3] is None]
            )
        query = (settings.QUERIES_DIR / f"{name}.sql").read_text("utf-8")
        result = connection.execute(query, {"indicator_id": "x", **parameters})
        names = [column[0] for column in result.description]
        return [dict(zip(names, row, strict=True)) for row in result.fetchall()]

    return run


def contributed(rows: list[Row]) -> dict[str, float | None]:
    return {row["unit_id"]: row["contribution"] for row in rows}


# --- contributions ------------------------------------------------------------------------------

LEVELS = [
    (YUECHENG, "P1", "2024-09", 60.0, 100.0),
    (YUECHENG, "P2", "2024-09", 180.0, 200.0),
    (ZHUJI, "P3", "2024-09", 90.0, 100.0),
    (YUECHENG, "J1", "2024-09", 10.0, 100.0),
]


def test_a_school_lacks_what_the_target_asks_of_its_own_people(ask: Ask) -> None:
    rows = ask("values/contributions", LEVELS, counties=BOTH, period="2024-09", line=0.8)
    assert contributed(rows) == pytest.approx({"J1": -70.0, "P1": -20.0, "P3": 10.0, "P2": 20.0})
    assert [row["unit_name"] for row in rows] == ["Si", "Yi", "San", "Er"]  # the lowest first


def test_without_a_target_schools_are_held_against_those_of_their_type(ask: Ask) -> None:
    rows = ask("values/contributions", LEVELS, counties=BOTH, period="2024-09", line=None)
    # primary schools: 330 of 400; the only junior school is its own line
    assert contributed(rows) == pytest.approx({"P1": -22.5, "J1": 0.0, "P3": 7.5, "P2": 15.0})


def test_the_line_is_that_of_the_counties_asked_for(ask: Ask) -> None:
    rows = ask("values/contributions", LEVELS, counties=[YUECHENG], period="2024-09", line=None)
    assert contributed(rows) == pytest.approx({"P1": -20.0, "J1": 0.0, "P2": 20.0})  # 240 of 300


def test_a_withheld_school_is_named_without_numbers_and_has_no_part_in_the_line(ask: Ask) -> None:
    rows = ask(
        "values/contributions",
        [*LEVELS[:2], (ZHUJI, "P3", "2024-09", None, None), (ZHUJI, "withheld", "2024-09", 3, 9)],
        counties=BOTH,
        period="2024-09",
        line=None,
    )
    assert contributed(rows) == {"P1": pytest.approx(-20), "P2": pytest.approx(20), "P3": None}
    assert [row["unit_id"] for row in rows if row["is_withheld"]] == ["P3"]


def test_of_a_stock_everything_so_far_counts_and_counties_are_no_schools(ask: Ask) -> None:
    rows = ask(
        "values/contributions",
        [
            (YUECHENG, "P1", "2020-01", 0, 1),
            (YUECHENG, "P1", "2024-03", 1, 0),
            (YUECHENG, "P2", "2020-01", 0, 1),
            (YUECHENG, "P2", "2024-10", 1, 0),
            (YUECHENG, YUECHENG, "2020-01", 5, 9),
        ],
        measure="stock",
        counties=[YUECHENG],
        period="2024-09",
        line=1.0,
    )
    assert contributed(rows) == {"P2": -1.0, "P1": 0.0}


# --- units --------------------------------------------------------------------------------------

YEAR = {"as_of": "2024-09", "period": "2024-09", "year_start": "2024-01", "year_end": "2024-12"}


def test_events_of_the_year_so_far_are_named_the_latest_first(ask: Ask) -> None:
    def event(event_id: str, name: str) -> Row:
        return {"event_id": event_id, "name": name, "event_date": date(2024, 3, 1)}

    rows = ask(
        "indicator/units",
        [
            (YUECHENG, "RD1", "2024-03", 1, None),
            (ZHUJI, "RD2", "2024-08", 1, None),
            (YUECHENG, "RD3", "2023-08", 1, None),  # last year's
            (YUECHENG, "RD4", "2024-10", 1, None),  # still to come
        ],
        measure="flow",
        denominator="none",
        counties=BOTH,
        tables={"accreditations": [event("RD1", "Yi"), event("RD2", "Er")]},
        **YEAR,
    )
    assert [(row["name_zh"], row["month"]) for row in rows] == [
        ("Er", "2024-08"),
        ("Yi", "2024-03"),
    ]


def test_what_is_planned_for_the_year_is_listed_before_it_is_done(ask: Ask) -> None:
    rows = ask(
        "indicator/units",
        [
            (ZHUJI, "JS1", "2024-06", 0, 1),
            (ZHUJI, "JS1", "2024-08", 1, 0),
            (ZHUJI, "JS2", "2024-11", 0, 1),
            (ZHUJI, "JS3", "2025-02", 0, 1),  # another year's
        ],
        measure="flow",
        denominator="plan",
        counties=BOTH,
        **YEAR,
    )
    assert [(row["unit_id"], row["numerator"], row["planned_month"]) for row in rows] == [
        ("JS1", 1.0, "2024-06"),
        ("JS2", 0.0, "2024-11"),
    ]
    assert rows[0]["name_zh"] == "JS1"  # a unit without a name goes by its id


def test_withheld_units_are_not_among_those_named(ask: Ask) -> None:
    rows = ask(
        "indicator/units",
        [(YUECHENG, "P1", "2024-09", None, None), (YUECHENG, "withheld", "2024-09", 3, None)],
        denominator="none",
        counties=BOTH,
        **YEAR,
    )
    assert rows == []

"""The quality page's questions on rows small enough to be worked out by hand."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import pytest

from dashboard import settings
from dashboard.catalogue import Catalogue
from tests.indicators.conftest import Staging
from tests.indicators.rows import Row, school
from tests.queries.conftest import publish

YUECHENG, KEQIAO, CITY_RUN = "330602", "330603", "330600"
COUNTIES: list[Row] = [
    {"county_id": YUECHENG, "unit_kind": "county", "sort_order": 1},
    {"county_id": KEQIAO, "unit_kind": "county", "sort_order": 2},
    {"county_id": CITY_RUN, "unit_kind": "city_run", "sort_order": 7},
]
SEVEN = "balanced_seven_indicators"
TEACHING, SPORTS = "teaching_area_m2_per_pupil", "sports_area_m2_per_pupil"

Ask = Callable[..., list[dict[str, Any]]]


@pytest.fixture
def ask(staging: Staging, catalogue: Catalogue) -> Ask:
    """Ask one of the page's queries of some rows in the staging tables and of indicator rows."""

    def run(
        question: str,
        parameters: Mapping[str, Any],
        *,
        indicator_rows: Sequence[tuple[Any, ...]] = (),
        **tables: Sequence[Row],
    ) -> list[dict[str, Any]]:
        connection = staging(**{"counties": COUNTIES, **tables})
        publish(connection, catalogue)
        for row in indicator_rows:
            connection.execute("insert into indicator_rows values (?, ?, ?, ?, ?, ?, false)", row)
        query = (settings.QUERIES_DIR / "quality" / f"{question}.sql").read_text("utf-8")
        result = connection.execute(query, dict(parameters))
        columns = [column[0] for column in result.description]
        return [dict(zip(columns, row, strict=True)) for row in result.fetchall()]

    return run


def pupils(school_id: str, stage: str, number: int, year: int = 2024) -> Row:
    return {"school_id": school_id, "school_year": year, "stage": stage, "pupils": number}


def conditions(school_id: str, year: int = 2024, **amounts: float) -> Row:
    return {"school_id": school_id, "school_year": year, **amounts}


# --- the names behind a number ------------------------------------------------------------------


def event(event_id: str, category: str, day: date, **columns: Any) -> Row:
    return {
        "event_id": event_id,
        "category": category,
        "name": f"{event_id}校",
        "county_id": YUECHENG,
        "is_rural": False,
        "event_date": day,
        **columns,
    }


def counted(indicator_id: str, event_id: str, period: str) -> tuple[Any, ...]:
    return indicator_id, YUECHENG, event_id, period, 1.0, None


def test_names_are_what_the_indicator_counts_this_year_the_latest_first(ask: Ask) -> None:
    rows = ask(
        "named",
        {"indicator_id": "sports_schools", "year_start": "2024-01", "as_of": "2024-06"},
        indicator_rows=[
            counted("sports_schools", "E0", "2023-12"),
            counted("sports_schools", "E1", "2024-01"),
            counted("sports_schools", "E2", "2024-06"),
            counted("sports_schools", "E3", "2024-07"),
            counted("arts_bases", "E4", "2024-06"),
        ],
        accreditations=[
            event("E0", "sports_schools", date(2023, 12, 31)),
            event("E1", "sports_schools", date(2024, 1, 1)),
            event("E2", "sports_schools", date(2024, 6, 30), county_id=KEQIAO),
            event("E3", "sports_schools", date(2024, 7, 1)),
            event("E4", "arts_bases", date(2024, 6, 2)),
        ],
    )
    assert [(row["event_id"], row["county_id"]) for row in rows] == [
        ("E2", KEQIAO),
        ("E1", YUECHENG),
    ]


def test_rural_bases_are_found_among_the_arts_bases(ask: Ask) -> None:
    rows = ask(
        "named",
        {"indicator_id": "rural_arts_bases", "year_start": "2024-01", "as_of": "2024-06"},
        indicator_rows=[
            counted("arts_bases", "E1", "2024-05"),
            counted("arts_bases", "E2", "2024-05"),
            counted("rural_arts_bases", "E2", "2024-05"),
        ],
        accreditations=[
            event("E1", "arts_bases", date(2024, 5, 1)),
            event("E2", "arts_bases", date(2024, 5, 2), is_rural=True),
        ],
    )
    assert [row["event_id"] for row in rows] == ["E2"]


def test_an_activity_is_not_taken_for_an_accreditation_of_the_same_number(ask: Ask) -> None:
    rows = ask(
        "named",
        {"indicator_id": "scientist_lectures", "year_start": "2024-01", "as_of": "2024-06"},
        indicator_rows=[counted("scientist_lectures", "1", "2024-03")],
        accreditations=[event("1", "sports_schools", date(2024, 3, 1))],
        activities=[event("1", "scientist_lectures", date(2024, 3, 9), name="第1场")],
    )
    assert [row["name"] for row in rows] == ["第1场"]


def test_schools_without_are_those_of_the_latest_stock_taking(ask: Ask) -> None:
    share = "labour_classroom_coverage"
    rows = ask(
        "schools_without",
        {"indicator_id": share, "as_of": "2024-08"},
        schools=[
            school(i, "primary", county, school_year=2023, school_name=f"{i}校", area_type=area)
            for i, county, area in (
                ("S1", KEQIAO, "rural"),
                ("S2", YUECHENG, "urban"),
                ("S3", YUECHENG, "urban"),
            )
        ],
        indicator_rows=[
            (share, KEQIAO, "S1", "2023-09", 0.0, 1.0),
            (share, YUECHENG, "S2", "2023-09", 0.0, 1.0),
            (share, YUECHENG, "S3", "2023-09", 1.0, 1.0),
            (share, YUECHENG, "S3", "2022-09", 0.0, 1.0),
            (share, YUECHENG, "S3", "2024-09", 0.0, 1.0),
        ],
    )
    assert [(row["school_id"], row["school_name"], row["is_rural"]) for row in rows] == [
        ("S2", "S2校", False),
        ("S1", "S1校", True),
    ]


# --- the way to recognition ---------------------------------------------------------------------


def test_a_step_is_taken_on_its_first_date_and_due_in_the_plans_month(ask: Ask) -> None:
    rows = ask(
        "balanced_steps",
        {"as_of": "2024-08"},
        accreditations=[
            event("E1", "balanced_provincial_assessment", date(2023, 6, 8)),
            event("E2", "balanced_provincial_assessment", date(2024, 6, 8)),
            event("E3", "balanced_national_assessment", date(2024, 9, 1)),
        ],
        plan_milestones=[
            {
                "plan_year": year,
                "indicator_id": "balanced_development_stage",
                "county_id": county,
                "key": key,
                "due_month": due,
            }
            for year, county, key, due in (
                (2024, YUECHENG, "balanced_national_recognition", "2024-11"),
                (2023, YUECHENG, "balanced_national_assessment", "2023-11"),
                (2024, KEQIAO, "balanced_provincial_recheck", "2024-06"),
            )
        ],
    )
    assert [(r["county_id"], r["step"], r["taken_date"], r["due_month"]) for r in rows] == [
        (YUECHENG, "provincial_assessment", date(2023, 6, 8), None),
        (YUECHENG, "national_assessment", None, None),  # taken after the chosen month
        (YUECHENG, "national_recognition", None, "2024-11"),
        (KEQIAO, "provincial_assessment", None, None),
        (KEQIAO, "provincial_recheck", None, "2024-06"),
        (KEQIAO, "national_assessment", None, None),
        (KEQIAO, "national_recognition", None, None),
    ]


# --- the seven resources ------------------------------------------------------------------------


def variations(rows: list[dict[str, Any]]) -> dict[tuple[str, str], float]:
    return {
        (row["county_id"], row["stage"]): row["variation"]
        for row in rows
        if row["variation"] is not None
    }


def test_the_coefficient_of_variation_is_weighted_by_pupils(ask: Ask) -> None:
    rows = ask(
        "resource_variation",
        {"as_of": "2024-10"},
        schools=[school(i, "primary") for i in ("P1", "P2")],
        enrolment=[pupils("P1", "primary", 100), pupils("P2", "primary", 300)],
        school_conditions=[
            conditions("P1", teaching_area_m2=800),  # 8 m² per pupil
            conditions("P2", teaching_area_m2=1200),  # 4 m² per pupil
        ],
    )
    # Mean (800 + 1200) / 400 = 5; variance (100 x 3² + 300 x 1²) / 400 = 3.
    assert variations(rows) == {(YUECHENG, "primary"): pytest.approx(math.sqrt(3) / 5)}
    own = next(row for row in rows if row["variation"] is not None)
    assert (own["resource"], own["mean_amount"], own["schools"]) == (TEACHING, 5.0, 2)
    assert {row["stage"]: row["limit_value"] for row in rows} == {"primary": 0.5, "junior": 0.45}


def test_a_nine_year_school_counts_in_both_stages_with_its_pupils_of_each(ask: Ask) -> None:
    rows = ask(
        "resource_variation",
        {"as_of": "2024-10"},
        schools=[school("P1", "primary"), school("N1", "nine_year"), school("J1", "junior")],
        enrolment=[
            pupils("P1", "primary", 100),
            pupils("N1", "primary", 100),
            pupils("N1", "junior", 300),
            pupils("J1", "junior", 100),
        ],
        school_conditions=[
            conditions("P1", teaching_area_m2=600),  # 6 m²
            conditions("N1", teaching_area_m2=1600),  # 4 m²
            conditions("J1", teaching_area_m2=800),  # 8 m²
        ],
    )
    # Primary: 6 and 4 with equal pupils: mean 5, deviation 1.
    # Junior: 4 (300 pupils) and 8 (100): mean 5, variance (300 x 1 + 100 x 9) / 400 = 3.
    assert variations(rows) == {
        (YUECHENG, "primary"): pytest.approx(1 / 5),
        (YUECHENG, "junior"): pytest.approx(math.sqrt(3) / 5),
    }


def test_variation_is_a_countys_in_the_latest_year_and_not_of_the_city_run_schools(
    ask: Ask,
) -> None:
    rows = ask(
        "resource_variation",
        {"as_of": "2024-08"},
        schools=[
            school("P1", "primary", YUECHENG, school_year=2023),
            school("P2", "primary", CITY_RUN, school_year=2023),
            school("P1", "primary", YUECHENG),
        ],
        enrolment=[
            pupils("P1", "primary", 100, 2023),
            pupils("P2", "primary", 100, 2023),
            pupils("P1", "primary", 100),
        ],
        school_conditions=[
            conditions("P1", 2023, teaching_area_m2=600),
            conditions("P2", 2023, teaching_area_m2=600),
            conditions("P1", teaching_area_m2=900),
        ],
    )
    assert variations(rows) == {(YUECHENG, "primary"): 0.0}
    assert {row["county_id"] for row in rows} == {YUECHENG, KEQIAO}
    assert {row["school_year"] for row in rows} == {2023}


def test_failing_schools_come_with_each_line_they_miss_the_worst_first(ask: Ask) -> None:
    good = {"teaching_area_m2": 4500, "sports_area_m2": 7500}
    rows = ask(
        "failing_schools",
        {"as_of": "2024-09"},
        schools=[
            school(i, "primary", county, school_name=f"{i}校")
            for i, county in (("P1", YUECHENG), ("P2", KEQIAO), ("P3", YUECHENG))
        ],
        enrolment=[pupils(i, "primary", 1000) for i in ("P1", "P2", "P3")],
        school_conditions=[
            conditions("P1", **{**good, "sports_area_m2": 3000}),  # 40% of one line
            conditions("P2", teaching_area_m2=4050, sports_area_m2=7400),  # two lines
            conditions("P3", **{**good, "sports_area_m2": 7400}),  # one line, but the rule is met
        ],
        indicator_rows=[
            (SEVEN, YUECHENG, "P1", "2024-09", 0.0, 1.0),
            (SEVEN, KEQIAO, "P2", "2024-09", 0.0, 1.0),
            (SEVEN, YUECHENG, "P3", "2024-09", 1.0, 1.0),
        ],
    )
    assert [(r["school_id"], r["resource"], r["missed_lines"]) for r in rows] == [
        ("P2", SPORTS, 2),
        ("P2", TEACHING, 2),
        ("P1", SPORTS, 1),
    ]
    assert (rows[1]["amount"], rows[1]["line"], rows[1]["attainment_pct"]) == (
        pytest.approx(4.05),
        4.5,
        pytest.approx(90.0),
    )


# --- education communities ----------------------------------------------------------------------


def test_communities_count_the_compulsory_schools_of_the_latest_year(ask: Ask) -> None:
    in_community = {"education_community": "甲教共体"}
    rows = ask(
        "communities",
        {"as_of": "2024-09"},
        schools=[
            school("P1", "primary", **in_community),
            school("J1", "junior", **in_community),
            school("K1", "kindergarten", **in_community),
            school("P2", "primary", school_status="closed", **in_community),
            school("P3", "primary", education_community="乙教共体"),
            school("P4", "primary"),
            school("P5", "primary", school_year=2023, **in_community),
            school("P6", "primary", KEQIAO, education_community="丙教共体"),
        ],
    )
    assert [tuple(row.values()) for row in rows] == [
        (YUECHENG, "甲教共体", 2),
        (YUECHENG, "乙教共体", 1),
        (KEQIAO, "丙教共体", 1),
    ]

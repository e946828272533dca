"""Quality-balanced development: accreditation steps, and the seven resources of a school."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.indicators.rows import Compute, Row, school

# What a school of 1,000 pupils needs to stand exactly on every line.
PRIMARY_LINES: dict[str, float] = {
    "above_degree_teachers": 42,
    "backbone_teachers": 10,
    "pe_arts_teachers": 9,
    "teaching_area_m2": 4500,
    "sports_area_m2": 7500,
    "equipment_yuan": 2_000_000,
    "networked_classrooms": 23,
}
# … and one of 600 primary and 400 junior pupils: 0.6 x primary line + 0.4 x junior line.
NINE_YEAR_LINES: dict[str, float] = {
    "above_degree_teachers": 47,  # 4.64 per 100
    "backbone_teachers": 10,
    "pe_arts_teachers": 9,
    "teaching_area_m2": 5020,
    "sports_area_m2": 8580,
    "equipment_yuan": 2_200_000,
    "networked_classrooms": 24,  # 2.34 per 100
}


def conditions(school_id: str, lines: dict[str, float], **changed: Any) -> Row:
    return {"school_id": school_id, "school_year": 2024, **lines, **changed}


def pupils(school_id: str, stage: str, number: int) -> Row:
    return {"school_id": school_id, "school_year": 2024, "stage": stage, "pupils": number}


@pytest.mark.parametrize(
    ("changed", "meets"),
    [
        ({}, 1),
        ({"teaching_area_m2": 3825}, 1),  # 85% of one line, to the square metre
        ({"teaching_area_m2": 3824}, 0),
        ({"teaching_area_m2": 4400, "sports_area_m2": 7400}, 0),  # two lines missed
    ],
)
def test_a_school_reaches_six_lines_and_nearly_the_seventh(
    compute: Compute, changed: dict[str, Any], meets: int
) -> None:
    computed = compute(
        "balanced_development",
        schools=[school("P1", "primary")],
        enrolment=[pupils("P1", "primary", 1000)],
        school_conditions=[conditions("P1", PRIMARY_LINES, **changed)],
    )
    assert computed["balanced_seven_indicators"] == [("330602", "P1", "2024-09", meets, 1)]


@pytest.mark.parametrize(("sports_area", "meets"), [(8580, 1), (7300, 1), (7292, 0)])
def test_a_nine_year_school_is_held_to_lines_weighted_by_its_pupils(
    compute: Compute, sports_area: float, meets: int
) -> None:
    computed = compute(
        "balanced_development",
        schools=[school("N1", "nine_year")],
        enrolment=[pupils("N1", "primary", 600), pupils("N1", "junior", 400)],
        school_conditions=[conditions("N1", NINE_YEAR_LINES, sports_area_m2=sports_area)],
    )
    assert computed["balanced_seven_indicators"] == [("330602", "N1", "2024-09", meets, 1)]


def test_a_junior_school_does_not_pass_on_primary_lines(compute: Compute) -> None:
    computed = compute(
        "balanced_development",
        schools=[school("J1", "junior")],
        enrolment=[pupils("J1", "junior", 1000)],
        school_conditions=[conditions("J1", PRIMARY_LINES)],
    )
    assert computed["balanced_seven_indicators"] == [("330602", "J1", "2024-09", 0, 1)]


def test_small_special_closed_and_incompletely_reported_schools_are_not_assessed(
    compute: Compute,
) -> None:
    computed = compute(
        "balanced_development",
        schools=[
            school("P1", "primary"),
            school("X1", "special"),
            school("P2", "primary", school_status="merged"),
            school("P3", "primary"),
            school("P4", "primary"),
        ],
        enrolment=[
            pupils("P1", "primary", 49),
            pupils("X1", "primary", 60),
            pupils("P2", "primary", 1000),
            pupils("P3", "primary", 1000),
            pupils("P4", "primary", 50),
        ],
        school_conditions=[
            conditions("P1", PRIMARY_LINES),
            conditions("X1", PRIMARY_LINES),
            conditions("P2", PRIMARY_LINES),
            conditions("P3", PRIMARY_LINES, networked_classrooms=None),
            conditions("P4", PRIMARY_LINES),
        ],
    )
    assert computed["balanced_seven_indicators"] == [("330602", "P4", "2024-09", 1, 1)]


def test_a_step_is_done_in_the_month_of_its_countys_first_event(compute: Compute) -> None:
    step = {
        "plan_year": 2024,
        "indicator_id": "balanced_development_stage",
        "source": "accreditation",
    }
    event = {"category": "balanced_national_recognition"}
    computed = compute(
        "balanced_development",
        plan_milestones=[
            {
                **step,
                "milestone_id": "shangyu",
                "county_id": "330604",
                "key": "balanced_national_recognition",
                "due_month": "2024-09",
            },
            {
                **step,
                "milestone_id": "xinchang",
                "county_id": "330624",
                "key": "balanced_national_recognition",
                "due_month": "2024-11",
            },
        ],
        accreditations=[
            {**event, "county_id": "330604", "event_date": date(2024, 8, 20)},
            {**event, "county_id": "330604", "event_date": date(2024, 9, 20)},
            {**event, "county_id": "330603", "event_date": date(2023, 5, 1)},
        ],
    )
    assert computed["balanced_development_stage"] == [
        ("330604", "shangyu", "2024-08", 1, 0),
        ("330604", "shangyu", "2024-09", 0, 1),
        ("330624", "xinchang", "2024-11", 0, 1),
    ]


def test_a_city_run_school_is_assessed_where_it_lies(compute: Compute) -> None:
    computed = compute(
        "balanced_development",
        schools=[
            school("P1", "primary", "330600", located_in_id="330602"),
            school("P2", "primary", "330602", located_in_id="330602"),
            school("P3", "primary", "330603"),
            school("P4", "primary", "330600"),  # the register does not say where
        ],
        enrolment=[pupils(f"P{number}", "primary", 1000) for number in range(1, 5)],
        school_conditions=[
            conditions("P1", PRIMARY_LINES, teaching_area_m2=1),
            *(conditions(f"P{number}", PRIMARY_LINES) for number in range(2, 5)),
        ],
    )
    assert computed["balanced_seven_indicators"] == [
        ("330600", "P4", "2024-09", 1, 1),
        ("330602", "P1", "2024-09", 0, 1),
        ("330602", "P2", "2024-09", 1, 1),
        ("330603", "P3", "2024-09", 1, 1),
    ]

"""University campuses: a step is taken on the day that the register gives for that campus."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.indicators.rows import Compute, Row


def step(milestone_id: str, key: str, due_month: str) -> Row:
    return {
        "plan_year": 2024,
        "indicator_id": "university_campuses",
        "milestone_id": milestone_id,
        "county_id": "all",
        "source": "accreditation",
        "key": key,
        "step": "",
        "due_month": due_month,
    }


def event(category: str, name: str, day: date | None, **columns: Any) -> Row:
    return {
        "event_id": f"{category}{name}{day}",
        "category": category,
        "name": name,
        "county_id": "330600",
        "event_date": day,
        **columns,
    }


STEPS = [
    step("north_start", "campus_started:北校区", "2024-12"),
    step("south_use", "campus_in_use:南校区", "2024-09"),
]
DUE = [("all", "north_start", "2024-12", 0, 1), ("all", "south_use", "2024-09", 0, 1)]


def test_a_step_is_taken_by_its_own_campus_and_counts_once(compute: Compute) -> None:
    computed = compute(
        "higher_education",
        plan_milestones=STEPS,
        accreditations=[
            event("campus_in_use", "南校区", date(2024, 8, 30), county_id="330603"),
            event("campus_in_use", "南校区", date(2024, 9, 2)),
            event("campus_started", "南校区", date(2022, 3, 1)),
            event("campus_in_use", "北校区", date(2024, 9, 1)),
        ],
    )
    assert computed["university_campuses"] == sorted(
        [*DUE, ("all", "south_use", "2024-08", 1, 0)], key=repr
    )


def test_without_an_event_or_its_date_every_step_is_still_due(compute: Compute) -> None:
    computed = compute(
        "higher_education",
        plan_milestones=STEPS,
        accreditations=[event("campus_started", "北校区", None)],
    )
    assert computed["university_campuses"] == DUE

"""Building projects against their own plans."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.indicators.rows import Compute, Row


def project(project_id: str, county_id: str = "330602", **columns: Any) -> Row:
    return {"project_id": project_id, "county_id": county_id, "plan_year": 2024, **columns}


def test_a_project_counts_once_as_under_way_from_its_start_or_its_plan_years_january(
    compute: Compute,
) -> None:
    computed = compute(
        "construction",
        projects=[
            project(
                "A",
                planned_start_date=date(2022, 3, 1),
                actual_start_date=date(2022, 5, 1),
            ),
            project("B", planned_start_date=date(2024, 3, 1), actual_start_date=date(2024, 6, 1)),
            project("C", planned_start_date=date(2024, 8, 1)),
            project("D", planned_start_date=date(2025, 2, 1)),
        ],
    )
    assert computed["projects_underway"] == [
        ("330602", "A", "2024-01", 0, 1),
        ("330602", "A", "2024-01", 1, 0),
        ("330602", "B", "2024-03", 0, 1),
        ("330602", "B", "2024-06", 1, 0),
        ("330602", "C", "2024-08", 0, 1),
    ]


def test_the_years_money_is_planned_evenly_over_the_months_of_building(compute: Compute) -> None:
    computed = compute(
        "construction",
        projects=[
            project(
                "A",
                planned_start_date=date(2024, 3, 15),
                planned_completion_date=date(2024, 6, 30),
                year_investment_yuan=80_000_000,
            )
        ],
    )
    assert computed["project_investment"] == [
        ("330602", "A", "2024-03", None, 20_000_000),
        ("330602", "A", "2024-04", None, 20_000_000),
        ("330602", "A", "2024-05", None, 20_000_000),
        ("330602", "A", "2024-06", None, 20_000_000),
    ]


def test_a_project_that_spans_the_year_is_planned_over_all_of_it(compute: Compute) -> None:
    computed = compute(
        "construction",
        projects=[
            project(
                "A",
                "330600",
                planned_start_date=date(2023, 3, 15),
                planned_completion_date=date(2025, 6, 30),
                year_investment_yuan=120_000_000,
            )
        ],
    )
    rows = computed["project_investment"]
    assert len(rows) == 12
    assert rows[0] == ("330600", "A", "2024-01", None, 10_000_000)
    assert rows[-1] == ("330600", "A", "2024-12", None, 10_000_000)


def test_a_month_without_report_has_no_investment_not_zero(compute: Compute) -> None:
    computed = compute(
        "construction",
        projects=[project("A")],
        project_months=[
            {"project_id": "A", "month": "2024-01", "invested_yuan": 5_000_000},
            {"project_id": "A", "month": "2024-02", "invested_yuan": None},
            {"project_id": "A", "month": "2024-04", "invested_yuan": 0},
        ],
    )
    assert computed["project_investment"] == [
        ("330602", "A", "2024-01", 5_000_000, 0),
        ("330602", "A", "2024-04", 0, 0),
    ]


def test_a_project_listed_in_two_plans_counts_its_money_once(compute: Compute) -> None:
    computed = compute(
        "construction",
        projects=[project("A"), project("A", plan_year=2025)],
        project_months=[{"project_id": "A", "month": "2024-01", "invested_yuan": 5_000_000}],
    )
    assert computed["project_investment"] == [("330602", "A", "2024-01", 5_000_000, 0)]


def test_completion_counts_in_the_plan_year_only(compute: Compute) -> None:
    computed = compute(
        "construction",
        projects=[
            project(
                "A",
                planned_completion_date=date(2024, 6, 30),
                actual_completion_date=date(2024, 8, 10),
            ),
            project("B", planned_completion_date=date(2024, 9, 30)),
            project(
                "C",
                planned_completion_date=date(2025, 9, 30),
                actual_completion_date=date(2025, 1, 10),
            ),
        ],
    )
    assert computed["projects_completed"] == [
        ("330602", "A", "2024-06", 0, 1),
        ("330602", "A", "2024-08", 1, 0),
        ("330602", "B", "2024-09", 0, 1),
    ]


def test_a_flagship_step_is_done_when_its_project_has_taken_it(compute: Compute) -> None:
    step = {
        "plan_year": 2024,
        "indicator_id": "municipal_projects",
        "county_id": "all",
        "source": "project",
    }
    computed = compute(
        "construction",
        projects=[
            project("A", "330600", project_name="稽山中学", actual_topping_date=date(2024, 9, 5)),
            project("B", "330600", project_name="越州中学", actual_start_date=date(2024, 9, 5)),
        ],
        plan_milestones=[
            {
                **step,
                "milestone_id": "jishan",
                "key": "稽山中学",
                "step": "topping",
                "due_month": "2024-10",
            },
            {
                **step,
                "milestone_id": "yuezhou",
                "key": "越州中学",
                "step": "approval",
                "due_month": "2024-09",
            },
        ],
    )
    assert computed["municipal_projects"] == [
        ("all", "jishan", "2024-09", 1, 0),
        ("all", "jishan", "2024-10", None, 1),
        ("all", "yuezhou", "2024-09", None, 1),
    ]

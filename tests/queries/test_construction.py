"""What the construction pages ask of the projects, on rows worked out by hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import duckdb
import pytest

from dashboard import settings

Row = dict[str, Any]
Ask = Callable[..., list[Row]]

STEPS = ("approval", "start", "topping", "completion", "use")
PLAN = (
    date(2024, 1, 31),
    date(2024, 3, 31),
    date(2024, 6, 30),
    date(2024, 10, 31),
    date(2024, 12, 31),
)


def project(project_id: str, *reached: date, **columns: Any) -> Row:
    """A project of the plan above that has reached its first milestones on these days."""
    return {
        "project_id": project_id,
        "plan_year": 2024,
        "project_name": f"project {project_id}",
        "county_id": "330602",
        **{f"planned_{step}_date": day for step, day in zip(STEPS, PLAN, strict=True)},
        **{f"actual_{step}_date": day for step, day in zip(STEPS, reached, strict=False)},
        **columns,
    }


@pytest.fixture
def ask(staging: Callable[..., duckdb.DuckDBPyConnection]) -> Ask:
    """Fill tables and ask one of the queries: `ask("construction/projects", {...}, projects=…)`."""

    def run(
        name: str,
        parameters: Row,
        *,
        indicator_rows: Sequence[tuple[Any, ...]] = (),
        **tables: Any,
    ) -> list[Row]:
        connection = staging(**tables)
        connection.execute(
            "create table indicator_rows (indicator_id varchar, county_id varchar,"
            " unit_id varchar, period varchar, numerator double, denominator double)"
        )
        for row in indicator_rows:
            connection.execute("insert into indicator_rows values (?, ?, ?, ?, ?, ?)", row)
        connection.execute(
            "create table indicator_months as select indicator_id, county_id, period,"
            " sum(numerator) as numerator, sum(denominator) as denominator"
            " from indicator_rows group by all"
        )
        query = (settings.QUERIES_DIR / f"{name}.sql").read_text("utf-8")
        result = connection.execute(query, parameters)
        names = [column[0] for column in result.description]
        return [dict(zip(names, row, strict=True)) for row in result.fetchall()]

    return run


def stand(ask: Ask, as_of: str, *projects: Row, **tables: Any) -> list[Row]:
    parameters = {"as_of": as_of, "plan_year": 2024}
    return ask("construction/projects", parameters, projects=list(projects), **tables)


def late_days(ask: Ask, as_of: str, *reached: date) -> int | None:
    (row,) = stand(ask, as_of, project("A", *reached))
    days: int | None = row["late_days"]
    return days


def test_a_project_is_as_late_as_its_last_milestone_while_the_next_is_not_due(ask: Ask) -> None:
    assert late_days(ask, "2024-02", date(2024, 2, 10)) == 10


def test_a_milestone_reached_before_its_day_is_early(ask: Ask) -> None:
    assert late_days(ask, "2024-02", date(2024, 1, 20)) == -11


def test_an_overdue_milestone_counts_to_the_end_of_the_month(ask: Ask) -> None:
    assert late_days(ask, "2024-05", date(2024, 1, 31)) == 62  # 31 March to 1 June


def test_a_milestone_due_on_the_last_day_of_the_month_and_not_reached_is_a_day_late(
    ask: Ask,
) -> None:
    assert late_days(ask, "2024-03", date(2024, 1, 20)) == 1


def test_becoming_overdue_does_not_make_a_late_project_look_better(ask: Ask) -> None:
    # Approved 50 days late; its start has been due for one day.
    assert late_days(ask, "2024-03", date(2024, 3, 21)) == 50


def test_a_project_that_catches_up_is_no_longer_late(ask: Ask) -> None:
    assert late_days(ask, "2024-04", date(2024, 3, 21), date(2024, 3, 31)) == 0


def test_a_project_before_its_first_milestone_is_neither_late_nor_early(ask: Ask) -> None:
    assert late_days(ask, "2023-12") is None


def test_milestones_after_the_month_are_not_known_yet(ask: Ask) -> None:
    (row,) = stand(ask, "2024-02", project("A", date(2024, 1, 30), date(2024, 3, 5)))

    assert row["milestones_reached"] == 1
    assert row["actual_start_date"] is None
    assert (row["next_milestone"], row["next_planned_date"]) == ("start", date(2024, 3, 31))


def test_the_latest_come_first_and_what_is_in_use_last(ask: Ask) -> None:
    approved = date(2024, 1, 31)
    used = (date(2024, 6, 1),) * 5

    rows = stand(
        ask,
        "2024-06",
        project("in use, though late", *used),
        project("on time", approved, date(2024, 3, 31), date(2024, 6, 30)),
        project("late", approved, date(2024, 6, 10)),
        project("later", approved),
        project("not begun", planned_approval_date=date(2024, 7, 31)),
    )

    assert [row["project_id"] for row in rows] == [
        "later",
        "late",
        "on time",
        "not begun",
        "in use, though late",
    ]
    assert [row["late_days"] for row in rows[:3]] == [92, 71, 0]


def test_only_the_plan_year_is_listed(ask: Ask) -> None:
    rows = stand(ask, "2024-06", project("A"), project("B", plan_year=2023))

    assert [row["project_id"] for row in rows] == ["A"]


def report(month: str, invested: int | None, progress: float = 0, **columns: Any) -> Row:
    return {
        "project_id": "A",
        "month": month,
        "invested_yuan": invested,
        "physical_progress_pct": progress,
        **columns,
    }


def test_the_last_report_speaks_and_the_years_investment_adds_up(ask: Ask) -> None:
    (row,) = stand(
        ask,
        "2024-02",
        project("A", date(2024, 1, 31)),
        project_months=[
            report("2023-12", 5),
            report("2024-01", 10, 3, problem="rain", responsible_post="head"),
            report("2024-02", 20, 7, responsible_post="head"),
            report("2024-03", 40, 9, problem="later"),
        ],
    )

    assert row["invested_yuan"] == 30
    assert (row["physical_progress_pct"], row["problem"]) == (7, None)
    assert (row["report_month"], row["is_report_missing"]) == ("2024-02", False)


def test_a_project_between_approval_and_use_owes_a_report(ask: Ask) -> None:
    day = date(2024, 1, 31)
    rows = stand(
        ask,
        "2024-02",
        project("not approved"),
        project("approved", day),
        project("in use", day, day, day, day, day),
    )

    assert [row["project_id"] for row in rows if row["is_report_missing"]] == ["approved"]


def test_investment_sums_the_chosen_counties_month_by_month(ask: Ask) -> None:
    name = "project_investment"
    rows = ask(
        "construction/investment",
        {"as_of": "2024-02", "year": "2024", "counties": ["330602", "330603"]},
        indicator_rows=[
            (name, "330602", "A", "2023-12", 99, 0),
            (name, "330602", "A", "2024-01", 10, 15),
            (name, "330603", "B", "2024-01", 1, 0),
            (name, "330603", "B", "2024-02", 4, 5),
            (name, "330602", "A", "2024-03", 50, 20),
            (name, "330604", "C", "2024-01", 1000, 1000),
        ],
    )

    assert [row["month"] for row in rows] == [f"2024-{month:02d}" for month in range(1, 13)]
    assert [row["invested_yuan"] for row in rows[:4]] == [11, 4, None, None]
    assert [row["invested_to_date_yuan"] for row in rows[:4]] == [11, 15, None, None]
    assert [row["planned_yuan"] for row in rows[:4]] == [15, 5, 20, 0]
    assert rows[-1]["planned_to_date_yuan"] == 40


def test_a_flagships_step_is_taken_when_its_project_reached_it_by_the_month(ask: Ask) -> None:
    def step(milestone_id: str, key: str, step: str, due_month: str) -> Row:
        return {
            "plan_year": 2024,
            "indicator_id": "municipal_projects",
            "milestone_id": milestone_id,
            "county_id": "all",
            "source": "project",
            "key": key,
            "step": step,
            "due_month": due_month,
        }

    rows = ask(
        "construction/flagship_milestones",
        {"as_of": "2024-06"},
        projects=[project("A", date(2024, 1, 31), date(2024, 7, 1))],
        plan_milestones=[
            step("start", "project A", "start", "2024-05"),
            step("approval", "project A", "approval", "2024-04"),
            step("unknown", "no such project", "use", "2024-12"),
        ],
    )

    assert [(row["milestone_id"], row["reached_date"]) for row in rows] == [
        ("approval", date(2024, 1, 31)),
        ("start", None),
        ("unknown", None),
    ]


def test_merged_schools_are_named_with_the_school_that_took_them_in(ask: Ask) -> None:
    def school(school_id: str, **columns: Any) -> Row:
        return {"school_id": school_id, "school_year": 2024, "school_name": school_id, **columns}

    name = "small_schools_merged"
    rows = ask(
        "construction/merged_schools",
        {"as_of": "2024-08"},
        schools=[
            school("small", school_type="primary", merged_into_id="large"),
            school("closed", school_type="junior"),
            school("last year"),
            school("next month"),
            school("large"),
        ],
        indicator_rows=[
            (name, "330602", "small", "2024-08", 1, None),
            (name, "330603", "closed", "2024-02", 1, None),
            (name, "330602", "last year", "2023-08", 1, None),
            (name, "330602", "next month", "2024-09", 1, None),
        ],
    )

    assert [(row["school_id"], row["county_id"], row["merged_into_name"]) for row in rows] == [
        ("closed", "330603", None),
        ("small", "330602", "large"),
    ]


def months(ask: Ask, as_of: str, *reached: date, reports: list[Row]) -> list[Row]:
    parameters = {"as_of": as_of, "project_id": "A"}
    return ask(
        "project/months", parameters, projects=[project("A", *reached)], project_months=reports
    )


def test_a_month_without_a_report_stays_empty(ask: Ask) -> None:
    rows = months(ask, "2024-04", reports=[report("2024-01", 1, 5), report("2024-03", 2, 9)])

    assert [(row["month"], row["invested_yuan"]) for row in rows] == [
        ("2024-01", 1),
        ("2024-02", None),
        ("2024-03", 2),
        ("2024-04", None),
    ]


def test_reports_end_with_the_month_of_use(ask: Ask) -> None:
    used = (date(2024, 2, 1),) * 5

    rows = months(ask, "2024-06", *used, reports=[report("2024-01", 1), report("2024-02", 1)])

    assert [row["month"] for row in rows] == ["2024-01", "2024-02"]


def test_a_project_that_never_reported_has_no_months(ask: Ask) -> None:
    assert months(ask, "2024-06", reports=[]) == []


def plan_year(ask: Ask, project_id: str, as_of: str, *years: int) -> int | None:
    """The year by whose plan a project is shown that the plans of these years list."""
    listed = [project("A", plan_year=year) for year in years]
    asked = {"project_id": project_id, "as_of": as_of}
    (row,) = ask("project/plan_year", asked, projects=listed)
    year: int | None = row["plan_year"]
    return year


@pytest.mark.parametrize(
    ("as_of", "year"), [("2023-12", 2024), ("2024-09", 2024), ("2026-01", 2025)]
)
def test_a_project_is_shown_by_the_last_plan_that_lists_it_by_then(
    ask: Ask, as_of: str, year: int
) -> None:
    assert plan_year(ask, "A", as_of, 2024, 2025) == year


def test_an_unknown_project_has_no_plan_year(ask: Ask) -> None:
    assert plan_year(ask, "B", "2024-09", 2024) is None

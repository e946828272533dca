"""What the ledger asks of the plan and the monthly reports, on a few rows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import duckdb
import pytest

from dashboard import settings

Row = dict[str, Any]
Ask = Callable[..., list[Row]]

TASKS = [
    (2023, "c01-01", 1, "去年的事", "office", "2023-12"),
    (2024, "c01-01", 1, "制定计划", "office", "2024-06"),
    (2024, "c01-02", 1, "组织活动", "teachers", "2024-12"),
    (2024, "c02-01", 2, "开展督查", "office", "2024-12"),
]
OFFICES = [
    (year, office_id, name, name)
    for year in (2023, 2024)
    for office_id, name in (("office", "办公室"), ("teachers", "教师处"))
]


@pytest.fixture
def ask(staging: Callable[..., duckdb.DuckDBPyConnection]) -> Ask:
    """Ask one of the ledger's queries with some reports: `ask("plan/tasks", "2024-09", …)`."""

    def run(name: str, as_of: str, *reports: Row) -> list[Row]:
        connection = staging(task_reports=list(reports))
        connection.execute(
            "create table plan_tasks (plan_year integer, task_id varchar, clause integer,"
            " quote_zh varchar, office_id varchar, due_month varchar)"
        )
        connection.execute(
            "create table plan_offices (plan_year integer, office_id varchar, name_zh varchar,"
            " name_en varchar)"
        )
        connection.executemany("insert into plan_tasks values (?, ?, ?, ?, ?, ?)", TASKS)
        connection.executemany("insert into plan_offices values (?, ?, ?, ?)", OFFICES)
        query = (settings.QUERIES_DIR / f"{name}.sql").read_text("utf-8")
        result = connection.execute(query, {"as_of": as_of})
        columns = [column[0] for column in result.description]
        return [dict(zip(columns, row, strict=True)) for row in result.fetchall()]

    return run


def report(task_id: str, month: str, state: str = "in_progress", **columns: str) -> Row:
    return {"task_id": task_id, "month": month, "state": state, **columns}


def test_every_task_of_the_year_is_there_once_with_or_without_reports(ask: Ask) -> None:
    rows = ask("plan/tasks", "2024-09", report("c01-01", "2024-02"), report("c01-01", "2024-03"))

    assert [(row["task_id"], row["report_month"]) for row in rows] == [
        ("c01-01", "2024-03"),
        ("c01-02", None),
        ("c02-01", None),
    ]
    assert [row["office_zh"] for row in rows] == ["办公室", "教师处", "办公室"]


def test_the_last_report_by_the_month_counts_with_all_it_says_and_nothing_else(ask: Ask) -> None:
    reports = (
        report("c01-02", "2024-03", progress="已报名", problem="缺经费"),
        report("c01-02", "2024-05", progress="已举办"),
        report("c01-02", "2024-08", "done", progress="已总结"),
    )
    (row,) = [r for r in ask("plan/tasks", "2024-06", *reports) if r["task_id"] == "c01-02"]

    assert (row["report_month"], row["state"], row["progress"]) == (
        "2024-05",
        "in_progress",
        "已举办",
    )
    assert row["problem"] is None  # the one of March is over


def test_a_report_of_another_year_is_about_another_years_task(ask: Ask) -> None:
    rows = ask("plan/tasks", "2024-01", report("c01-01", "2023-12", "done"))
    assert [row["state"] for row in rows] == [None] * 3


def test_a_month_of_last_year_shows_last_years_tasks(ask: Ask) -> None:
    (row,) = ask("plan/tasks", "2023-12", report("c01-01", "2023-12", "done"))
    assert (row["quote_zh"], row["state"]) == ("去年的事", "done")


def test_reports_on_unknown_tasks_are_named(ask: Ask) -> None:
    reports = (
        report("c99-01", "2024-03"),
        report("c99-01", "2024-04"),
        report("c02-01", "2024-04"),
        report("c98-01", "2024-10"),
    )
    assert ask("plan/stray_reports", "2024-09", *reports) == [{"task_id": "c99-01", "reports": 2}]

"""The monthly reports of the sample are such as offices write."""

from __future__ import annotations

import pandas as pd
import pytest

from dashboard.plan import Plan, load_plan
from dashboard.settings import PLAN_DIR
from tools.sample.city import months
from tools.sample.task_reports import kind_of, make_task_reports, subject_of

STATES = ["未启动", "推进中", "已完成"]


@pytest.fixture(scope="module")
def plan() -> Plan:
    return load_plan(PLAN_DIR / "2024")


@pytest.fixture(scope="module")
def reports() -> pd.DataFrame:
    return make_task_reports(2024, {})


def test_reports_are_about_tasks_of_the_plan_in_months_of_its_year(
    plan: Plan, reports: pd.DataFrame
) -> None:
    assert set(reports["工作编号"]) < {task.task_id for task in plan.tasks}
    assert set(reports["月份"]) == set(months("2024-01"))
    assert not reports.duplicated(["工作编号", "月份"]).any()


def test_some_tasks_are_never_reported_and_some_months_are_missed(
    plan: Plan, reports: pd.DataFrame
) -> None:
    assert reports["工作编号"].nunique() == len(plan.tasks) - 4
    assert len(reports) < 0.98 * reports["工作编号"].nunique() * 9


def test_a_task_never_goes_back(reports: pd.DataFrame) -> None:
    order = reports["工作状态"].map(STATES.index)
    steps = order.groupby(reports["工作编号"]).diff().dropna()
    assert (steps >= 0).all()


def test_offices_report_on_their_own_tasks(plan: Plan, reports: pd.DataFrame) -> None:
    names = {office.office_id: office.name_zh for office in plan.offices}
    offices = {task.task_id: names[task.office_id] for task in plan.tasks}
    assert (reports["责任单位"] == reports["工作编号"].map(offices)).all()


def test_problems_stand_beside_work_in_progress_only(reports: pd.DataFrame) -> None:
    troubled = reports[reports["存在问题"] != ""]
    assert 10 < troubled["工作编号"].nunique() < 100
    assert set(troubled["工作状态"]) == {"推进中"}


def test_every_state_is_there_in_the_last_month(reports: pd.DataFrame) -> None:
    last = reports[reports["月份"] == "2024-09"]
    assert set(last["工作状态"]) == set(STATES)


def test_the_kind_and_the_subject_come_from_the_tasks_own_words(plan: Plan) -> None:
    tasks = {task.task_id: task for task in plan.tasks}
    assert kind_of(tasks["c12-07"]).steps[-1].announced == "印发实施"  # 制定“583”…计划
    assert kind_of(tasks["c08-03"]).steps[0].announced == "开展摸底"  # …覆盖面达95%
    assert subject_of(tasks["c12-07"]) == "“583”体质提升行动"
    assert subject_of(tasks["c26-09"]) == "依法治教能力"

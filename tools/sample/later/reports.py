"""What the plan is split into every year, and what offices report on it."""

from __future__ import annotations

import pandas as pd

from dashboard.plan import load_plan, plan_years
from dashboard.settings import PLAN_DIR
from tools.sample.later.month import Month, Tables, joined, records
from tools.sample.targets import splits_of_projects

JANUARY = 1
DONE, IN_PROGRESS = "已完成", "推进中"
ENDING = 0.7  # of the tasks that are due


def county_targets(month: Month, tables: Tables) -> dict[str, pd.DataFrame]:
    """In January: the split of the year before, that of construction by the year's own projects."""
    if month.number != JANUARY:
        return {}
    table, projects = tables["county_targets"], tables["projects"]
    of_projects = splits_of_projects(projects, month.year)
    rows = table[table["年度"] == month.year - 1].assign(年度=month.year)
    rows["目标值"] = [
        of_projects[name].get(unit, 0.0) if name in of_projects else target
        for name, unit, target in zip(
            rows["指标编码"], rows["区县代码"], rows["目标值"], strict=True
        )
    ]
    return {"county_targets": joined(table, rows)}


def task_reports(month: Month, tables: Tables) -> dict[str, pd.DataFrame]:
    """Return what was reported last, or done where it is due; of years that have a plan."""
    if month.year not in plan_years(PLAN_DIR):
        return {}
    table = tables["task_reports"]
    due = {task.task_id: task.due_month for task in load_plan(PLAN_DIR / str(month.year)).tasks}
    rng = month.draw("later task reports")
    of_year = table[table["月份"].str.startswith(str(month.year))]
    last = of_year.sort_values("月份", kind="stable").drop_duplicates("工作编号", keep="last")
    rows = []
    for report in records(last):
        is_due = due.get(str(report["工作编号"]), "9999-99") <= month.name
        if report["工作状态"] != DONE and is_due and rng.random() < ENDING:
            report |= {
                "工作状态": DONE,
                "进展情况": f"年度任务已完成（{month.number}月完成）。",
                "存在问题": "",
            }
        rows.append({**report, "月份": month.name})
    return {"task_reports": joined(table, pd.DataFrame(rows, columns=table.columns))}

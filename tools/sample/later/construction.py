"""Building on: every January a list of projects, every month steps and reports."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from tools.sample.construction import POSTS, STAGE_NAMES, STEPS
from tools.sample.later.month import Month, Tables, joined, records
from tools.sample.streams import stream

JANUARY = 1
DELAYS, DELAY_SHARES = (0, 1, 3), (0.7, 0.2, 0.1)  # months a project keeps behind its plan
YEAR_SHARE = 0.3  # of a project's total that a new year plans
NOISE = 0.15
COMPLETED = "实际完工验收日期"
_PLANNED = [f"计划{step}日期" for step in STEPS]
_ACTUAL = [f"实际{step}日期" for step in STEPS]


def plans(month: Month, tables: Tables) -> dict[str, pd.DataFrame]:
    """In January: what is not completed goes on, and one new project begins for each that is."""
    if month.number != JANUARY:
        return {}
    table = tables["projects"]
    last = table[table["计划年度"] == month.year - 1]
    is_done = last[COMPLETED].notna()
    going_on = last[~is_done].assign(计划年度=month.year)
    going_on["项目类型"] = [
        "续建" if kind == "新建" and not pd.isna(start) else kind
        for kind, start in zip(going_on["项目类型"], going_on["实际开工日期"], strict=True)
    ]
    going_on["年度计划投资（万元）"] = [_year_plan(total) for total in going_on["总投资（万元）"]]
    begun = [
        _new_project(month, project, number)
        for number, project in enumerate(records(last[is_done]), start=1)
    ]
    fresh = pd.DataFrame(begun, columns=table.columns)
    return {"projects": joined(table, going_on, fresh)}


def _year_plan(total: float) -> int:
    return round(total * YEAR_SHARE / 10) * 10


def _new_project(month: Month, project: dict[str, Any], number: int) -> dict[str, Any]:
    """Return a second phase of a completed project, with the same dates some years later."""
    years = month.year - _day(project["计划开工日期"]).year
    name = str(project["项目名称"]).removesuffix("工程")
    return {
        **project,
        "项目编号": f"JS{month.year}{number:03d}",
        "计划年度": month.year,
        "项目名称": f"{name}{month.year}年续建工程",
        "项目类型": "改扩建",
        "年度计划投资（万元）": _year_plan(project["总投资（万元）"]),
        **{column: _moved(project[column], years) for column in _PLANNED},
        **dict.fromkeys(_ACTUAL, None),
    }


def _day(value: Any) -> date:
    return pd.Timestamp(value).date()


def _moved(value: Any, years: int) -> date:
    return (pd.Timestamp(value) + pd.DateOffset(years=years)).date()


def steps(month: Month, tables: Tables) -> dict[str, pd.DataFrame]:
    """Return steps of the year's list that the month brings: as planned, or some months later."""
    table = tables["projects"].copy()
    for column in _ACTUAL:
        table[column] = table[column].astype(object)
    for row in table.index[table["计划年度"] == month.year]:
        delay = _delay(month.seed, str(table.at[row, "项目编号"]))
        for position, (planned, actual) in enumerate(zip(_PLANNED, _ACTUAL, strict=True)):
            taken: Any = table.at[row, actual]
            due: Any = table.at[row, planned]
            if not pd.isna(taken):
                continue
            if str(pd.Period(due, "M") + delay) > month.name:
                break
            day = 4 + 5 * position
            table.at[row, actual] = date(month.year, month.number, day)
    return {"projects": table}


def _delay(seed: int, project_id: str) -> int:
    return int(stream(seed, f"delay {project_id}").choice(DELAYS, p=DELAY_SHARES))


def months(month: Month, tables: Tables) -> dict[str, pd.DataFrame]:
    """Return what the year's projects report, from their approval until they are in use."""
    table, projects = tables["project_months"], tables["projects"]
    rng = month.draw("later project months")
    listed = projects[projects["计划年度"] == month.year]
    progress = table.groupby("项目编号")["形象进度（%）"].max()
    rows = []
    for project, noise in zip(
        records(listed), np.exp(rng.normal(0, NOISE, len(listed))), strict=True
    ):
        reached = sum(_is_by(project[column], month.name) for column in _ACTUAL)
        in_use = reached == len(STEPS) and not _is_in(project[_ACTUAL[-1]], month.name)
        if reached == 0 or in_use:
            continue
        before = float(progress.get(str(project["项目编号"]), 0.0))
        is_building = 2 <= reached <= 3
        plan = float(project["年度计划投资（万元）"])
        rows.append(
            {
                "项目编号": project["项目编号"],
                "月份": month.name,
                "本月完成投资（万元）": round(plan / 12 * noise if is_building else 0.0, 1),
                "形象进度（%）": 100.0 if reached > 3 else _further(before, is_building),
                "所处阶段": STAGE_NAMES[reached],
                "存在问题": None,
                "责任岗位": POSTS[str(project["区县代码"])],
            }
        )
    return {"project_months": joined(table, pd.DataFrame(rows, columns=table.columns))}


def _further(before: float, is_building: bool) -> float:
    return min(98.0, round(before + (3.5 if is_building else 0.0), 1))


def _is_by(day: Any, month: str) -> bool:
    return not pd.isna(day) and str(day)[:7] <= month


def _is_in(day: Any, month: str) -> bool:
    return str(day)[:7] == month

"""Which months the sample covers: the calibrated ones, fewer, or more."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pandas as pd

from tools.sample.city import LAST_MONTH
from tools.sample.construction import STEPS
from tools.sample.later import extended

FIRST_UNTIL = "2024-01"  # before the first plan year there is no list of projects


def require(month: str) -> None:
    """Raise ValueError for a last month, YYYY-MM, that the sample cannot have."""
    if month < FIRST_UNTIL:
        raise ValueError(f"the sample begins its plan in {FIRST_UNTIL}: {month} is before that")


def until(tables: Mapping[str, pd.DataFrame], seed: int, month: str) -> dict[str, pd.DataFrame]:
    """Return the tables as they stand at the end of a month, YYYY-MM."""
    if month > LAST_MONTH:
        return extended(tables, seed, month)
    return dict(tables) if month == LAST_MONTH else _cut(tables, month)


def _cut(tables: Mapping[str, pd.DataFrame], month: str) -> dict[str, pd.DataFrame]:
    """Leave out what was not known yet at the end of a month."""
    cut = {name: rows_until(name, table, month) for name, table in tables.items()}
    projects = cut["projects"].copy()
    for step in STEPS:
        column = f"实际{step}日期"
        known = projects[column].astype(str).str[:7] <= month
        projects[column] = projects[column].astype(object).where(known, None)
    return {**cut, "projects": projects}


def rows_until(name: str, table: pd.DataFrame, month: str) -> pd.DataFrame:
    """Return the rows of an export that are known at the end of a month."""
    return table[_PERIODS[name](table) <= month] if name in _PERIODS else table


def _school_year(table: pd.DataFrame) -> pd.Series:
    return table["学年"].astype(str) + "-09"


def _year(month: str) -> Callable[[pd.DataFrame], pd.Series]:
    return lambda table: table["年度"].astype(str) + f"-{month}"


def _dated(column: str) -> Callable[[pd.DataFrame], pd.Series]:
    return lambda table: table[column].astype(str).str[:7]


def _round(column: str, months: Mapping[str, str]) -> Callable[[pd.DataFrame], pd.Series]:
    return lambda table: table["年度"].astype(str) + "-" + table[column].map(months)


# The month in which a row is known.
_PERIODS: Mapping[str, Callable[[pd.DataFrame], pd.Series]] = {
    "schools": _school_year,
    "enrolment": _school_year,
    "teachers": _school_year,
    "school_conditions": _school_year,
    "fitness": _year("11"),
    "vision": _round("轮次", {"春季": "05", "秋季": "09"}),
    "health_schools": _dated("认定日期"),
    "vision_stations": _dated("认定日期"),
    "project_months": _dated("月份"),
    "accreditations": _dated("认定日期"),
    "activities": _dated("活动日期"),
    "training_months": _dated("月份"),
    "tutoring_months": _dated("月份"),
    "after_school": _round("学期", {"春季": "06", "秋季": "12"}),
    "senior_intake": _year("09"),
    "city_figures": _dated("统计截止日期"),
    "task_reports": _dated("月份"),
}

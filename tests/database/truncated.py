"""The exports as they were at the end of a month: what came later is not in them."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pandas as pd

# The month of a row's period, for exports whose rows are of one; a school year is counted in
# September, its fitness tested in November.
Month = Callable[[pd.DataFrame], pd.Series]


def _of_year(column: str, month: str) -> Month:
    return lambda rows: rows[column] + f"-{month}"


def _of_season(spring: str, autumn: str, column: str) -> Month:
    months = {"春季": spring, "秋季": autumn}
    return lambda rows: rows["年度"] + "-" + rows[column].map(months)


PERIODS: Mapping[str, Month] = {
    **dict.fromkeys(("学校名录", "在校生统计", "教师统计", "办学条件"), _of_year("学年", "09")),
    "体质健康": _of_year("年度", "11"),
    "高中段招生": _of_year("年度", "09"),
    "目标分解": _of_year("年度", "01"),
    "建设项目": _of_year("计划年度", "01"),
    "视力普查": _of_season("05", "09", "轮次"),
    "课后服务": _of_season("06", "12", "学期"),
    **dict.fromkeys(
        ("项目月报", "职业培训月报", "校外培训机构月报", "工作月报"), lambda rows: rows["月份"]
    ),
    **dict.fromkeys(("健康促进校", "视力健康指导站", "创建认定"), lambda rows: rows["认定日期"]),
    "活动": lambda rows: rows["活动日期"],
    "全市年度数据": lambda rows: rows["统计截止日期"],
    "区县": lambda rows: pd.Series("", rows.index),
}
# Dates in rows that were there before: what had not happened yet is blank.
DATES: Mapping[str, tuple[str, ...]] = {
    "学校名录": ("开办日期", "撤并日期"),
    "建设项目": (
        "实际立项日期",
        "实际开工日期",
        "实际主体结顶日期",
        "实际完工验收日期",
        "实际投用日期",
    ),
}


def truncate(source: Path, month: str, folder: Path) -> Path:
    """Copy exports into a new folder without what came after a month. Returns the folder."""
    folder.mkdir()
    for path in source.iterdir():
        if path.suffix != ".csv":
            shutil.copy(path, folder)
            continue
        rows = pd.read_csv(path, dtype=str, keep_default_na=False)
        rows = rows[PERIODS[path.stem](rows).str[:7] <= month].copy()
        for column in DATES.get(path.stem, ()):
            rows.loc[rows[column].str[:7] > month, column] = ""
        rows.to_csv(folder / path.name, index=False, encoding="utf-8-sig")
    return folder

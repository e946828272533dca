"""What counties report by month or term, and the city's yearly figures."""

from __future__ import annotations

import numpy as np
import pandas as pd

from tools.sample.later.month import Month, Tables, joined

MORE_TRAINING, TRAINING_STRAY = 1.05, 0.05
CLOSING_THE_GAP = 0.06  # of the tutoring providers that lack something, a month
TERMS = {6: "春季", 12: "秋季"}
MORE_RESOURCES = 0.03
# What a figure of the city is a year later.
CITY_FIGURES = {
    "高等教育毛入学率": lambda value: min(100.0, round(value + 0.9, 1)),
    "高校毕业生数": lambda value: round(value * 1.02),
    "留绍毕业生数": lambda value: round(value * 1.05),
    "五大学科奥赛获奖数": lambda value: value + 1,
    "学生非正常死亡人数": lambda value: max(0, value - 1),
}


def training(month: Month, tables: Tables) -> dict[str, pd.DataFrame]:
    """Return 职业培训月报 with the month."""
    table = tables["training_months"]
    rng = month.draw("later training")
    rows = table[table["月份"] == month.year_before].assign(月份=month.name)
    factor = MORE_TRAINING * np.exp(rng.normal(0, TRAINING_STRAY, len(rows)))
    rows["培训人次"] = np.rint(rows["培训人次"] * factor).astype(int)
    return {"training_months": joined(table, rows)}


def tutoring(month: Month, tables: Tables) -> dict[str, pd.DataFrame]:
    """Return 校外培训机构月报 with the month, and with what was left out in the last one."""
    table = tables["tutoring_months"].sort_values("月份", kind="stable")
    for name in (month.before, month.name):
        last = table.drop_duplicates("区县代码", keep="last")
        rows = last[last["月份"] < name].assign(月份=name)
        for column in ("已纳管机构数", "已上平台机构数", "已审核登记机构数"):
            gap = rows["机构数"] - rows[column]
            rows[column] += np.ceil(gap * CLOSING_THE_GAP).astype(int)
        table = joined(table, rows)
    return {"tutoring_months": table}


def after_school(month: Month, tables: Tables) -> dict[str, pd.DataFrame]:
    """Return 课后服务 with the term that ends in the month."""
    if month.number not in TERMS:
        return {}
    table = tables["after_school"]
    term = (table["年度"] == month.year - 1) & (table["学期"] == TERMS[month.number])
    rows = table[term].assign(年度=month.year)
    schools, with_resources = rows["开展课后服务学校数"], rows["引入优质校外资源学校数"]
    rows["引入优质校外资源学校数"] = np.minimum(
        schools, with_resources + np.ceil(schools * MORE_RESOURCES).astype(int)
    )
    return {"after_school": joined(table, rows)}


def city_figures(month: Month, tables: Tables) -> dict[str, pd.DataFrame]:
    """Return 全市年度数据 with the figures whose year's cut-off lies in the month."""
    table = tables["city_figures"]
    last = table[table["统计截止日期"].astype(str).str.startswith(month.year_before)]
    rows = last.assign(
        年度=month.year,
        统计截止日期=[f"{month.year}{str(day)[4:]}" for day in last["统计截止日期"]],
        数值=[
            CITY_FIGURES.get(str(figure), float)(value)
            for figure, value in zip(last["指标"], last["数值"], strict=True)
        ],
    )
    return {"city_figures": joined(table, rows)}

"""What is named and held: as much in every month as in the same month a year before.

Schools are named that were not named before; whatever else has a name gets the year behind it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from tools.sample.city import FULL_NAMES, SHENGZHOU, XINCHANG, YUECHENG
from tools.sample.later.month import Month, Tables, joined, records

# The counties' steps have dates of their own.
ONCE = ("优质均衡", "高校校区")  # a county and a campus take a step once
LATER_BALANCED = (
    ("优质均衡省级复查", SHENGZHOU, "2024-10-17"),
    ("优质均衡国家级评估认定", XINCHANG, "2024-11-21"),
    ("优质均衡国家级评估", YUECHENG, "2025-05-22"),
)
LEVELS = ("铜牌", "银牌", "金牌")
_YEAR_BEHIND = re.compile(r"（\d{4}年）$")


def accreditations(month: Month, tables: Tables) -> dict[str, pd.DataFrame]:
    """Return 创建认定 with the month's events."""
    table = tables["accreditations"]
    rng = month.draw("later accreditations")
    template = _of_month(table, "认定日期", month.year_before)
    template = template[~template["类别"].str.startswith(ONCE)]
    schools = tables["schools"].drop_duplicates("学校标识码", keep="last")
    types = schools.set_index("学校名称")["学校类型"]
    taken = {category: set(rows["名称"]) for category, rows in table.groupby("类别")}
    rows = []
    for event in records(template):
        named = taken[str(event["类别"])]
        kind = types.get(str(event["名称"]))
        name = (
            _with_year(str(event["名称"]), month)
            if kind is None
            else _new_school(rng, schools, str(event["区县代码"]), str(kind), named)
        )
        if name is not None and name not in named:
            named.add(name)
            rows.append({**event, "名称": name, "认定日期": _this_year(event["认定日期"], month)})
    rows += [
        {
            "类别": kind,
            "名称": FULL_NAMES[unit],
            "区县代码": unit,
            "是否乡村": False,
            "认定日期": day,
        }
        for kind, unit, day in LATER_BALANCED
        if day.startswith(month.name)
    ]
    return {"accreditations": _added(table, rows, "事项编号", "认定日期", month)}


def _new_school(
    rng: np.random.Generator, schools: pd.DataFrame, county: str, kind: str, named: set[str]
) -> str | None:
    """Return an open school of the county and kind that has not been named; None where all have."""
    here = schools[
        (schools["区县代码"] == county)
        & (schools["学校类型"] == kind)
        & (schools["办学状态"] == "在办")
        & ~schools["学校名称"].isin(named)
    ]
    return None if here.empty else str(rng.choice(here["学校名称"].to_numpy()))


def activities(month: Month, tables: Tables) -> dict[str, pd.DataFrame]:
    """Return 活动 with the month's sessions, numbered on within the year."""
    table = tables["activities"]
    template = _of_month(table, "活动日期", month.year_before)
    in_year = table[table["活动日期"].str.startswith(str(month.year))]
    held = {str(category): len(rows) for category, rows in in_year.groupby("类别")}
    rows = []
    for event in records(template):
        category, theme = str(event["类别"]), str(event["活动名称"]).partition(":")[2]
        held[category] = held.get(category, 0) + 1
        measure = "期" if category == "名师网上课堂" else "场"
        name = f"{month.year}年{category}第{held[category]}{measure}:{theme}"
        rows.append({**event, "活动名称": name, "活动日期": _this_year(event["活动日期"], month)})
    return {"activities": _added(table, rows, "活动编号", "活动日期", month)}


def health_schools(month: Month, tables: Tables) -> dict[str, pd.DataFrame]:
    """Return 健康促进校 with the month's awards: each to a school that holds the level below."""
    table = tables["health_schools"]
    rng = month.draw("later health schools")
    schools = tables["schools"].drop_duplicates("学校标识码", keep="last")
    is_open = set(schools.loc[schools["办学状态"] == "在办", "学校标识码"])
    held = {level: set(table.loc[table["等级"] == level, "学校标识码"]) for level in LEVELS}
    rows = []
    for award in records(_of_month(table, "认定日期", month.year_before)):
        level, county = str(award["等级"]), award["区县代码"]
        if level == LEVELS[0]:
            continue  # nearly all schools have it
        below = LEVELS[LEVELS.index(level) - 1]
        ready = sorted((held[below] & is_open) - held[level])
        here = schools[schools["学校标识码"].isin(ready) & (schools["区县代码"] == county)]
        if here.empty:
            continue
        school = here.iloc[int(rng.integers(len(here)))]
        held[level].add(str(school["学校标识码"]))
        rows.append(
            {
                **award,
                "学校标识码": school["学校标识码"],
                "学校名称": school["学校名称"],
                "认定日期": _this_year(award["认定日期"], month),
            }
        )
    return {"health_schools": _added(table, rows, "认定编号", "认定日期", month)}


def vision_stations(month: Month, tables: Tables) -> dict[str, pd.DataFrame]:
    """Return 视力健康指导站 with the month's stations."""
    table = tables["vision_stations"]
    rows = [
        {
            **station,
            "站点名称": _with_year(str(station["站点名称"]), month),
            "认定日期": _this_year(station["认定日期"], month),
        }
        for station in records(_of_month(table, "认定日期", month.year_before))
    ]
    return {"vision_stations": _added(table, rows, "站点编号", "认定日期", month)}


def _of_month(table: pd.DataFrame, column: str, month: str) -> pd.DataFrame:
    return table[table[column].astype(str).str.startswith(month)]


def _this_year(day: object, month: Month) -> str:
    return f"{month.name}-{min(int(str(day)[8:10]), 28):02d}"


def _with_year(name: str, month: Month) -> str:
    return f"{_YEAR_BEHIND.sub('', name)}（{month.year}年）"


def _added(
    table: pd.DataFrame, rows: Sequence[dict[str, Any]], header: str, date: str, month: Month
) -> pd.DataFrame:
    """Give the new rows numbers within the year, in the order of their dates."""
    prefix = f"{str(table[header].iloc[0])[:2]}{month.year}"
    last = table.loc[table[header].str.startswith(prefix), header].str[-4:].astype(int).max()
    first = 1 if pd.isna(last) else int(last) + 1
    numbered = [
        {**row, header: f"{prefix}{number:04d}"}
        for number, row in enumerate(sorted(rows, key=lambda row: str(row[date])), start=first)
    ]
    return joined(table, pd.DataFrame(numbered, columns=table.columns))

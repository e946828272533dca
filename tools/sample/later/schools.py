"""The schools a year later: register, pupils, teachers, conditions, intake, fitness, eyesight."""

from __future__ import annotations

import numpy as np
import pandas as pd

from tools.sample.city import CITY_RUN, KINDERGARTEN, PRIMARY, SENIOR, SHENGZHOU, VOCATIONAL
from tools.sample.later.month import Month, Tables, joined, shrunk

AUTUMN, FITNESS_MONTH = 9, 11
ROUNDS = {5: "春季", 9: "秋季"}
LATE_ROUND = "2024-10"  # 嵊州 brings the autumn round of 2024 in a month late
# Pupils of a school from one autumn to the next, and how far schools differ in that.
GROWTH = {KINDERGARTEN: 0.93, PRIMARY: 0.995}
GROWTH_STRAY = 0.01
CATCHING_UP = 0.15  # of the schools that lack something, a year
FEWER_MYOPIC, FEWER_FAILING, MORE_GOOD = 0.975, 0.1, 0.012
COUNTS = [
    "在校生数", "招生数", "毕业生数", "随迁子女数", "公办就读随迁子女数", "购买学位随迁子女数",
    "持证残疾学生数", "送教上门学生数", "应资助学生数", "已资助学生数",
]  # fmt: skip


def register(month: Month, tables: Tables) -> dict[str, pd.DataFrame]:
    """In September every school that stays is listed again, and the smallest ones are closed."""
    if month.number != AUTUMN:
        return {}
    rng = month.draw("later register")
    listed = tables["schools"]
    last = listed[listed["学年"] == month.year - 1]
    rows = last[last["办学状态"] == "在办"].assign(学年=month.year).reset_index(drop=True)
    rows = _with_facilities(rng, rows)
    closing = rows["学校标识码"].isin(_closing(month, tables, rows, len(last) - len(rows)))
    rows.loc[closing, "办学状态"] = "停办"
    rows["撤并日期"] = rows["撤并日期"].astype(object)
    rows.loc[closing, "撤并日期"] = f"{month.year}-07-31"
    return {"schools": joined(listed, rows)}


def _with_facilities(rng: np.random.Generator, rows: pd.DataFrame) -> pd.DataFrame:
    """Let some of the schools that have no mental-health centre or labour classroom get one."""
    is_school = rows["学校类型"] != KINDERGARTEN
    gained = {
        column: rows[column] | (is_school & (rng.random(len(rows)) < CATCHING_UP))
        for column in ("心理健康中心", "劳动实践教室")
    }
    return rows.assign(**gained)


def _closing(month: Month, tables: Tables, rows: pd.DataFrame, number: int) -> pd.Series:
    """As many of the smallest public kindergartens and primary schools as closed last year."""
    enrolment = tables["enrolment"]
    pupils = enrolment[enrolment["学年"] == month.year - 1].groupby("学校标识码")["在校生数"].sum()
    may_close = (
        rows["学校类型"].isin([KINDERGARTEN, PRIMARY])
        & (rows["办学性质"] == "公办")
        & (rows["区县代码"] != CITY_RUN)
        & ~rows["学校标识码"].isin(rows["集团牵头校标识码"])
    )
    ids = rows.loc[may_close, "学校标识码"]
    order = ids.map(pupils).sort_values(kind="stable")
    return ids.loc[order.index[:number]]


def _open_schools(tables: Tables, year: int) -> pd.DataFrame:
    """Return the register of a school year, of the schools that are open in it."""
    listed = tables["schools"]
    return listed[(listed["学年"] == year) & (listed["办学状态"] == "在办")]


def statistics(month: Month, tables: Tables) -> dict[str, pd.DataFrame]:
    """In September: pupils, teachers and conditions of the open schools, and the intake."""
    if month.number != AUTUMN:
        return {}
    rng = month.draw("later statistics")
    is_open = set(_open_schools(tables, month.year)["学校标识码"])

    def again(name: str) -> pd.DataFrame:
        table = tables[name]
        here = (table["学年"] == month.year - 1) & table["学校标识码"].isin(is_open)
        return table[here].assign(学年=month.year).reset_index(drop=True)

    pupils = again("enrolment")
    stray = np.exp(rng.normal(0, GROWTH_STRAY, len(pupils)))
    pupils = shrunk(pupils, COUNTS, pupils["学段"].map(GROWTH).fillna(1.0) * stray)
    pupils = shrunk(pupils, ["大班额班数", "超大班额班数"], 0.8)
    return {
        "enrolment": joined(tables["enrolment"], pupils),
        "teachers": joined(tables["teachers"], _teachers(rng, again("teachers"))),
        "school_conditions": joined(tables["school_conditions"], again("school_conditions")),
        "senior_intake": joined(tables["senior_intake"], _intake(month, tables, pupils)),
    }


def _teachers(rng: np.random.Generator, rows: pd.DataFrame) -> pd.DataFrame:
    """Add a teacher here and there with a degree, a certificate, a training, a rotation."""
    rows = rows.copy()
    full_time = rows["专任教师数"]

    def one_more(column: str, limit: pd.Series, share: float, less: str | None = None) -> None:
        gain = ((rows[column] < limit) & (rng.random(len(rows)) < share)).astype(int)
        if less is not None:
            gain = gain.clip(upper=rows[less])
            rows[less] -= gain
        rows[column] += gain

    one_more("研究生学历教师数", full_time, 0.3, less="本科学历教师数")
    one_more("本科学历教师数", full_time, 0.3, less="专科学历教师数")
    certified = rows["心理A证教师数"] + rows["心理B证教师数"] + rows["心理C证教师数"]
    one_more("心理C证教师数", rows["心理C证教师数"] + full_time - certified, 0.3)
    one_more("心理B证教师数", full_time, 0.2, less="心理C证教师数")
    one_more("已交流教师数", rows["应交流教师数"], 0.3)
    one_more("信息技术培训完成教师数", full_time, 0.5)
    return rows


def _intake(month: Month, tables: Tables, pupils: pd.DataFrame) -> pd.DataFrame:
    """Return the intake of the counties' senior schools.

    Whatever else the export holds, as last year.
    """
    counties = tables["schools"].drop_duplicates("学校标识码", keep="last")
    county = pupils["学校标识码"].map(counties.set_index("学校标识码")["区县代码"])
    entered = pupils.groupby([county.rename("区县代码"), "学段"])["招生数"].sum()
    table = tables["senior_intake"]
    rows = table[table["年度"] == month.year - 1].assign(年度=month.year)
    for column, stage in (("普通高中招生数", SENIOR), ("中职招生数", VOCATIONAL)):
        there = [(unit, stage) for unit in rows["区县代码"]]
        rows[column] = [int(entered.get(place, 0)) for place in there]
    return rows


def fitness(month: Month, tables: Tables) -> dict[str, pd.DataFrame]:
    """In November: as a year before, with fewer failing and more good results."""
    if month.number != FITNESS_MONTH:
        return {}
    table = tables["fitness"]
    is_open = set(_open_schools(tables, month.year)["学校标识码"])
    rows = table[(table["年度"] == month.year - 1) & table["学校标识码"].isin(is_open)].copy()
    rows["年度"] = month.year
    risen = np.floor(rows["不及格人数"] * FEWER_FAILING).astype(int)
    better = np.floor(rows["及格人数"] * MORE_GOOD).astype(int)
    rows["不及格人数"] -= risen
    rows["及格人数"] += risen - better
    rows["良好人数"] += better
    return {"fitness": joined(table, rows)}


def vision(month: Month, tables: Tables) -> dict[str, pd.DataFrame]:
    """In May and in September: as a year before, with somewhat fewer myopic pupils."""
    table = tables["vision"]
    counties = tables["schools"].drop_duplicates("学校标识码", keep="last")
    here = counties[counties["办学状态"] == "在办"]
    if month.name == LATE_ROUND:
        here, season = here[here["区县代码"] == SHENGZHOU], ROUNDS[9]
    elif month.number in ROUNDS:
        season = ROUNDS[month.number]
    else:
        return {}
    template = (table["年度"] == month.year - 1) & (table["轮次"] == season)
    rows = table[template & table["学校标识码"].isin(here["学校标识码"])].assign(年度=month.year)
    return {"vision": joined(table, shrunk(rows, ["近视人数", "高度近视人数"], FEWER_MYOPIC))}

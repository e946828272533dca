"""A second road, from the exports alone: what the definitions of ADR 18 make of the sample."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from shutil import copytree

import pandas as pd
import pytest

from dashboard import settings
from dashboard.data import Database, open_database
from dashboard.indicators import values

AS_OF, CITY_RUN, ZHUJI = "2024-09", "330600", "330681"
KINDERGARTEN, COMPULSORY = "幼儿园", ("小学", "初中", "九年一贯")


def export(name: str) -> pd.DataFrame:
    table = pd.read_csv(settings.SAMPLE_DIR / f"{name}.csv", dtype=str, encoding="utf-8-sig")
    return table.rename(columns={"学年": "年度"}).astype({"年度": int})


def with_school(table: pd.DataFrame, year: int) -> pd.DataFrame:
    """A year's rows of open schools, each with its school's entry in the register."""
    schools = export("学校名录").query("年度 == @year and 办学状态 == '在办'")
    return table.query("年度 == @year").merge(schools, on=["学校标识码", "年度"])


def fitness() -> pd.Series:
    rows = with_school(export("体质健康"), 2023).query("学段 in ('小学', '初中', '普通高中')")
    counts = rows.astype({"参评人数": int, "优秀人数": int, "良好人数": int})
    sums = counts.groupby("区县代码")[["参评人数", "优秀人数", "良好人数"]].sum()
    return 100 * (sums["优秀人数"] + sums["良好人数"]) / sums["参评人数"]


def children() -> pd.DataFrame:
    rows = with_school(export("在校生统计"), 2024).query("学段 == @KINDERGARTEN")
    return rows.assign(children=rows["在校生数"].astype(int))


def share_of_children(is_reached: Callable[[pd.DataFrame], pd.Series]) -> pd.Series:
    rows = children()
    reached = rows["children"].where(is_reached(rows), 0)
    by_county = rows["区县代码"]
    return 100 * reached.groupby(by_county).sum() / rows["children"].groupby(by_county).sum()


def communities() -> pd.Series:
    schools = export("学校名录").query("年度 == 2024 and 办学状态 == '在办' and 学前共同体.notna()")
    return 100 * (schools["学前共同体"] == "是").groupby(schools["区县代码"]).mean()


SECOND_ROADS: dict[str, Callable[[], pd.Series]] = {
    "fitness_good_rate": fitness,
    "public_kindergarten_coverage": lambda: share_of_children(
        lambda rows: rows["办学性质"] == "公办"
    ),
    "inclusive_kindergarten_coverage": lambda: share_of_children(
        lambda rows: (rows["办学性质"] == "公办") | (rows["普惠性"] == "是")
    ),
    "quality_kindergarten_coverage": lambda: share_of_children(
        lambda rows: rows["幼儿园等级"].isin(["一级", "二级"])
    ),
    "preschool_community_coverage": communities,
}


@pytest.mark.parametrize("indicator_id", SECOND_ROADS)
def test_every_county_has_what_the_exports_give(database: Database, indicator_id: str) -> None:
    found = values(database, AS_OF, (), [indicator_id]).set_index("county_id")["value"]
    expected = SECOND_ROADS[indicator_id]()
    assert len(expected) == 7
    assert found.drop("all").to_dict() == pytest.approx(expected.to_dict())


def test_the_sample_has_attached_classes() -> None:
    assert (children()["学校类型"] != KINDERGARTEN).sum() > 0


def test_the_city_run_schools_are_assessed_in_the_counties(database: Database) -> None:
    rows = values(database, AS_OF, (), ["balanced_seven_indicators"]).set_index("county_id")
    assert rows.at[CITY_RUN, "missing"] == "z"
    pupils = with_school(export("在校生统计"), 2024)
    pupils = pupils[pupils["学校类型"].isin(COMPULSORY) & pupils["学段"].isin(["小学", "初中"])]
    by_school = pupils.astype({"在校生数": int}).groupby("学校标识码")["在校生数"].sum()
    assessed = pupils.drop_duplicates("学校标识码").set_index("学校标识码")
    assessed = assessed[by_school.reindex(assessed.index) >= 50]
    area = assessed["所在区"].fillna(assessed["区县代码"])
    assert rows["denominator"].drop([CITY_RUN, "all"]).to_dict() == area.value_counts().to_dict()
    assert CITY_RUN in set(assessed["区县代码"])


def test_an_intake_that_one_county_leaves_empty_is_missing_and_not_nought(tmp_path: Path) -> None:
    folder = copytree(settings.SAMPLE_DIR, tmp_path / "exports")
    path = folder / "高中段招生.csv"
    table = pd.read_csv(path, dtype=str, encoding="utf-8-sig")
    emptied = (table["区县代码"] == ZHUJI) & (table["年度"] == "2024")
    table.loc[emptied, "技工学校招生数"] = None
    table.to_csv(path, index=False, encoding="utf-8-sig")
    rows = values(open_database(folder), AS_OF, (), ["technician_intake", "five_year_intake"])
    rows = rows.set_index(["indicator_id", "county_id"])
    county, city = (rows.loc[("technician_intake", unit)] for unit in (ZHUJI, "all"))
    assert (county["missing"], county["status"]) == ("x", None)
    assert (city["missing"], city["status"]) == ("p", None)
    assert tuple(city["missing_periods"]) == (f"{ZHUJI}:2024-09",)
    assert rows.loc[("five_year_intake", "all")]["missing"] is None

"""Health: fitness tests, vision screenings, health-promoting schools and vision stations."""

from __future__ import annotations

import numpy as np
import pandas as pd

from tools.sample.city import (
    JUNIOR,
    KINDERGARTEN,
    PRIMARY,
    SENIOR,
    SHENGZHOU,
    UNITS,
    VOCATIONAL,
    YEARS,
    by_unit,
)
from tools.sample.names import places
from tools.sample.schools import NEVER
from tools.sample.shares import apportion, centred, ranks, whole
from tools.sample.streams import stream

TESTED_STAGES = (PRIMARY, JUNIOR, SENIOR, VOCATIONAL)
BOYS = 0.523

# Fitness, November 2023: excellent or good, and pass or better; what was missing 2019 … 2023.
GOOD_RATE = by_unit(0.6960, 0.7055, 0.6920, 0.6818, 0.6865, 0.6880, 0.6930)
GOOD_BEFORE = (-0.068, -0.064, -0.047, -0.030, 0.0)
GOOD_BY_STAGE = {PRIMARY: 0.028, JUNIOR: -0.012, SENIOR: -0.046, VOCATIONAL: -0.062}
PASS_RATE = by_unit(0.9852, 0.9861, 0.9838, 0.9802, 0.9810, 0.9821, 0.9850)
PASS_BEFORE = (-0.019, -0.020, -0.014, -0.007, 0.0)
PASS_BY_STAGE = {PRIMARY: 0.004, JUNIOR: -0.002, SENIOR: -0.006, VOCATIONAL: -0.010}
EXCELLENT_OF_GOOD = {PRIMARY: 0.29, JUNIOR: 0.22, SENIOR: 0.16, VOCATIONAL: 0.13}
GIRLS_GOOD = 0.030
EXEMPT = 0.011

# Myopia in autumn 2024 by stage; counties lie around it. Spring lies a little higher: the same
# pupils are half a year older than in the autumn before.
MYOPIC = {PRIMARY: 0.352, JUNIOR: 0.706, SENIOR: 0.822, VOCATIONAL: 0.768}
SEVERE_OF_MYOPIC = {PRIMARY: 0.021, JUNIOR: 0.086, SENIOR: 0.186, VOCATIONAL: 0.158}
MYOPIA_BY_UNIT = by_unit(0.010, 0.000, -0.006, 0.006, 0.017, -0.018, 0.010)
YEARLY_DECLINE = by_unit(-0.0122, -0.0134, -0.0120, -0.0118, 0.0008, -0.0126, -0.0115)
SPRING = 0.004
# Counties do not move in step: they stray this far from their course in a year.
GOOD_STRAY, PASS_STRAY, MYOPIA_STRAY = 0.0022, 0.0004, 0.0008

BRONZE_SHARE = by_unit(0.992, 1.0, 0.985, 0.976, 0.957, 0.982, 1.0)
NEW_SILVER = {2019: 30, 2020: 24, 2021: 27, 2022: 26, 2023: 28, 2024: 24}
NEW_GOLD = {2019: 6, 2020: 5, 2021: 7, 2022: 7, 2023: 9, 2024: 8}
CITY_STATIONS = {2020: 8, 2021: 10, 2022: 12, 2023: 10, 2024: 3}
COUNTY_STATIONS = {2019: 16, 2020: 22, 2021: 26, 2022: 24, 2023: 22, 2024: 14}
COUNTY_WEIGHTS = by_unit(20, 21, 15, 23, 12, 8, 1)


def make_fitness(seed: int, schools: pd.DataFrame, pupils: pd.DataFrame) -> pd.DataFrame:
    """Return the export 体质健康: school × year × stage × sex, 2019 to 2023."""
    rng = stream(seed, "fitness")
    base = pupils[pupils["stage"].isin(TESTED_STAGES) & (pupils["year"] < YEARS[-1])]
    good_taste = rng.normal(0, 0.045, len(schools))
    pass_taste = rng.normal(0, 0.006, len(schools))
    good_stray = _strays(rng, GOOD_STRAY, len(GOOD_BEFORE))
    pass_stray = _strays(rng, PASS_STRAY, len(GOOD_BEFORE))
    unit = base["unit"].map(UNITS.index).to_numpy()
    parts = []
    for sex, sign in (("男", -1), ("女", 1)):
        row, t = base["school"].to_numpy(), base["t"].to_numpy()
        offset = rng.random((len(schools), 5))[row]
        boys = np.rint(base["pupils"].to_numpy() * BOYS)
        enrolled = boys if sex == "男" else base["pupils"].to_numpy() - boys
        exempt = whole(enrolled, EXEMPT, offset[:, 0])
        tested = (enrolled - exempt).astype(np.int64)
        groups = [base["unit"].to_numpy(), t]
        stage_good = base["stage"].map(GOOD_BY_STAGE).to_numpy() + sign * GIRLS_GOOD / 2
        good_rate = (
            base["unit"].map(GOOD_RATE).to_numpy()
            + np.array(GOOD_BEFORE)[t]
            + good_stray[unit, t]
            + centred(stage_good - sign * GIRLS_GOOD / 2 + good_taste[row], tested, groups)
            + sign * GIRLS_GOOD / 2
        )
        pass_rate = (
            base["unit"].map(PASS_RATE).to_numpy()
            + np.array(PASS_BEFORE)[t]
            + pass_stray[unit, t]
            + centred(base["stage"].map(PASS_BY_STAGE).to_numpy() + pass_taste[row], tested, groups)
        )
        passing = whole(tested, np.minimum(pass_rate, 1.0), offset[:, 1])
        good_or_better = np.minimum(passing, whole(tested, good_rate, offset[:, 2]))
        excellent = whole(
            good_or_better, base["stage"].map(EXCELLENT_OF_GOOD).to_numpy(), offset[:, 3]
        )
        parts.append(
            pd.DataFrame(
                {
                    "学校标识码": schools["school_id"].to_numpy()[row],
                    "年度": base["year"].to_numpy(),
                    "学段": base["stage"].to_numpy(),
                    "性别": sex,
                    "参评人数": tested,
                    "优秀人数": excellent,
                    "良好人数": good_or_better - excellent,
                    "及格人数": passing - good_or_better,
                    "不及格人数": tested - passing,
                    "免测人数": exempt,
                }
            )
        )
    return pd.concat(parts, ignore_index=True)


def _strays(rng: np.random.Generator, spread: float, years: int) -> np.ndarray:
    """Return how far each unit (row) strays in each year (column); the last year stays put."""
    strays = rng.normal(0, spread, (len(UNITS), years))
    strays[:, -1] = 0
    return strays


def make_vision(seed: int, schools: pd.DataFrame, pupils: pd.DataFrame) -> pd.DataFrame:
    """Return the export 视力普查: every round from autumn 2019 on.

    嵊州 has not reported the round of autumn 2024.
    """
    rng = stream(seed, "vision")
    base = pupils[pupils["stage"].isin(TESTED_STAGES)]
    taste = rng.normal(0, 0.035, len(schools))
    shape = (len(schools), 3)
    offsets = {"春季": rng.random(shape), "秋季": rng.random(shape)}
    stray = _strays(rng, MYOPIA_STRAY, len(YEARS))
    parts: list[pd.DataFrame] = []
    for season, year_shift, level in (("秋季", 0, 0.0), ("春季", 1, SPRING)):
        here = base[base["year"] + year_shift <= YEARS[-1]]
        row = here["school"].to_numpy()
        year = here["year"].to_numpy() + year_shift
        offset = offsets[season][row]
        enrolled = here["pupils"].to_numpy()
        examined = whole(enrolled, 0.977 + 0.02 * schools["spread"].to_numpy()[row], offset[:, 0])
        since_2024 = (year - YEARS[-1]) * here["unit"].map(YEARLY_DECLINE).to_numpy()
        groups = [here["unit"].to_numpy(), here["stage"].to_numpy(), year]
        rate = (
            here["stage"].map(MYOPIC).to_numpy()
            + here["unit"].map(MYOPIA_BY_UNIT).to_numpy()
            + since_2024
            + stray[here["unit"].map(UNITS.index), year - YEARS[0]]
            + level
            + centred(taste[row], examined, groups)
        )
        myopic = whole(examined, np.clip(rate, 0.02, 0.97), offset[:, 1])
        severe = whole(myopic, here["stage"].map(SEVERE_OF_MYOPIC).to_numpy(), offset[:, 2])
        late = (here["unit"] == SHENGZHOU).to_numpy() & (year == YEARS[-1]) & (season == "秋季")
        part = pd.DataFrame(
            {
                "学校标识码": schools["school_id"].to_numpy()[row],
                "年度": year,
                "轮次": season,
                "学段": here["stage"].to_numpy(),
                "在籍人数": enrolled,
                "检查人数": examined,
                "近视人数": myopic,
                "高度近视人数": severe,
            }
        )
        parts.append(part[~late].copy())
    return pd.concat(parts, ignore_index=True)


def make_health_schools(seed: int, schools: pd.DataFrame) -> pd.DataFrame:
    """Return the export 健康促进校: bronze for nearly every school, then silver, then gold."""
    rng = stream(seed, "health schools")
    eligible = schools[schools["kind"] != KINDERGARTEN]
    place = ranks(rng.random(len(eligible)), eligible["unit"].to_numpy())
    bronze = eligible[place < eligible["unit"].map(BRONZE_SHARE).to_numpy()]
    # Most schools were named before 2021; the stragglers follow, the last in spring 2024.
    year = 2015 + np.floor(10 * rng.random(len(bronze)) ** 1.6).astype(int)
    year = np.maximum(year, bronze["opened_year"].to_numpy() + 1)
    held = {row: int(named) for row, named in zip(bronze.index, year, strict=True)}
    closed_year = schools["closed_year"].to_numpy()
    awards = [
        (row, "铜牌", _day(rng, named, (4, 5, 6)))
        for row, named in held.items()
        if named <= YEARS[-1] and named < closed_year[row]
    ]
    lasting = [row for row, _, _ in awards if closed_year[row] == NEVER]
    silver: dict[int, int] = {}
    gold: set[int] = set()
    for award_year in YEARS:
        ready = [row for row in lasting if held[row] < award_year and row not in silver]
        for row in rng.permutation(ready)[: NEW_SILVER[award_year]]:
            silver[int(row)] = award_year
            awards.append((int(row), "银牌", _day(rng, award_year, (3, 5, 7, 9))))
        ready = [row for row, since in silver.items() if since < award_year and row not in gold]
        for row in rng.permutation(ready)[: NEW_GOLD[award_year]]:
            gold.add(int(row))
            awards.append((int(row), "金牌", _day(rng, award_year, (4, 6, 9))))
    rows = [row for row, _, _ in awards]
    table = pd.DataFrame(
        {
            "学校标识码": schools["school_id"].to_numpy()[rows],
            "学校名称": schools["name"].to_numpy()[rows],
            "区县代码": schools["unit"].to_numpy()[rows],
            "等级": [level for _, level, _ in awards],
            "认定日期": [date for _, _, date in awards],
        }
    )
    return _numbered(table, "认定编号", "JK")


def make_vision_stations(seed: int) -> pd.DataFrame:
    """Return the export 视力健康指导站: model stations of the city and stations of counties."""
    rng = stream(seed, "vision stations")
    names = places(rng)
    rows = []
    for level, numbers in (("市级示范", CITY_STATIONS), ("县级", COUNTY_STATIONS)):
        for year, number in numbers.items():
            for unit, share in apportion(number, COUNTY_WEIGHTS).items():
                for _ in range(share):
                    host = rng.choice(["社区卫生服务中心", "小学", "青少年活动中心", "初级中学"])
                    rows.append(
                        {
                            "站点名称": f"{next(names)}{host}视力健康指导站",
                            "区县代码": unit,
                            "级别": level,
                            "认定日期": _day(rng, year, (3, 6, 9)),
                        }
                    )
    return _numbered(pd.DataFrame(rows), "站点编号", "SL")


def _day(rng: np.random.Generator, year: int, months: tuple[int, ...]) -> str:
    return f"{year}-{rng.choice(months):02d}-{rng.integers(5, 28):02d}"


def _numbered(table: pd.DataFrame, header: str, prefix: str) -> pd.DataFrame:
    """Give the rows of `table` numbers within their year, in the order of their dates."""
    table = table.sort_values(["认定日期", table.columns[0]], kind="stable", ignore_index=True)
    year = table["认定日期"].str[:4]
    serial = table.groupby(year).cumcount() + 1
    table.insert(0, header, prefix + year + serial.map("{:04d}".format))
    return table

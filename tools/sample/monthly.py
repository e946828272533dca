"""What counties report by month, term or year, and the figures of the whole city."""

from __future__ import annotations

import numpy as np
import pandas as pd

from tools.sample.city import (
    COUNTIES,
    JUNIOR,
    LAST_MONTH,
    NINE_YEAR,
    PRIMARY,
    SENIOR,
    UNITS,
    VOCATIONAL,
    XINCHANG,
    YEARS,
    ZHUJI,
    by_unit,
    months,
)
from tools.sample.streams import stream

FIRST_MONTH = "2022-01"
TRAINING_KINDS = {
    "企业职工": 0.46,
    "农民": 0.17,
    "退役军人": 0.05,
    "社区居民": 0.24,
    "失业人员": 0.08,
}
TRAINING_SHARES = by_unit(0.18, 0.20, 0.15, 0.21, 0.10, 0.07, 0.09)
# Person-times per year; 2024 as far as it goes.
TRAINING = {2022: 71_500, 2023: 76_800, 2024: 63_000}
# Little is taught at the Spring Festival and in high summer.
TRAINING_SEASON = (0.5, 0.4, 1.0, 1.2, 1.3, 1.25, 0.9, 0.75, 1.15, 1.2, 1.3, 1.05)

PROVIDERS = by_unit(372, 395, 228, 352, 168, 104, 0)
MANAGED = {2022: 0.925, 2023: 0.968, 2024: 0.992}
ON_PLATFORM = {2022: 0.872, 2023: 0.941, 2024: 0.981}
REGISTERED = {2022: 0.845, 2023: 0.922, 2024: 0.974}
COUNTY_TUTORING = by_unit(0.002, 0.001, 0.0, 0.02, -0.012, -0.006, 0.0)

AFTER_SCHOOL_TERMS = (
    (2021, "秋季"), (2022, "春季"), (2022, "秋季"), (2023, "春季"), (2023, "秋季"), (2024, "春季"),
)  # fmt: skip
WITH_RESOURCES = (0.46, 0.52, 0.57, 0.62, 0.66, 0.703)
COUNTY_RESOURCES = by_unit(0.06, 0.05, 0.0, -0.02, -0.07, -0.05, 0.15)

# New pupils of technician schools in autumn, 2019 first, and the counties' shares of them.
TECHNICIANS = (2_480, 2_560, 2_710, 2_890, 3_120, 3_405)
TECHNICIAN_SHARES = by_unit(0.16, 0.22, 0.15, 0.24, 0.10, 0.07, 0.06)
# Shares of the vocational intake, 2019 first: five-year courses, and those to a bachelor's degree.
FIVE_YEAR = (0.24, 0.26, 0.29, 0.32, 0.345, 0.372)
TO_BACHELOR = (0.006, 0.008, 0.011, 0.014, 0.017, 0.021)
AHEAD_IN_COURSES = by_unit(1.06, 1.04, 1.0, 1.02, 0.94, 0.9, 1.1)

# figure, month and day of the cut-off, first year, values
CITY_FIGURES = (
    ("高等教育毛入学率", "12-31", 2019, (62.5, 64.1, 66.0, 67.6, 69.0)),
    ("高校毕业生数", "08-31", 2019, (29_380, 30_150, 31_420, 33_260, 34_870, 35_940)),
    ("留绍毕业生数", "08-31", 2019, (6_552, 6_844, 7_383, 8_116, 8_857, 9_453)),
    ("五大学科奥赛获奖数", "12-20", 2019, (38, 41, 40, 45, 48)),
    ("学生非正常死亡人数", "12-31", 2019, (19, 17, 17, 15, 13)),
    ("中职双高应评估项目数", "06-30", 2023, (4, 11)),
    ("中职双高通过终期评估项目数", "06-30", 2023, (4, 9)),
)


def make_training(seed: int) -> pd.DataFrame:
    """Return the export 职业培训月报: person-times by county, month and kind."""
    rng = stream(seed, "training")
    frame = pd.DataFrame({"区县代码": UNITS}).merge(
        pd.DataFrame({"月份": months(FIRST_MONTH)}), how="cross"
    )
    frame = frame.merge(pd.DataFrame({"培训类别": list(TRAINING_KINDS)}), how="cross")
    year = frame["月份"].str[:4].astype(int)
    season = np.array(TRAINING_SEASON)[frame["月份"].str[5:].astype(int) - 1]
    weight = frame["区县代码"].map(TRAINING_SHARES) * frame["培训类别"].map(TRAINING_KINDS)
    weight = weight * season * np.exp(rng.normal(0, 0.16, len(frame)))
    total = year.map(TRAINING) * weight / weight.groupby(year).transform("sum")
    frame["培训人次"] = np.rint(total).astype(int)
    return frame


def make_tutoring(seed: int) -> pd.DataFrame:
    """Return the export 校外培训机构月报. 新昌 has not reported the last month."""
    rng = stream(seed, "tutoring")
    rows = []
    for unit in COUNTIES:
        start = PROVIDERS[unit] * 1.14
        reached = {"managed": 0, "platform": 0, "registered": 0}
        for number, month in enumerate(months(FIRST_MONTH)):
            year, part = int(month[:4]), int(month[5:]) / 12
            providers = round(start * (1 - 0.0042 * number) + rng.integers(-2, 3))
            reached["managed"] = _progressing(MANAGED, year, part, unit, providers)
            reached["platform"] = _progressing(ON_PLATFORM, year, part, unit, providers)
            reached["registered"] = _progressing(REGISTERED, year, part, unit, providers)
            rows.append(
                {
                    "区县代码": unit,
                    "月份": month,
                    "机构数": providers,
                    "已纳管机构数": reached["managed"],
                    "已上平台机构数": reached["platform"],
                    "已审核登记机构数": reached["registered"],
                }
            )
    table = pd.DataFrame(rows)
    return table[(table["区县代码"] != XINCHANG) | (table["月份"] != LAST_MONTH)]


def _progressing(
    shares: dict[int, float], year: int, part: float, unit: str, providers: int
) -> int:
    """Return how many providers have reached a stage `part` of the way through the year."""
    before = shares.get(year - 1, 2 * shares[2022] - shares[2023])
    share = before + (shares[year] - before) * part + COUNTY_TUTORING[unit]
    if unit == ZHUJI and year == YEARS[-1] and part >= 0.5:
        # The provincial pilot: everything at 100 % since June.
        share = 1.0
    return min(providers, round(providers * share))


def make_after_school(schools: pd.DataFrame) -> pd.DataFrame:
    """Return the export 课后服务: every compulsory school offers it."""
    rows = []
    compulsory = schools[schools["kind"].isin([PRIMARY, JUNIOR, NINE_YEAR])]
    for position, (year, season) in enumerate(AFTER_SCHOOL_TERMS):
        school_year = year if season == "秋季" else year - 1
        is_open = (compulsory["opened_year"] <= school_year) & (
            school_year < compulsory["closed_year"]
        )
        numbers = compulsory[is_open].groupby("unit").size()
        for unit in UNITS:
            count = int(numbers.get(unit, 0))
            share = WITH_RESOURCES[position] + COUNTY_RESOURCES[unit]
            rows.append(
                {
                    "区县代码": unit,
                    "年度": year,
                    "学期": season,
                    "开展课后服务学校数": count,
                    "引入优质校外资源学校数": round(count * share),
                }
            )
    return pd.DataFrame(rows)


def make_senior_intake(schools: pd.DataFrame, enrolment: pd.DataFrame) -> pd.DataFrame:
    """Return the export 高中段招生: the schools' intake, and what the plan wants widened."""
    units = dict(zip(schools["school_id"], schools["unit"], strict=True))
    senior = enrolment[enrolment["学段"].isin([SENIOR, VOCATIONAL])]
    county = senior["学校标识码"].map(units).rename("区县代码")
    intake = senior.groupby([county, senior["学年"], senior["学段"]])["招生数"].sum().unstack()
    table = intake.reset_index().rename(
        columns={"学年": "年度", SENIOR: "普通高中招生数", VOCATIONAL: "中职招生数"}
    )
    t = (table["年度"] - YEARS[0]).to_numpy()
    ahead = table["区县代码"].map(AHEAD_IN_COURSES) * table["中职招生数"]
    technicians = table["区县代码"].map(TECHNICIAN_SHARES) * np.array(TECHNICIANS)[t]
    return table.assign(
        技工学校招生数=np.rint(technicians).astype(int),
        五年制招生数=np.rint(ahead * np.array(FIVE_YEAR)[t]).astype(int),
        中本一体化招生数=np.rint(ahead * np.array(TO_BACHELOR)[t]).astype(int),
    ).rename_axis(columns=None)


def make_city_figures() -> pd.DataFrame:
    """Return the export 全市年度数据."""
    return pd.DataFrame(
        [
            {
                "指标": figure,
                "年度": year,
                "数值": value,
                "统计截止日期": f"{year}-{cut_off}",
            }
            for figure, cut_off, first, values in CITY_FIGURES
            for year, value in enumerate(values, start=first)
        ]
    )

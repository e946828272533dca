"""Things that happen on a day: 创建认定 and 活动.

Schools, bases and courses are named in a few circulars a year; lectures are spread over the terms.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from tools.sample.city import (
    CITY_RUN,
    COUNTIES,
    FULL_NAMES,
    JUNIOR,
    KEQIAO,
    KINDERGARTEN,
    NINE_YEAR,
    PRIMARY,
    SENIOR,
    SHANGYU,
    SHENGZHOU,
    VOCATIONAL,
    XINCHANG,
    YUECHENG,
    ZHUJI,
    by_unit,
)
from tools.sample.names import places
from tools.sample.schools import NEVER
from tools.sample.shares import apportion
from tools.sample.streams import stream

EVENT_YEARS = (2022, 2023, 2024)
COUNTY_WEIGHTS = by_unit(21, 21, 15, 22, 11, 8, 3)


@dataclass(frozen=True)
class Naming:
    """How many schools of which kinds a category names: per year, and per circular in 2024.

    `circulars` maps a month to the share of the year named in it; `this_year` maps a month of
    2024 to the number named. `rural` of them lie in the countryside, again per year.
    """

    category: str
    kinds: tuple[str, ...]
    earlier: tuple[int, int]
    circulars: dict[int, float]
    this_year: dict[int, int]
    rural: tuple[int, int, int] | None = None


SCHOOL_NAMINGS = (
    Naming(
        "省级现代化学校", (PRIMARY, JUNIOR, NINE_YEAR, SENIOR), (26, 29),
        {3: 0.3, 7: 0.4, 12: 0.3}, {3: 9, 7: 15},
    ),
    Naming("初中分层走班典型学校", (JUNIOR, NINE_YEAR), (6, 8), {5: 0.5, 11: 0.5}, {5: 6}),
    Naming(
        "体育传统特色学校", (PRIMARY, JUNIOR, NINE_YEAR, SENIOR), (36, 42),
        {4: 0.4, 6: 0.3, 10: 0.3}, {4: 18, 6: 14, 9: 9},
    ),
    Naming(
        "棒垒球试点学校", (PRIMARY, JUNIOR, NINE_YEAR), (14, 22),
        {4: 0.6, 9: 0.4}, {4: 12, 9: 6},
    ),
    Naming(
        "美育基地学校", (PRIMARY, JUNIOR, NINE_YEAR, SENIOR), (20, 24),
        {5: 0.6, 9: 0.4}, {5: 14, 9: 8}, rural=(5, 7, 6),
    ),
    Naming(
        "智慧校园标杆学校", (PRIMARY, JUNIOR, SENIOR, VOCATIONAL), (10, 12),
        {6: 0.5, 11: 0.5}, {6: 9, 9: 6},
    ),
)  # fmt: skip
# What the plan asks for by the batch, and without a number.
BATCH_NAMINGS = (
    Naming(
        "清廉学校建设示范校", (PRIMARY, JUNIOR, NINE_YEAR, SENIOR), (12, 14),
        {5: 0.5, 11: 0.5}, {5: 8},
    ),
    Naming(
        "省市级文明校园", (PRIMARY, JUNIOR, NINE_YEAR, SENIOR, VOCATIONAL), (16, 18),
        {6: 0.2, 12: 0.8}, {6: 3},
    ),
    Naming("国家双优中职学校", (VOCATIONAL,), (0, 1), {6: 1.0}, {6: 1}),
    Naming(
        "省市级近视防控示范校", (PRIMARY, JUNIOR, NINE_YEAR, SENIOR), (9, 11),
        {5: 0.5, 10: 0.5}, {5: 6},
    ),
    Naming(
        "中小学校示范食堂", (PRIMARY, JUNIOR, NINE_YEAR, SENIOR), (18, 22),
        {6: 0.5, 12: 0.5}, {6: 12},
    ),
)  # fmt: skip
STUDY_TRAVEL_BASES = {2022: {6: 3, 11: 2}, 2023: {6: 4, 11: 3}, 2024: {6: 4}}
CAMPUSES = (("高校校区投用", "浙江金融职业学院绍兴校区", "2024-08-30"),)
CLUB_BASES = {2022: {6: 9, 10: 9}, 2023: {6: 12, 10: 12}, 2024: {5: 16, 8: 14}}
COURSES = {2022: {5: 3, 11: 3}, 2023: {5: 4, 11: 4}, 2024: {4: 4, 9: 4}}
CLEAN_CASES = {
    2022: {SHANGYU: 10, ZHUJI: 11},
    2023: {YUECHENG: 6, KEQIAO: 9, ZHUJI: 10, SHENGZHOU: 12},
    2024: {ZHUJI: 3, KEQIAO: 5, YUECHENG: 6, SHANGYU: 7, SHENGZHOU: 9},
}
CASE_TITLES = (
    "校外培训预付费全额监管", "隐形变异培训网格化巡查", "非学科类机构分类评级", "培训机构党建联建",
    "违规培训广告联合整治", "家校社协同举报平台",
)  # fmt: skip
BALANCED = (
    ("优质均衡国家级评估认定", KEQIAO, "2023-10-26"),
    ("优质均衡国家级评估认定", ZHUJI, "2023-10-27"),
    ("优质均衡省级评估", KEQIAO, "2022-05-19"),
    ("优质均衡省级评估", ZHUJI, "2022-06-16"),
    ("优质均衡省级评估", SHANGYU, "2023-06-08"),
    ("优质均衡省级评估", XINCHANG, "2023-06-15"),
    ("优质均衡省级评估", SHENGZHOU, "2023-11-23"),
    ("优质均衡省级评估", YUECHENG, "2024-06-20"),
    ("优质均衡国家级评估", KEQIAO, "2023-09-12"),
    ("优质均衡国家级评估", ZHUJI, "2023-09-14"),
    ("优质均衡国家级评估", SHANGYU, "2024-06-13"),
    ("优质均衡国家级评估", XINCHANG, "2024-09-24"),
    ("优质均衡国家级评估认定", SHANGYU, "2024-08-22"),
)

LECTURES = {
    2022: {3: 3, 4: 4, 5: 5, 6: 2, 9: 4, 10: 6, 11: 6, 12: 4},
    2023: {3: 4, 4: 5, 5: 6, 6: 3, 9: 5, 10: 7, 11: 7, 12: 3},
    2024: {3: 5, 4: 7, 5: 9, 6: 4, 9: 6},
}
LECTURE_THEMES = (
    "走进航天", "海洋与深潜", "人工智能", "新材料", "生命密码", "量子世界", "气候与碳中和",
    "机器人", "天文观测", "黄酒里的微生物", "集成电路", "地质与化石", "脑科学", "疫苗的故事",
)  # fmt: skip
ONLINE_CLASSES = {
    2022: {3: 1, 5: 1, 6: 1, 9: 1, 11: 1},
    2023: {3: 1, 4: 1, 6: 1, 9: 1, 10: 1, 12: 1},
    2024: {3: 1, 4: 1, 6: 1, 9: 1},
}
ONLINE_THEMES = ("初中数学", "小学语文", "初中科学", "高中物理", "小学英语", "初中社会", "高中化学")


def make_accreditations(seed: int, schools: pd.DataFrame, register: pd.DataFrame) -> pd.DataFrame:
    """Return the export 创建认定."""
    rng = stream(seed, "accreditations")
    rows: list[dict[str, object]] = []
    for naming in SCHOOL_NAMINGS:
        rows += _named_schools(rng, naming, schools)
    rows += _bases_and_courses(rng)
    rows += _clean_cases(rng)
    rows += _promoted_kindergartens(rng, schools, register)
    rows += [_event(kind, FULL_NAMES[unit], unit, False, date) for kind, unit, date in BALANCED]
    rows += [_event(kind, campus, CITY_RUN, False, date) for kind, campus, date in CAMPUSES]
    rng = stream(seed, "batches")
    for naming in BATCH_NAMINGS:
        rows += _named_schools(rng, naming, schools)
    rows += _named_places(rng, "省市级研学游基地", STUDY_TRAVEL_BASES, ("研学基地", "研学营地"))
    return _numbered(pd.DataFrame(rows), "事项编号", "RD")


def _event(category: str, name: str, unit: str, rural: bool, date: str) -> dict[str, object]:
    return {"类别": category, "名称": name, "区县代码": unit, "是否乡村": rural, "日期": date}


def _circulars(naming: Naming) -> dict[int, dict[int, int]]:
    """Return how many are named per year and month."""
    numbers = {}
    for year, total in zip(EVENT_YEARS[:2], naming.earlier, strict=True):
        shares = {str(month): share for month, share in naming.circulars.items()}
        numbers[year] = {int(month): count for month, count in apportion(total, shares).items()}
    return numbers | {EVENT_YEARS[2]: naming.this_year}


def _named_schools(
    rng: np.random.Generator, naming: Naming, schools: pd.DataFrame
) -> list[dict[str, object]]:
    """Name schools; no school is named twice in one category."""
    lasting = (schools["closed_year"] == NEVER) & (schools["opened_year"] < EVENT_YEARS[0])
    pool = schools[schools["kind"].isin(naming.kinds) & lasting]
    taken: set[int] = set()
    rows = []
    for position, (year, months) in enumerate(_circulars(naming).items()):
        dates = [_day(rng, year, month) for month, count in months.items() for _ in range(count)]
        counties = [
            unit
            for unit, count in apportion(len(dates), COUNTY_WEIGHTS).items()
            for _ in range(count)
        ]
        rural_left = naming.rural[position] if naming.rural else None
        for unit, date in zip(rng.permutation(counties), dates, strict=True):
            free = pool[(pool["unit"] == unit) & ~pool.index.isin(taken)]
            if rural_left is not None:
                in_country = free["area"] == "乡村"
                wants_rural = rural_left > 0 and bool(in_country.any())
                free = free[in_country == wants_rural]
                rural_left -= wants_rural
            chosen = int(rng.choice(free.index.to_numpy()))
            taken.add(chosen)
            school = schools.loc[chosen]
            rows.append(
                _event(
                    naming.category, str(school["name"]), unit, bool(school["area"] == "乡村"), date
                )
            )
    return rows


def _bases_and_courses(rng: np.random.Generator) -> list[dict[str, object]]:
    names = places(rng)
    hosts = ("青少年活动中心", "文化馆", "美术馆", "非遗馆", "少儿艺术团", "书法社", "越剧社")
    topics = ("古桥", "黄酒", "书法", "水乡", "青瓷", "越剧", "茶乡", "古村", "诗路", "浙东运河")
    courses = tuple(f"{topic}研学课程" for topic in topics)
    return _named_places(rng, "校外美育实践基地", CLUB_BASES, hosts, names) + _named_places(
        rng, "优质研学课程", COURSES, courses, names
    )


def _named_places(
    rng: np.random.Generator,
    category: str,
    plan: Mapping[int, Mapping[int, int]],
    endings: Sequence[str],
    names: Iterator[str] | None = None,
) -> list[dict[str, object]]:
    """Name what is no school: a place, and what there is; `plan` is how many per year and month."""
    names = places(rng) if names is None else names
    rows = []
    for year, months in plan.items():
        dates = [_day(rng, year, month) for month, count in months.items() for _ in range(count)]
        split = apportion(len(dates), COUNTY_WEIGHTS)
        units = [unit for unit, count in split.items() for _ in range(count)]
        for unit, date in zip(rng.permutation(units), dates, strict=True):
            place = next(names)
            rural = bool(rng.random() < 0.25) and unit != CITY_RUN
            rows.append(_event(category, f"{place}{rng.choice(endings)}", str(unit), rural, date))
    return rows


def _clean_cases(rng: np.random.Generator) -> list[dict[str, object]]:
    return [
        _event(
            "清朗环境典型案例",
            f"{FULL_NAMES[unit]}{rng.choice(CASE_TITLES)}案例",
            unit,
            False,
            _day(rng, year, month),
        )
        for year, cases in CLEAN_CASES.items()
        for unit, month in cases.items()
    ]


def _promoted_kindergartens(
    rng: np.random.Generator, schools: pd.DataFrame, register: pd.DataFrame
) -> list[dict[str, object]]:
    """Return an event for every kindergarten that reached grade 2 or better.

    The autumn register shows what was decided by August, so the events lie before it.
    """
    rows = []
    graded = register[register["open"]].pivot(index="school", columns="year", values="grade")
    for year in EVENT_YEARS:
        was_lower = ~graded[year - 1].isin([1, 2])
        promoted = graded.index[was_lower & graded[year].isin([1, 2])]
        for row in promoted:
            school = schools.loc[row]
            if school["kind"] != KINDERGARTEN:
                continue
            rows.append(
                _event(
                    "省二级及以上幼儿园",
                    school["name"],
                    school["unit"],
                    school["area"] == "乡村",
                    _day(rng, year, int(rng.choice([1, 4, 6, 8]))),
                )
            )
    return rows


def make_activities(seed: int) -> pd.DataFrame:
    """Return the export 活动."""
    rng = stream(seed, "activities")
    rows = []
    for category, plan, themes in (
        ("科学家进课堂", LECTURES, LECTURE_THEMES),
        ("名师网上课堂", ONLINE_CLASSES, ONLINE_THEMES),
    ):
        for year, months in plan.items():
            dates = sorted(
                _day(rng, year, month) for month, count in months.items() for _ in range(count)
            )
            for number, date in enumerate(dates, start=1):
                measure = "期" if category == "名师网上课堂" else "场"
                online = category == "名师网上课堂"
                city_run = online or rng.random() < 0.12
                weights = np.array([COUNTY_WEIGHTS[unit] for unit in COUNTIES])
                unit = (
                    CITY_RUN if city_run else str(rng.choice(COUNTIES, p=weights / weights.sum()))
                )
                theme = themes[int(rng.integers(len(themes)))]
                rows.append(
                    _event(
                        category,
                        f"{year}年{category}第{number}{measure}:{theme}",
                        unit,
                        bool(rng.random() < 0.3) and not city_run,
                        date,
                    )
                )
    table = _numbered(pd.DataFrame(rows), "活动编号", "HD")
    return table.rename(columns={"名称": "活动名称", "认定日期": "活动日期"})


def _day(rng: np.random.Generator, year: int, month: int) -> str:
    return f"{year}-{month:02d}-{rng.integers(3, 29):02d}"


def _numbered(table: pd.DataFrame, header: str, prefix: str) -> pd.DataFrame:
    """Give the rows numbers within their year, in the order of their dates."""
    table = table.rename(columns={"日期": "认定日期"})
    table = table.sort_values(["认定日期", "类别", "名称"], kind="stable", ignore_index=True)
    year = table["认定日期"].str[:4]
    table.insert(
        0, header, prefix + year + (table.groupby(year).cumcount() + 1).map("{:04d}".format)
    )
    return table

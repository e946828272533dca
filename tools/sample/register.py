"""The register of schools, year by year: the export 学校名录.

Kindergarten coverages are published as shares of children, so kindergartens become public,
inclusive or graded one after the other until the county's share of children is reached.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from tools.sample.city import (
    CITY_RUN,
    JUNIOR,
    KEQIAO,
    KINDERGARTEN,
    NINE_YEAR,
    PRIMARY,
    SENIOR,
    UNITS,
    YEARS,
    YUECHENG,
    by_unit,
)
from tools.sample.schools import NEVER
from tools.sample.shares import grow_set, ranks
from tools.sample.streams import stream

# Shares of children in autumn 2024, and what was missing to them in 2019 … 2024.
PUBLIC = by_unit(0.808, 0.825, 0.801, 0.764, 0.770, 0.812, 1.0)
PUBLIC_BEFORE = (-0.155, -0.115, -0.078, -0.046, -0.021, 0.0)
INCLUSIVE = by_unit(0.961, 0.966, 0.959, 0.953, 0.951, 0.936, 1.0)
INCLUSIVE_BEFORE = (-0.075, -0.055, -0.036, -0.022, -0.010, 0.0)
QUALITY = by_unit(0.856, 0.957, 0.831, 0.789, 0.765, 0.842, 1.0)
QUALITY_BEFORE = (-0.21, -0.175, -0.130, -0.082, -0.040, 0.0)
FIRST_GRADE = by_unit(0.24, 0.27, 0.21, 0.19, 0.16, 0.17, 1.0)
FIRST_GRADE_BEFORE = (-0.08, -0.065, -0.045, -0.03, -0.012, 0.0)

# Shares of schools, 2019 … 2024; a school that has something keeps it.
PSYCHOLOGY_CENTRE = (0.70, 0.79, 0.87, 0.935, 0.968, 0.991)
LABOUR_CLASSROOM = (0.48, 0.59, 0.70, 0.80, 0.885, 0.938)
EDUCATION_COMMUNITY = (0.42, 0.60, 0.78, 0.90, 0.962, 0.988)
PRESCHOOL_COMMUNITY = (0.34, 0.41, 0.48, 0.55, 0.61, 0.68)
GROUP_MEMBER = (0.30, 0.35, 0.41, 0.47, 0.53, 0.60)
COMPULSORY_GROUP_MEMBER = (0.16, 0.19, 0.23, 0.27, 0.31, 0.34)
# How far counties lie from these shares.
AHEAD = by_unit(0.008, 0.012, 0.0, -0.006, -0.016, -0.004, 0.02)
QUALITY_SENIOR_HIGH_SHARE = 0.34
COMPULSORY = (PRIMARY, JUNIOR, NINE_YEAR)
# Most city-run schools lie in 越城, the others in the next county.
CITY_RUN_IN_YUECHENG = 0.75


def make_register(seed: int, schools: pd.DataFrame, pupils: pd.DataFrame) -> pd.DataFrame:
    """Return a row per school and school year in which it is open or closes.

    Columns: school, year, open, public, inclusive, grade (0 = none), group_lead (row number,
    −1 = none), community (bool), centre, labour, quality_senior, preschool_community (bool).
    """
    rng = stream(seed, "register")
    frame = _school_years(schools)
    t = (frame["year"] - YEARS[0]).to_numpy()
    row = frame["school"].to_numpy()
    kind = schools["kind"].to_numpy()[row]
    kindergarten = kind == KINDERGARTEN
    coverage = _kindergarten_sets(rng, schools, pupils)
    at = list(zip(row, t, strict=True))
    public_kindergarten = np.array([school in coverage["public"][year] for school, year in at])
    inclusive = np.array([school in coverage["inclusive"][year] for school, year in at])
    quality = np.array([school in coverage["quality"][year] for school, year in at])
    first = np.array([school in coverage["first"][year] for school, year in at])
    frame["public"] = np.where(
        kindergarten, public_kindergarten, ~schools["private"].to_numpy()[row]
    )
    frame["inclusive"] = kindergarten & inclusive
    third = np.where(schools["spread"].to_numpy()[row] < 0.9, 3, 0)
    grade = np.where(first, 1, np.where(quality, 2, third))
    frame["grade"] = np.where(kindergarten, grade, 0)

    ahead = schools["unit"].map(AHEAD).to_numpy()[row]
    groups = (schools["unit"] + schools["kind"]).to_numpy()
    position = {
        name: ranks(rng.random(len(schools)), groups)[row]
        for name in ("centre", "labour", "community")
    }
    frame["centre"] = ~kindergarten & (
        position["centre"] < np.array(PSYCHOLOGY_CENTRE)[t] + ahead / 2
    )
    frame["labour"] = ~kindergarten & (position["labour"] < np.array(LABOUR_CLASSROOM)[t] + ahead)
    compulsory = np.isin(kind, COMPULSORY)
    frame["community"] = compulsory & (
        position["community"] < np.array(EDUCATION_COMMUNITY)[t] + ahead / 2
    )
    frame["group_lead"] = _group_leads(rng, schools, frame, t)
    frame["quality_senior"] = _quality_senior_highs(schools)[row]
    place = ranks(stream(seed, "preschool communities").random(len(schools)), groups)[row]
    frame["preschool_community"] = kindergarten & (
        place < np.array(PRESCHOOL_COMMUNITY)[t] + 2 * ahead
    )
    return frame


def _school_years(schools: pd.DataFrame) -> pd.DataFrame:
    frame = pd.DataFrame({"school": np.arange(len(schools))})
    frame = frame.merge(pd.DataFrame({"year": YEARS}), how="cross")
    opened = schools["opened_year"].to_numpy()[frame["school"]]
    closed = schools["closed_year"].to_numpy()[frame["school"]]
    frame["open"] = frame["year"] < closed
    return frame[(opened <= frame["year"]) & (frame["year"] <= closed)].reset_index(drop=True)


def _kindergarten_sets(
    rng: np.random.Generator, schools: pd.DataFrame, pupils: pd.DataFrame
) -> dict[str, list[set[int]]]:
    """Return, per trait and year, the kindergartens (row numbers) that have it."""
    score = schools["size"].to_numpy() * np.exp(rng.normal(0, 0.5, len(schools)))
    # Villages, sub-districts and state firms run the kindergartens of the countryside.
    rural = (schools["area"] == "乡村").to_numpy()
    public_score = rng.random(len(schools)) + 0.25 * rural
    children = pupils[pupils["stage"] == KINDERGARTEN]
    sets: dict[str, list[set[int]]] = {
        trait: [set() for _ in YEARS] for trait in ("public", "inclusive", "quality", "first")
    }
    for unit in UNITS:
        held: dict[str, set[int]] = {trait: set() for trait in sets}
        for t, year in enumerate(YEARS):
            here = children[(children["unit"] == unit) & (children["year"] == year)]
            weights = dict(zip(here["school"], here["pupils"] / here["pupils"].sum(), strict=True))
            by_public = sorted(weights, key=lambda school: -public_score[school])
            grow_set(held["public"], by_public, weights, PUBLIC[unit] + PUBLIC_BEFORE[t])
            held["inclusive"] |= held["public"]
            grow_set(held["inclusive"], by_public, weights, INCLUSIVE[unit] + INCLUSIVE_BEFORE[t])
            by_quality = sorted(
                weights,
                key=lambda school: -score[school] * (1.6 if school in held["public"] else 1),
            )
            grow_set(held["quality"], by_quality, weights, QUALITY[unit] + QUALITY_BEFORE[t])
            leaders = [school for school in by_quality if school in held["quality"]]
            grow_set(held["first"], leaders, weights, FIRST_GRADE[unit] + FIRST_GRADE_BEFORE[t])
            for trait, members in held.items():
                sets[trait][t] |= members
    return sets


def _group_leads(
    rng: np.random.Generator, schools: pd.DataFrame, frame: pd.DataFrame, t: np.ndarray
) -> np.ndarray:
    """Return the row number of each school year's leading school (−1 outside groups).

    A kindergarten group is led by a grade-1 kindergarten of the county. Groups do not reach rural
    kindergartens below grade 2 yet, but for those of 柯桥 in 2024.
    """
    row = frame["school"].to_numpy()
    unit = schools["unit"].to_numpy()
    kind = schools["kind"].to_numpy()
    place = ranks(rng.random(len(schools)), unit + kind)
    pick = rng.random(len(schools))
    rural = schools["area"].to_numpy()[row] == "乡村"
    weak_rural = rural & ~frame["grade"].isin([1, 2]).to_numpy()
    in_keqiao_now = (unit[row] == KEQIAO) & (frame["year"].to_numpy() == YEARS[-1])
    lead = np.full(len(frame), -1)
    for county in UNITS:
        for school_kind in (KINDERGARTEN, PRIMARY, JUNIOR):
            here = (unit[row] == county) & (kind[row] == school_kind) & frame["open"].to_numpy()
            leaders = _leaders(schools, frame, here, school_kind)
            if not leaders:
                continue
            chosen = np.array(leaders)[(pick[row] * len(leaders)).astype(int)]
            shares = GROUP_MEMBER if school_kind == KINDERGARTEN else COMPULSORY_GROUP_MEMBER
            member = here & (place[row] < np.array(shares)[t] + 2 * AHEAD[county])
            if school_kind == KINDERGARTEN:
                member = np.where(weak_rural, here & in_keqiao_now, member)
            member |= here & np.isin(row, leaders)
            chosen = np.where(np.isin(row, leaders), row, chosen)
            lead[member] = chosen[member]
    return lead


def _leaders(schools: pd.DataFrame, frame: pd.DataFrame, here: np.ndarray, kind: str) -> list[int]:
    """Return the schools that lead a group: grade 1 since 2019, or the largest urban ones."""
    first_year = frame[here & (frame["year"] == YEARS[0]).to_numpy()]
    stays = schools["closed_year"].to_numpy()[first_year["school"]] == NEVER
    candidates = first_year[stays & first_year["public"].to_numpy()]
    if kind == KINDERGARTEN:
        candidates = candidates[candidates["grade"] == 1]
    sizes = schools["size"].loc[candidates["school"]]
    return sorted(sizes.nlargest(max(2, len(first_year) // 14)).index.to_list())


def _quality_senior_highs(schools: pd.DataFrame) -> np.ndarray:
    """Name the largest third of every county's senior highs, at least one."""
    flags = np.zeros(len(schools), dtype=bool)
    senior = schools[(schools["kind"] == SENIOR) & ~schools["private"]]
    for _, here in senior.groupby("unit"):
        number = max(1, round(QUALITY_SENIOR_HIGH_SHARE * len(here)))
        flags[here["size"].nlargest(number).index] = True
    return flags


def register_table(seed: int, schools: pd.DataFrame, register: pd.DataFrame) -> pd.DataFrame:
    """Return the export 学校名录."""
    rng = stream(seed, "register dates")
    row = register["school"].to_numpy()
    closing_day = rng.choice(["-07-10", "-07-31", "-08-20", "-08-31"], len(schools))
    trait: Mapping[str, np.ndarray] = {
        column: schools[column].to_numpy()[row] for column in schools.columns
    }
    kindergarten = trait["kind"] == KINDERGARTEN
    year = register["year"].astype(str).to_numpy()
    closing = ~register["open"].to_numpy()
    lead = register["group_lead"].to_numpy()
    successor = np.where(closing, trait["merges_into"], -1)
    ids, names = schools["school_id"].to_numpy(), schools["name"].to_numpy()
    opened = pd.Series(trait["opened_year"]).astype(str) + "-09-01"
    status = np.where(closing, np.where(successor >= 0, "并入", "停办"), "在办")
    return pd.DataFrame(
        {
            "学校标识码": trait["school_id"],
            "学年": register["year"],
            "学校名称": trait["name"],
            "区县代码": trait["unit"],
            "学校类型": trait["kind"],
            "办学性质": np.where(register["public"], "公办", "民办"),
            "普惠性": pd.Series(register["inclusive"], dtype=object).where(kindergarten, None),
            "幼儿园等级": register["grade"].map({0: None, 1: "一级", 2: "二级", 3: "三级"}),
            "城乡分类": trait["area"],
            "教育集团": _where(lead >= 0, pd.Series(names[lead]) + "教育集团"),
            "集团牵头校标识码": _where(lead >= 0, pd.Series(ids[lead])),
            "教共体": _where(
                register["community"].to_numpy(),
                pd.Series(trait["town"]) + "教共体",
            ),
            "心理健康中心": register["centre"],
            "劳动实践教室": register["labour"],
            "优质普高": register["quality_senior"],
            "学前共同体": pd.Series(register["preschool_community"], dtype=object).where(
                kindergarten, None
            ),
            "所在区": _located_in(trait),
            # The register holds opening dates since 2000.
            "开办日期": _where(trait["opened_year"] >= 2000, opened),
            "撤并日期": _where(closing, pd.Series(year + closing_day[row])),
            "办学状态": status,
            "并入学校标识码": _where(successor >= 0, pd.Series(ids[successor])),
        }
    )


def _located_in(trait: Mapping[str, np.ndarray]) -> pd.Series:
    """Return the county in which each city-run school lies; None for the counties' own schools."""
    county = np.where(trait["spread"] < CITY_RUN_IN_YUECHENG, YUECHENG, KEQIAO)
    return _where(trait["unit"] == CITY_RUN, pd.Series(county))


def _where(condition: np.ndarray, values: pd.Series) -> pd.Series:
    return values.astype(object).where(condition, None)

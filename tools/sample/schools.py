"""The schools: where they lie, how large they are, when they open and close.

These traits do not change; what changes from year to year is built on them in pupils.py (sizes)
and register.py (grades, groups, facilities).
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from tools.sample.city import (
    CITY_RUN,
    COUNTIES,
    JUNIOR,
    KEQIAO,
    KINDERGARTEN,
    NINE_YEAR,
    PRIMARY,
    SENIOR,
    SHANGYU,
    SHENGZHOU,
    SPECIAL,
    UNITS,
    VOCATIONAL,
    XINCHANG,
    YEARS,
    YUECHENG,
    ZHUJI,
    by_unit,
)
from tools.sample.names import SENIOR_NAMED_IN_PLAN, SchoolNames, towns
from tools.sample.shares import apportion
from tools.sample.streams import stream

KIND_DIGITS = {
    KINDERGARTEN: "1",
    PRIMARY: "2",
    JUNIOR: "3",
    NINE_YEAR: "4",
    SENIOR: "5",
    VOCATIONAL: "6",
    SPECIAL: "7",
}
# Schools open in 2019, and how many open and close in 2020 … 2024. Closings grow every year.
NUMBERS = {
    KINDERGARTEN: (592, (6, 5, 4, 3, 2), (9, 10, 15, 26, 28)),
    PRIMARY: (312, (1, 2, 2, 2, 1), (4, 5, 6, 7, 8)),
    JUNIOR: (101, (1, 0, 1, 1, 1), (1, 1, 1, 1, 2)),
    NINE_YEAR: (38, (0, 1, 1, 1, 1), (0, 0, 0, 0, 0)),
    SENIOR: (54, (0, 0, 1, 0, 1), (0, 0, 0, 0, 0)),
    VOCATIONAL: (18, (0, 0, 0, 0, 0), (0, 0, 0, 0, 0)),
    SPECIAL: (7, (0, 0, 0, 0, 0), (0, 0, 0, 0, 0)),
}
SCHOOL_SHARES = {
    KINDERGARTEN: by_unit(18, 19, 16, 23, 14, 9.5, 0.5),
    PRIMARY: by_unit(16, 17.5, 16, 23, 15.5, 11.3, 0.7),
    JUNIOR: by_unit(17, 19, 16, 23, 14, 9.2, 1.8),
    NINE_YEAR: by_unit(22, 21, 14, 22, 10, 8, 2.7),
    SENIOR: by_unit(15, 16, 15, 21, 12.5, 9, 11.5),
    VOCATIONAL: by_unit(12, 16, 14, 19, 12, 10, 17),
    SPECIAL: by_unit(1, 1, 1, 1, 1, 1, 1),
}
AREAS = ("城区", "镇区", "乡村")
AREA_SHARES = {
    YUECHENG: (0.62, 0.26, 0.12),
    KEQIAO: (0.46, 0.35, 0.19),
    SHANGYU: (0.37, 0.36, 0.27),
    ZHUJI: (0.33, 0.39, 0.28),
    SHENGZHOU: (0.31, 0.36, 0.33),
    XINCHANG: (0.31, 0.34, 0.35),
    CITY_RUN: (1.0, 0.0, 0.0),
}
AREA_SIZE = {"城区": 0.38, "镇区": 0.0, "乡村": -0.62}
AREA_GROWTH = {"城区": 0.012, "镇区": -0.005, "乡村": -0.045}
# Schools of one kind differ in size by this much (standard deviation of the logarithm).
SIZE_SPREAD = {
    KINDERGARTEN: 0.45,
    PRIMARY: 0.40,
    JUNIOR: 0.36,
    NINE_YEAR: 0.35,
    SENIOR: 0.26,
    VOCATIONAL: 0.28,
    SPECIAL: 0.10,
}
PRIVATE_SHARE = {
    PRIMARY: 0.06,
    JUNIOR: 0.08,
    NINE_YEAR: 0.20,
    SENIOR: 0.18,
    VOCATIONAL: 0.10,
}
TOWNS_PER_UNIT = 18
NEVER = 9999


def make_schools(seed: int, scale: int) -> pd.DataFrame:
    """Return the schools that exist at any time, one row each, ordered by school_id.

    Columns: school_id, name, unit, kind, area, town, private, size (relative to its kind),
    growth (per year, relative), opened_year, closed_year (9999 while open), merges_into
    (row number of the successor, −1 for none), spread (a uniform number per school).
    """
    rng = stream(seed, "schools")
    frame = _numbers(rng, scale)
    count = len(frame)
    frame["area"] = _areas(rng, frame)
    town_names = towns(rng, UNITS, TOWNS_PER_UNIT)
    town_index = rng.integers(TOWNS_PER_UNIT, size=count)
    frame["town"] = [
        town_names[unit][index] for unit, index in zip(frame["unit"], town_index, strict=True)
    ]
    spread = frame["kind"].map(SIZE_SPREAD).to_numpy()
    area_weight = np.where(frame["kind"].isin([SENIOR, VOCATIONAL, SPECIAL]), 0.2, 1.0)
    area_size = frame["area"].map(AREA_SIZE).to_numpy() * area_weight
    frame["size"] = np.exp(area_size + spread * np.clip(rng.standard_normal(count), -2.2, 2.2))
    growth = frame["area"].map(AREA_GROWTH).to_numpy() * area_weight
    frame["growth"] = growth + rng.normal(0, 0.008, count)
    frame["private"] = _private(rng, frame)
    frame["spread"] = rng.random(count)
    _close_the_smallest(rng, frame)
    frame["opened_year"] = np.where(
        frame["opened_year"] == YEARS[0], rng.integers(1956, 2019, count), frame["opened_year"]
    )
    frame["name"] = _names(seed, frame)
    return frame


def _numbers(rng: np.random.Generator, scale: int) -> pd.DataFrame:
    """Return a row per school with its code, kind, unit and opening year (2019 = before)."""
    rows = []
    for kind, (start, openings, _) in NUMBERS.items():
        years = [YEARS[0]] * (start * scale)
        for year, number in zip(YEARS[1:], openings, strict=True):
            years += [year] * (number * scale)
        numbers = apportion(len(years), SCHOOL_SHARES[kind])
        units = rng.permutation([unit for unit, number in numbers.items() for _ in range(number)])
        rows += [
            {"kind": kind, "unit": str(unit), "opened_year": year}
            for unit, year in zip(units, years, strict=True)
        ]
    frame = pd.DataFrame(rows)
    frame["digit"] = frame["kind"].map(KIND_DIGITS)
    frame = frame.sort_values(["digit", "unit"], kind="stable", ignore_index=True)
    serial = frame.groupby(["kind", "unit"]).cumcount() + 1
    frame["school_id"] = frame["digit"] + frame["unit"].str[2:] + serial.map("{:05d}".format)
    return frame.drop(columns="digit")


def _areas(rng: np.random.Generator, frame: pd.DataFrame) -> np.ndarray:
    shares = np.array([AREA_SHARES[unit] for unit in frame["unit"]])
    # Senior schools lie in towns and cities, and what opens now opens there too.
    in_town = frame["kind"].isin([SENIOR, VOCATIONAL, SPECIAL]) | (frame["opened_year"] > YEARS[0])
    shares[in_town.to_numpy(), 2] = 0
    shares[frame["kind"].isin([JUNIOR, NINE_YEAR]).to_numpy(), 2] *= 0.6
    cumulative = np.cumsum(shares, axis=1) / shares.sum(axis=1, keepdims=True)
    choice = (rng.random(len(frame))[:, None] > cumulative).sum(axis=1)
    areas: np.ndarray = np.array(AREAS)[choice]
    return areas


def _private(rng: np.random.Generator, frame: pd.DataFrame) -> np.ndarray:
    """Choose private schools; kindergartens are settled year by year in register.py."""
    private = np.zeros(len(frame), dtype=bool)
    for kind, share in PRIVATE_SHARE.items():
        for unit in COUNTIES:
            rows = np.flatnonzero((frame["kind"] == kind) & (frame["unit"] == unit))
            number = max(1, round(share * len(rows))) if len(rows) > 3 else 0
            private[rng.choice(rows, number, replace=False)] = True
    return private


def _close_the_smallest(rng: np.random.Generator, frame: pd.DataFrame) -> None:
    """Set closed_year and merges_into: small, weak, scattered schools close first."""
    frame["closed_year"] = NEVER
    frame["merges_into"] = -1
    order = frame["size"] * np.exp(rng.normal(0, 0.25, len(frame)))
    scale = int((frame["kind"] == SPECIAL).sum() / NUMBERS[SPECIAL][0])
    for kind, (_, _, closings) in NUMBERS.items():
        settled = (frame["kind"] == kind) & (frame["opened_year"] == YEARS[0])
        candidates = frame.index[settled & (frame["unit"] != CITY_RUN) & ~frame["private"]]
        total = sum(closings) * scale
        smallest = order[candidates].nsmallest(total).index.to_numpy()
        closing = smallest[rng.permutation(len(smallest))]
        years = np.repeat(YEARS[1:], np.array(closings) * scale)
        frame.loc[closing, "closed_year"] = years
    for row in frame.index[frame["closed_year"] < NEVER]:
        # About one in five simply closes; the others merge into a school of the same county.
        if rng.random() < 0.2:
            continue
        same = (frame["kind"] == frame.at[row, "kind"]) & (frame["unit"] == frame.at[row, "unit"])
        stays = (frame["closed_year"] == NEVER) & (frame["opened_year"] == YEARS[0])
        near = frame.index[same & stays & ~frame["private"]].to_numpy()
        frame.at[row, "merges_into"] = rng.choice(near)


def _names(seed: int, frame: pd.DataFrame) -> list[str]:
    names = SchoolNames(stream(seed, "school names"))
    named_in_plan = iter(SENIOR_NAMED_IN_PLAN)
    result = []
    columns = (frame[column].to_list() for column in ("unit", "kind", "area", "town"))
    for unit, kind, area, town in zip(*columns, strict=True):
        given = next(named_in_plan, None) if (unit, kind) == (CITY_RUN, SENIOR) else None
        result.append(given or names.name(unit, kind, area, town))
    return result

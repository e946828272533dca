"""How many pupils every school has, by stage and school year: the export 在校生统计."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from tools.sample.city import (
    CITY_RUN,
    GRADUATES,
    INTAKE,
    JUNIOR,
    KINDERGARTEN,
    NINE_YEAR,
    PRIMARY,
    PUPIL_SHARES,
    PUPILS,
    SENIOR,
    SHARE_DRIFT,
    SHENGZHOU,
    SPECIAL,
    UNITS,
    VOCATIONAL,
    XINCHANG,
    YEARS,
    ZHUJI,
    by_unit,
)
from tools.sample.schools import NEVER
from tools.sample.shares import whole
from tools.sample.streams import stream

STAGES = {
    KINDERGARTEN: (KINDERGARTEN,),
    PRIMARY: (PRIMARY,),
    JUNIOR: (JUNIOR,),
    NINE_YEAR: (PRIMARY, JUNIOR),
    SENIOR: (SENIOR,),
    VOCATIONAL: (VOCATIONAL,),
    SPECIAL: (SPECIAL,),
}
# In the hills some village schools still teach children of kindergarten age (附设幼儿班): so many
# schools of each of these counties, with a class of so many children.
ATTACHED_COUNTIES = (ZHUJI, SHENGZHOU, XINCHANG)
ATTACHED_SCHOOLS, ATTACHED_CHILDREN = 2, 24
# A nine-year school has fewer pupils of a stage than a school of that stage alone.
NINE_YEAR_SIZE = {PRIMARY: 0.85, JUNIOR: 0.6}
# A new school fills grade by grade.
FILLING = (0.4, 0.65, 0.85, 1.0)
# Oversized schools are brought down year by year: what a school has beyond the limit counts for
# less and less, and the other schools of its county take in the rest.
SIZE_LIMIT = 1900
BEYOND_LIMIT = (1.0, 0.80, 0.62, 0.48, 0.36, 0.18)

CLASS_SIZE = {
    KINDERGARTEN: (29.5, 29.2, 28.6, 28.0, 26.8, 25.2),
    PRIMARY: (40.6, 40.7, 40.9, 41.0, 40.8, 40.4),
    JUNIOR: (43.6, 43.2, 42.9, 42.7, 42.6, 42.5),
    SENIOR: (45.6, 45.4, 45.2, 45.0, 44.8, 44.6),
    VOCATIONAL: (42.0, 41.8, 41.5, 41.2, 41.0, 41.0),
    SPECIAL: (9.5, 9.4, 9.3, 9.2, 9.1, 9.0),
}
LARGE_CLASS_SHARE = (0.0042, 0.0035, 0.0027, 0.0020, 0.0014, 0.0009)
OVERSIZED_CLASS_SHARE = (0.0005, 0.0004, 0.0003, 0.0002, 0.0001, 0.0)

# Migrant children with a residence permit, as a share of compulsory pupils.
MIGRANT_SHARE = by_unit(0.14, 0.20, 0.09, 0.13, 0.06, 0.05, 0.04)
MIGRANTS_IN_PUBLIC = by_unit(0.919, 0.882, 0.930, 0.894, 0.937, 0.944, 1.0)
PUBLIC_BEFORE_2024 = (-0.047, -0.037, -0.028, -0.019, -0.008, 0.0)
PURCHASED_SHARE = (0.36, 0.40, 0.45, 0.50, 0.55, 0.58)

DISABLED_SHARE = 0.0036
HOME_TAUGHT = (0.142, 0.133, 0.124, 0.115, 0.106, 0.097)
AID_SHARE = {
    KINDERGARTEN: 0.014,
    PRIMARY: 0.017,
    JUNIOR: 0.021,
    SENIOR: 0.036,
    VOCATIONAL: 0.082,
    SPECIAL: 0.55,
}
AIDED_SHARE = by_unit(0.998, 0.996, 1.0, 0.993, 0.988, 1.0, 1.0)


def make_pupils(seed: int, schools: pd.DataFrame, scale: int) -> pd.DataFrame:
    """Return pupils by school (row number in `schools`), school year and stage.

    Columns: school, year, t (position of the year in YEARS), stage, unit, private, pupils. Sums
    follow the city's published figures by stage.
    """
    rng = stream(seed, "pupils")
    frame = _open_school_stages(schools)
    age = frame["year"] - schools["opened_year"].to_numpy()[frame["school"]]
    filled = np.array(FILLING)[np.clip(age, 0, len(FILLING) - 1)]
    growth = schools["growth"].to_numpy()[frame["school"]] * (frame["year"] - 2022)
    weight = schools["size"].to_numpy()[frame["school"]] * np.exp(growth) * filled
    nine_year = (schools["kind"] == NINE_YEAR).to_numpy()[frame["school"]]
    weight *= np.where(nine_year, frame["stage"].map(NINE_YEAR_SIZE).fillna(1.0), 1.0)
    weight *= np.exp(rng.normal(0, 0.012, len(frame)))
    exact = _shared_out(frame, weight.to_numpy(), scale)
    frame["pupils"] = np.maximum(np.rint(exact), 15).astype(np.int64)
    return frame


def _open_school_stages(schools: pd.DataFrame) -> pd.DataFrame:
    pairs = [(row, stage) for row, kind in enumerate(schools["kind"]) for stage in STAGES[kind]]
    base = pd.DataFrame(pairs, columns=["school", "stage"])
    frame = base.merge(pd.DataFrame({"year": YEARS}), how="cross")
    opened = schools["opened_year"].to_numpy()[frame["school"]]
    closed = schools["closed_year"].to_numpy()[frame["school"]]
    frame = frame[(opened <= frame["year"]) & (frame["year"] < closed)].reset_index(drop=True)
    frame["unit"] = schools["unit"].to_numpy()[frame["school"]]
    frame["private"] = schools["private"].to_numpy()[frame["school"]]
    frame["t"] = frame["year"] - YEARS[0]
    return frame


def _shared_out(frame: pd.DataFrame, weight: np.ndarray, scale: int) -> np.ndarray:
    """Share the city's pupils out over counties and schools, within the size limit."""
    total = np.zeros(len(frame))
    for stage, shares in PUPIL_SHARES.items():
        for t, year in enumerate(YEARS):
            drifted = {
                unit: share * (1 + SHARE_DRIFT[unit] * (year - 2022))
                for unit, share in shares.items()
            }
            for unit in UNITS:
                here = (frame["stage"] == stage) & (frame["t"] == t) & (frame["unit"] == unit)
                city = PUPILS[stage][t] * 1000 * scale
                total[here] = city * drifted[unit] / sum(drifted.values())
    keys = [frame["stage"], frame["t"], frame["unit"]]
    exact = total * weight / pd.Series(weight).groupby(keys).transform("sum").to_numpy()
    limited = (frame["stage"] != VOCATIONAL).to_numpy()
    beyond = np.where(limited, np.maximum(exact - SIZE_LIMIT, 0), 0)
    exact = exact - beyond * (1 - np.array(BEYOND_LIMIT)[frame["t"]])
    shared: np.ndarray = exact * total / pd.Series(exact).groupby(keys).transform("sum").to_numpy()
    return shared


def enrolment_table(seed: int, schools: pd.DataFrame, pupils: pd.DataFrame) -> pd.DataFrame:
    """Return the export 在校生统计."""
    rng = stream(seed, "enrolment")
    fixed = rng.random((len(schools), 8))[pupils["school"]]
    t, count = pupils["t"].to_numpy(), pupils["pupils"].to_numpy()
    class_size = by_stage(pupils, CLASS_SIZE) * (0.9 + 0.18 * fixed[:, 0])
    intake_share = by_stage(pupils, INTAKE) / by_stage(pupils, PUPILS)
    graduate_share = by_stage(pupils, GRADUATES) / by_stage(pupils, PUPILS)
    classes = np.maximum(1, np.ceil(count / class_size)).astype(np.int64)
    compulsory = pupils["stage"].isin([PRIMARY, JUNIOR]).to_numpy()
    checked = np.isin(pupils["stage"], [PRIMARY, JUNIOR, SENIOR])
    large_share = np.array(LARGE_CLASS_SHARE)[t] * 2 * fixed[:, 1]
    large = whole(classes * checked, large_share, fixed[:, 2] * 0.97)
    oversized = whole((classes - large) * checked, np.array(OVERSIZED_CLASS_SHARE)[t], fixed[:, 3])
    migrants, in_public, purchased = _migrants(rng, pupils, compulsory, fixed[:, 4])
    special = (pupils["stage"] == SPECIAL).to_numpy()
    disabled = np.where(special, count, whole(count * compulsory, DISABLED_SHARE, fixed[:, 5]))
    home_share = np.array(HOME_TAUGHT)[t] * np.where(special, 1.7, 0.6)
    aid_share = pupils["stage"].map(AID_SHARE).to_numpy() * (0.6 + 0.8 * fixed[:, 7])
    eligible = whole(count, aid_share, fixed[:, 6])
    aided_share = pupils["unit"].map(AIDED_SHARE).to_numpy() + 0.001 * (t - 5)
    noise = np.exp(rng.normal(0, 0.03, (2, len(pupils))))
    table = pd.DataFrame(
        {
            "学校标识码": schools["school_id"].to_numpy()[pupils["school"]],
            "学年": pupils["year"],
            "学段": pupils["stage"],
            "在校生数": count,
            "班级数": classes,
            "大班额班数": large,
            "超大班额班数": oversized,
            "招生数": np.minimum(count, np.rint(count * intake_share * noise[0])).astype(np.int64),
            "毕业生数": np.rint(count * graduate_share * noise[1]).astype(np.int64),
            "随迁子女数": migrants,
            "公办就读随迁子女数": in_public,
            "购买学位随迁子女数": purchased,
            "持证残疾学生数": disabled,
            "送教上门学生数": whole(disabled, home_share, fixed[:, 3]),
            "应资助学生数": eligible,
            "已资助学生数": whole(eligible, aided_share, rng.random(len(pupils))),
        }
    )
    return pd.concat([table, _attached_classes(schools, list(table.columns))], ignore_index=True)


def _attached_classes(schools: pd.DataFrame, headers: Sequence[str]) -> pd.DataFrame:
    """Return the rows of kindergarten classes at village schools."""
    lasting = (schools["opened_year"] < YEARS[0]) & (schools["closed_year"] == NEVER)
    village = (schools["kind"] == PRIMARY) & (schools["area"] == "乡村") & ~schools["private"]
    hosts = schools[lasting & village & schools["unit"].isin(ATTACHED_COUNTIES)]
    third = ATTACHED_CHILDREN // 3  # of three ages
    return pd.DataFrame(
        [
            dict.fromkeys(headers, 0)
            | {"学校标识码": school_id, "学年": year, "学段": KINDERGARTEN}
            | {"在校生数": ATTACHED_CHILDREN, "班级数": 1, "招生数": third, "毕业生数": third}
            for school_id in hosts.groupby("unit").head(ATTACHED_SCHOOLS)["school_id"]
            for year in YEARS
        ]
    )


def by_stage(pupils: pd.DataFrame, series: Mapping[str, Sequence[float]]) -> np.ndarray:
    """Look every row's value up in series of values per year, by stage."""
    table = pd.DataFrame(dict(series), index=range(len(YEARS))).stack()
    return table.loc[pd.MultiIndex.from_arrays([pupils["t"], pupils["stage"]])].to_numpy()


def _migrants(
    rng: np.random.Generator, pupils: pd.DataFrame, compulsory: np.ndarray, taste: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return migrant children, those in public schools and those in purchased places.

    The county's share in public schools is fixed; private schools hold the others.
    """
    count = pupils["pupils"].to_numpy()
    t = pupils["t"].to_numpy()
    private = pupils["private"].to_numpy()
    keys = [pupils["unit"], pupils["t"]]
    county_pupils = pd.Series(count * compulsory).groupby(keys).transform("sum").to_numpy()
    county_total = county_pupils * pupils["unit"].map(MIGRANT_SHARE).to_numpy()
    public_share = pupils["unit"].map(MIGRANTS_IN_PUBLIC).to_numpy()
    city_run = (pupils["unit"] == CITY_RUN).to_numpy()
    public_share = np.where(city_run, 1.0, public_share + np.array(PUBLIC_BEFORE_2024)[t])
    weight = count * compulsory * (0.35 + 1.3 * taste)
    side = pd.Series(weight).groupby([*keys, pupils["private"]]).transform("sum").to_numpy()
    of_side = np.where(private, 1 - public_share, public_share) * county_total
    share = np.divide(of_side * weight, side * count, out=np.zeros(len(count)), where=side > 0)
    migrants = whole(count, np.minimum(share, 0.95), rng.random(len(count)) * compulsory)
    in_public = np.where(private, 0, migrants)
    purchased = whole(migrants - in_public, np.array(PURCHASED_SHARE)[t], rng.random(len(count)))
    return migrants, in_public, purchased

"""Teachers of every school, and the conditions they teach in: 教师统计 and 办学条件."""

from __future__ import annotations

import numpy as np
import pandas as pd

from tools.sample.city import (
    JUNIOR,
    KEQIAO,
    KINDERGARTEN,
    NINE_YEAR,
    PRIMARY,
    SENIOR,
    SPECIAL,
    VOCATIONAL,
    YEARS,
    by_unit,
)
from tools.sample.pupils import by_stage
from tools.sample.shares import centred, whole
from tools.sample.streams import stream

# Pupils per full-time teacher, 2019 … 2024.
PUPILS_PER_TEACHER = {
    KINDERGARTEN: (14.3, 13.9, 13.4, 12.92, 12.3, 11.6),
    PRIMARY: (17.9, 17.85, 17.75, 17.6, 17.4, 17.15),
    JUNIOR: (13.0, 12.9, 12.8, 12.65, 12.5, 12.4),
    SENIOR: (11.9, 11.8, 11.7, 11.6, 11.5, 11.4),
    VOCATIONAL: (14.4, 14.2, 14.0, 13.8, 13.6, 13.5),
    SPECIAL: (3.7, 3.7, 3.6, 3.6, 3.5, 3.5),
}
COUNTY_RATIO = by_unit(1.0, 1.025, 0.99, 1.015, 0.985, 0.955, 0.98)
# 柯桥 takes in pupils faster than it hires: the one county whose ratio got worse in 2024.
KEQIAO_2024 = 1.022

GRADUATE = {
    KINDERGARTEN: 0.010, PRIMARY: 0.062, JUNIOR: 0.115, NINE_YEAR: 0.085,
    SENIOR: 0.265, VOCATIONAL: 0.170, SPECIAL: 0.070,
}  # fmt: skip
BACHELOR_OF_OTHERS = {
    KINDERGARTEN: 0.69, PRIMARY: 0.952, JUNIOR: 0.966, NINE_YEAR: 0.960,
    SENIOR: 0.985, VOCATIONAL: 0.950, SPECIAL: 0.930,
}  # fmt: skip
GRADUATE_GROWTH = (0.62, 0.69, 0.77, 0.86, 0.94, 1.05)
PROFESSOR = {
    KINDERGARTEN: 0.0003, PRIMARY: 0.0015, JUNIOR: 0.003, NINE_YEAR: 0.002,
    SENIOR: 0.012, VOCATIONAL: 0.008, SPECIAL: 0.004,
}  # fmt: skip
SENIOR_TITLE = {
    KINDERGARTEN: 0.03, PRIMARY: 0.12, JUNIOR: 0.26, NINE_YEAR: 0.18,
    SENIOR: 0.36, VOCATIONAL: 0.31, SPECIAL: 0.20,
}  # fmt: skip
MIDDLE_TITLE = {
    KINDERGARTEN: 0.24, PRIMARY: 0.44, JUNIOR: 0.40, NINE_YEAR: 0.42,
    SENIOR: 0.36, VOCATIONAL: 0.37, SPECIAL: 0.42,
}  # fmt: skip
ABOVE_REQUIRED = {
    KINDERGARTEN: 0.70, PRIMARY: 0.955, JUNIOR: 0.945, NINE_YEAR: 0.95,
    SENIOR: 0.28, VOCATIONAL: 0.18, SPECIAL: 0.93,
}  # fmt: skip

NEW_TOP_TITLES = (29, 31, 34, 36, 38, 43)
CERT_C_OR_HIGHER = by_unit(0.972, 0.976, 0.966, 0.961, 0.944, 0.957, 0.985)
CERT_C_BEFORE = (-0.145, -0.110, -0.072, -0.042, -0.014, 0.0)
CERT_B_OR_HIGHER = by_unit(0.122, 0.126, 0.115, 0.108, 0.098, 0.107, 0.140)
CERT_B_BEFORE = (-0.062, -0.050, -0.037, -0.024, -0.012, 0.0)
CERT_A = 0.006
KINDERGARTEN_CERT = 0.25
ROTATION_ELIGIBLE = 0.42
ROTATED = by_unit(0.182, 0.176, 0.185, 0.171, 0.158, 0.163, 0.15)
ROTATED_BEFORE = (-0.035, -0.029, -0.022, -0.014, -0.008, 0.0)
IT_TRAINED = by_unit(0.985, 0.991, 0.972, 0.966, 0.948, 0.975, 0.993)
IT_TRAINED_BEFORE = (-0.52, -0.40, -0.27, -0.15, -0.055, 0.0)
PSYCHOLOGY_TEACHER = (0.70, 0.79, 0.865, 0.92, 0.955, 0.981)

# The thresholds of the seven quality-balanced resources per pupil (primary, junior and nine-year).
TEACHING_AREA = (4.5, 5.8)
SPORTS_AREA = (7.5, 10.2)
EQUIPMENT_YUAN = (2000, 2500)
CLASSROOMS_PER_100 = (2.3, 2.4)
BACKBONE_PER_100 = (1.0, 1.0)
PE_ARTS_PER_100 = (0.9, 0.9)


def make_teachers(
    seed: int, schools: pd.DataFrame, pupils: pd.DataFrame, scale: int
) -> pd.DataFrame:
    """Return the export 教师统计: a row per open school and school year."""
    rng = stream(seed, "teachers")
    frame = _staffed_schools(rng, schools, pupils)
    row, t = frame["school"].to_numpy(), frame["t"].to_numpy()
    full_time, pupil_count = frame["full_time"].to_numpy(), frame["pupils"].to_numpy()
    kind = pd.Series(schools["kind"].to_numpy()[row])
    unit = pd.Series(schools["unit"].to_numpy()[row])
    fixed = rng.random((len(schools), 20))[row]
    taste = np.exp(rng.normal(0, 0.16, (len(schools), 8)))[row]

    graduate = whole(
        full_time,
        np.minimum(kind.map(GRADUATE) * np.array(GRADUATE_GROWTH)[t] * taste[:, 0], 0.6),
        fixed[:, 0],
    )
    rest = full_time - graduate
    bachelor_share = np.minimum(kind.map(BACHELOR_OF_OTHERS) + 0.006 * (t - 3), 0.99)
    bachelor = whole(rest, bachelor_share, fixed[:, 1])
    college = whole(rest - bachelor, np.where(kind == KINDERGARTEN, 0.93, 0.97), fixed[:, 2])
    professor_share = kind.map(PROFESSOR).to_numpy() * (1 + 0.08 * (t - 3))
    professor = whole(full_time, professor_share, fixed[:, 3])
    senior = whole(full_time - professor, kind.map(SENIOR_TITLE) * taste[:, 1], fixed[:, 4])
    middle = whole(
        full_time - professor - senior, np.minimum(kind.map(MIDDLE_TITLE) * 1.2, 0.8), fixed[:, 5]
    )
    junior = whole(full_time - professor - senior - middle, 0.80, fixed[:, 6])
    untitled = full_time - professor - senior - middle - junior

    cert_a, cert_b, cert_c = _certificates(fixed, taste, full_time, kind, unit, t)
    compulsory = kind.isin([PRIMARY, JUNIOR, NINE_YEAR]).to_numpy()
    eligible = whole(full_time * compulsory, ROTATION_ELIGIBLE * taste[:, 4], fixed[:, 9])
    rotated_share = unit.map(ROTATED) + np.array(ROTATED_BEFORE)[t]
    trained_share = unit.map(IT_TRAINED) + np.array(IT_TRAINED_BEFORE)[t]
    return pd.DataFrame(
        {
            "学校标识码": schools["school_id"].to_numpy()[row],
            "学年": frame["year"],
            "专任教师数": full_time,
            "研究生学历教师数": graduate,
            "本科学历教师数": bachelor,
            "专科学历教师数": college,
            "专科以下学历教师数": rest - bachelor - college,
            "正高级职称教师数": professor,
            "副高级职称教师数": senior,
            "中级职称教师数": middle,
            "初级职称教师数": junior,
            "未定职级教师数": untitled,
            "当年新增正高级及特级教师数": _new_top_titles(rng, kind, full_time, t, scale),
            "高于规定学历教师数": whole(
                full_time, np.minimum(kind.map(ABOVE_REQUIRED), 0.99), fixed[:, 10]
            ),
            "骨干教师数": _per_100(pupil_count, full_time, BACKBONE_PER_100, kind, fixed[:, 11], t),
            "体艺教师数": _per_100(pupil_count, full_time, PE_ARTS_PER_100, kind, fixed[:, 12], t),
            "专职心理教师数": _psychology_teachers(rng, schools, row, kind, pupil_count, t),
            "心理A证教师数": cert_a,
            "心理B证教师数": cert_b,
            "心理C证教师数": cert_c,
            "应交流教师数": eligible,
            "已交流教师数": whole(eligible, rotated_share * taste[:, 5], fixed[:, 13]),
            "信息技术培训完成教师数": whole(
                full_time, np.clip(trained_share + (taste[:, 6] - 1) * 0.05, 0, 1), fixed[:, 14]
            ),
        }
    )


def _staffed_schools(
    rng: np.random.Generator, schools: pd.DataFrame, pupils: pd.DataFrame
) -> pd.DataFrame:
    """Return school, year, t, pupils and full_time, a row per open school and year."""
    ratio = by_stage(pupils, PUPILS_PER_TEACHER)
    county = pupils["unit"].map(COUNTY_RATIO).to_numpy()
    keqiao_2024 = (pupils["unit"] == KEQIAO) & (pupils["year"] == YEARS[-1])
    county = np.where(keqiao_2024, county * KEQIAO_2024, county)
    frame = pupils[["school", "year", "t", "pupils"]].copy()
    frame["exact"] = frame["pupils"] / (ratio * county)
    frame = frame.groupby(["school", "year", "t"], as_index=False).sum()
    staffing = rng.normal(0, 0.06, len(schools))[frame["school"]]
    # Small schools need more teachers per pupil.
    staffing = staffing - 0.05 * np.log(schools["size"].to_numpy()[frame["school"]])
    groups = [schools[column].to_numpy()[frame["school"]] for column in ("unit", "kind")]
    staffing = centred(staffing, frame["exact"].to_numpy(), groups)
    offset = rng.random(len(schools))[frame["school"]]
    staffed = np.floor(frame["exact"] * (1 + staffing) + offset)
    frame["full_time"] = np.maximum(2, staffed).astype(int)
    return frame


def _certificates(
    fixed: np.ndarray,
    taste: np.ndarray,
    full_time: np.ndarray,
    kind: pd.Series,
    unit: pd.Series,
    t: np.ndarray,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return teachers by highest psychology certificate (A, B, C)."""
    share = np.where(kind == KINDERGARTEN, KINDERGARTEN_CERT, 1.0)
    c_share = (unit.map(CERT_C_OR_HIGHER) + np.array(CERT_C_BEFORE)[t]) * share
    b_share = (unit.map(CERT_B_OR_HIGHER) + np.array(CERT_B_BEFORE)[t]) * share
    holders = whole(full_time, np.minimum(c_share + (taste[:, 2] - 1) * 0.05, 1.0), fixed[:, 7])
    b_or_higher = np.minimum(holders, whole(full_time, b_share * taste[:, 3], fixed[:, 8]))
    cert_a = np.minimum(b_or_higher, whole(full_time, CERT_A * share, fixed[:, 15]))
    return cert_a, b_or_higher - cert_a, holders - b_or_higher


def _new_top_titles(
    rng: np.random.Generator, kind: pd.Series, full_time: np.ndarray, t: np.ndarray, scale: int
) -> np.ndarray:
    """Hand the city's new professor and special-grade titles of a year to schools."""
    weight = kind.map(PROFESSOR).to_numpy() * full_time
    result = np.zeros(len(kind), dtype=np.int64)
    for year, number in enumerate(NEW_TOP_TITLES):
        rows = np.flatnonzero(t == year)
        probability = weight[rows] / weight[rows].sum()
        result[rows] = np.minimum(rng.multinomial(number * scale, probability), full_time[rows])
    return result


def _per_100(
    pupils: np.ndarray,
    full_time: np.ndarray,
    threshold: tuple[float, float],
    kind: pd.Series,
    fixed: np.ndarray,
    t: np.ndarray,
) -> np.ndarray:
    """Return teachers of a group: a margin above the threshold per 100 pupils, by school."""
    needed = np.where(kind == PRIMARY, *threshold) / 100
    margin = 0.94 + 0.60 * fixed + 0.015 * (t - 5)
    return np.minimum(np.rint(pupils * needed * margin), full_time * 0.6).astype(np.int64)


def _psychology_teachers(
    rng: np.random.Generator,
    schools: pd.DataFrame,
    row: np.ndarray,
    kind: pd.Series,
    pupils: np.ndarray,
    t: np.ndarray,
) -> np.ndarray:
    # The smallest schools are the last to get a post.
    order = rng.random(len(schools)) - 0.35 * np.log(schools["size"].to_numpy())
    place = pd.Series(order).groupby(schools["kind"].to_numpy()).rank(pct=True).to_numpy()[row]
    posts = 1 + (pupils // 1500)
    has_post = (place <= np.array(PSYCHOLOGY_TEACHER)[t]) & (kind != KINDERGARTEN).to_numpy()
    return np.where(has_post, posts, 0)


def make_conditions(
    seed: int, schools: pd.DataFrame, pupils: pd.DataFrame, teachers: pd.DataFrame
) -> pd.DataFrame:
    """Return the export 办学条件: a row per compulsory school and school year."""
    rng = stream(seed, "conditions")
    kinds = dict(zip(schools["school_id"], schools["kind"], strict=True))
    row_of = {school_id: row for row, school_id in enumerate(schools["school_id"])}
    here = teachers[teachers["学校标识码"].map(kinds).isin([PRIMARY, JUNIOR, NINE_YEAR])]
    row = here["学校标识码"].map(row_of).to_numpy()
    totals = pupils.groupby(["school", "year"])["pupils"].sum()
    count = totals.loc[pd.MultiIndex.from_arrays([row, here["学年"]])].to_numpy()
    kind = here["学校标识码"].map(kinds).to_numpy()
    year = here["学年"].to_numpy() - YEARS[-1]
    # Floors and yards do not grow with the pupils: the margin shrinks in schools that grow.
    margin = np.exp(np.clip(rng.normal(0.31, 0.20, (len(schools), 4)), -0.25, 0.9))[row]
    margin = margin * (1 + np.array([0.006, 0.004, 0.018, 0.012]) * year[:, None])

    def amount(threshold: tuple[float, float], column: int) -> np.ndarray:
        total: np.ndarray = count * np.where(kind == PRIMARY, *threshold) * margin[:, column]
        return total

    return pd.DataFrame(
        {
            "学校标识码": here["学校标识码"].to_numpy(),
            "学年": here["学年"].to_numpy(),
            "高于规定学历教师数": here["高于规定学历教师数"].to_numpy(),
            "骨干教师数": here["骨干教师数"].to_numpy(),
            "体艺教师数": here["体艺教师数"].to_numpy(),
            "教学及辅助用房面积": np.rint(amount(TEACHING_AREA, 0)).astype(int),
            "体育运动场馆面积": np.rint(amount(SPORTS_AREA, 1)).astype(int),
            "教学仪器设备值（万元）": np.round(amount(EQUIPMENT_YUAN, 2) / 10_000, 2),
            "网络多媒体教室数": np.ceil(amount(CLASSROOMS_PER_100, 3) / 100).astype(int),
        }
    )

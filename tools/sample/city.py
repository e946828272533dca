"""What is fixed about the city: its counties, years and published orders of magnitude.

None of the figures is shown as a real result; they only make the synthetic exports look right.
Series are per school year, 2019 first, in thousands of pupils unless stated otherwise.
"""

from __future__ import annotations

import pandas as pd

YEARS = (2019, 2020, 2021, 2022, 2023, 2024)
LAST_MONTH = "2024-09"

KINDERGARTEN, PRIMARY, JUNIOR = "幼儿园", "小学", "初中"
NINE_YEAR, SENIOR, VOCATIONAL, SPECIAL = "九年一贯", "普通高中", "中职", "特教"

CITY_RUN = "330600"
YUECHENG, KEQIAO, SHANGYU = "330602", "330603", "330604"
ZHUJI, SHENGZHOU, XINCHANG = "330681", "330683", "330624"

SHORT_NAMES = {
    YUECHENG: "越城",
    KEQIAO: "柯桥",
    SHANGYU: "上虞",
    ZHUJI: "诸暨",
    SHENGZHOU: "嵊州",
    XINCHANG: "新昌",
    CITY_RUN: "市直",
}
FULL_NAMES = {
    YUECHENG: "越城区",
    KEQIAO: "柯桥区",
    SHANGYU: "上虞区",
    ZHUJI: "诸暨市",
    SHENGZHOU: "嵊州市",
    XINCHANG: "新昌县",
    CITY_RUN: "市直",
}
ENGLISH_NAMES = {
    YUECHENG: "Yuecheng",
    KEQIAO: "Keqiao",
    SHANGYU: "Shangyu",
    ZHUJI: "Zhuji",
    SHENGZHOU: "Shengzhou",
    XINCHANG: "Xinchang",
    CITY_RUN: "City-run",
}
UNITS = tuple(SHORT_NAMES)
COUNTIES = UNITS[:-1]


def by_unit(*values: float) -> dict[str, float]:
    """Name seven values in the official order of the units, 市直 last."""
    return dict(zip(UNITS, values, strict=True))


# Shares of the city's pupils; 市直 runs mostly senior and vocational schools.
PUPIL_SHARES = {
    KINDERGARTEN: by_unit(20, 21, 15, 23, 12, 8, 0.8),
    PRIMARY: by_unit(20, 21, 15, 23, 12, 8, 0.7),
    JUNIOR: by_unit(19.5, 20.5, 15, 23, 12, 8, 1.8),
    SENIOR: by_unit(16, 17, 14.5, 21.5, 11.5, 7.5, 12),
    VOCATIONAL: by_unit(12, 17, 14, 20, 11, 8, 18),
    SPECIAL: by_unit(18, 18, 15, 21, 13, 9, 6),
}
# Yearly drift of a county's share, around 2022: people move towards the city.
SHARE_DRIFT = by_unit(0.012, 0.010, 0.0, -0.002, -0.016, -0.016, 0.004)

PUPILS = {
    KINDERGARTEN: (152.0, 150.5, 147.0, 141.491, 130.0, 118.0),
    PRIMARY: (261.9, 268.0, 278.5, 287.195, 291.2, 292.0),
    JUNIOR: (137.1, 132.0, 128.6, 127.188, 127.6, 128.9),
    SENIOR: (83.0, 84.2, 85.5, 86.708, 87.0, 87.3),
    VOCATIONAL: (44.4, 43.5, 42.6, 41.816, 41.6, 41.9),
    SPECIAL: (0.86, 0.87, 0.89, 0.90, 0.91, 0.92),
}
INTAKE = {
    KINDERGARTEN: (50.4, 49.3, 46.6, 42.8, 38.3, 34.6),
    PRIMARY: (45.2, 46.6, 47.9, 48.298, 47.3, 45.4),
    JUNIOR: (43.6, 42.6, 42.2, 42.455, 43.0, 44.2),
    SENIOR: (28.2, 28.7, 29.0, 29.2, 29.3, 29.4),
    VOCATIONAL: (14.6, 14.3, 14.0, 13.8, 13.9, 14.1),
    SPECIAL: (0.11, 0.11, 0.12, 0.11, 0.12, 0.12),
}
GRADUATES = {
    KINDERGARTEN: (45.0, 46.4, 47.7, 48.1, 47.1, 45.2),
    PRIMARY: (40.6, 40.5, 41.2, 41.562, 42.8, 44.3),
    JUNIOR: (44.1, 45.4, 44.0, 43.1, 42.2, 42.0),
    SENIOR: (27.0, 27.4, 27.6, 27.9, 28.9, 29.0),
    VOCATIONAL: (14.9, 14.8, 14.6, 14.2, 13.7, 13.5),
    SPECIAL: (0.09, 0.09, 0.10, 0.10, 0.11, 0.11),
}


def months(first: str, last: str = LAST_MONTH) -> list[str]:
    """Return the months from `first` to `last`, both included, as YYYY-MM."""
    return [str(month) for month in pd.period_range(first, last, freq="M")]


def counties_table() -> pd.DataFrame:
    """Return the export 区县: one row per county, 市直 last."""
    return pd.DataFrame(
        {
            "区县代码": UNITS,
            "名称": [FULL_NAMES[unit] for unit in UNITS],
            "英文名称": [ENGLISH_NAMES[unit] for unit in UNITS],
            "简称": [SHORT_NAMES[unit] for unit in UNITS],
            "排序": range(1, len(UNITS) + 1),
            "单位类型": ["市直" if unit == CITY_RUN else "区县" for unit in UNITS],
        }
    )

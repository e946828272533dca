"""How the bureau splits the city's targets by county: the export 目标分解."""

from __future__ import annotations

import pandas as pd

from tools.sample.city import UNITS, by_unit
from tools.sample.construction import PLAN_YEAR

# Each row adds up to the city's target; vocational_training is in 万人次.
SPLITS = {
    "modern_schools_created": by_unit(6, 6, 5, 7, 3, 2, 1),
    "tiered_class_schools": by_unit(2, 2, 2, 2, 1, 1, 0),
    "sports_schools": by_unit(10, 10, 8, 11, 6, 4, 1),
    "baseball_schools": by_unit(7, 6, 5, 6, 3, 2, 1),
    "arts_bases": by_unit(6, 6, 5, 7, 3, 2, 1),
    "rural_arts_bases": by_unit(1, 2, 2, 3, 1, 1, 0),
    "arts_club_bases": by_unit(6, 6, 5, 6, 3, 3, 1),
    "study_travel_courses": by_unit(2, 2, 1, 2, 1, 1, 1),
    "scientist_lectures": by_unit(10, 9, 8, 10, 5, 4, 4),
    "smart_campuses": by_unit(3, 3, 2, 3, 2, 1, 1),
    "vocational_training": by_unit(1.4, 1.6, 1.2, 1.7, 0.8, 0.6, 0.7),
    "gold_health_schools": by_unit(2, 2, 2, 2, 1, 1, 0),
    "silver_health_schools": by_unit(6, 6, 5, 7, 3, 2, 1),
}
WAN_PER_YI = 10_000


def make_county_targets(projects: pd.DataFrame) -> pd.DataFrame:
    """Return the export 目标分解; the targets of construction follow the projects' own plans."""
    splits = SPLITS | splits_of_projects(projects, PLAN_YEAR)
    return pd.DataFrame(
        [
            {"年度": PLAN_YEAR, "指标编码": indicator, "区县代码": unit, "目标值": split[unit]}
            for indicator, split in splits.items()
            for unit in UNITS
        ]
    )


def splits_of_projects(projects: pd.DataFrame, year: int) -> dict[str, dict[str, float]]:
    """Return what a year's list of projects asks of every county."""
    listed = projects[projects["计划年度"] == year]
    by_county = listed.groupby("区县代码")
    due = listed[pd.to_datetime(listed["计划完工验收日期"]).dt.year == year]
    found = {
        "projects_underway": by_county.size(),
        "project_investment": by_county["年度计划投资（万元）"].sum() / WAN_PER_YI,
        "projects_completed": due.groupby("区县代码").size(),
    }
    return {
        indicator: {unit: float(split.get(unit, 0.0)) for unit in UNITS}
        for indicator, split in found.items()
    }

"""The months after the calibrated ones: what each of them brings, made from the year before.

Nothing in them is calibrated: they are there so that other plan years can be tried. Every table is
carried on by a rule of its own, month by month, on whatever the months before have left.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pandas as pd

from tools.sample.city import LAST_MONTH, months
from tools.sample.later import construction, events, monthly, reports, schools
from tools.sample.later.month import Month, Tables

_STEPS: tuple[Callable[[Month, Tables], Mapping[str, pd.DataFrame]], ...] = (
    schools.register,
    schools.statistics,
    schools.fitness,
    schools.vision,
    construction.plans,
    construction.steps,
    construction.months,
    events.accreditations,
    events.activities,
    events.health_schools,
    events.vision_stations,
    monthly.training,
    monthly.tutoring,
    monthly.after_school,
    monthly.city_figures,
    reports.county_targets,
    reports.task_reports,
)


def extended(tables: Tables, seed: int, until: str) -> dict[str, pd.DataFrame]:
    """Return the tables with every month after the last calibrated one up to `until` (YYYY-MM)."""
    grown = dict(tables)
    for name in months(LAST_MONTH, until)[1:]:
        for step in _STEPS:
            grown |= step(Month(name, seed), grown)
    return grown

"""One row for one indicator and one unit, or several together: value, goal, status, gap."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dashboard.catalogue import Indicator
from dashboard.filters import CITY
from dashboard.indicators.goals import Goals, joint_goal
from dashboard.indicators.sums import (
    Sums,
    baseline_of,
    comparable_of,
    is_suppressed,
    previous_of,
    value_of,
)
from dashboard.status import Goal, Reading, assess, reaches

NOT_APPLICABLE = "z"
UNAVAILABLE = "x"
SUPPRESSED = "c"

VALUE_COLUMNS = [
    "indicator_id",
    "county_id",
    "period",
    "numerator",
    "denominator",
    "value",
    "target",
    "expected",
    "status",
    "missing",
]


@dataclass(frozen=True)
class IndicatorMonth:
    """What all rows of one indicator at one month share."""

    indicator: Indicator
    as_of: str
    period: str
    goals: Goals
    planned_totals: Mapping[tuple[str, str], float]
    reporting: frozenset[str]  # the units that have ever reported

    def row(
        self,
        unit: str,
        sums: Sums | None,
        targeted: tuple[str, ...],
        late: tuple[str, ...] = (),
    ) -> dict[str, Any]:
        """Work out one row; ``targeted`` are the units whose targets make up the row's target."""
        indicator = self.indicator
        known = Sums() if sums is None or sums.is_missing else sums
        goal = joint_goal(indicator, self.goals, targeted)
        value, comparable = value_of(indicator, known), comparable_of(indicator, known)
        reading = Reading(  # a direction is judged over what compares with the year before
            as_of=self.as_of,
            period=self.period,
            value=comparable if indicator.kind == "directional" else value,
            previous=previous_of(indicator, known),
            baseline=baseline_of(indicator, known),
            planned=self._planned(known),
            planned_total=self._planned_total(targeted),
        )
        assessment = assess(indicator, goal, reading)
        line = assessment.expected if goal is None or goal.target is None else goal.target
        gap, gap_units = _gap(indicator, goal, reading, line, known)
        return {
            "indicator_id": indicator.indicator_id,
            "county_id": unit,
            "period": self.period or None,
            "numerator": known.numerator,
            "denominator": known.denominator,
            "value": value,
            "target": None if goal is None else goal.target,
            "expected": assessment.expected,
            "status": None if assessment.status is None else str(assessment.status),
            "previous": reading.previous,
            "comparable": value if indicator.kind == "change" else comparable,
            "compared_schools": None if known.schools is None else known.schools.compared,
            "left_out_schools": None if known.schools is None else known.schools.left_out,
            "baseline": reading.baseline,
            "forecast": assessment.forecast,
            "forecast_method": assessment.forecast_method,
            "gap": gap,
            "gap_units": gap_units,
            "missing": self._missing(unit, goal, known) if value is None else None,
            "late_counties": late,
        }

    def _planned(self, sums: Sums) -> float | None:
        if self.indicator.denominator != "plan" or sums.is_missing:
            return None
        return (sums.denominator or 0.0) * self.indicator.scale

    def _planned_total(self, targeted: tuple[str, ...]) -> float | None:
        if self.indicator.denominator != "plan":
            return None
        totals = [
            self.planned_totals[self.indicator.indicator_id, unit]
            for unit in targeted
            if (self.indicator.indicator_id, unit) in self.planned_totals
        ]
        return math.fsum(totals) * self.indicator.scale if totals else None

    def _missing(self, unit: str, goal: Goal | None, sums: Sums) -> str:
        """Why there is no value: ``z`` there can be none, ``x`` not reported, ``c`` suppressed."""
        if is_suppressed(self.indicator, sums):
            return SUPPRESSED
        if unit != CITY and unit not in self.reporting:
            return NOT_APPLICABLE
        has_no_base = not sums.is_missing and not sums.denominator
        belongs_to_others = self.indicator.kind in ("milestone", "county_count") and goal is None
        return NOT_APPLICABLE if has_no_base or belongs_to_others else UNAVAILABLE


def _gap(
    indicator: Indicator, goal: Goal | None, reading: Reading, line: float | None, sums: Sums
) -> tuple[float | None, float | None]:
    """How much is missing to a line, in the indicator's unit and in what it counts.

    The line is the target, or what is expected: nothing, before this year's figure is measured.
    """
    value = reading.value
    if goal is None or value is None or line is None or goal.comparator == "stable":
        return None, None
    comparator = "<=" if goal.comparator in ("<=", "decrease") else ">="
    if reaches(value, line, comparator):
        return 0.0, 0.0
    gap = abs(line - value)
    counted = gap / indicator.scale
    if indicator.denominator == "base":
        counted *= sums.denominator or 0.0
    return gap, float(math.ceil(counted - 1e-6))

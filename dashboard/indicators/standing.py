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
    is_suppressed,
    missing_of,
    previous_of,
    value_of,
)
from dashboard.status import Goal, Reading, Status, assess, reaches

NOT_APPLICABLE = "z"
UNAVAILABLE = "x"
SUPPRESSED = "c"
PROVISIONAL = "p"  # there is a value, but something of it is missing

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
    "missing_periods",
]


@dataclass(frozen=True)
class IndicatorMonth:
    """What all rows of one indicator at one month share."""

    indicator: Indicator
    as_of: str
    period: str
    has_begun: bool  # whether anybody has reported by then
    goals: Goals
    planned_totals: Mapping[tuple[str, str], float]

    def row(self, unit: str, sums: Sums | None, targeted: tuple[str, ...]) -> dict[str, Any]:
        """Work out one row; ``targeted`` are the units whose targets make up the row's target."""
        indicator = self.indicator
        known = Sums() if sums is None else sums
        missing_periods = missing_of(indicator, known)
        goal = joint_goal(indicator, self.goals, targeted)
        reading = Reading(
            as_of=self.as_of,
            period=self.period,
            value=value_of(indicator, known),
            previous=previous_of(indicator, known),
            baseline=baseline_of(indicator, known),
            planned=self._planned(known),
            planned_total=self._planned_total(targeted),
            is_incomplete=bool(missing_periods),
        )
        assessment = assess(indicator, goal, reading)
        line = assessment.expected if goal is None or goal.target is None else goal.target
        gap, gap_units = _gap(indicator, goal, reading, line, known)
        if missing_periods and assessment.status != Status.MET:
            gap = gap_units = None  # what is short may be what is not in
        return {
            "indicator_id": indicator.indicator_id,
            "county_id": unit,
            "period": self.period or None,
            "numerator": known.numerator,
            "denominator": known.denominator,
            "value": reading.value,
            "target": None if goal is None else goal.target,
            "expected": assessment.expected,
            "status": None if assessment.status is None else str(assessment.status),
            "previous": reading.previous,
            "baseline": reading.baseline,
            "forecast": assessment.forecast,
            "forecast_method": assessment.forecast_method,
            "gap": gap,
            "gap_units": gap_units,
            "missing": self._missing(unit, goal, reading, known),
            "missing_periods": missing_periods,
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

    def _missing(self, unit: str, goal: Goal | None, reading: Reading, sums: Sums) -> str | None:
        """Why there is no value, or none that is complete.

        ``z`` there can be none, ``x`` not reported, ``c`` suppressed; ``p`` a part is not reported.
        """
        indicator = self.indicator
        if reading.value is not None:
            return PROVISIONAL if reading.is_incomplete else None
        if is_suppressed(indicator, sums):
            return SUPPRESSED
        if reading.is_incomplete:
            return UNAVAILABLE
        if indicator.kind in ("milestone", "county_count") and goal is None:
            return NOT_APPLICABLE
        has_base = bool(sums.denominator) or indicator.denominator != "base"
        is_city_figure = (
            unit == CITY and indicator.scope == "city" and indicator.kind != "county_count"
        )
        is_known = self.has_begun and not is_city_figure
        has_part = has_base and not sums.is_missing
        return UNAVAILABLE if has_part or not is_known else NOT_APPLICABLE


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

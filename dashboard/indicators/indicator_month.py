"""One row for one indicator and one unit, or several together: value, goal, status, gap."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dashboard.catalogue import Indicator
from dashboard.filters import CITY
from dashboard.indicators.goals import Goals, joint_goal
from dashboard.indicators.growth import assess_growth, is_growth
from dashboard.indicators.pace import expected_by
from dashboard.indicators.precision import printed
from dashboard.indicators.status import Goal, Measurement, Nearness, assess, reaches
from dashboard.indicators.sums import (
    Sums,
    baseline_of,
    comparable_of,
    is_suppressed,
    missing_of,
    previous_of,
    value_of,
)
from dashboard.rounding import rounded_up

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
    profile: tuple[float, ...]  # see :class:`dashboard.indicators.measurement.Reading`
    counties: int  # how many there are: no more can have reached a thing
    nearness: Nearness

    def goal(self, targeted: tuple[str, ...]) -> Goal | None:
        """Return what the plan asks of these units together."""
        return joint_goal(self.indicator, self.goals, targeted)

    def row(
        self,
        unit: str,
        sums: Sums | None,
        targeted: tuple[str, ...],
        judged: Sums | None = None,
    ) -> dict[str, Any]:
        """Work out one row; ``targeted`` are the units whose targets make up the row's target.

        ``judged`` are the sums of those whom the goal names, where it is not asked of all of them.
        """
        indicator = self.indicator
        known = sums or Sums()
        goal = self.goal(targeted)
        judged_over = () if goal is None else goal.counties
        judged_sums = (judged or Sums()) if judged_over else known
        reading = self._reading(goal, judged_sums, targeted)
        assessment = (
            assess_growth(indicator, goal, reading, judged_sums, self.nearness)
            if is_growth(indicator)
            else assess(indicator, goal, reading, self.nearness)
        )
        line = assessment.expected if goal is None or goal.target is None else goal.target
        is_judged = assessment.status is not None
        gap, gap_units = (
            _gap(indicator, goal, reading, line, judged_sums) if is_judged else (None, None)
        )
        value = value_of(indicator, known)
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
            "previous": previous_of(indicator, known),
            "comparable": value if indicator.kind == "change" else comparable_of(indicator, known),
            "compared_schools": None if known.schools is None else known.schools.compared,
            "left_out_schools": None if known.schools is None else known.schools.left_out,
            "baseline": baseline_of(indicator, known),
            "forecast": assessment.forecast,
            "forecast_method": assessment.forecast_method,
            "gap": gap,
            "gap_units": gap_units,
            "missing": self._missing(unit, goal, value, known),
            "missing_periods": missing_of(indicator, known),
            "judged_counties": judged_over,
            "judged_value": value_of(indicator, judged_sums) if judged_over else None,
        }

    def expected_by(self, sums: Sums | None, targeted: tuple[str, ...], month: str) -> float | None:
        """Return what is expected of these units by a month of the year, as the rule judges it."""
        goal = self.goal(targeted)
        if goal is None or goal.asks_nothing:
            return None
        reading = self._reading(goal, sums or Sums(), targeted)
        return expected_by(self.indicator, goal, reading, month)

    def _reading(self, goal: Goal | None, sums: Sums, targeted: tuple[str, ...]) -> Measurement:
        """Return what the rule judges: of a direction, what compares with the year before."""
        indicator = self.indicator
        is_directional = goal is not None and goal.kind == "directional"
        judged_by = comparable_of if is_directional else value_of
        return Measurement(
            as_of=self.as_of,
            period=self.period,
            value=judged_by(indicator, sums),
            previous=previous_of(indicator, sums),
            baseline=baseline_of(indicator, sums),
            planned=self._planned(sums),
            planned_total=self._planned_total(targeted),
            is_incomplete=bool(missing_of(indicator, sums)),
            profile=self.profile,
            highest=self.counties if indicator.kind == "county_count" else None,
        )

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

    def _missing(self, unit: str, goal: Goal | None, value: float | None, sums: Sums) -> str | None:
        """Why there is no value, or none that is complete.

        ``z`` there can be none, ``x`` not reported, ``c`` suppressed; ``p`` a part is not reported.
        """
        indicator = self.indicator
        is_incomplete = bool(missing_of(indicator, sums))
        if value is not None:
            return PROVISIONAL if is_incomplete else None
        if is_suppressed(indicator, sums):
            return SUPPRESSED
        if is_incomplete:
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
    indicator: Indicator, goal: Goal | None, reading: Measurement, line: float | None, sums: Sums
) -> tuple[float | None, float | None]:
    """How much is missing to a line, in the indicator's unit and in what it counts.

    The line is the target, or what is expected: nothing, before this year's figure is measured.
    What reads the same is the same.
    """
    value = reading.value
    if goal is None or value is None or line is None or goal.comparator == "stable":
        return None, None
    is_reached = reaches(
        printed(indicator, value), printed(indicator, line), wants_more=goal.wants_more
    )
    if is_reached:
        return 0.0, 0.0
    gap = abs(line - value)
    counted = gap / indicator.scale
    if indicator.denominator == "base":
        counted *= sums.denominator or 0.0
    return gap, rounded_up(counted)

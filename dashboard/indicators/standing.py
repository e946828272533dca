"""One row for one indicator and one unit, or several together: value, goal, status, gap."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dashboard.catalogue import Indicator
from dashboard.filters import CITY
from dashboard.indicators.goals import Goals, joint_goal
from dashboard.indicators.sums import Sums, baseline_of, is_suppressed, previous_of, value_of
from dashboard.pace import expected_by
from dashboard.precision import printed
from dashboard.rounding import rounded_up
from dashboard.status import Goal, Nearness, Reading, assess, reaches

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
    profile: tuple[float, ...]  # see :class:`dashboard.reading.Reading`
    counties: int  # how many there are: no more can have reached a thing
    nearness: Nearness
    reporting: frozenset[str]  # the units that have ever reported

    def goal(self, targeted: tuple[str, ...]) -> Goal | None:
        """Return what the plan asks of these units together."""
        return joint_goal(self.indicator, self.goals, targeted)

    def row(
        self,
        unit: str,
        sums: Sums | None,
        targeted: tuple[str, ...],
        late: tuple[str, ...] = (),
        judged: Sums | None = None,
    ) -> dict[str, Any]:
        """Work out one row; ``targeted`` are the units whose targets make up the row's target.

        ``judged`` are the sums of those whom the goal names, where it is not asked of all of them.
        """
        indicator = self.indicator
        known = _known(sums)
        goal = self.goal(targeted)
        judged_over = () if goal is None else goal.counties
        judged_sums = _known(judged) if judged_over else known
        reading = self._reading(judged_sums, targeted)
        assessment = assess(indicator, goal, reading, self.nearness)
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
            "baseline": baseline_of(indicator, known),
            "forecast": assessment.forecast,
            "forecast_method": assessment.forecast_method,
            "gap": gap,
            "gap_units": gap_units,
            "missing": self._missing(unit, goal, known) if value is None else None,
            "late_counties": late,
            "judged_counties": judged_over,
            "judged_value": reading.value if judged_over else None,
        }

    def expected_by(self, sums: Sums | None, targeted: tuple[str, ...], month: str) -> float | None:
        """Return what is expected of these units by a month of the year, as the rule judges it."""
        goal = self.goal(targeted)
        if goal is None or goal.asks_nothing:
            return None
        return expected_by(self.indicator, goal, self._reading(_known(sums), targeted), month)

    def _reading(self, sums: Sums, targeted: tuple[str, ...]) -> Reading:
        indicator = self.indicator
        return Reading(
            as_of=self.as_of,
            period=self.period,
            value=value_of(indicator, sums),
            previous=previous_of(indicator, sums),
            baseline=baseline_of(indicator, sums),
            planned=self._planned(sums),
            planned_total=self._planned_total(targeted),
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

    def _missing(self, unit: str, goal: Goal | None, sums: Sums) -> str:
        """Why there is no value: ``z`` there can be none, ``x`` not reported, ``c`` suppressed."""
        if is_suppressed(self.indicator, sums):
            return SUPPRESSED
        if unit != CITY and unit not in self.reporting:
            return NOT_APPLICABLE
        has_no_base = not sums.is_missing and not sums.denominator
        belongs_to_others = self.indicator.kind in ("milestone", "county_count") and goal is None
        return NOT_APPLICABLE if has_no_base or belongs_to_others else UNAVAILABLE


def _known(sums: Sums | None) -> Sums:
    return Sums() if sums is None or sums.is_missing else sums


def _gap(
    indicator: Indicator, goal: Goal | None, reading: Reading, line: float | None, sums: Sums
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

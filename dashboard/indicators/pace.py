"""Where the year should be by a month, and where it leads.

============ =====================================================================
trajectory   expected value
============ =====================================================================
linear       from the baseline (0 for what is counted within the year) to the
             target, in equal monthly steps until the due month
batches      the same way, by the share that the years before had reached by that
             month; with no year before, nothing before the quarter it is due in
planned      what the units' own plans (projects, milestones) call for by the month
seasonal     the target, once this year's measurement is in; for several rounds in a
             year, the share of the rounds that are over
none         the target itself, all year
a direction  the value at the same month (season) of the year before
============ =====================================================================

The pace of things is rounded down: nobody can create half a school.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from dashboard.catalogue import Indicator
from dashboard.indicators.measurement import Goal, Measurement
from dashboard.indicators.precision import counts_things, whole
from dashboard.rounding import rounded, rounded_down

_STEADY = ("linear", "batches")  # a way from a start to a target


class ForecastMethod(StrEnum):
    """How a forecast for the year's end was made."""

    PACE = "pace"  # the monthly average so far, continued
    HISTORY = "history"  # the rest of the year as in the years before
    PLAN = "plan"  # what is done, and the rest as planned


def expected_by(
    indicator: Indicator, goal: Goal, reading: Measurement, month: str | None = None
) -> float | None:
    """Return what is expected by the end of a month, the chosen one if none is given."""
    expected = _expected(indicator, goal, reading, month or reading.as_of)
    if expected is None or goal.is_direction or not counts_things(indicator):
        return expected
    return rounded_down(expected)


def is_on_the_way(indicator: Indicator) -> bool:
    """Whether the pace leads from a start to a target, month by month."""
    return indicator.trajectory in _STEADY


def share_due(
    indicator: Indicator, due_month: str, month: str, profile: Sequence[float] = ()
) -> float | None:
    """Return how much of the way to the target is due by the end of a month.

    ``profile`` is what all years before had brought by the end of each of the twelve months. None
    where that is unknown and the quarter of the due month has not begun.
    """
    year = due_month[:4]
    gone, due = _months_gone(month, year), _months_gone(due_month, year)
    if gone >= due:
        return 1.0
    if indicator.trajectory != "batches":
        return gone / due
    if profile and profile[due - 1] > 0:
        return profile[gone - 1] / profile[due - 1] if gone else 0.0
    first_of_quarter = due - (due - 1) % 3
    return gone / due if gone >= first_of_quarter else None


def seasons_over(indicator: Indicator, as_of: str) -> int:
    """Return how many of the year's measurements that decide it should be in."""
    return sum(1 for month in indicator.judging_months if month <= int(as_of[5:7]))


def forecast_of(
    indicator: Indicator, goal: Goal, reading: Measurement
) -> tuple[float | None, ForecastMethod | None]:
    """Return where the year leads, never beyond what is possible, and how that was worked out."""
    found, method = _forecast(indicator, goal, reading)
    if found is None or reading.value is None:
        return None, None
    bounds = [whole(indicator), reading.highest]
    if method is ForecastMethod.PLAN:
        bounds.append(reading.planned_total)
    if method is ForecastMethod.HISTORY:  # as many as the plan lists are given out
        bounds.append(goal.target)
    if counts_things(indicator):
        found = rounded(found)
    highest = min((bound for bound in bounds if bound is not None), default=found)
    return max(min(found, highest), min(found, reading.value)), method


def _forecast(
    indicator: Indicator, goal: Goal, reading: Measurement
) -> tuple[float | None, ForecastMethod | None]:
    value = reading.value
    if value is None or reading.is_incomplete or goal.is_direction:
        return None, None
    if indicator.trajectory == "planned":
        if reading.planned is None or reading.planned_total is None:
            return None, None
        return value + reading.planned_total - reading.planned, ForecastMethod.PLAN
    start = _start(indicator, reading)
    if start is None or not is_on_the_way(indicator):
        return None, None
    month = int(reading.as_of[5:7])
    if indicator.trajectory == "linear":
        return start + (value - start) / month * 12, ForecastMethod.PACE
    if not reading.profile or reading.profile[month - 1] <= 0:
        return None, None
    reached = reading.profile[month - 1] / reading.profile[-1]
    return start + (value - start) / reached, ForecastMethod.HISTORY


def _expected(indicator: Indicator, goal: Goal, reading: Measurement, month: str) -> float | None:
    if goal.is_direction:
        return reading.previous
    if indicator.trajectory == "planned":
        return reading.planned
    if goal.target is None:
        return None
    if is_on_the_way(indicator):
        if month >= goal.due_month:
            return goal.target
        start = _start(indicator, reading)
        share = share_due(indicator, goal.due_month, month, reading.profile)
        if start is None or share is None:  # judged at the due month only
            return None
        return start + (goal.target - start) * share
    if indicator.trajectory == "seasonal" and indicator.measure == "flow":
        return goal.target * seasons_over(indicator, month) / len(indicator.judging_months)
    return goal.target


def _start(indicator: Indicator, reading: Measurement) -> float | None:
    """Where the year's way begins: at nothing, for what is counted within the year."""
    return 0.0 if indicator.measure == "flow" else reading.baseline


def _months_gone(month: str, year: str) -> int:
    """How many months of a year are over at the end of a month."""
    if month[:4] < year:
        return 0
    return 12 if month[:4] > year else int(month[5:7])

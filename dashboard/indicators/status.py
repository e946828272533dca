"""The status rule: from a value, its target and where the year should be by now, to one of five.

The whole rule is here, as pure arithmetic, so that it can be read in one place, tested row by row
and printed on the methods page. In words:

- **What is judged** is what is written: values, targets and paces at their printed precision
  (:mod:`dashboard.indicators.precision`). Whatever reads the same is the same.
- **Expected value at the chosen month** (the pace, :mod:`dashboard.indicators.pace`); things are
  counted whole, so the pace of things is rounded down.
- **Status**, the first that holds:

  =========== ======================================================================
  none        the plan asks nothing of this unit (a target of 0), or there is no value
  ``not_due`` the plan is not published yet, this year's measurement is still to come,
              or nothing is due yet and nothing is there
  ``met``     the target is reached; where the plan asks to rise or fall, the value is
              the best there can be, or better than a year before at its last measurement
  none        something of the measurement is missing and could still change this
  ``on_track`` what is expected by now is reached; rising or falling: not worse than a
              year before (equal is 持平); steady: within its tolerance
  ``near``    short of it by no more than a tolerance (:class:`Nearness`)
  ``behind``  short of it by more
  =========== ======================================================================

- Where the plan asks for **some** (一批) and gives no number, one is enough and more is never
  demanded: ``met`` from the first on; without one ``not_due`` until the year's last measurement.
- A **forecast** never exceeds what is possible: all of a share, every county there is, the whole
  plan, as many recognitions as the plan lists.
- A **task** has no figure: its office's last report decides. ``met`` when it says done; otherwise
  ``behind`` when the due month is over, ``on_track`` when the work has begun, ``not_due`` when it
  has not, and for all of them before the plan is published. No report: no status, for nobody knows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from dashboard.catalogue import Indicator, Threshold
from dashboard.indicators.measurement import Goal, Measurement
from dashboard.indicators.pace import (
    ForecastMethod,
    expected_by,
    forecast_of,
    is_on_the_way,
    seasons_over,
)
from dashboard.indicators.precision import counts_things, printed, whole
from dashboard.rounding import DUST

__all__ = [
    "Assessment",
    "ForecastMethod",
    "Goal",
    "Measurement",
    "Nearness",
    "Status",
    "TaskState",
    "assess",
    "assess_task",
    "reaches",
]


class Status(StrEnum):
    """Where an indicator stands; in the order in which statuses are always listed."""

    MET = "met"
    ON_TRACK = "on_track"
    NEAR = "near"
    BEHIND = "behind"
    NOT_DUE = "not_due"


@dataclass(frozen=True)
class Nearness:
    """How far from what was due is still near; numbers from ``queries/indicators/common.yml``.

    Rates and money: a percentage of what was due. Things: none where few were due, then a fixed
    number, then a percentage where many were; and none at all from the due month on.
    """

    rate_pct: float
    few_things: float  # where fewer were due, any shortfall is behind
    things: float
    many_things: float  # where more were due, the percentage holds
    many_things_pct: float

    @classmethod
    def of(cls, thresholds: Mapping[str, Threshold]) -> Nearness:
        """Read the numbers out of the catalogue's thresholds. Raises KeyError for a missing one."""
        return cls(**{name: thresholds[f"near_{name}"].value for name in cls.__annotations__})

    def allowed(self, indicator: Indicator, goal: Goal, as_of: str, due: float) -> float:
        """Return how much less than what was due is near."""
        is_things = counts_things(indicator)
        if goal.comparator == "stable" or (is_things and as_of >= goal.due_month):
            return 0.0
        if indicator.near is not None:
            return indicator.near
        if not is_things:
            return abs(due) * self.rate_pct / 100
        if due < self.few_things:
            return 0.0
        return due * self.many_things_pct / 100 if due > self.many_things else self.things


@dataclass(frozen=True)
class Assessment:
    """The expected value, the status and, where the trajectory allows it, a forecast."""

    expected: float | None
    status: Status | None
    forecast: float | None = None
    forecast_method: ForecastMethod | None = None


def assess(
    indicator: Indicator, goal: Goal | None, reading: Measurement, nearness: Nearness
) -> Assessment:
    """Apply the status rule to one reading; without a goal there is nothing to judge."""
    if goal is None or goal.asks_nothing:
        return Assessment(expected=None, status=None)
    if _awaits_season(indicator, reading):
        return Assessment(expected=None, status=Status.NOT_DUE)
    expected = None if goal.asks_some else expected_by(indicator, goal, reading)
    if reading.as_of < goal.judged_from:
        return Assessment(expected, Status.NOT_DUE)
    if reading.value is None or _is_overdue(indicator, reading):
        return Assessment(expected, None)
    forecast, method = forecast_of(indicator, goal, reading)
    status = _status(indicator, goal, reading, reading.value, expected, nearness)
    return Assessment(expected, status, forecast, method)


class TaskState(StrEnum):
    """What an office says of a task."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    DONE = "done"


def assess_task(
    state: str | None, due_month: str, as_of: str, judged_from: str = ""
) -> Status | None:
    """Apply the status rule to a task: the state last reported, when it is due, and the month."""
    if state is None:
        return None
    if as_of < judged_from:
        return Status.NOT_DUE
    if state == TaskState.DONE:
        return Status.MET
    if as_of >= due_month:  # due by the end of a month that is over
        return Status.BEHIND
    return Status.ON_TRACK if state == TaskState.IN_PROGRESS else Status.NOT_DUE


def reaches(value: float, line: float, *, wants_more: bool) -> bool:
    """Whether a value has reached a line from the right side."""
    return value >= line - DUST if wants_more else value <= line + DUST


def _awaits_season(indicator: Indicator, reading: Measurement) -> bool:
    """Whether this year's first measurement that decides is still to come."""
    if indicator.trajectory != "seasonal" or _is_decisive(indicator, reading):
        return False
    return seasons_over(indicator, reading.as_of) == 0


def _is_overdue(indicator: Indicator, reading: Measurement) -> bool:
    """Whether a season has passed without any measurement of this year that decides."""
    return (
        indicator.trajectory == "seasonal"
        and indicator.measure == "level"
        and not _is_decisive(indicator, reading)
    )


def _is_decisive(indicator: Indicator, reading: Measurement) -> bool:
    """Whether a stock-taking is one of this year's that decide it."""
    return (
        indicator.measure == "level"
        and reading.period[:4] == reading.as_of[:4]
        and (not indicator.judged or int(reading.period[5:7]) in indicator.judged)
    )


def _status(
    indicator: Indicator,
    goal: Goal,
    reading: Measurement,
    value: float,
    expected: float | None,
    nearness: Nearness,
) -> Status | None:
    """Return the status of a value that may be judged."""
    if goal.asks_some:
        return _status_of_some(indicator, goal, reading, value)
    number = printed(indicator, value)
    due = None if expected is None else printed(indicator, expected)
    if _is_met(indicator, goal, reading, number, due):
        is_sure = not reading.is_incomplete or _can_only_grow(indicator, goal)
        return Status.MET if is_sure else None
    if reading.is_incomplete:
        return None
    if due is None:  # nothing to start the way from; for a direction, nothing to compare with
        return Status.NOT_DUE if is_on_the_way(indicator) and not goal.is_direction else None
    if goal.wants_more and not goal.is_direction and due == number == 0:
        return Status.NOT_DUE
    if _keeps_pace(indicator, goal, number, due):
        return Status.ON_TRACK
    allowed = nearness.allowed(indicator, goal, reading.as_of, due)
    return Status.NEAR if abs(due - number) <= allowed + DUST else Status.BEHIND


def _status_of_some(
    indicator: Indicator, goal: Goal, reading: Measurement, value: float
) -> Status | None:
    """One is enough, and there is time for it until the year's last measurement."""
    if printed(indicator, value) >= 1:
        return Status.MET
    if reading.is_incomplete:
        return None
    return Status.BEHIND if _is_final(indicator, goal, reading) else Status.NOT_DUE


def _is_met(
    indicator: Indicator, goal: Goal, reading: Measurement, number: float, due: float | None
) -> bool:
    if goal.target is not None:
        return reaches(number, printed(indicator, goal.target), wants_more=goal.wants_more)
    if goal.comparator != "stable" and number == _best(indicator, goal, reading):
        return True
    if due is None or not _keeps_pace(indicator, goal, number, due):
        return False
    is_better = goal.comparator == "stable" or number != due
    return is_better and _is_final(indicator, goal, reading)


def _best(indicator: Indicator, goal: Goal, reading: Measurement) -> float | None:
    """Return the best possible value where the plan asks to rise or to fall.

    None if there is no end.
    """
    if not goal.wants_more:
        return 0.0
    return whole(indicator) if reading.highest is None else reading.highest


def _is_final(indicator: Indicator, goal: Goal, reading: Measurement) -> bool:
    """Whether the year's last measurement is in."""
    if reading.as_of >= goal.due_month:
        return True
    is_seasonal = indicator.trajectory == "seasonal"
    return is_seasonal and int(reading.period[5:7]) == max(indicator.judging_months)


def _keeps_pace(indicator: Indicator, goal: Goal, number: float, due: float) -> bool:
    if goal.comparator == "stable":
        return abs(number - due) <= (indicator.tolerance or 0) + DUST
    return reaches(number, due, wants_more=goal.wants_more)


def _can_only_grow(indicator: Indicator, goal: Goal) -> bool:
    """Whether what is missing can only add to what was counted, and so cannot undo it."""
    return indicator.denominator != "base" and goal.wants_more

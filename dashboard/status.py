"""The status rule: from a value, its target and where the year should be by now, to one of four.

The whole rule is here, as pure arithmetic, so that it can be read in one place, tested row by row
and printed on the methods page. In words:

- **Reaching**: a target with ``>=`` is reached from above, with ``<=`` from below.
- **Expected value at the chosen month** (the pace):

  ============ =====================================================================
  trajectory   expected value
  ============ =====================================================================
  linear       from the baseline (0 for what is counted within the year) to the
               target, in equal monthly steps until the due month
  planned      what the units' own plans (projects, milestones) call for by the month
  seasonal     the target, once this year's measurement is in; for several rounds in a
               year, the share of the rounds that are over. Before: none
  none         the target itself, all year
  directional  the value at the same month (season) of the year before
  ============ =====================================================================

- **Status**: ``met`` when the target is reached; otherwise ``on_track`` when the expected value is
  reached and ``behind`` when it is not; ``not_due`` while this year's first season, or the first
  planned step, is still to come. No value: no status.
- A **directional** indicator is ``on_track`` while it is better than a year before and ``met`` when
  it still is at its final measurement; unchanged is ``behind``. A *stable* one must lie within
  its tolerance.
- A **task** has no figure: its office's last report decides. ``met`` when it says done; otherwise
  ``behind`` when the due month is over, ``on_track`` when the work has begun, ``not_due`` when it
  has not. No report: no status, for nobody knows.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from dashboard.catalogue import Indicator
from dashboard.plan import Basis, Kind, Scope

_EPSILON = 1e-9  # sums of decimals: 0.1 + 0.2 must reach 0.3


class Status(StrEnum):
    """Where an indicator stands; in the order in which statuses are always listed."""

    MET = "met"
    ON_TRACK = "on_track"
    NEAR = "near"
    BEHIND = "behind"
    NOT_DUE = "not_due"


class ForecastMethod(StrEnum):
    """How a forecast for the year's end was made."""

    PACE = "pace"  # the monthly average so far, continued
    PLAN = "plan"  # what is done, and the rest as planned


@dataclass(frozen=True)
class Goal:
    """What the plan asks for: ``comparator`` is >=, <=, increase, decrease, stable or reach.

    ``kind``, ``scope`` and ``basis`` are the plan's own: see :class:`dashboard.plan.Target`.
    """

    comparator: str
    target: float | None  # in the indicator's unit; none for directional indicators
    due_month: str  # YYYY-MM
    kind: Kind = "rate"
    scope: Scope = "county"
    basis: Basis = "plan"


@dataclass(frozen=True)
class Reading:
    """What was measured, all values in the indicator's unit."""

    as_of: str  # the chosen month, YYYY-MM
    period: str  # the month of the measurement
    value: float | None
    previous: float | None = None  # the same month or season of the year before
    baseline: float | None = None  # at the end of the year before
    planned: float | None = None  # what the units' own plans call for by now
    planned_total: float | None = None  # … and for the whole year
    is_incomplete: bool = False  # a month or a unit of it is missing: the value is provisional


@dataclass(frozen=True)
class Assessment:
    """The expected value, the status and, where the trajectory allows it, a forecast."""

    expected: float | None
    status: Status | None
    forecast: float | None = None
    forecast_method: ForecastMethod | None = None


def assess(indicator: Indicator, goal: Goal | None, reading: Reading) -> Assessment:
    """Apply the status rule to one reading; without a goal there is nothing to judge.

    What is incomplete has no forecast, and no status but ``met`` where the rest can only add.
    """
    if goal is None:
        return Assessment(expected=None, status=None)
    found = _assess_complete(indicator, goal, reading)
    if not reading.is_incomplete:
        return found
    can_only_grow = indicator.kind in ("count", "county_count", "milestone")
    is_sure = found.status == Status.MET and goal.comparator == ">=" and can_only_grow
    return Assessment(found.expected, Status.MET if is_sure else None)


def _assess_complete(indicator: Indicator, goal: Goal, reading: Reading) -> Assessment:
    if _is_planned(indicator):
        return _assess_planned(goal, reading)
    if _awaits_season(indicator, reading):
        return Assessment(expected=None, status=Status.NOT_DUE)
    if indicator.kind == "directional":
        return _assess_directional(indicator, goal, reading)
    return _assess_target(indicator, goal, reading)


class TaskState(StrEnum):
    """What an office says of a task."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    DONE = "done"


def assess_task(state: str | None, due_month: str, as_of: str) -> Status | None:
    """Apply the status rule to a task: the state last reported, when it is due, and the month."""
    if state is None:
        return None
    if state == TaskState.DONE:
        return Status.MET
    if as_of >= due_month:  # due by the end of a month that is over
        return Status.BEHIND
    return Status.ON_TRACK if state == TaskState.IN_PROGRESS else Status.NOT_DUE


def reaches(value: float, line: float, comparator: str) -> bool:
    """Whether a value has reached a line from the right side."""
    if comparator == "<=":
        return value <= line + _EPSILON
    return value >= line - _EPSILON


def even_share(month: str, due_month: str) -> float:
    """How much of the year's way to its target is due by a month, in equal monthly steps."""
    year = due_month[:4]
    return min(1.0, _months_gone(month, year) / _months_gone(due_month, year))


def _is_planned(indicator: Indicator) -> bool:
    return indicator.denominator == "plan"


def _months_gone(month: str, year: str) -> int:
    """How many months of a year are over at the end of a month."""
    if month[:4] < year:
        return 0
    return 12 if month[:4] > year else int(month[5:7])


def _seasons_over(indicator: Indicator, as_of: str) -> int:
    return sum(1 for month in indicator.season if month <= int(as_of[5:7]))


def _awaits_season(indicator: Indicator, reading: Reading) -> bool:
    """Whether this year's first measurement is still to come."""
    if indicator.trajectory != "seasonal":
        return False
    if indicator.measure == "level" and reading.period[:4] == reading.as_of[:4]:
        return False
    return _seasons_over(indicator, reading.as_of) == 0


def _is_overdue(indicator: Indicator, reading: Reading) -> bool:
    """Whether a season has passed without any measurement of this year."""
    return (
        indicator.trajectory == "seasonal"
        and indicator.measure == "level"
        and reading.period[:4] != reading.as_of[:4]
    )


def _assess_planned(goal: Goal, reading: Reading) -> Assessment:
    value, planned = reading.value, reading.planned
    if value is None or planned is None or goal.target is None:
        return Assessment(expected=planned, status=None)
    forecast = None if reading.planned_total is None else value + reading.planned_total - planned
    if reaches(value, goal.target, ">="):
        status = Status.MET
    elif planned == 0 and value == 0:
        return Assessment(expected=planned, status=Status.NOT_DUE)
    else:
        status = Status.ON_TRACK if reaches(value, planned, ">=") else Status.BEHIND
    return Assessment(planned, status, forecast, ForecastMethod.PLAN if forecast else None)


def _assess_directional(indicator: Indicator, goal: Goal, reading: Reading) -> Assessment:
    value, previous = reading.value, reading.previous
    if value is None or previous is None or _is_overdue(indicator, reading):
        return Assessment(expected=previous, status=None)
    change = value - previous
    if goal.comparator == "stable":
        good = abs(change) <= (indicator.tolerance or 0) + _EPSILON
    else:
        good = change > _EPSILON if goal.comparator == "increase" else change < -_EPSILON
    if not good:
        return Assessment(previous, Status.BEHIND)
    last_season = max(indicator.season, default=None)
    is_final = reading.as_of >= goal.due_month or (
        indicator.trajectory == "seasonal" and int(reading.period[5:7]) == last_season
    )
    return Assessment(previous, Status.MET if is_final else Status.ON_TRACK)


def _assess_target(indicator: Indicator, goal: Goal, reading: Reading) -> Assessment:
    expected = _expected(indicator, goal, reading)
    if reading.value is None or goal.target is None or _is_overdue(indicator, reading):
        return Assessment(expected, None)
    forecast = _forecast_at_pace(indicator, reading)
    method = None if forecast is None else ForecastMethod.PACE
    if reaches(reading.value, goal.target, goal.comparator):
        return Assessment(expected, Status.MET, forecast, method)
    if expected is None:
        return Assessment(None, Status.NOT_DUE, forecast, method)
    keeps_pace = reaches(reading.value, expected, goal.comparator)
    status = Status.ON_TRACK if keeps_pace else Status.BEHIND
    return Assessment(expected, status, forecast, method)


def _expected(indicator: Indicator, goal: Goal, reading: Reading) -> float | None:
    if goal.target is None:
        return None
    if indicator.trajectory == "linear":
        baseline = 0.0 if indicator.measure == "flow" else reading.baseline
        if baseline is None:  # nothing to start the line from: judged at the due month only
            return goal.target if reading.as_of >= goal.due_month else None
        return baseline + (goal.target - baseline) * even_share(reading.as_of, goal.due_month)
    if indicator.trajectory == "seasonal" and indicator.measure == "flow":
        return goal.target * _seasons_over(indicator, reading.as_of) / len(indicator.season)
    return goal.target


def _forecast_at_pace(indicator: Indicator, reading: Reading) -> float | None:
    """Continue this year's monthly average to December; linear trajectories only."""
    if indicator.trajectory != "linear" or reading.value is None:
        return None
    start = 0.0 if indicator.measure == "flow" else reading.baseline
    if start is None:
        return None
    forecast = start + (reading.value - start) / int(reading.as_of[5:7]) * 12
    is_share = indicator.denominator == "base" and indicator.measure != "flow"
    return min(forecast, indicator.scale) if is_share else forecast

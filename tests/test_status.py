"""The status rule, row by row, on examples worked out by hand."""

from __future__ import annotations

from typing import Any

import pytest

from dashboard.catalogue import Indicator
from dashboard.status import (
    ForecastMethod,
    Goal,
    Reading,
    Status,
    assess,
    assess_task,
    even_share,
    reaches,
)

TEXTS = {
    f"{field}_{code}": "text"
    for field in ("name", "short", "unit", "counted", "formula", "caveats")
    for code in ("zh", "en")
}


def indicator(**fields: Any) -> Indicator:
    """An indicator counted within the year at a linear pace, but for the fields given."""
    defaults: dict[str, Any] = {
        **TEXTS,
        "subject": "subject",
        "indicator_id": "indicator",
        "page": "quality",
        "scope": "county",
        "kind": "count",
        "measure": "flow",
        "denominator": "none",
        "scale": 1,
        "decimals": 0,
        "direction": "higher",
        "cadence": "continuous",
        "season": (),
        "trajectory": "linear",
        "office": "office",
        "sources": ("events",),
        "certainty": "V",
        "people": False,
    }
    return Indicator(**{**defaults, **fields})


def goal(target: float | None, comparator: str = ">=", due_month: str = "2024-12") -> Goal:
    return Goal(comparator, target, due_month)


def reading(value: float | None, as_of: str = "2024-09", **fields: Any) -> Reading:
    return Reading(**{"as_of": as_of, "period": as_of, "value": value, **fields})


COUNT = indicator()
PLANNED = indicator(denominator="plan", trajectory="planned")
RATE = {"kind": "rate", "denominator": "base", "scale": 100, "decimals": 1}
LEVEL_LINEAR = indicator(**RATE, measure="level", cadence="monthly")
LEVEL_ALWAYS = indicator(**RATE, measure="level", cadence="monthly", trajectory="none")
LEVEL_SEASONAL = indicator(
    **RATE, measure="level", cadence="yearly", season=(9,), trajectory="seasonal"
)
FITNESS = indicator(**RATE, measure="level", cadence="yearly", season=(11,), trajectory="seasonal")
STOCK_RATE = indicator(**RATE, measure="stock")
ROUNDS = indicator(
    kind="count", measure="flow", denominator="base", season=(5, 9), trajectory="seasonal"
)
MYOPIA = indicator(
    **{**RATE, "kind": "change"},
    measure="level",
    cadence="half_yearly",
    direction="lower",
    season=(5, 9),
    trajectory="seasonal",
)
COUNTIES = indicator(kind="county_count", scope="city")
DIRECTIONAL = {"kind": "directional", "measure": "level", "cadence": "yearly"}
AUTUMN = {"season": (9,), "trajectory": "seasonal"}
HIGHER = indicator(**DIRECTIONAL, **AUTUMN)
LOWER = indicator(**DIRECTIONAL, **AUTUMN, direction="lower")
STABLE = indicator(**DIRECTIONAL, **AUTUMN, direction="stable", tolerance=2.0)
GROWING = indicator(kind="directional", trajectory="none")


@pytest.mark.parametrize(
    ("what", "target", "read", "expected", "status"),
    [
        # counted within the year, linear: 30 by December is 2.5 a month, 22.5 by September
        (COUNT, goal(30), reading(30), 22.5, "met"),
        (COUNT, goal(30), reading(23), 22.5, "on_track"),
        (COUNT, goal(30), reading(22), 22.5, "behind"),
        (COUNT, goal(30), reading(0, "2024-01"), 2.5, "behind"),
        (COUNT, goal(12), reading(9), 9.0, "on_track"),
        # due in June: the line is at its target from June on
        (COUNT, goal(12, due_month="2024-06"), reading(6, "2024-03"), 6.0, "on_track"),
        (COUNT, goal(12, due_month="2024-06"), reading(11), 12.0, "behind"),
        # planned: what the projects' own plans call for
        (PLANNED, goal(24), reading(15, planned=17.0), 17.0, "behind"),
        (PLANNED, goal(24), reading(17, planned=17.0), 17.0, "on_track"),
        (PLANNED, goal(24), reading(24, planned=24.0), 24.0, "met"),
        (PLANNED, goal(24), reading(0, "2024-01", planned=0.0), 0.0, "not_due"),
        # milestones are planned steps: one of four due by September
        (PLANNED, goal(4, "reach"), reading(1, planned=1.0), 1.0, "on_track"),
        (PLANNED, goal(4, "reach"), reading(1, planned=2.0), 2.0, "behind"),
        (PLANNED, goal(4, "reach"), reading(4, planned=4.0), 4.0, "met"),
        # a level rising from 90 to 96 within the year: 94.5 by September
        (LEVEL_LINEAR, goal(96), reading(94.5, baseline=90.0), 94.5, "on_track"),
        (LEVEL_LINEAR, goal(96), reading(94.4, baseline=90.0), 94.5, "behind"),
        (LEVEL_LINEAR, goal(96), reading(96.0, baseline=90.0), 94.5, "met"),
        (LEVEL_LINEAR, goal(96), reading(95.0), None, "not_due"),
        (STOCK_RATE, goal(100), reading(97.0, baseline=88.0), 97.0, "on_track"),
        # a level that must hold all year
        (LEVEL_ALWAYS, goal(100), reading(100.0), 100.0, "met"),
        (LEVEL_ALWAYS, goal(100), reading(99.9), 100.0, "behind"),
        # measured in autumn: not due before, then met or behind
        (
            LEVEL_SEASONAL,
            goal(95),
            reading(94.0, "2024-08", period="2023-09"),
            None,
            "not_due",
        ),
        (LEVEL_SEASONAL, goal(95), reading(95.0), 95.0, "met"),
        (LEVEL_SEASONAL, goal(95), reading(94.9), 95.0, "behind"),
        (FITNESS, goal(70), reading(71.0, period="2023-11"), None, "not_due"),
        # the season is over and nobody has reported: no status, rather than a bad one
        (FITNESS, goal(70), reading(71.0, "2024-12", period="2023-11"), 70.0, None),
        # two rounds a year: one is expected from May, both from September
        (ROUNDS, goal(2), reading(0.0, "2024-04"), None, "not_due"),
        (ROUNDS, goal(2), reading(1.0, "2024-06"), 1.0, "on_track"),
        (ROUNDS, goal(2), reading(1.0), 2.0, "behind"),
        (ROUNDS, goal(2), reading(2.0), 2.0, "met"),
        # a change against the same season: at least one point down
        (MYOPIA, goal(-1, "<="), reading(-1.1), -1, "met"),
        (MYOPIA, goal(-1, "<="), reading(-0.4), -1, "behind"),
        (MYOPIA, goal(-1, "<="), reading(-1.4, "2024-03", period="2023-09"), None, "not_due"),
        # a number of counties
        (COUNTIES, goal(6), reading(5), 4.5, "on_track"),
        (COUNTIES, goal(6), reading(4), 4.5, "behind"),
        (COUNTIES, goal(6), reading(6), 4.5, "met"),
        # directions: against the same season of the year before
        (HIGHER, goal(None, "increase"), reading(12.0, previous=11.0), 11.0, "met"),
        (HIGHER, goal(None, "increase"), reading(11.0, previous=11.0), 11.0, "behind"),
        (HIGHER, goal(None, "increase"), reading(11.0), None, None),
        (LOWER, goal(None, "decrease"), reading(30.0, previous=31.0), 31.0, "met"),
        (LOWER, goal(None, "decrease"), reading(31.5, previous=31.0), 31.0, "behind"),
        (STABLE, goal(None, "stable"), reading(59.0, previous=57.5), 57.5, "met"),
        (STABLE, goal(None, "stable"), reading(60.0, previous=57.5), 57.5, "behind"),
        # … and in the course of the year: on track until it is due
        (GROWING, goal(None, "increase"), reading(8, previous=7.0), 7.0, "on_track"),
        (GROWING, goal(None, "increase"), reading(6, previous=7.0), 7.0, "behind"),
        (GROWING, goal(None, "increase"), reading(8, "2024-12", previous=7.0), 7.0, "met"),
        # missing is never zero
        (COUNT, goal(30), reading(None), 22.5, None),
        (LEVEL_ALWAYS, goal(100), reading(None), 100.0, None),
        (PLANNED, goal(24), reading(None), None, None),
    ],
)
def test_status_follows_value_target_and_pace(
    what: Indicator, target: Goal, read: Reading, expected: float | None, status: str | None
) -> None:
    assessment = assess(what, target, read)
    assert assessment.status == status
    if expected is None:
        assert assessment.expected is None
    else:
        assert assessment.expected == pytest.approx(expected)


def test_without_a_goal_nothing_is_judged() -> None:
    assert assess(COUNT, None, reading(5)).status is None


def test_a_linear_pace_is_continued_to_december() -> None:
    assessment = assess(COUNT, goal(30), reading(18))
    assert assessment.forecast == pytest.approx(24)
    assert assessment.forecast_method is ForecastMethod.PACE


def test_a_share_is_never_forecast_beyond_the_whole() -> None:
    assessment = assess(LEVEL_LINEAR, goal(100), reading(99.0, baseline=90.0))
    assert assessment.forecast == 100


def test_a_plan_is_forecast_as_done_plus_what_remains_of_the_plan() -> None:
    assessment = assess(PLANNED, goal(24), reading(15, planned=17.0, planned_total=24.0))
    assert assessment.forecast == pytest.approx(22)
    assert assessment.forecast_method is ForecastMethod.PLAN


@pytest.mark.parametrize("what", [LEVEL_SEASONAL, LEVEL_ALWAYS, MYOPIA, HIGHER])
def test_no_forecast_where_the_trajectory_allows_none(what: Indicator) -> None:
    assessment = assess(what, goal(95), reading(94.0, previous=93.0, baseline=93.0))
    assert assessment.forecast is None


def test_sums_of_decimals_reach_their_line() -> None:
    assert reaches(0.1 + 0.2, 0.3, ">=")
    assert reaches(0.3, 0.1 + 0.2, "<=")


@pytest.mark.parametrize(
    ("state", "as_of", "status"),
    [
        ("done", "2024-03", Status.MET),
        ("done", "2024-12", Status.MET),
        ("in_progress", "2024-05", Status.ON_TRACK),
        ("not_started", "2024-05", Status.NOT_DUE),
        ("in_progress", "2024-06", Status.BEHIND),  # the month is over when it is looked at
        ("not_started", "2024-07", Status.BEHIND),
        (None, "2024-05", None),
        (None, "2024-07", None),  # overdue or done: nobody has said
    ],
)
def test_a_task_due_in_june_stands_where_its_last_report_says(
    state: str | None, as_of: str, status: Status | None
) -> None:
    assert assess_task(state, "2024-06", as_of) is status


def test_statuses_are_listed_in_the_official_order() -> None:
    assert [str(status) for status in Status] == ["met", "on_track", "near", "behind", "not_due"]


@pytest.mark.parametrize(
    ("month", "due_month", "share"),
    [
        ("2024-01", "2024-12", 1 / 12),
        ("2024-09", "2024-12", 0.75),
        ("2024-03", "2024-06", 0.5),
        ("2024-09", "2024-06", 1.0),
        ("2023-12", "2024-12", 0.0),
    ],
)
def test_an_even_pace_rises_in_equal_steps_to_the_due_month(
    month: str, due_month: str, share: float
) -> None:
    assert even_share(month, due_month) == pytest.approx(share)

"""The status rule, row by row, on examples worked out by hand."""

from __future__ import annotations

from typing import Any

import pytest

from dashboard import settings
from dashboard.catalogue import Indicator, load_catalogue
from dashboard.indicators.pace import share_due
from dashboard.indicators.status import (
    Assessment,
    ForecastMethod,
    Goal,
    Measurement,
    Nearness,
    Status,
    assess_task,
    reaches,
)
from dashboard.indicators.status import assess as assess_with

NEARNESS = Nearness.of(load_catalogue(settings.QUERIES_DIR / "indicators").thresholds)

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


def goal(
    target: float | None, comparator: str = ">=", due_month: str = "2024-12", **fields: Any
) -> Goal:
    return Goal(comparator, target, due_month, **fields)


def assess(what: Indicator, target: Goal | None, read: Measurement) -> Assessment:
    """The rule with the tolerances of common.yml."""
    return assess_with(what, target, read, NEARNESS)


def reading(value: float | None, as_of: str = "2024-09", **fields: Any) -> Measurement:
    return Measurement(**{"as_of": as_of, "period": as_of, "value": value, **fields})


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
    kind="count",
    measure="flow",
    denominator="base",
    decimals=1,
    season=(5, 9),
    trajectory="seasonal",
)
MYOPIA = indicator(
    **{**RATE, "kind": "change", "decimals": 2},
    measure="level",
    cadence="half_yearly",
    direction="lower",
    season=(5, 9),
    judged=(9,),
    trajectory="seasonal",
)
COUNTIES = indicator(kind="county_count", scope="city")
DIRECTIONAL = {"kind": "directional", "measure": "level", "cadence": "yearly", "decimals": 1}
DIRECTED_SHARE = {**DIRECTIONAL, "denominator": "base", "scale": 100}
AUTUMN = {"season": (9,), "trajectory": "seasonal"}
HIGHER = indicator(**DIRECTED_SHARE, **AUTUMN)
LOWER = indicator(**DIRECTED_SHARE, **AUTUMN, direction="lower")
STABLE = indicator(**DIRECTED_SHARE, **AUTUMN, direction="stable", tolerance=2.0)
GROWING = indicator(kind="directional", trajectory="none")
OVERSIZED = indicator(**{**DIRECTIONAL, "decimals": 0}, **AUTUMN, direction="lower")
PER_CLASS = indicator(**{**DIRECTIONAL, "decimals": 2}, **AUTUMN, denominator="base", people=True)
MONEY = indicator(denominator="plan", trajectory="planned", decimals=2)
BATCHES = indicator(trajectory="batches")
# what two years before had brought by the end of each month: 15 in April, 9 in October, 6 after
PROFILE = (0, 0, 0, 15, 15, 15, 15, 15, 15, 24, 24, 30)
RETENTION = indicator(
    **RATE, measure="level", cadence="yearly", season=(8,), judged=(12,), trajectory="seasonal"
)
SOME: dict[str, Any] = {"comparator": "increase", "basis": "reading"}
SENIOR_TITLES = indicator(kind="directional", measure="level", cadence="yearly", **AUTUMN)


@pytest.mark.parametrize(
    ("what", "target", "read", "expected", "status"),
    [
        # counted within the year, linear: 30 by December is 22.5 by September, and half a thing
        # is nothing: 22
        (COUNT, goal(30), reading(30), 22, "met"),
        (COUNT, goal(30), reading(23), 22, "on_track"),
        (COUNT, goal(30), reading(22), 22, "on_track"),
        (COUNT, goal(30), reading(0, "2024-01"), 2, "behind"),
        # 7.5 schools, 37.5 lectures and 4.5 classes decide nothing
        (COUNT, goal(10), reading(7), 7, "on_track"),
        (COUNT, goal(50), reading(37), 37, "on_track"),
        (COUNT, goal(6), reading(4), 4, "on_track"),
        (COUNT, goal(6), reading(3), 4, "behind"),
        # nothing due yet and nothing there: 4 by December is 0.67 by February
        (COUNT, goal(4), reading(0, "2024-02"), 0, "not_due"),
        (COUNT, goal(4), reading(1, "2024-02"), 0, "on_track"),
        # nothing to do is nothing done
        (COUNT, goal(0), reading(0), None, None),
        (COUNT, goal(0), reading(2), None, None),
        (PLANNED, goal(0), reading(0, planned=0.0, planned_total=0.0), None, None),
        (OVERSIZED, goal(0, "<="), reading(0), 0, "met"),  # none at most is something to do
        (COUNT, goal(12), reading(9), 9.0, "on_track"),
        # due in June: the line is at its target from June on
        (COUNT, goal(12, due_month="2024-06"), reading(6, "2024-03"), 6.0, "on_track"),
        (COUNT, goal(12, due_month="2024-06"), reading(11), 12.0, "behind"),
        # near: one thing where five or more were due, 5% where more than 20 were
        (COUNT, goal(30), reading(21), 22, "near"),  # 5% of 22 is 1.1
        (COUNT, goal(30), reading(20), 22, "behind"),
        (COUNT, goal(80), reading(57), 60, "near"),  # 5% of 60 is 3
        (COUNT, goal(80), reading(56), 60, "behind"),
        (COUNT, goal(26), reading(18), 19, "near"),
        (COUNT, goal(26), reading(17), 19, "behind"),
        (COUNT, goal(27), reading(19), 20, "near"),
        (COUNT, goal(27), reading(18), 20, "behind"),
        (COUNT, goal(7), reading(4), 5, "near"),
        (COUNT, goal(6), reading(3), 4, "behind"),  # below five any shortfall is behind
        (COUNT, goal(30), reading(29, "2024-12"), 30, "behind"),  # due: no thing is near
        (indicator(near=3), goal(30), reading(19), 22, "near"),  # an indicator's own tolerance
        (indicator(near=0), goal(30), reading(21), 22, "behind"),
        # 2% of what was due for rates and money
        (MONEY, goal(20), reading(14.21, planned=14.49), 14.49, "near"),  # 14.2002 at least
        (MONEY, goal(20), reading(14.2, planned=14.49), 14.49, "behind"),
        # batches: 15 of 30 by September in the years before, half of the 40 asked for
        (BATCHES, goal(40), reading(20, profile=PROFILE), 20, "on_track"),
        (BATCHES, goal(40), reading(19, profile=PROFILE), 20, "near"),
        (BATCHES, goal(40), reading(18, profile=PROFILE), 20, "behind"),
        (BATCHES, goal(40), reading(0, "2024-03", profile=PROFILE), 0, "not_due"),
        (BATCHES, goal(40), reading(32, "2024-11", profile=PROFILE), 32, "on_track"),
        (BATCHES, goal(41), reading(20, profile=PROFILE), 20, "on_track"),  # 20.5 is 20
        # … due in October: 15 of the 24 that had come by then
        (BATCHES, goal(24, due_month="2024-10"), reading(15, profile=PROFILE), 15, "on_track"),
        # … with no year before: not due before October, then in equal steps
        (BATCHES, goal(40), reading(3), None, "not_due"),
        (BATCHES, goal(40), reading(33, "2024-10"), 33, "on_track"),
        (BATCHES, goal(40), reading(30, "2024-10"), 33, "behind"),
        (BATCHES, goal(40), reading(40), None, "met"),
        # … of a stock: the way from the year's beginning, 90 to 100
        (
            indicator(**RATE, measure="stock", trajectory="batches"),
            goal(100),
            reading(95.0, baseline=90.0, profile=PROFILE),
            95.0,
            "on_track",
        ),
        # planned: what the projects' own plans call for
        (PLANNED, goal(24), reading(15, planned=17.0), 17.0, "behind"),
        (PLANNED, goal(24), reading(16, planned=17.0), 17.0, "near"),
        (PLANNED, goal(52), reading(47, planned=49.0), 49.0, "near"),
        (PLANNED, goal(24), reading(17, planned=17.0), 17.0, "on_track"),
        (PLANNED, goal(24), reading(24, planned=24.0), 24.0, "met"),
        (PLANNED, goal(24), reading(0, "2024-01", planned=0.0), 0.0, "not_due"),
        # milestones are planned steps: one of four due by September
        (PLANNED, goal(4, "reach"), reading(1, planned=1.0), 1.0, "on_track"),
        (PLANNED, goal(4, "reach"), reading(1, planned=2.0), 2.0, "behind"),
        (PLANNED, goal(4, "reach"), reading(4, planned=4.0), 4.0, "met"),
        # a level rising from 90 to 96 within the year: 94.5 by September
        (LEVEL_LINEAR, goal(96), reading(94.5, baseline=90.0), 94.5, "on_track"),
        (LEVEL_LINEAR, goal(96), reading(94.45, baseline=90.0), 94.5, "on_track"),  # reads 94.5
        (LEVEL_LINEAR, goal(96), reading(94.4, baseline=90.0), 94.5, "near"),
        (LEVEL_LINEAR, goal(96), reading(92.6, baseline=90.0), 94.5, "behind"),
        (LEVEL_LINEAR, goal(96), reading(96.0, baseline=90.0), 94.5, "met"),
        (LEVEL_LINEAR, goal(96), reading(95.0), None, "not_due"),
        (STOCK_RATE, goal(100), reading(97.0, baseline=88.0), 97.0, "on_track"),
        # a level that must hold all year
        (LEVEL_ALWAYS, goal(100), reading(100.0), 100.0, "met"),
        (LEVEL_ALWAYS, goal(100), reading(99.97), 100.0, "near"),  # written 99.97%: not all
        (LEVEL_ALWAYS, goal(100), reading(98.0), 100.0, "near"),
        (LEVEL_ALWAYS, goal(100), reading(97.9), 100.0, "behind"),
        (LEVEL_ALWAYS, goal(100), reading(99.9, "2024-12"), 100.0, "near"),
        # measured in autumn: not due before, then met or behind
        (
            LEVEL_SEASONAL,
            goal(95),
            reading(94.0, "2024-08", period="2023-09"),
            None,
            "not_due",
        ),
        (LEVEL_SEASONAL, goal(95), reading(95.0), 95.0, "met"),
        (LEVEL_SEASONAL, goal(95), reading(94.96), 95.0, "met"),  # reads 95.0, as the target
        (LEVEL_SEASONAL, goal(95), reading(94.9), 95.0, "near"),
        (LEVEL_SEASONAL, goal(95), reading(93.0), 95.0, "behind"),  # 93.1 is 2% less
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
        (MYOPIA, goal(-1, "<="), reading(-0.98), -1, "near"),
        (MYOPIA, goal(-1, "<="), reading(-0.996), -1, "met"),  # reads −1.00
        (MYOPIA, goal(-1, "<="), reading(-1.4, "2024-03", period="2023-09"), None, "not_due"),
        # … of the autumn round alone
        (MYOPIA, goal(-1, "<="), reading(-1.4, "2024-06", period="2024-05"), None, "not_due"),
        (MYOPIA, goal(-1, "<="), reading(-1.4, "2024-10", period="2024-05"), -1, None),
        # the figure of August is not held against a target due in December
        (RETENTION, goal(27), reading(26.3, "2024-09", period="2024-08"), None, "not_due"),
        (RETENTION, goal(27), reading(27.5, "2024-09", period="2024-08"), None, "not_due"),
        (RETENTION, goal(27), reading(26.3, "2024-12", period="2024-08"), 27, None),
        (RETENTION, goal(27), reading(27.1, "2024-12", period="2024-12"), 27, "met"),
        # a number of counties
        (COUNTIES, goal(6), reading(5), 4, "on_track"),
        (COUNTIES, goal(6), reading(4), 4, "on_track"),
        (COUNTIES, goal(6), reading(3), 4, "behind"),
        (COUNTIES, goal(6), reading(6), 4, "met"),
        # directions: against the same season of the year before
        (HIGHER, goal(None, "increase"), reading(12.0, previous=11.0), 11.0, "met"),
        (HIGHER, goal(None, "increase"), reading(11.0, previous=11.0), 11.0, "on_track"),  # 持平
        (HIGHER, goal(None, "increase"), reading(10.96, previous=11.04), 11.04, "on_track"),
        (HIGHER, goal(None, "increase"), reading(10.8, previous=11.0), 11.0, "near"),
        (HIGHER, goal(None, "increase"), reading(10.7, previous=11.0), 11.0, "behind"),
        (HIGHER, goal(None, "increase"), reading(100.0, previous=100.0), 100.0, "met"),
        (HIGHER, goal(None, "increase"), reading(100.0), None, "met"),  # the best there is
        (HIGHER, goal(None, "increase"), reading(99.97, previous=100.0), 100.0, "near"),
        (PER_CLASS, goal(None, "increase"), reading(2.572, previous=2.573), 2.573, "on_track"),
        (OVERSIZED, goal(None, "decrease"), reading(0, previous=0), 0, "met"),
        (OVERSIZED, goal(None, "decrease"), reading(3, previous=3), 3, "on_track"),
        (OVERSIZED, goal(None, "decrease"), reading(2, previous=3), 3, "met"),
        (OVERSIZED, goal(None, "decrease"), reading(4, previous=3), 3, "behind"),
        (OVERSIZED, goal(None, "decrease"), reading(8, previous=7), 7, "near"),
        (
            OVERSIZED,
            goal(None, "decrease"),
            reading(8, "2024-12", period="2024-09", previous=7),
            7,
            "behind",
        ),
        (HIGHER, goal(None, "increase"), reading(11.0), None, None),
        (LOWER, goal(None, "decrease"), reading(30.0, previous=31.0), 31.0, "met"),
        (LOWER, goal(None, "decrease"), reading(31.5, previous=31.0), 31.0, "near"),
        (LOWER, goal(None, "decrease"), reading(31.7, previous=31.0), 31.0, "behind"),
        (STABLE, goal(None, "stable"), reading(59.0, previous=57.5), 57.5, "met"),
        (STABLE, goal(None, "stable"), reading(60.0, previous=57.5), 57.5, "behind"),
        # … and in the course of the year: on track until it is due
        (GROWING, goal(None, "increase"), reading(8, previous=7.0), 7.0, "on_track"),
        (GROWING, goal(None, "increase"), reading(5, previous=7.0), 7.0, "behind"),
        (GROWING, goal(None, "increase"), reading(8, "2024-12", previous=7.0), 7.0, "met"),
        (GROWING, goal(None, "increase"), reading(7, "2024-12", previous=7.0), 7.0, "on_track"),
        # the plan asks for some (一批): one is enough, and more is never demanded
        (GROWING, goal(None, **SOME), reading(24, previous=34.0), None, "met"),
        (GROWING, goal(None, **SOME), reading(1, "2024-03", previous=34.0), None, "met"),
        (GROWING, goal(None, **SOME), reading(0, "2024-11", previous=34.0), None, "not_due"),
        (GROWING, goal(None, **SOME), reading(0, "2024-12", previous=0.0), None, "behind"),
        (SENIOR_TITLES, goal(None, **SOME), reading(0, previous=2.0), None, "behind"),
        # nothing is judged before the plan is published, in March
        (COUNT, goal(30, judged_from="2024-03"), reading(0, "2024-02"), 5, "not_due"),
        (COUNT, goal(30, judged_from="2024-03"), reading(30, "2024-02"), 5, "not_due"),
        (COUNT, goal(30, judged_from="2024-03"), reading(2, "2024-03"), 7, "behind"),
        # a part is missing: no status, but for what the part could only add to
        (COUNT, goal(30), reading(29, is_incomplete=True), 22, None),
        (COUNT, goal(30), reading(30, is_incomplete=True), 22, "met"),
        (COUNT, goal(5, "<="), reading(4, is_incomplete=True), 3, None),
        (LEVEL_ALWAYS, goal(95), reading(96.0, is_incomplete=True), 95, None),
        (GROWING, goal(None, **SOME), reading(1, is_incomplete=True), None, "met"),
        (GROWING, goal(None, **SOME), reading(0, is_incomplete=True), None, None),
        # missing is never zero
        (COUNT, goal(30), reading(None), 22, None),
        (LEVEL_ALWAYS, goal(100), reading(None), 100.0, None),
        (PLANNED, goal(24), reading(None), None, None),
    ],
)
def test_status_follows_value_target_and_pace(
    what: Indicator, target: Goal, read: Measurement, expected: float | None, status: str | None
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


def test_things_are_forecast_whole() -> None:
    assert assess(COUNT, goal(50), reading(31)).forecast == 41  # 41.33


def test_batches_are_forecast_by_the_years_before_and_as_many_as_the_plan_lists() -> None:
    assessment = assess(BATCHES, goal(40), reading(18, profile=PROFILE))
    assert (assessment.forecast, assessment.forecast_method) == (36, ForecastMethod.HISTORY)
    assert assess(BATCHES, goal(30), reading(30, profile=PROFILE)).forecast == 30  # not 60
    assert assess(BATCHES, goal(30), reading(31, profile=PROFILE)).forecast == 31
    assert assess(BATCHES, goal(30), reading(9)).forecast is None


def test_no_more_counties_are_forecast_than_there_are() -> None:
    assert assess(COUNTIES, goal(6), reading(5, highest=6)).forecast == 6  # not 6.7


def test_what_is_incomplete_is_not_forecast() -> None:
    assert assess(COUNT, goal(30), reading(18, is_incomplete=True)).forecast is None


def test_a_share_is_never_forecast_beyond_the_whole() -> None:
    assessment = assess(LEVEL_LINEAR, goal(100), reading(99.0, baseline=90.0))
    assert assessment.forecast == 100


def test_a_plan_is_forecast_as_done_plus_what_remains_of_the_plan() -> None:
    assessment = assess(PLANNED, goal(24), reading(15, planned=17.0, planned_total=24.0))
    assert assessment.forecast == pytest.approx(22)
    assert assessment.forecast_method is ForecastMethod.PLAN
    ahead = assess(PLANNED, goal(24), reading(19, planned=17.0, planned_total=24.0))
    assert ahead.forecast == 24  # not the 26 that the plan does not have


@pytest.mark.parametrize("what", [LEVEL_SEASONAL, LEVEL_ALWAYS, MYOPIA, HIGHER])
def test_no_forecast_where_the_trajectory_allows_none(what: Indicator) -> None:
    assessment = assess(what, goal(95), reading(94.0, previous=93.0, baseline=93.0))
    assert assessment.forecast is None


def test_sums_of_decimals_reach_their_line() -> None:
    assert reaches(0.1 + 0.2, 0.3, wants_more=True)
    assert reaches(0.3, 0.1 + 0.2, wants_more=False)


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


def test_no_task_is_judged_before_the_plan_is_published() -> None:
    assert assess_task("done", "2024-12", "2024-02", "2024-03") is Status.NOT_DUE
    assert assess_task("done", "2024-12", "2024-03", "2024-03") is Status.MET
    assert assess_task(None, "2024-12", "2024-02", "2024-03") is None


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
    assert share_due(COUNT, due_month, month) == pytest.approx(share)

"""Growth in percent, judged by the things that it takes: nobody can set up half a station.

「新增……10%」 of 34 stations is 3.4 of them, and so four: a target is rounded up to whole things.
Value, target and expected value stay in percent; what decides is how many there are and should be.
"""

from __future__ import annotations

from dataclasses import replace

import msgspec

from dashboard.catalogue import Indicator
from dashboard.indicators.status import Assessment, Goal, Measurement, Nearness, assess
from dashboard.indicators.sums import Sums
from dashboard.rounding import rounded_up


def is_growth(indicator: Indicator) -> bool:
    """Whether an indicator is what a year adds to the things there were, in percent."""
    return (
        indicator.kind == "rate" and indicator.denominator == "base" and indicator.measure == "flow"
    )


def things_needed(indicator: Indicator, target: float, base: float) -> int:
    """Return how many whole things it takes to grow from ``base`` things by ``target`` percent."""
    return int(rounded_up(target / indicator.scale * base))


def assess_growth(
    indicator: Indicator, goal: Goal | None, reading: Measurement, sums: Sums, nearness: Nearness
) -> Assessment:
    """Judge the things added against those needed; what is expected comes back in percent."""
    base = sums.denominator
    if goal is None or goal.target is None or reading.value is None or not base:
        return assess(indicator, goal, reading, nearness)
    needed = float(things_needed(indicator, goal.target, base))
    things = msgspec.structs.replace(
        indicator, kind="count", denominator="none", scale=1.0, decimals=0
    )
    counted = assess(
        things,
        replace(goal, target=needed),
        replace(reading, value=sums.numerator or 0.0),
        nearness,
    )

    def percent(number: float | None) -> float | None:
        return None if number is None else number / base * indicator.scale

    return replace(counted, expected=percent(counted.expected), forecast=percent(counted.forecast))

"""With how many decimals an indicator's value is written; what is judged is what is written."""

from __future__ import annotations

from dashboard.catalogue import Indicator
from dashboard.rounding import DUST, rounded

MORE_DECIMALS = 2  # for a rate that would read as all, or as none, and is neither


def counts_things(indicator: Indicator) -> bool:
    """Whether the value is a number of single things, of which there is no half."""
    return indicator.denominator != "base" and indicator.decimals == 0


def whole(indicator: Indicator) -> float | None:
    """Return most that a share can be, all of what it is a share of; None for what is no share."""
    is_share = (
        indicator.denominator == "base"
        and indicator.scale == 100
        and indicator.measure != "flow"
        and indicator.kind != "change"
    )
    return indicator.scale if is_share else None


def decimals_of(indicator: Indicator, value: float) -> int:
    """Return the decimals of the catalogue, or more where they would tell an untruth.

    99.97% of the pupils are not 100%, and 0.03% are not none of them.
    """
    if indicator.denominator != "base" or indicator.kind == "change":
        return indicator.decimals
    ends = (0.0, whole(indicator))
    for more in range(MORE_DECIMALS):
        number = rounded(value, indicator.decimals + more)
        if number not in ends or abs(value - number) < DUST:
            return indicator.decimals + more
    return indicator.decimals + MORE_DECIMALS


def printed(indicator: Indicator, value: float) -> float:
    """Return a value as it is written."""
    return rounded(value, decimals_of(indicator, value))

"""At which place a county stands among the counties, and how far it is to the best.

The counties with an area are ranked; the city's own schools (市直) are not one of them. Rates are
compared as they are; counts, which grow with a county's size, by the share of the county's own
target that is reached. Counts without own targets, milestones and indicators that are to stay
stable have no best county and no places; a county whose figure is provisional has none either.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import median

import pandas as pd

from dashboard.cards.asked import wants_less, wants_stable
from dashboard.cards.context import Context
from dashboard.frames import Row, records

LEAST_COMPARED = 2


@dataclass(frozen=True)
class Rank:
    """A county's place; scores and distances as :func:`score` counts them."""

    place: int  # 1 is best; equal counties share a place
    counties: int  # how many have a score
    better: int  # how many counties have a strictly better one
    worse: int
    best: str  # the best county, the first in the official order where several are
    distance: float  # to the best county, never negative
    margin: float  # above the middle county, as a share of the way from the worst to the best


def is_completion(context: Context, indicator_id: str) -> bool:
    """Whether counties are compared by the share of their own targets that is reached."""
    indicator = context.indicator(indicator_id)
    return indicator.denominator != "base"


def score(context: Context, indicator_id: str, row: Row) -> float | None:
    """Return what a county, or the city, is compared by.

    Its rate, or the share of its target in percent.

    None where there is no complete value or nothing to compare by.
    """
    indicator = context.indicator(indicator_id)
    value, target = row["value"], row["target"]
    if value is None or row["missing_periods"] or indicator.kind == "milestone":
        return None
    if not is_completion(context, indicator_id):
        return float(value)
    if target is None or not target:
        return None
    return float(value) / float(target) * 100


def scores(context: Context, indicator_id: str, rows: Iterable[Row]) -> dict[str, float]:
    """Return the ranked counties' scores by county; none where there is no better and worse."""
    if wants_stable(context, indicator_id):
        return {}
    ranked = [row for row in rows if row["county_id"] in context.ranked]
    found = {row["county_id"]: score(context, indicator_id, row) for row in ranked}
    return {county: value for county, value in found.items() if value is not None}


def place(context: Context, indicator_id: str, standings: pd.DataFrame, county: str) -> Rank | None:
    """Return a county's place in the rows of an indicator; None where it has none."""
    return place_among(
        context, indicator_id, scores(context, indicator_id, records(standings)), county
    )


def place_among(
    context: Context, indicator_id: str, found: Mapping[str, float], county: str
) -> Rank | None:
    """Return a county's place among scores; None where it has none or nobody to compare with."""
    if county not in found or len(found) < LEAST_COMPARED:
        return None
    sign = -1.0 if wants_less(context, indicator_id) else 1.0
    own = sign * found[county]
    good = {other: sign * value for other, value in found.items()}
    best = max(good, key=good.__getitem__)
    spread = good[best] - min(good.values())
    better = sum(value > own for value in good.values())
    return Rank(
        place=better + 1,
        counties=len(found),
        better=better,
        worse=sum(value < own for value in good.values()),
        best=best,
        distance=good[best] - own,
        margin=(own - median(good.values())) / spread if spread else 0.0,
    )

"""How an indicator's value differs from the one that stood at another month, and why it may not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import pandas as pd

from dashboard.catalogue import Indicator
from dashboard.data import Database
from dashboard.filters import CITY, shift_month
from dashboard.frames import Row
from dashboard.indicators.comparable import AreaCompared, comparisons
from dashboard.indicators.indicator_month import (
    NOT_APPLICABLE,
    PROVISIONAL,
    SUPPRESSED,
    UNAVAILABLE,
)
from dashboard.indicators.snapshot import snapshot
from dashboard.indicators.sums import Schools, ratio
from dashboard.indicators.values import county_ids, together, unit_rows


class Obstacle(StrEnum):
    """Why there is no difference between two months."""

    NOT_APPLICABLE = "not applicable"  # there can be no value at one of them
    MISSING_NOW = "missing now"
    MISSING_THEN = "missing then"
    INCOMPLETE_NOW = "incomplete now"  # a part of it is not in: see its missing_periods
    INCOMPLETE_THEN = "incomplete then"
    WITHHELD = "withheld"  # too few people to be shown, at one of them
    SAME_MEASUREMENT = "same measurement"  # nothing has been measured in between
    COUNTED_ANEW = "counted anew"  # a count begins again in January, for other months of the year
    IS_CHANGE = "is a change"  # the value is a difference itself; both are shown, and no third


@dataclass(frozen=True)
class Change:
    """An indicator at the chosen month and at the one compared with, in its own unit."""

    compared: float | None  # what stood at the month compared with; none where it does not compare
    compared_period: str | None
    difference: float | None
    obstacle: Obstacle | None
    left_out: tuple[str, ...] = ()  # chosen counties with a value at only one of the months
    schools: Schools | None = None  # what is measured at schools: how many of them compare
    missing_periods: tuple[str, ...] = ()  # what is not in, UNIT:YYYY-MM, where that is in the way


def unit_change(
    database: Database, indicator_id: str, as_of: str, compared_month: str, unit: str
) -> Change:
    """Return the change of one unit, or of the city for ``all``."""
    if unit == CITY:
        return joint_change(database, indicator_id, as_of, compared_month, ())
    months = (as_of, compared_month)
    now, then = (unit_rows(database, month)[indicator_id][unit] for month in months)
    comparison = _comparison(database, indicator_id, *months, county_ids(database), unit)
    return _change(database, indicator_id, *months, now, then, comparison)


def joint_change(
    database: Database,
    indicator_id: str,
    as_of: str,
    compared_month: str,
    counties: Sequence[str],
) -> Change:
    """Return the change of the chosen counties together, none meaning the whole city.

    Only counties with a value at both months count, and of what is measured at schools only the
    schools that compare, so that like is compared with like; where a county owes a part of either,
    nothing is compared.
    """
    months = (as_of, compared_month)
    chosen = [unit for unit in county_ids(database) if not counties or unit in counties]
    now, then = (together(database, month, chosen)[indicator_id] for month in months)
    if now["missing_periods"] or then["missing_periods"]:
        comparison = _comparison(database, indicator_id, *months, chosen, CITY)
        return _change(database, indicator_id, *months, now, then, comparison)
    with_value = [
        {unit for unit in chosen if _has_figure(unit_rows(database, month)[indicator_id][unit])}
        for month in months
    ]
    both = with_value[0] & with_value[1]
    is_like = with_value[0] == with_value[1] or not both
    alike = chosen if is_like else [unit for unit in chosen if unit in both]
    now, then = (together(database, month, alike)[indicator_id] for month in months)
    left_out = () if is_like else tuple(u for u in chosen if u in with_value[0] ^ with_value[1])
    comparison = _comparison(database, indicator_id, *months, alike, CITY)
    return _change(database, indicator_id, *months, now, then, comparison, left_out)


def _comparison(
    database: Database,
    indicator_id: str,
    as_of: str,
    compared_month: str,
    counties: Sequence[str],
    area: str,
) -> AreaCompared | None:
    """Return what compares between two months.

    For a value that is a change, what it is itself over.
    """
    is_change = database.catalogue.indicator(indicator_id).kind == "change"
    found = comparisons(
        database,
        as_of,
        shift_month(as_of, -12) if is_change else compared_month,
        [indicator_id],
        counties,
        is_same_season=is_change,
    )
    return found.get(indicator_id, {}).get(area)


def _has_figure(row: Row) -> bool:
    """Whether a county has a value; one that is withheld counts in a sum of many all the same."""
    return not pd.isna(row["value"]) or row["missing"] == SUPPRESSED


def _change(
    database: Database,
    indicator_id: str,
    as_of: str,
    compared_month: str,
    now: Row,
    then: Row,
    comparison: AreaCompared | None = None,
    left_out: tuple[str, ...] = (),
) -> Change:
    indicator = database.catalogue.indicator(indicator_id)
    obstacle = _obstacle(database, indicator, as_of, compared_month, now, then)
    value, before = now["value"], then["value"]
    if obstacle is None and comparison is not None:
        if comparison.is_unknown:
            obstacle = Obstacle.WITHHELD
        value = ratio(indicator, *comparison.now.of(now["numerator"], now["denominator"]))
        before = ratio(indicator, *comparison.then.of(then["numerator"], then["denominator"]))
        if obstacle is None and (value is None or before is None):  # no school is in both
            obstacle = Obstacle.MISSING_THEN
    incomplete = {Obstacle.INCOMPLETE_NOW: now, Obstacle.INCOMPLETE_THEN: then}
    has_value = obstacle in (None, Obstacle.SAME_MEASUREMENT, Obstacle.IS_CHANGE)
    has_schools = obstacle is None or indicator.kind == "change"
    return Change(
        compared=before if has_value else None,
        compared_period=then["period"],
        difference=value - before if obstacle is None else None,
        obstacle=obstacle,
        left_out=left_out if has_value else (),
        schools=comparison.schools if comparison is not None and has_schools else None,
        missing_periods=incomplete[obstacle]["missing_periods"] if obstacle in incomplete else (),
    )


def _obstacle(
    database: Database,
    indicator: Indicator,
    as_of: str,
    compared_month: str,
    now: Row,
    then: Row,
) -> Obstacle | None:
    if pd.isna(now["value"]):
        return _reason(now["missing"], Obstacle.MISSING_NOW)
    if _is_counted_anew(indicator, as_of, compared_month):
        return Obstacle.COUNTED_ANEW
    if now["missing"] == PROVISIONAL:
        return Obstacle.INCOMPLETE_NOW
    if pd.isna(then["value"]):
        return _reason(then["missing"], Obstacle.MISSING_THEN)
    if then["missing"] == PROVISIONAL:
        return Obstacle.INCOMPLETE_THEN
    if not _had_begun(database, indicator, as_of, compared_month):
        return Obstacle.MISSING_THEN
    if indicator.measure == "level" and now["period"] == then["period"]:
        return Obstacle.SAME_MEASUREMENT
    return Obstacle.IS_CHANGE if indicator.kind == "change" else None


def _reason(missing: str | None, unreported: Obstacle) -> Obstacle:
    if missing in (None, UNAVAILABLE):
        return unreported
    return Obstacle.NOT_APPLICABLE if missing == NOT_APPLICABLE else Obstacle.WITHHELD


def _is_counted_anew(indicator: Indicator, as_of: str, compared_month: str) -> bool:
    """Whether a count that begins in January would be compared with another part of a year.

    Projects and milestones are those of one year's plan: another year has others.
    """
    if as_of[:4] == compared_month[:4]:
        return False
    if indicator.denominator == "plan":
        return True
    return indicator.measure == "flow" and as_of[5:] != compared_month[5:]


def _had_begun(database: Database, indicator: Indicator, as_of: str, compared_month: str) -> bool:
    """Whether the exports had begun in the other year: nothing before them is unknown, not zero."""
    found = snapshot(database, compared_month)[indicator.indicator_id]
    return as_of[:4] == compared_month[:4] or bool(found.latest_period)

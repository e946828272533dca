"""Findings: sentences made by rules from the figures that the chart beside them shows.

No word judges; every number is formatted with the indicator's own decimals.
"""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from dashboard.cards.context import Context
from dashboard.cards.ranking import place
from dashboard.catalogue import SMALL_NUMBERS
from dashboard.filters import CITY
from dashboard.frames import Row, row_at
from dashboard.indicators import SUPPRESSED
from dashboard.status import Status


def standing_sentence(context: Context, indicator_id: str, geography: str, row: Row) -> str:
    """Say where an indicator stands against its target, its pace or the year before."""
    _ = context.language
    measure = context.text(indicator_id, "short")
    if row["missing"] == SUPPRESSED:
        return _("{geography}: {measure} withheld", geography=geography, measure=measure)
    if pd.isna(row["value"]):
        return _("{geography}: {measure} not reported", geography=geography, measure=measure)
    value = context.value(indicator_id, row["value"], sign=_is_change(context, indicator_id))
    parts = {"geography": geography, "measure": measure, "value": value}
    indicator = context.indicator(indicator_id)
    if row["status"] == Status.NOT_DUE and indicator.trajectory == "seasonal":
        return _(
            "{geography}: {measure} {value} ({period}); this year's figure is due in {month}",
            **parts,
            period=context.language.month(row["period"]),
            month=context.language.month(f"{context.filters.as_of[:4]}-{indicator.season[0]:02d}"),
        )
    if indicator.kind == "directional":
        return _directional_sentence(context, indicator_id, parts, row)
    return _target_sentence(context, indicator_id, parts, row)


def extreme_sentence(context: Context, indicator_id: str, standings: pd.DataFrame) -> str:
    """Name the county that stands worst; nothing where counties do not differ or have no value."""
    _ = context.language
    values = _county_values(standings)
    indicator = context.indicator(indicator_id)
    if len(set(values.values())) < 2 or indicator.direction == "stable":
        return ""
    if indicator.direction == "higher":
        worst = min(values, key=values.__getitem__)
        message = _("{county} lowest, {value}")
    else:
        worst = max(values, key=values.__getitem__)
        message = _("{county} highest, {value}")
    sign = _is_change(context, indicator_id)
    return message.format(
        county=context.county(worst),
        value=context.value(indicator_id, values[worst], sign=sign),
    )


def furthest_sentence(context: Context, indicator_id: str, standings: pd.DataFrame) -> str:
    """Name the county with the most missing to its own target; else the one that stands worst."""
    gaps = _county_values(standings, "gap_units")
    if context.indicator(indicator_id).denominator == "base" or not any(gaps.values()):
        return extreme_sentence(context, indicator_id, standings)
    worst = max(gaps, key=gaps.__getitem__)
    return context.language(
        "{county}: {gap}",
        county=context.county(worst),
        gap=gap_sentence(context, indicator_id, row_at(standings, worst)),
    )


def rank_sentence(context: Context, indicator_id: str, standings: pd.DataFrame, county: str) -> str:
    """Say at which place a county stands among the counties that have one; 1 is best."""
    found = place(context, indicator_id, standings, county)
    if found is None:
        return ""
    return context.language("place {place} of {count}", place=found.place, count=found.counties)


def _county_values(standings: pd.DataFrame, column: str = "value") -> dict[str, float]:
    """The counties' numbers that there are, in the frame's order, without the city's."""
    pairs = zip(standings["county_id"], standings[column], strict=True)
    return {county: float(value) for county, value in pairs if county != CITY and value == value}


def late_sentence(context: Context, late_counties: tuple[str, ...]) -> str:
    """Name the counties whose data are not in."""
    if not late_counties:
        return ""
    names = context.language.listed([context.county(county) for county in late_counties])
    return context.language("Not in yet: {counties}; totals are without them.", counties=names)


def withheld_sentence(context: Context, reasons: Iterable[str | None]) -> str:
    """Say what ``c`` means where a value is withheld; ``reasons`` is why values are missing."""
    if SUPPRESSED not in set(reasons):
        return ""
    fewest = context.database.catalogue.thresholds[SMALL_NUMBERS].value
    return context.language(
        "c: fewer than {count} people, or a number that would tell them; not shown.",
        count=context.language.number(fewest),
    )


def gap_sentence(context: Context, indicator_id: str, row: Row) -> str:
    """Say what is missing to the target in absolute terms: 还差7个项目."""
    _ = context.language
    if pd.isna(row["gap_units"]) or row["gap_units"] == 0:
        return ""
    indicator = context.indicator(indicator_id)
    if indicator.kind == "directional" and _reads_as_zero(context, indicator_id, row["gap"]):
        return ""
    if indicator.denominator != "base" and indicator.scale != 1:
        amount = context.value(indicator_id, row["gap"])
    else:
        counted = context.text(indicator_id, "counted")
        amount = context.language.quantity(row["gap_units"], counted)
    if indicator.kind == "directional":
        return _("{amount} short of a year before", amount=amount)
    return _("{amount} to go", amount=amount)


def sentence(context: Context, *parts: str) -> str:
    """Join the parts of a finding."""
    return context.language.pick("；", "; ").join(part for part in parts if part)


def _reads_as_zero(context: Context, indicator_id: str, difference: float) -> bool:
    """Whether a difference disappears at the indicator's decimals."""
    return round(abs(difference), context.indicator(indicator_id).decimals) == 0


def _is_change(context: Context, indicator_id: str) -> bool:
    return context.indicator(indicator_id).kind == "change"


def _directional_sentence(
    context: Context, indicator_id: str, parts: dict[str, str], row: Row
) -> str:
    _ = context.language
    if pd.isna(row["previous"]) or pd.isna(row["comparable"]):
        return _("{geography}: {measure} {value}", **parts)
    change = row["comparable"] - row["previous"]
    difference = context.difference(indicator_id, change)
    if _reads_as_zero(context, indicator_id, change):
        return _("{geography}: {measure} {value}, as a year before", **parts)
    if change > 0:
        return _(
            "{geography}: {measure} {value}, up {difference} on a year before",
            **parts,
            difference=difference,
        )
    return _(
        "{geography}: {measure} {value}, down {difference} on a year before",
        **parts,
        difference=difference,
    )


def _target_sentence(context: Context, indicator_id: str, parts: dict[str, str], row: Row) -> str:
    _ = context.language
    if pd.isna(row["target"]):
        return _("{geography}: {measure} {value}", **parts)
    target = context.value(indicator_id, row["target"])
    if row["status"] == Status.MET:
        return _("{geography}: {measure} {value}, target {target} met", **parts, target=target)
    expected = row["expected"]
    at_target = pd.isna(expected) or expected == row["target"]
    if row["status"] == Status.ON_TRACK:
        return _(
            "{geography}: {measure} {value}, on track ({expected} by now) for {target}",
            **parts,
            expected=context.value(indicator_id, expected),
            target=target,
        )
    if at_target:
        return _(
            "{geography}: {measure} {value}, {gap} away from the target of {target}",
            **parts,
            gap=context.difference(indicator_id, row["gap"]),
            target=target,
        )
    return _(
        "{geography}: {measure} {value}, {gap} behind the {expected} due by now; target {target}",
        **parts,
        gap=context.difference(indicator_id, expected - row["value"]),
        expected=context.value(indicator_id, expected),
        target=target,
    )

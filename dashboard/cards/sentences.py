"""Findings: sentences made by rules from the figures that the chart beside them shows.

No word judges; every number is formatted with the indicator's own decimals.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from dashboard.cards.asked import aim, goal_of, wants_less, wants_stable
from dashboard.cards.context import Context
from dashboard.cards.ranking import place
from dashboard.catalogue import SMALL_NUMBERS
from dashboard.filters import CITY, months_between
from dashboard.frames import Row, records, row_at
from dashboard.indicators import PROVISIONAL, SUPPRESSED, asked_counties
from dashboard.indicators.precision import printed
from dashboard.indicators.status import Status


def standing_sentence(context: Context, indicator_id: str, geography: str, row: Row) -> str:
    """Say where an indicator stands against its target, its pace or the year before."""
    _ = context.language
    measure = context.text(indicator_id, "short")
    if row["missing"] == SUPPRESSED:
        return _("{geography}: {measure} withheld", geography=geography, measure=measure)
    if row["value"] is None:
        return _("{geography}: {measure} not reported", geography=geography, measure=measure)
    value = context.value(indicator_id, row["value"], sign=_is_change(context, indicator_id))
    parts = {"geography": geography, "measure": measure, "value": value}
    if row["missing"] == PROVISIONAL:
        return _provisional_sentence(context, indicator_id, parts, row)
    indicator = context.indicator(indicator_id)
    goal = goal_of(context, indicator_id)
    as_of = context.filters.as_of
    if row["status"] == Status.NOT_DUE and goal is not None and as_of < goal.judged_from:
        return _(
            "{geography}: {measure} {value}; not judged before the plan is published in {month}",
            **parts,
            month=_.month(goal.judged_from),
        )
    if row["status"] == Status.NOT_DUE and indicator.trajectory == "seasonal":
        return _(
            "{geography}: {measure} {value} ({period}); this year's figure is due in {month}",
            **parts,
            period=_.month(row["period"]),
            month=_.month(f"{as_of[:4]}-{indicator.judging_months[0]:02d}"),
        )
    if row["judged_counties"]:
        return _named_counties_sentence(context, indicator_id, parts, row)
    if goal is not None and goal.asks_some and row["status"] is not None:
        return _(
            "{geography}: {measure} {value}; the plan asks for some and gives no number", **parts
        )
    if goal is not None and goal.is_direction:
        return _directional_sentence(context, indicator_id, parts, row)
    return _target_sentence(context, indicator_id, parts, row)


def extreme_sentence(context: Context, indicator_id: str, standings: pd.DataFrame) -> str:
    """Name the county that stands worst; nothing where counties do not differ or have no value."""
    _ = context.language
    values = _county_values(standings)
    if len(set(values.values())) < 2 or wants_stable(context, indicator_id):
        return ""
    if not wants_less(context, indicator_id):
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
    """Name the county with the most missing to its own target; else the one that stands worst.

    Of those whom the plan names, where it does not ask it of all: nobody else lacks anything.
    """
    if asked := asked_counties(context.database, indicator_id, context.filters.as_of):
        standings = standings[standings["county_id"].isin(asked)]
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
    """Return the counties' complete numbers, in the frame's order, without the city's."""
    return {
        str(row["county_id"]): float(row[column])
        for row in records(standings)
        if row["county_id"] != CITY and row[column] is not None and not row["missing_periods"]
    }


def missing_words(context: Context, missing_periods: Iterable[str]) -> str:
    """Name the units and months that are not in (``UNIT:YYYY-MM``): 诸暨市2024年5月."""
    months: dict[str, list[str]] = {}
    for missing in missing_periods:
        county, month = missing.split(":")
        months.setdefault(county, []).append(month)
    counties: dict[tuple[str, ...], list[str]] = {}
    for county, found in months.items():
        counties.setdefault(tuple(sorted(set(found))), []).append(county)
    return context.language.pick("；", "; ").join(
        context.language(
            "{counties} {months}",
            counties=context.language.listed([context.county(county) for county in named]),
            months=_month_spans(context, found),
        )
        for found, named in counties.items()
    )


def remark(context: Context, row: Row) -> str:
    """Say beside a value why there is none, or what of it is not in; nothing where it is whole."""
    if row["missing"] is None:
        return ""
    words = context.missing(row["missing"]), missing_words(context, row["missing_periods"])
    return context.language.pick("：", ": ").join(filter(None, words))


def missing_sentence(context: Context, missing: Mapping[str, tuple[str, ...]]) -> str:
    """Say what is not in of indicators' values; those that lack the same are named together."""
    _ = context.language
    measures: dict[tuple[str, ...], list[str]] = {}
    for indicator_id, periods in missing.items():
        if periods:
            measures.setdefault(periods, []).append(context.text(indicator_id, "short"))
    if not measures:
        return ""
    words = {periods: missing_words(context, periods) for periods in measures}
    if len(measures) == 1 and len(missing) == len(next(iter(measures.values()))):
        return _("Not in: {missing}; the figures are without it.", missing=words.popitem()[1])
    return _(
        "Not in: {missing}; the figures are without it.",
        missing=_.pick("；", "; ").join(
            _("{missing} ({measures})", missing=words[periods], measures=_.listed(names))
            for periods, names in measures.items()
        ),
    )


def _month_spans(context: Context, months: Iterable[str]) -> str:
    """Name months, those that follow one another by the first and the last of them."""
    spans: list[list[str]] = []
    for month in months:
        if spans and months_between(spans[-1][-1], month)[1:] == [month]:
            spans[-1].append(month)
        else:
            spans.append([month])
    _ = context.language
    return _.listed(
        [
            _.month(span[0])
            if len(span) == 1
            else _("{first} to {last}", first=_.month(span[0]), last=_.month(span[-1]))
            for span in spans
        ]
    )


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
    if row["gap_units"] is None or row["gap_units"] == 0:
        return ""
    indicator, goal = context.indicator(indicator_id), goal_of(context, indicator_id)
    if indicator.denominator != "base" and indicator.scale != 1:
        amount = context.value(indicator_id, row["gap"])
    else:
        counted = context.text(indicator_id, "counted")
        amount = context.language.quantity(row["gap_units"], counted)
    if goal is not None and goal.is_direction:
        return _("{amount} short of a year before", amount=amount)
    return _("{amount} to go", amount=amount)


def sentence(context: Context, *parts: str) -> str:
    """Join the parts of a finding."""
    return context.language.pick("；", "; ").join(part for part in parts if part)


def _provisional_sentence(
    context: Context, indicator_id: str, parts: dict[str, str], row: Row
) -> str:
    """Return what is known, and what is not in; that a target is reached stands all the same."""
    _ = context.language
    missing = missing_words(context, row["missing_periods"])
    if row["status"] == Status.MET:
        known = _target_sentence(context, indicator_id, parts, row)
        return sentence(context, known, _("{missing} not in", missing=missing))
    return _(
        "{geography}: {measure} {value}, provisional: {missing} not in", **parts, missing=missing
    )


def _is_change(context: Context, indicator_id: str) -> bool:
    return context.indicator(indicator_id).kind == "change"


def _directional_sentence(
    context: Context, indicator_id: str, parts: dict[str, str], row: Row
) -> str:
    _ = context.language
    if row["previous"] is None or row["comparable"] is None:
        return _("{geography}: {measure} {value}", **parts)
    change = row["comparable"] - row["previous"]
    indicator = context.indicator(indicator_id)
    if printed(indicator, row["comparable"]) == printed(indicator, row["previous"]):
        return _("{geography}: {measure} {value}, as a year before", **parts)
    difference = context.difference(indicator_id, change)
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


def _named_counties_sentence(
    context: Context, indicator_id: str, parts: dict[str, str], row: Row
) -> str:
    """Say how those stand together whom the plan names: the value beside it is everybody's."""
    _ = context.language
    names = _.listed([context.county(county) for county in row["judged_counties"]])
    asked = {"counties": names, "target": aim(context, indicator_id, row["target"])}
    if row["judged_value"] is None:
        return _(
            "{geography}: {measure} {value}; asked of {counties}, target {target}", **parts, **asked
        )
    return _(
        "{geography}: {measure} {value}; {counties} together {judged}, target {target}",
        **parts,
        **asked,
        judged=context.value(indicator_id, row["judged_value"]),
    )


def _target_sentence(context: Context, indicator_id: str, parts: dict[str, str], row: Row) -> str:
    _ = context.language
    if row["target"] is None:
        return _("{geography}: {measure} {value}", **parts)
    goal = goal_of(context, indicator_id)
    if row["target"] == 0 and goal is not None and goal.wants_more:
        return _("{geography}: {measure} {value}; nothing is asked here", **parts)
    target, expected = aim(context, indicator_id, row["target"]), row["expected"]
    parts = {**parts, "target": target, "expected": context.value(indicator_id, expected)}
    if row["status"] == Status.MET:
        return _("{geography}: {measure} {value}, target {target} met", **parts)
    if row["status"] == Status.NOT_DUE:
        return _("{geography}: {measure} {value}, none due by now; target {target}", **parts)
    if row["status"] == Status.ON_TRACK:
        return _(
            "{geography}: {measure} {value}, on track ({expected} by now) for {target}", **parts
        )
    if row["status"] is None:
        return _("{geography}: {measure} {value}; target {target}", **parts)
    if expected is None or expected == row["target"]:
        return _(
            "{geography}: {measure} {value}, {gap} away from the target of {target}",
            **parts,
            gap=context.difference(indicator_id, row["gap"]),
        )
    return _(
        "{geography}: {measure} {value}, {gap} behind the {expected} due by now; target {target}",
        **parts,
        gap=context.difference(indicator_id, expected - row["value"]),
    )

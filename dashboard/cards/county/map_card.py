"""The map beside the ranking, for one indicator."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum
from math import ceil
from typing import Any

import pandas as pd

from dashboard.cards.context import Context
from dashboard.cards.county.standings import IndicatorStandings, county_standings
from dashboard.cards.model import Card, Chart, Selects
from dashboard.cards.overview.subjects import county_indicators, page_title
from dashboard.cards.phrases import present
from dashboard.cards.registry import build_card, card
from dashboard.data.outlines import Outline
from dashboard.filters import CITY
from dashboard.frames import Row, records
from dashboard.indicators.status import Status

LEVELS = 4
RANKING_HEIGHT = 430


class ColouredBy(StrEnum):
    """What the colours of the map stand for."""

    VALUE = "value"
    DISTANCE = "distance"
    STATUS = "status"


def colouring_names(context: Context) -> dict[ColouredBy, str]:
    """Return what may colour the map, in words."""
    _ = context.language
    return {
        ColouredBy.VALUE: _("by value"),
        ColouredBy.DISTANCE: _("by distance to target"),
        ColouredBy.STATUS: _("by status"),
    }


def map_choices(context: Context) -> dict[str, str]:
    """Return the indicators that can be mapped, each behind its page's name."""
    return {
        name: context.subtitle(
            page_title(context, context.indicator(name).page), context.text(name, "short")
        )
        for name in county_indicators(context)
    }


def first_choice(context: Context) -> str:
    """Return what the map shows unless asked for something else: the first rate with a target."""
    found = county_indicators(context)
    rates = (name for name in found if context.indicator(name).kind == "rate")
    return next(rates, found[0])


@card("county.map")
def county_map(context: Context, *, indicator_id: str, coloured_by: str) -> Card:
    """One indicator on the map and as a ranking; without usable outlines the ranking alone."""
    _ = context.language
    base = build_card("standing", context, indicator_id=indicator_id)
    standing = county_standings(context)[indicator_id]
    ranking = _ranking(context, base.charts[0], standing)
    problem = _problem(context)
    if problem:
        notes = present(_("No map: {problem}", problem=problem), *base.notes)
        return replace(base, card_id="county.map", charts=(ranking,), notes=notes)
    return replace(
        base,
        card_id="county.map",
        charts=(_map(context, standing, ColouredBy(coloured_by), base.finding), ranking),
        chart_columns=2,
        hint=_("A click on a county narrows every page to it; so does the filter above."),
    )


def _problem(context: Context) -> str:
    """Say why there is no map; nothing where there is one."""
    problem = context.database.outlines_problem
    if problem is not None:
        return context.language.pick(problem.message_zh, problem.message_en)
    missing = [county for county in context.ranked if county not in context.database.outlines]
    if not missing:
        return ""
    names = [f"{context.county(county)} ({county})" for county in missing]
    return context.language("no outline of {counties}", counties=context.language.listed(names))


def _map(
    context: Context, standing: IndicatorStandings, coloured_by: ColouredBy, finding: str
) -> Chart:
    _ = context.language
    indicator_id = standing.indicator_id
    rows = [standing.rows[county] for county in context.county_ids]
    shown = [_shown(row, coloured_by) for row in rows]
    levels, level_texts = _levels(context, indicator_id, shown, coloured_by)
    frame = pd.DataFrame(
        {
            "id": list(context.county_ids),
            "label": [context.county(county) for county in context.county_ids],
            "value": shown,
            "level": levels,
            "text": [_text(context, indicator_id, row, coloured_by) for row in rows],
            "status": [row["status"] for row in rows],
            "hover": [_hover(context, indicator_id, row) for row in rows],
        }
    )
    options: dict[str, Any] = {
        "outlines": [_plain(context.database.outlines[county]) for county in context.ranked],
        "level_texts": level_texts,
        "missing_text": _("no figure"),
        "note_text": _("Schematic map; city-run schools as a square"),
        "highlight": context.highlight,
        "uirevision": "map",
    }
    if coloured_by is ColouredBy.STATUS:
        options["status_texts"] = {str(status): context.status_word(status) for status in Status}
    return Chart(
        "county_map", frame, options, alt=_alt(context, frame, finding), selects=Selects.COUNTY
    )


def _shown(row: Row, coloured_by: ColouredBy) -> float | None:
    """Return what is coloured: the value, or how much of it is missing to the target."""
    number = row["gap"] if coloured_by is ColouredBy.DISTANCE else row["value"]
    return None if number is None else float(number)


def _levels(
    context: Context, indicator_id: str, shown: list[float | None], coloured_by: ColouredBy
) -> tuple[list[int | None], list[str]]:
    """Each number's level of colour, and what the levels are: equal steps between the extremes.

    A target that is reached is a level of its own: nothing is missing.
    """
    _ = context.language
    known = sorted({number for number in shown if number is not None})
    if coloured_by is ColouredBy.DISTANCE:
        missing = [number for number in known if number > 0]
        steps, texts = _steps(context, indicator_id, missing, LEVELS - 1)
        levels = [None if n is None else 0 if n == 0 else 1 + _level(n, steps) for n in shown]
        return levels, [_("target reached"), *texts]
    steps, texts = _steps(context, indicator_id, known, LEVELS)
    return [None if n is None else _level(n, steps) for n in shown], texts


def _steps(
    context: Context, indicator_id: str, known: list[float], count: int
) -> tuple[list[float], list[str]]:
    """Return the lower ends of at most so many equal steps, and their texts.

    Few numbers are a step each, and steps of whole numbers begin at whole numbers.
    """
    if len(known) <= count:
        return known, [context.value(indicator_id, number) for number in known]
    low, high = known[0], known[-1]
    is_whole = all(number.is_integer() for number in known)
    width = ceil((high - low + 1) / count) if is_whole else (high - low) / count
    starts = [low + width * n for n in range(count) if low + width * n <= high]
    ends = [min(start + width - is_whole, high) for start in starts]
    return starts, [
        _span(context, indicator_id, start, end) for start, end in zip(starts, ends, strict=True)
    ]


def _span(context: Context, indicator_id: str, low: float, high: float) -> str:
    """Return a step in words: 88.2–91.2%, −1.30至−1.23百分点."""
    first, last = context.number(indicator_id, low), context.value(indicator_id, high)
    if low == high:
        return last
    if low < 0:  # a dash would read as one more minus
        return context.language("{low} to {high}", low=first, high=last)
    return f"{first}–{last}"


def _level(number: float, starts: list[float]) -> int:
    return max(sum(number >= start for start in starts) - 1, 0)


def _text(context: Context, indicator_id: str, row: Row, coloured_by: ColouredBy) -> str:
    """Return what stands under a county's name."""
    if coloured_by is not ColouredBy.DISTANCE or row["value"] is None:
        return context.shown(indicator_id, row)
    if row["gap"] is None:
        return context.language("no target")
    if row["gap"] == 0:
        return context.language("reached")
    return context.difference(indicator_id, row["gap"])


def _hover(context: Context, indicator_id: str, row: Row) -> str:
    lines = [context.county(row["county_id"]), context.shown(indicator_id, row)]
    if row["status"] is not None:
        lines.append(context.status(row["status"]))
    if row["target"] is not None:
        target = context.value(indicator_id, row["target"])
        lines.append(context.language("target {value}", value=target))
    return "\n".join(lines)


def _alt(context: Context, frame: pd.DataFrame, finding: str) -> str:
    """Return the map in words: every county with its value."""
    figures = [f"{row['label']} {row['text']}" for row in records(frame)]
    return context.language(
        "Schematic map of the counties. {finding}. {figures}",
        finding=finding,
        figures=context.language.pick("，", ", ").join(figures),
    )


def _plain(outline: Outline) -> Mapping[str, Any]:
    return {
        "id": outline.county_id,
        "rings": [ring.tolist() for ring in outline.rings],
        "label": list(outline.label),
        "spots": outline.spots.tolist(),
    }


def _ranking(context: Context, chart: Chart, standing: IndicatorStandings) -> Chart:
    """Return the county chart: the best on top, those without a place and the city below."""
    places = {county: standing.place(context, county) for county in context.county_ids}

    def order(county: str) -> float:
        place = places.get(county)
        return float("inf") if place is None else place.place

    # as high as the map beside it
    options = {**chart.options, "height": RANKING_HEIGHT}
    frame = chart.frame.assign(
        order=[float("inf") if c == CITY else order(c) for c in chart.frame["id"]],
        label=[
            label if (place := places.get(county)) is None else f"{place.place} {label}"
            for county, label in zip(chart.frame["id"], chart.frame["label"], strict=True)
        ],
    ).sort_values("order", kind="stable")
    return replace(chart, frame=frame.drop(columns="order"), options=options)

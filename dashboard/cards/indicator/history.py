"""An indicator over the years or months, against its target and pace."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dashboard import indicators
from dashboard.cards.context import Context
from dashboard.cards.model import Card, Chart, Column, Selects, Table
from dashboard.cards.phrases import year_span
from dashboard.cards.registry import card
from dashboard.filters import CITY, months_between, shift_month
from dashboard.frames import Row, records

COLOURED_COUNTIES = 3  # beside the common line; more could not be told apart
COMMON_COLOUR = "#3D3D3D"
MONTHS_SHOWN = 24  # of what is counted month by month
CHART_HEIGHT = 380


@card("indicator.history")
def history(context: Context, *, indicator_id: str) -> Card:
    """Show the city's and the chosen counties' lines; of counts, the chosen counties' together.

    A county's count beside the city's would lie flat on the axis, so counts have one line.
    """
    rows = _rows(context, indicator_id)
    frame = _frame(context, indicator_id, rows)
    finding = _finding(context, indicator_id, rows)
    has_counties = frame["id"].nunique() > 1
    return Card(
        card_id="indicator.history",
        finding=finding,
        subtitle=context.subtitle(
            context.text(indicator_id, "name"),
            context.language("by county") if has_counties else _geography(context, indicator_id),
            _span(context, rows),
        ),
        charts=(
            Chart(
                "line",
                frame,
                _options(context, indicator_id),
                finding,
                Selects.COUNTY if has_counties else None,
            ),
        ),
        table=_table(context, indicator_id, frame),
        indicator_ids=(indicator_id,),
        notes=(context.language("In grey: the other counties."),) if has_counties else (),
    )


def _geography(context: Context, indicator_id: str) -> str:
    return context.county(CITY) if context.is_city_only(indicator_id) else context.geography


def _rows(context: Context, indicator_id: str) -> list[Row]:
    """By period, the counties in the official order and then the common line."""
    rows = _of_counties(context, indicator_id) + _together(context, indicator_id)
    first = _first_period(context, indicator_id)
    known = [row for row in rows if row["period"] >= first and row["value"] is not None]
    if context.indicator(indicator_id).measure != "level":
        known = _carried_on(known, context.filters.as_of)
    return sorted(known, key=lambda row: row["period"])


def _carried_on(rows: list[Row], last_month: str) -> list[Row]:
    """Fill the months in which nothing was added: what is counted stays as it is."""
    by_unit: dict[str, dict[str, Row]] = {}
    for row in rows:
        by_unit.setdefault(row["county_id"], {})[row["period"]] = row
    filled: list[Row] = []
    for of_unit in by_unit.values():
        current = of_unit[min(of_unit)]
        for month in months_between(min(of_unit), last_month):
            current = of_unit.get(month, {**current, "period": month})
            filled.append(current)
    return filled


def _of_counties(context: Context, indicator_id: str) -> list[Row]:
    if context.indicator(indicator_id).denominator != "base":
        return []
    rows = [row for row in records(context.history(indicator_id)) if row["county_id"] != CITY]
    places = {county: place for place, county in enumerate(context.county_ids)}
    return sorted(rows, key=lambda row: places[row["county_id"]])


def _together(context: Context, indicator_id: str) -> list[Row]:
    """Return the line of the chosen counties together; a single one has its own already."""
    is_rate = context.indicator(indicator_id).denominator == "base"
    is_city = context.is_city_only(indicator_id) or (is_rate and context.filters.single_county)
    frame = indicators.history(
        context.database,
        indicator_id,
        context.filters.as_of,
        () if is_city else context.filters.counties,
    )
    return records(frame[frame["county_id"] == CITY])


def _first_period(context: Context, indicator_id: str) -> str:
    """Return where the history begins: with the year, or lately; of stock-takings, the data."""
    measure, as_of = context.indicator(indicator_id).measure, context.filters.as_of
    if measure == "level":
        return ""
    return f"{as_of[:4]}-01" if measure == "flow" else shift_month(as_of, 1 - MONTHS_SHOWN)


def _frame(context: Context, indicator_id: str, rows: list[Row]) -> pd.DataFrame:
    names = _line_names(context, indicator_id)
    return pd.DataFrame(
        {
            "id": [row["county_id"] for row in rows],
            "series": [names[row["county_id"]] for row in rows],
            "x": [_period_name(context, indicator_id, row["period"]) for row in rows],
            "value": [row["value"] for row in rows],
            "text": [_text(context, indicator_id, row["value"]) for row in rows],
        }
    )


def _line_names(context: Context, indicator_id: str) -> dict[str, str]:
    names = {county: context.county(county) for county in (*context.county_ids, CITY)}
    if len(context.chosen) > 1 and not (
        context.filters.is_city or context.is_city_only(indicator_id)
    ):
        names[CITY] = context.language("chosen counties")
    elif context.indicator(indicator_id).denominator != "base":
        names[CITY] = _geography(context, indicator_id)
    return names


def _text(context: Context, indicator_id: str, value: float) -> str:
    is_change = context.indicator(indicator_id).kind == "change"
    return context.value(indicator_id, value, sign=is_change)


def _period_name(context: Context, indicator_id: str, period: str) -> str:
    """Name a yearly figure by its year."""
    is_yearly = context.indicator(indicator_id).cadence == "yearly"
    return period[:4] if is_yearly else context.language.month(period)


def _period_words(context: Context, indicator_id: str, period: str) -> str:
    """Return a period as it reads in a sentence: 2023年, Nov 2023."""
    name = _period_name(context, indicator_id, period)
    return name + context.language.pick("年", "") if name == period[:4] else name


def _options(context: Context, indicator_id: str) -> dict[str, Any]:
    _ = context.language
    chosen = context.chosen_value(indicator_id)
    indicator = context.indicator(indicator_id)
    is_few = not context.filters.is_city and len(context.chosen) <= COLOURED_COUNTIES
    is_rate = indicator.denominator == "base"
    options: dict[str, Any] = {
        "highlight": [*(context.chosen if is_few else ()), CITY],
        "colours": {CITY: COMMON_COLOUR},
        "dashed": [CITY] if is_few else [],
        "tick_suffix": "%" if indicator.unit_en == "%" else "",
        "from_zero": not is_rate,
        "axis_note": _("The vertical axis does not begin at zero.") if is_rate else "",
        "empty_text": _("x not reported"),
        "height": CHART_HEIGHT,
        "uirevision": f"history_{indicator_id}",
    }
    target, expected = chosen["target"], chosen["expected"]
    if target is not None:
        options["target"] = float(target)
        options["target_text"] = _("target {value}", value=context.value(indicator_id, target))
        if expected is not None and float(expected) != float(target):
            options["pace"] = float(expected)
            options["pace_text"] = _("by now {value}", value=context.value(indicator_id, expected))
    return options


def _finding(context: Context, indicator_id: str, rows: list[Row]) -> str:
    """Return the first and the last value of the line that the headline is about."""
    _ = context.language
    measure = context.text(indicator_id, "short")
    county = context.filters.single_county
    units = {row["county_id"] for row in rows}
    unit = county if county is not None and county in units else CITY
    own = [row for row in rows if row["county_id"] == unit]
    name = _line_names(context, indicator_id)[unit]
    if not own:
        return _("{geography}: {measure} not reported", geography=name, measure=measure)
    first, last = own[0], own[-1]
    parts = {
        "geography": name,
        "measure": measure,
        "last": _period_words(context, indicator_id, last["period"]),
        "value": _text(context, indicator_id, last["value"]),
    }
    if first is last:
        return _("{geography}: {measure} {value} in {last}", **parts)
    return _(
        "{geography}: {measure} {before} in {first}, {value} in {last}",
        **parts,
        first=_period_words(context, indicator_id, first["period"]),
        before=_text(context, indicator_id, first["value"]),
    )


def _span(context: Context, rows: list[Row]) -> str:
    return year_span(row["period"][:4] for row in rows)


def _table(context: Context, indicator_id: str, frame: pd.DataFrame) -> Table:
    _ = context.language
    unit = context.text(indicator_id, "unit")
    return Table(
        frame,
        (
            Column("series", _("County")),
            Column("x", _("Period")),
            Column(
                "value",
                _("Value") + (f" ({unit})" if unit else ""),
                context.indicator(indicator_id).decimals,
            ),
        ),
    )

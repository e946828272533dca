"""A fitness rate by county, year by year."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dashboard import indicators
from dashboard.cards import sentences
from dashboard.cards.context import Context
from dashboard.cards.health.rate_axis import rate_axis, target_line
from dashboard.cards.model import Card, Chart, Column, Selects, Table
from dashboard.cards.phrases import not_reported, share_change, year_span
from dashboard.cards.registry import card
from dashboard.filters import CITY
from dashboard.frames import Row, records

COLOURED_COUNTIES = 3  # beside the city's line; more could not be told apart
CITY_COLOUR = "#3D3D3D"
CHART_HEIGHT = 400


@card("health.fitness_over_years")
def fitness_over_years(context: Context, *, indicator_id: str) -> Card:
    """Show a fitness rate by year.

    The city's and the chosen counties' lines, else the lowest county's.

    With more counties chosen than lines can be told apart, the lowest of them stands for them.
    """
    _ = context.language
    measure = context.text(indicator_id, "short")
    rows = _years(context, indicator_id)
    lowest = _lowest(context, rows)
    names = _line_names(context)
    frame = pd.DataFrame(
        {
            "id": [row["county_id"] for row in rows],
            "series": [names[row["county_id"]] for row in rows],
            "x": [row["period"][:4] for row in rows],
            "value": [row["value"] for row in rows],
            "text": [context.shown(indicator_id, row) for row in rows],
        }
    )
    finding = _finding(context, indicator_id, rows, lowest)
    options = _options(context, indicator_id, lowest)
    return Card(
        card_id=f"health.fitness_over_years.{indicator_id}",
        finding=finding,
        subtitle=context.subtitle(measure, _("by county"), year_span(frame["x"])),
        charts=(Chart("line", frame, options, finding, Selects.COUNTY),),
        table=Table(
            frame,
            (
                Column("series", _("County")),
                Column("x", _("Year")),
                Column("value", measure + " (%)", context.indicator(indicator_id).decimals),
            ),
        ),
        indicator_ids=(indicator_id,),
        notes=(_("In grey: the other counties."),),
    )


def _is_part(context: Context) -> bool:
    """Whether several counties are chosen, so that they, not the city, make the common line."""
    return len(context.chosen) > 1 and not context.filters.is_city


def _line_names(context: Context) -> dict[str, str]:
    """Return the names of the lines by county_id, in the official order."""
    names = {county: context.county(county) for county in (*context.county_ids, CITY)}
    if _is_part(context):
        names[CITY] = context.language("chosen counties")
    return names


def _years(context: Context, indicator_id: str) -> list[Row]:
    """Every county's rate by year in the official order; ``all`` is the common line."""
    rows = records(context.history(indicator_id))
    if _is_part(context):
        together = indicators.history(
            context.database, indicator_id, context.filters.as_of, context.chosen
        )
        rows = [row for row in rows if row["county_id"] != CITY]
        rows += [row for row in records(together) if row["county_id"] == CITY]
    places = {county: place for place, county in enumerate((*context.county_ids, CITY))}
    return sorted(rows, key=lambda row: places[row["county_id"]])


def _lowest(context: Context, rows: list[Row]) -> Row | None:
    """Return the row of the chosen county with the lowest rate in the last year, if any has one."""
    last = max((row["period"][:4] for row in rows), default="")
    candidates = [
        row
        for row in rows
        if row["period"][:4] == last
        and row["county_id"] in context.chosen
        and row["value"] is not None
    ]
    return min(candidates, key=lambda row: float(row["value"]), default=None)


def _options(context: Context, indicator_id: str, lowest: Row | None) -> dict[str, Any]:
    is_few = not context.filters.is_city and len(context.chosen) <= COLOURED_COUNTIES
    focus = [] if lowest is None else [lowest["county_id"]]
    return {
        **rate_axis(context, f"over_years_{indicator_id}"),
        **target_line(context, indicator_id),
        "highlight": [*(context.chosen if is_few else focus), CITY],
        "colours": {CITY: CITY_COLOUR},
        "axis_note": context.language("The vertical axis does not begin at zero."),
        "height": CHART_HEIGHT,
    }


def _finding(context: Context, indicator_id: str, rows: list[Row], lowest: Row | None) -> str:
    """One county's or the city's first and last year, and which chosen county is lowest."""
    _ = context.language
    measure = context.text(indicator_id, "short")
    unit = context.filters.single_county or CITY
    years = [row for row in rows if row["county_id"] == unit and row["value"] is not None]
    if not years:
        return not_reported(context, measure)
    first, last = years[0], years[-1]
    text = _(
        "{geography}: {measure} {value} in {last}, {change} on {first}",
        geography=context.geography,
        measure=measure,
        value=context.value(indicator_id, last["value"]),
        last=last["period"][:4],
        change=share_change(context, indicator_id, last["value"] - first["value"]),
        first=first["period"][:4],
    )
    if lowest is None or unit != CITY:
        return text
    lowest_text = _(
        "{county} lowest, {value}",
        county=context.county(lowest["county_id"]),
        value=context.value(indicator_id, lowest["value"]),
    )
    return sentences.sentence(context, text, lowest_text)

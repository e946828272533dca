"""The city's model vision-health stations and how many the year has added."""

from __future__ import annotations

import pandas as pd

from dashboard.cards import sentences
from dashboard.cards.context import Context
from dashboard.cards.model import Card, Column, Table, Tile
from dashboard.cards.phrases import present
from dashboard.cards.registry import card
from dashboard.frames import Row, records
from dashboard.indicators.growth import things_needed

STATIONS = "vision_stations_growth"


@card("health.vision_stations")
def vision_stations(context: Context) -> Card:
    """Model stations now, and their growth against its target."""
    _ = context.language
    stations = context.query("health/vision_stations", as_of=context.filters.as_of)
    year = int(context.filters.as_of[:4])
    growth = context.chosen_value(STATIONS)
    now, before = _model_stations(context, stations, year, year - 1)
    return Card(
        card_id="health.vision_stations",
        finding=_(
            "{geography}: {count} model vision-health stations, {added} of them new this year",
            geography=context.geography,
            count=_.number(now),
            added=_.number(now - before),
        ),
        subtitle=context.subtitle(
            context.text(STATIONS, "name"), context.geography, _("to {month}", month=context.month)
        ),
        tiles=(
            Tile(
                _("Model stations"),
                _.number(now),
                _("{count} at the end of last year", count=_.number(before)),
            ),
            _growth_tile(context, growth),
        ),
        table=_table(context, stations),
        indicator_ids=(STATIONS,),
        notes=present(sentences.gap_sentence(context, STATIONS, growth)),
    )


def _model_stations(context: Context, stations: pd.DataFrame, *years: int) -> list[int]:
    """Count the chosen counties' model stations at the end of each year."""
    counts = dict.fromkeys(years, 0)
    for row in records(stations):
        if row["county_id"] in context.chosen and row["year"] in counts:
            counts[row["year"]] += int(row["model_stations"])
    return list(counts.values())


def _growth_tile(context: Context, growth: Row) -> Tile:
    """Return the year's growth; it does not apply where there was no station to grow from."""
    _ = context.language
    if growth["value"] is None:
        return Tile(_("Growth this year"), _("z not applicable"))
    if growth["target"] is None:
        return Tile(_("Growth this year"), context.value(STATIONS, growth["value"]))
    needed = things_needed(context.indicator(STATIONS), growth["target"], growth["denominator"])
    target = _(
        "target {value}: {count} stations",
        value=context.value(STATIONS, growth["target"]),
        count=needed,
    )
    return Tile(
        _("Growth this year"),
        context.value(STATIONS, growth["value"]),
        f"{target} {context.status(growth['status'])}",
    )


def _table(context: Context, stations: pd.DataFrame) -> Table:
    _ = context.language
    return Table(
        stations.assign(county=[context.county(county) for county in stations["county_id"]]),
        (
            Column("county", _("County")),
            Column("year", _("Year"), 0),
            Column("model_stations", _("Model stations"), 0),
            Column("county_stations", _("Stations named by counties"), 0),
        ),
    )

"""Unnatural deaths: one figure of the whole city, never split by county or school."""

from __future__ import annotations

from dashboard.cards import sentences
from dashboard.cards.context import Context
from dashboard.cards.model import Card, Column, Table, Tile
from dashboard.cards.registry import card
from dashboard.filters import CITY

DEATHS = "unnatural_death_rate"


@card("health.unnatural_deaths", whole_city=True)
def unnatural_deaths(context: Context) -> Card:
    """Show the city's one figure beside the year before."""
    _ = context.language
    row = context.chosen_value(DEATHS)
    history = context.history(DEATHS)
    name = context.text(DEATHS, "short")
    return Card(
        card_id="health.unnatural_deaths",
        finding=sentences.standing_sentence(context, DEATHS, context.county(CITY), row),
        subtitle=context.subtitle(
            context.text(DEATHS, "name"),
            context.county(CITY),
            _.month(row["period"]) if row["period"] else "",
        ),
        tiles=(
            Tile(
                name,
                context.value(DEATHS, row["value"]),
                _("{value} a year before", value=context.value(DEATHS, row["previous"])),
            ),
        ),
        table=Table(
            history.assign(year=[period[:4] for period in history["period"]]),
            (
                Column("year", _("Year")),
                Column(
                    "value",
                    f"{name} ({context.text(DEATHS, 'unit')})",
                    context.indicator(DEATHS).decimals,
                ),
            ),
        ),
        indicator_ids=(DEATHS,),
        notes=(_("A figure of the whole city only, never by county or school."),),
    )

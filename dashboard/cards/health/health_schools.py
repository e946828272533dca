"""Health-promoting schools: by the highest level they hold, and the year's new awards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from dashboard.cards import sentences
from dashboard.cards.context import Context
from dashboard.cards.model import Card, Chart, Column, Selects, Table
from dashboard.cards.named_this_year import named_this_year
from dashboard.cards.phrases import present
from dashboard.cards.registry import card
from dashboard.frames import Row, records

HEALTH_SCHOOLS = "health_school_rate"
AWARDS = ("gold_health_schools", "silver_health_schools")
LEVEL_COLOURS = ("#F46A25", "#28A197", "#12436D", "#801650")  # gold, silver, bronze, none


@card("health.health_school_levels")
def health_school_levels(context: Context) -> Card:
    """Schools by the highest level they hold as a health-promoting school, by county."""
    _ = context.language
    levels = context.query("health/health_school_levels", as_of=context.filters.as_of)
    rows = records(levels)
    names = {
        "gold_schools": _("Gold"),
        "silver_schools": _("Silver"),
        "bronze_schools": _("Bronze"),
        "other_schools": _("None yet"),
    }
    finding = _levels_finding(context, rows)
    options = {
        "part_colours": list(LEVEL_COLOURS),
        "highlight": context.highlight,
        "value_range": [0, 100],
        "tick_suffix": "%",
        "missing_text": _("x not reported"),
        "uirevision": "health_school_levels",
    }
    frame = _levels_frame(context, rows, names)
    standing = context.chosen_value(HEALTH_SCHOOLS)
    return Card(
        card_id="health.health_school_levels",
        finding=finding,
        subtitle=context.subtitle(
            _("schools by their highest level, in % and number"), _("by county"), context.month
        ),
        charts=(Chart("stacked_bar", frame, options, finding, Selects.COUNTY),),
        table=_levels_table(context, levels, names),
        indicator_ids=(HEALTH_SCHOOLS,),
        notes=present(sentences.gap_sentence(context, HEALTH_SCHOOLS, standing)),
    )


def _levels_finding(context: Context, rows: list[Row]) -> str:
    """Return the share of schools with an award, and how many hold the two higher levels."""
    _ = context.language
    chosen = [row for row in rows if row["county_id"] in context.chosen]
    return sentences.sentence(
        context,
        sentences.standing_sentence(
            context, HEALTH_SCHOOLS, context.geography, context.chosen_value(HEALTH_SCHOOLS)
        ),
        _(
            "gold {gold}, silver {silver}",
            gold=_.number(sum(row["gold_schools"] for row in chosen)),
            silver=_.number(sum(row["silver_schools"] for row in chosen)),
        ),
    )


def _levels_frame(context: Context, rows: list[Row], names: Mapping[str, str]) -> pd.DataFrame:
    """Return a row per unit and level: the level's share of the unit's schools."""
    return pd.DataFrame(
        [
            {
                "id": row["county_id"],
                "label": context.county(row["county_id"]),
                "series": name,
                "value": row[level] * 100 / row["schools"] if row["schools"] else None,
                "text": context.language.number(row[level]),
                "total_text": context.value(HEALTH_SCHOOLS, row["awarded_pct"]),
            }
            for row in rows
            for level, name in names.items()
        ]
    )


def _levels_table(context: Context, levels: pd.DataFrame, names: Mapping[str, str]) -> Table:
    _ = context.language
    return Table(
        levels.assign(county=[context.county(county) for county in levels["county_id"]]),
        (
            Column("county", _("County")),
            *(Column(level, name, 0) for level, name in names.items()),
            Column("schools", _("Schools"), 0),
            Column(
                "awarded_pct",
                context.text(HEALTH_SCHOOLS, "short") + " (%)",
                context.indicator(HEALTH_SCHOOLS).decimals,
            ),
        ),
    )


@card("health.new_awards")
def new_awards(context: Context) -> Card:
    """Show the year's new gold and silver schools against the city's and the counties' targets."""
    awards = named_this_year(context, indicator_ids=AWARDS)
    return replace(awards, card_id="health.new_awards")

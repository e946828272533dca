"""Equal access: disabled pupils taught at home, and pupils eligible for aid."""

from __future__ import annotations

import pandas as pd

from dashboard.cards import sentences
from dashboard.cards.context import Context
from dashboard.cards.model import Card, Column, Table
from dashboard.cards.phrases import present
from dashboard.cards.registry import card
from dashboard.frames import Row, records

HOME_TAUGHT = "home_teaching_share"
AIDED = "student_aid_coverage"


@card("enrollment.special_needs", whole_city=True)
def special_needs(context: Context) -> Card:
    """Show the share taught at home and the share of eligible pupils aided, by county."""
    _ = context.language
    home = context.chosen_value(HOME_TAUGHT)
    aided = context.chosen_value(AIDED)
    return Card(
        card_id="enrollment.special_needs",
        finding=sentences.sentence(
            context,
            sentences.standing_sentence(context, HOME_TAUGHT, context.geography, home),
            sentences.standing_sentence(context, AIDED, context.geography, aided),
        ),
        subtitle=context.subtitle(
            _("certified disabled pupils taught at home (last year); eligible pupils aided"),
            _("by county"),
            _.month(home["period"]) if home["period"] else "",
        ),
        listing=_counties_listing(context),
        table=_counties_table(context),
        indicator_ids=(HOME_TAUGHT, AIDED),
        notes=_notes(context),
    )


def _counties_listing(context: Context) -> Table:
    """Return a row per county, the city's last."""
    _ = context.language
    home, aid = context.standings(HOME_TAUGHT), context.standings(AIDED)
    frame = pd.DataFrame(
        {
            "county": [context.county(county) for county in home["county_id"]],
            HOME_TAUGHT: [_home_text(context, row) for row in records(home)],
            AIDED: [context.shown(AIDED, row) for row in records(aid)],
            "unaided": [_unaided_text(context, row) for row in records(aid)],
            "status": [context.status(status) for status in aid["status"]],
        }
    )
    return Table(
        frame,
        (
            Column("county", _("County")),
            Column(HOME_TAUGHT, context.text(HOME_TAUGHT, "short")),
            Column(AIDED, context.text(AIDED, "short")),
            Column("unaided", _("Not aided yet")),
            Column("status", _("Status of aid")),
        ),
    )


def _home_text(context: Context, row: Row) -> str:
    """Return the share taught at home, last year's behind it."""
    value = context.shown(HOME_TAUGHT, row)
    if row["value"] is None or row["previous"] is None:
        return value
    return f"{value} ({context.value(HOME_TAUGHT, row['previous'])})"


def _unaided_text(context: Context, row: Row) -> str:
    """How many eligible pupils have had no aid."""
    if row["value"] is None:
        return context.missing(row["missing"])
    return context.language.people(row["denominator"] - row["numerator"])


def _counties_table(context: Context) -> Table:
    """Both shares by county with the numbers they are made of."""
    _ = context.language
    frame = pd.concat([context.standings(i) for i in (HOME_TAUGHT, AIDED)], ignore_index=True)
    names = {i: context.text(i, "name") for i in (HOME_TAUGHT, AIDED)}
    decimals = context.indicator(HOME_TAUGHT).decimals
    return Table(
        frame.assign(
            measure=frame["indicator_id"].map(names),
            county=[context.county(county) for county in frame["county_id"]],
        ),
        (
            Column("measure", _("Indicator")),
            Column("county", _("County")),
            Column("period", _("Period")),
            Column("numerator", _("Numerator"), 0),
            Column("denominator", _("Denominator"), 0),
            Column("value", _("Value") + " (%)", decimals),
            Column("previous", _("a year before") + " (%)", decimals),
        ),
    )


def _notes(context: Context) -> tuple[str, ...]:
    """Return what is withheld."""
    reasons = [r for i in (HOME_TAUGHT, AIDED) for r in context.standings(i)["missing"]]
    return present(sentences.withheld_sentence(context, reasons))

"""National olympiad awards: one figure of the whole city a year."""

from __future__ import annotations

import pandas as pd

from dashboard.cards import sentences
from dashboard.cards.context import Context
from dashboard.cards.model import Card, Chart, Column, Table
from dashboard.cards.phrases import year_span
from dashboard.cards.registry import card
from dashboard.filters import CITY

AWARDS = "olympiad_awards"


@card("quality.olympiads", whole_city=True)
def olympiads(context: Context) -> Card:
    """Show the city's awards year by year."""
    _ = context.language
    history = context.history(AWARDS)
    history = history[history["county_id"] == CITY]
    finding = sentences.standing_sentence(
        context, AWARDS, context.county(CITY), context.chosen_value(AWARDS)
    )
    frame = pd.DataFrame(
        {
            "id": history["period"],
            "label": [period[:4] for period in history["period"]],
            "value": history["value"],
            "text": [context.value(AWARDS, value) for value in history["value"]],
        }
    )
    options = {
        "horizontal": False,
        "empty_text": _("x not reported"),
        "uirevision": "quality.olympiads",
    }
    return Card(
        card_id="quality.olympiads",
        finding=finding,
        subtitle=context.subtitle(
            context.text(AWARDS, "name"), context.county(CITY), year_span(frame["label"])
        ),
        charts=(Chart("bar", frame, options, alt=finding),),
        table=Table(
            frame,
            (
                Column("label", _("Year")),
                Column("value", context.text(AWARDS, "short"), 0),
            ),
        ),
        indicator_ids=(AWARDS,),
        notes=(_("A figure of the whole city only, never by county or school."),),
    )

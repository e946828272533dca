"""Master teachers' online classes: held against the year's target, and which they were."""

from __future__ import annotations

import pandas as pd

from dashboard.cards import sentences
from dashboard.cards.context import Context
from dashboard.cards.model import Card, Column, Table
from dashboard.cards.phrases import present
from dashboard.cards.registry import card
from dashboard.cards.running_total import (
    forecast_sentence,
    running_total_chart,
    running_total_table,
    year_months,
)
from dashboard.filters import CITY
from dashboard.frames import records

CLASSES = "online_master_classes"
HEIGHT = 250


@card("tutoring.online_classes", whole_city=True)
def online_classes(context: Context) -> Card:
    """Classes held in the year against the even pace, with their names and dates."""
    _ = context.language
    row = context.chosen_value(CLASSES)
    months = year_months(context, CLASSES)
    finding = sentences.standing_sentence(context, CLASSES, context.county(CITY), row)
    return Card(
        card_id="tutoring.online_classes",
        finding=finding,
        subtitle=context.subtitle(
            context.text(CLASSES, "name"),
            context.county(CITY),
            _("to {month}", month=context.month),
        ),
        charts=(running_total_chart(context, CLASSES, months, finding, height=HEIGHT),),
        listing=_listing(context),
        table=running_total_table(context, CLASSES, months),
        indicator_ids=(CLASSES,),
        notes=present(
            sentences.sentence(
                context,
                sentences.gap_sentence(context, CLASSES, row),
                forecast_sentence(context, CLASSES, row),
            )
        ),
    )


def _listing(context: Context) -> Table | None:
    """Return the classes held, the latest first; nothing before the first."""
    _ = context.language
    rows = records(context.query("tutoring/online_classes", as_of=context.filters.as_of))
    if not rows:
        return None
    frame = pd.DataFrame(
        {
            "class": [row["class_name"] for row in rows],
            "date": [_.date(row["class_date"]) for row in rows],
        }
    )
    return Table(frame, (Column("class", _("Online class")), Column("date", _("Date"))))

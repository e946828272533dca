"""Every indicator's value in every county: what there is to show of a year without a plan."""

from __future__ import annotations

import pandas as pd

from dashboard import indicators
from dashboard.cards.context import Context
from dashboard.cards.model import Card, Column, Selects, Table
from dashboard.cards.overview.subjects import PAGES, page_title
from dashboard.cards.registry import card
from dashboard.filters import CITY
from dashboard.frames import records


@card("overview.values")
def values(context: Context) -> Card:
    """Every indicator's value in the city and the chosen counties, subject by subject."""
    _ = context.language
    frame = indicators.values(context.database, context.filters.as_of)
    rows = {(row["indicator_id"], row["county_id"]): row for row in records(frame)}
    units = {CITY: _("City"), **{c: context.county_short(c) for c in context.chosen}}
    shown = [
        {
            "id": indicator.indicator_id,
            "subject": page_title(context, page),
            "indicator": context.text(indicator.indicator_id, "name"),
            "period": rows[indicator.indicator_id, CITY]["period"],
            **{
                unit: context.shown(indicator.indicator_id, rows[indicator.indicator_id, unit])
                for unit in units
            },
        }
        for page in PAGES
        for indicator in context.indicators_of(page)
    ]
    listing = Table(
        pd.DataFrame(shown),
        (
            Column("subject", _("Subject")),
            Column("indicator", _("Indicator"), leads_to=Selects.INDICATOR, id_column="id"),
            Column("period", _("Period")),
            *(Column(unit, name) for unit, name in units.items()),
        ),
    )
    return Card(
        card_id="overview.values",
        finding=_("Latest values of {count} indicators", count=len(shown)),
        subtitle=context.subtitle(_("value of each indicator"), context.geography, context.month),
        change="",
        listing=listing,
        table=listing,
    )

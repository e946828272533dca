"""On what the chosen counties are ahead of most other counties, and on what behind."""

from __future__ import annotations

import pandas as pd

from dashboard.cards import sentences
from dashboard.cards.context import Context
from dashboard.cards.counting import chosen_counts
from dashboard.cards.county.league import extremes_table
from dashboard.cards.county.standings import (
    county_standings,
    status_change,
    strongest,
    weakest,
)
from dashboard.cards.model import Card, Column, Selects, Table
from dashboard.cards.overview.judged import status_columns, status_then
from dashboard.cards.overview.subjects import county_indicators
from dashboard.cards.ranking import Rank
from dashboard.cards.registry import card
from dashboard.indicators import NOT_APPLICABLE
from dashboard.indicators.status import Status


@card("county.strengths")
def strengths(context: Context) -> Card:
    """One county's strongest and weakest indicators with value and place; several by name.

    The table has every target, with the status now and then that the change counts.
    """
    county = context.filters.single_county
    listing = (
        extremes_table(context, context.chosen) if county is None else _extremes(context, county)
    )
    return Card(
        card_id="county.strengths",
        finding=_finding(context),
        subtitle=context.subtitle(
            context.language("places among the counties"), context.geography, context.month
        ),
        change=status_change(context, Status.MET),
        listing=listing,
        table=_table(context),
    )


def _table(context: Context) -> Table:
    """Every target of the chosen counties together, and the place of each of them."""
    _ = context.language
    ranked = [county for county in context.chosen if county in context.ranked]
    counted = chosen_counts(context).statuses
    by_county = county_indicators(context)
    rows = [
        {
            "indicator": context.text(indicator_id, "short"),
            "now": context.shown(indicator_id, row),
            "status_text": context.status(counted.get(indicator_id)),
            "status_then_text": context.status(status_then(context, indicator_id)),
            **{
                county: _place(context, indicator_id, county) if indicator_id in by_county else "–"
                for county in ranked
            },
        }
        for indicator_id in (*by_county, *(i for i in counted if i not in by_county))
        for row in [context.chosen_value(indicator_id)]
        if row["missing"] != NOT_APPLICABLE
    ]
    columns = (
        Column("indicator", _("Target")),
        Column("now", _("Now")),
        *status_columns(context),
        *(
            Column(county, _("{county}, place", county=context.county_short(county)))
            for county in ranked
        ),
    )
    return Table(pd.DataFrame(rows), columns)


def _place(context: Context, indicator_id: str, county: str) -> str:
    place = county_standings(context)[indicator_id].place(context, county)
    return "–" if place is None else f"{place.place}/{place.counties}"


def _extremes(context: Context, county: str) -> Table:
    _ = context.language
    found = {_("strong"): strongest(context, county), _("weak"): weakest(context, county)}
    rows = [
        _row(context, county, kind, indicator_id, place)
        for kind, places in found.items()
        for indicator_id, place in places
    ]
    return Table(
        pd.DataFrame(rows, columns=["kind", "indicator_id", "indicator", "now", "place"]),
        (
            Column("kind", _("Strong or weak")),
            Column("indicator", _("Target"), leads_to=Selects.INDICATOR, id_column="indicator_id"),
            Column("now", _("Now")),
            Column("place", _("Place")),
        ),
    )


def _row(
    context: Context, county: str, kind: str, indicator_id: str, place: Rank
) -> dict[str, str]:
    row = county_standings(context)[indicator_id].rows[county]
    return {
        "kind": kind,
        "indicator_id": indicator_id,
        "indicator": context.text(indicator_id, "short"),
        "now": context.value(indicator_id, row["value"]),
        "place": f"{place.place}/{place.counties}",
    }


def _finding(context: Context) -> str:
    """Name the first of each list: both for one county, the strongest for several."""
    _ = context.language
    parts = []
    for county in context.chosen:
        ahead = [context.text(i, "short") for i, _place in strongest(context, county)[:1]]
        behind = [context.text(i, "short") for i, _place in weakest(context, county)[:1]]
        name = context.county(county)
        if ahead:
            parts.append(_("{county} strongest on {indicator}", county=name, indicator=ahead[0]))
        if behind and context.filters.single_county is not None:
            parts.append(_("weakest on {indicator}", indicator=behind[0]))
    return sentences.sentence(context, *parts) or _(
        "{geography}: no place among the counties", geography=context.geography
    )

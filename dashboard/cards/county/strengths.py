"""One county's targets by status, and the indicators on which it is ahead and behind."""

from __future__ import annotations

import pandas as pd

from dashboard.cards.context import Context
from dashboard.cards.county.standings import (
    county_standings,
    status_change,
    status_counts,
    strongest,
    weakest,
)
from dashboard.cards.ranking import Place
from dashboard.cards.registry import card
from dashboard.report import Card, Column, Selects, Table, Tile
from dashboard.status import Status


@card("county.strengths")
def strengths(context: Context) -> Card:
    """Counts by status of every chosen county; the strongest and weakest indicators."""
    _ = context.language
    rows = [
        _row(context, county, kind, indicator_id, place)
        for county in context.chosen
        for kind, found in (
            (_("strong"), strongest(context, county)),
            (_("weak"), weakest(context, county)),
        )
        for indicator_id, place in found
    ]
    is_one = context.filters.single_county is not None
    table = Table(
        pd.DataFrame(rows, columns=["county", "kind", "indicator_id", "indicator", "now", "place"]),
        (
            *(() if is_one else (Column("county", _("County")),)),
            Column("kind", _("Strong or weak")),
            Column("indicator", _("Target"), leads_to=Selects.INDICATOR, id_column="indicator_id"),
            Column("now", _("Now")),
            Column("place", _("Place")),
        ),
    )
    return Card(
        card_id="county.strengths",
        finding=_finding(context),
        subtitle=context.subtitle(_("places among the counties"), context.geography, context.month),
        change=status_change(context, Status.MET, context.chosen),
        tiles=_tiles(context) if is_one else (),
        listing=table if rows else None,
        table=table,
    )


def _tiles(context: Context) -> tuple[Tile, ...]:
    counts = status_counts(context, context.chosen[0])
    return tuple(
        Tile(context.status(status), context.language.number(counts[status])) for status in Status
    )


def _finding(context: Context) -> str:
    """Say on what the chosen counties are ahead of most others, and on what behind."""
    _ = context.language
    parts = []
    for county in context.chosen:
        ahead = [context.text(i, "short") for i, _place in strongest(context, county)[:1]]
        behind = [context.text(i, "short") for i, _place in weakest(context, county)[:1]]
        if ahead and behind:
            parts.append(
                _(
                    "{county}: strongest on {ahead}, weakest on {behind}",
                    county=context.county(county),
                    ahead=ahead[0],
                    behind=behind[0],
                )
            )
    return context.language.pick("；", "; ").join(parts) or _(
        "{geography}: no place among the counties", geography=context.geography
    )


def _row(
    context: Context, county: str, kind: str, indicator_id: str, place: Place
) -> dict[str, str]:
    row = county_standings(context)[indicator_id].rows[county]
    return {
        "county": context.county(county),
        "kind": kind,
        "indicator_id": indicator_id,
        "indicator": context.text(indicator_id, "short"),
        "now": context.value(indicator_id, row["value"]),
        "place": f"{place.place}/{place.counties}",
    }

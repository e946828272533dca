"""Education communities (教共体): how many there are, and how many schools share in each."""

from __future__ import annotations

import pandas as pd

from dashboard.cards.context import Context
from dashboard.cards.model import Card, Column, Table
from dashboard.cards.phrases import not_reported
from dashboard.cards.registry import card
from dashboard.cards.side_by_side import standing_rows
from dashboard.filters import CITY
from dashboard.frames import Row

SHARE = "education_community_share"
SHORT_LIST = 12
LIST_HEIGHT = 440


@card("quality.communities")
def communities(context: Context) -> Card:
    """Show the communities by county; of a single county, one by one."""
    _ = context.language
    asked = context.query("quality/communities", as_of=context.filters.as_of)
    chosen = asked[asked["county_id"].isin(context.chosen)]
    row = context.chosen_value(SHARE)
    by_county = context.filters.single_county is None
    every = _community_table(context, chosen)
    listing = _county_table(context, asked) if by_county else every
    return Card(
        card_id="quality.communities",
        finding=_finding(context, chosen, row),
        subtitle=context.subtitle(
            _("education communities and the schools in them"),
            _("by county") if by_county else context.geography,
            _.month(row["period"]) if row["period"] else "",
        ),
        listing=listing if len(listing.frame) else None,
        listing_height=LIST_HEIGHT if len(listing.frame) > SHORT_LIST else None,
        table=every,
        indicator_ids=(SHARE,),
    )


def _finding(context: Context, chosen: pd.DataFrame, row: Row) -> str:
    """How many communities there are, and how many schools share."""
    _ = context.language
    if row["value"] is None:
        return not_reported(context, context.text(SHARE, "short"))
    return _(
        "{geography}: {communities} education communities, {sharing} of {schools} schools share",
        geography=context.geography,
        communities=_.number(len(chosen)),
        sharing=_.number(row["numerator"]),
        schools=_.number(row["denominator"]),
    )


def _county_table(context: Context, asked: pd.DataFrame) -> Table:
    """Return a row per unit and the city: communities, their sizes, and who does not share yet."""
    _ = context.language
    rows = []
    for county, standing in standing_rows(context, SHARE).items():
        own = asked if county == CITY else asked[asked["county_id"] == county]
        rows.append(
            {
                "county": context.county(county),
                "communities": _.number(len(own)),
                "sizes": _sizes(context, own["schools"]),
                "sharing": _sharing(context, standing),
                "missing": _without(context, standing),
            }
        )
    return Table(
        pd.DataFrame(rows),
        (
            Column("county", _("County")),
            Column("communities", _("Communities")),
            Column("sizes", _("Schools in each")),
            Column("sharing", _("Sharing / all schools")),
            Column("missing", _("Not sharing yet")),
        ),
    )


def _sizes(context: Context, schools: pd.Series) -> str:
    """From the smallest to the largest community."""
    if schools.empty:
        return ""
    ends = dict.fromkeys(context.language.number(n) for n in (schools.min(), schools.max()))
    return "–".join(ends)


def _sharing(context: Context, standing: Row) -> str:
    """Return the schools that share, of all, with the status."""
    _ = context.language
    if standing["value"] is None:
        return _("x not reported")
    return (
        f"{context.status(standing['status'])} "
        f"{_.number(standing['numerator'])}/{_.number(standing['denominator'])}"
    )


def _without(context: Context, standing: Row) -> str:
    if standing["value"] is None:
        return ""
    return context.language.number(standing["denominator"] - standing["numerator"])


def _community_table(context: Context, chosen: pd.DataFrame) -> Table:
    """Return a row per community, county by county, the largest first."""
    _ = context.language
    return Table(
        chosen.assign(county=[context.county(county) for county in chosen["county_id"]]),
        (
            Column("education_community", _("Education community")),
            Column("county", _("County")),
            Column("schools", _("Schools"), 0),
        ),
    )

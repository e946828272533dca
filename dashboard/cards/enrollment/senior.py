"""Quality senior highs: every county is to have one at least."""

from __future__ import annotations

import pandas as pd

from dashboard.cards import sentences
from dashboard.cards.context import Context
from dashboard.cards.model import Card, Column, Table
from dashboard.cards.registry import card
from dashboard.cards.standing import standings_table
from dashboard.filters import CITY
from dashboard.frames import Row, records, row_at
from dashboard.indicators import NOT_APPLICABLE

QUALITY_HIGHS = "quality_high_school_counties"


@card("enrollment.senior_schools", whole_city=True)
def senior_schools(context: Context) -> Card:
    """Which units have a quality senior high, and which schools they are."""
    _ = context.language
    standings = context.standings(QUALITY_HIGHS)
    city = row_at(standings, CITY)
    return Card(
        card_id="enrollment.senior_schools",
        finding=sentences.standing_sentence(context, QUALITY_HIGHS, context.county(CITY), city),
        subtitle=context.subtitle(
            context.text(QUALITY_HIGHS, "name"),
            _("by county"),
            _.month(city["period"]) if city["period"] else "",
        ),
        listing=_listing(context, standings, _schools(context, city["period"])),
        table=standings_table(context, QUALITY_HIGHS, standings),
        indicator_ids=(QUALITY_HIGHS,),
    )


def _schools(context: Context, period: str | None) -> dict[str, list[str]]:
    """Return the names of the quality senior highs in the register of a period, by county_id."""
    if not period:
        return {}
    highs = context.query("enrollment/quality_highs", school_year=int(period[:4])).dropna()
    names: dict[str, list[str]] = {}
    for row in records(highs):
        names.setdefault(row["county_id"], []).append(row["school_name"])
    return names


def _listing(context: Context, standings: pd.DataFrame, schools: dict[str, list[str]]) -> Table:
    """Return a row per unit; the city-run schools are listed, but count for no county."""
    _ = context.language
    rows = records(standings.drop(index=CITY))
    frame = pd.DataFrame(
        {
            "county": [context.county(row["county_id"]) for row in rows],
            "has_one": [_has_one(context, row) for row in rows],
            "count": [_.number(len(schools.get(row["county_id"], ()))) for row in rows],
            "schools": ["、".join(schools.get(row["county_id"], ())) or "–" for row in rows],
        }
    )
    return Table(
        frame,
        (
            Column("county", _("County")),
            Column("has_one", _("Quality senior high")),
            Column("count", _("Schools")),
            Column("schools", _("Their names")),
        ),
    )


def _has_one(context: Context, row: Row) -> str:
    """Whether a county has a quality senior high; city-run schools count for none."""
    _ = context.language
    if row["missing"] == NOT_APPLICABLE:
        return _("z not applicable")
    if row["value"] is None:
        return _("x not reported")
    return _("yes") if row["value"] else _("no")

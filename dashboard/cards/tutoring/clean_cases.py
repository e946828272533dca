"""Model cases of a clean environment: which county has one, and what it is called."""

from __future__ import annotations

import pandas as pd

from dashboard.cards import sentences
from dashboard.cards.context import Context
from dashboard.cards.model import Card, Column, Table
from dashboard.cards.registry import card
from dashboard.cards.standing import standings_table
from dashboard.filters import CITY
from dashboard.frames import records

CASES = "clean_case_counties"


@card("tutoring.clean_cases", whole_city=True)
def clean_cases(context: Context) -> Card:
    """Show the year's cases by county: every county is to have one at least."""
    _ = context.language
    cases = context.query("tutoring/clean_cases", as_of=context.filters.as_of)
    row = context.chosen_value(CASES)
    return Card(
        card_id="tutoring.clean_cases",
        finding=sentences.sentence(
            context,
            sentences.standing_sentence(context, CASES, context.county(CITY), row),
            _without(context, cases),
        ),
        subtitle=context.subtitle(
            context.text(CASES, "name"), _("by county"), _("to {month}", month=context.month)
        ),
        listing=_listing(context, cases),
        table=standings_table(context, CASES, context.standings(CASES)),
        indicator_ids=(CASES,),
    )


def _without(context: Context, cases: pd.DataFrame) -> str:
    """Name the counties that have no case yet."""
    _ = context.language
    missing = [
        context.county(row["county_id"]) for row in records(cases) if row["case_name"] is None
    ]
    return _("none yet: {counties}", counties=_.listed(missing)) if missing else ""


def _listing(context: Context, cases: pd.DataFrame) -> Table:
    """Return a row per case in the counties' order, and one for each county without."""
    _ = context.language
    rows = records(cases)
    frame = pd.DataFrame(
        {
            "county": [context.county(row["county_id"]) for row in rows],
            "case": [
                _("none yet") if row["case_name"] is None else row["case_name"] for row in rows
            ],
            "date": ["" if row["case_date"] is None else _.date(row["case_date"]) for row in rows],
        }
    )
    return Table(
        frame,
        (
            Column("county", _("County")),
            Column("case", _("Case")),
            Column("date", _("Recognised on")),
        ),
    )

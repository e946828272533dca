"""Small schools closed or merged."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from dashboard.cards import sentences
from dashboard.cards.context import Context
from dashboard.cards.model import Card, Chart, Column, Selects, Table
from dashboard.cards.registry import card
from dashboard.cards.standing import standings_table
from dashboard.filters import CITY
from dashboard.frames import Row, records

INDICATOR = "small_schools_merged"


@card("construction.small_schools")
def small_schools(context: Context) -> Card:
    """Schools closed or merged this year against the same months of the year before, and which."""
    standings = context.standings(INDICATOR)
    finding = sentences.standing_sentence(
        context, INDICATOR, context.geography, context.chosen_value(INDICATOR)
    )
    schools = context.query("construction/merged_schools", as_of=context.filters.as_of)
    chosen = schools[schools["county_id"].isin(context.filters.counties)]
    return Card(
        card_id="construction.small_schools",
        finding=finding,
        subtitle=context.subtitle(
            context.text(INDICATOR, "name"), context.language("by county"), context.month
        ),
        charts=(
            Chart(
                "bar",
                _county_rows(context, standings[standings["county_id"] != CITY], schools),
                _options(context),
                alt=finding,
                selects=Selects.COUNTY,
            ),
        ),
        listing=_listing(context, chosen) if len(chosen) else None,
        table=standings_table(context, INDICATOR, standings),
        indicator_ids=(INDICATOR,),
    )


def _options(context: Context) -> dict[str, Any]:
    _ = context.language
    return {
        "series_text": _("this year"),
        "comparison_text": context.comparison_of(INDICATOR),
        "highlight": context.highlight,
        "missing_text": _("x not reported"),
        "value_range": [0, 4],  # a year without mergers has an axis as well
        "uirevision": INDICATOR,
    }


def _county_rows(context: Context, counties: pd.DataFrame, schools: pd.DataFrame) -> pd.DataFrame:
    """One row per county: how many schools, how many in the month compared with, and which."""
    names: dict[str, list[str]] = {}
    for school in records(schools[["county_id", "school_name"]]):
        names.setdefault(school["county_id"], []).append(school["school_name"])
    return pd.DataFrame(
        [
            {
                "id": county["county_id"],
                "label": context.county(county["county_id"]),
                "value": county["value"],
                "text": context.value(INDICATOR, county["value"]),
                "comparison": county["compared"],
                "hover": _hover(context, county, names.get(county["county_id"], ())),
            }
            for county in records(counties[["county_id", "value", "compared"]])
        ]
    )


def _hover(context: Context, county: Row, schools: Sequence[str]) -> str:
    """Return a county's figures of now and of the month compared with.

    And the names of its schools.
    """
    lines = [f"{context.county(county['county_id'])} {context.value(INDICATOR, county['value'])}"]
    if county["compared"] is not None:
        lines.append(
            context.language(
                "{comparison} {value}",
                comparison=context.comparison_of(INDICATOR),
                value=context.value(INDICATOR, county["compared"]),
            )
        )
    return "\n".join([*lines, *schools])


def _listing(context: Context, schools: pd.DataFrame) -> Table:
    _ = context.language
    return Table(
        schools.assign(
            month=[context.language.month(month) for month in schools["month"]],
            merged_into_name=schools["merged_into_name"].fillna(""),
        ),
        (
            Column("school_name", _("School closed")),
            Column("month", _("Month")),
            Column("merged_into_name", _("Merged into")),
        ),
    )

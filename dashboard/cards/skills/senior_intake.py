"""General to vocational: the intake of senior secondary schools over the years and by county."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dashboard import indicators
from dashboard.cards import sentences
from dashboard.cards.context import Context
from dashboard.cards.model import Card, Chart, Column, Selects, Table
from dashboard.cards.people_axis import people_axis
from dashboard.cards.phrases import autumns, not_reported, stage_names
from dashboard.cards.registry import card
from dashboard.cards.standing import standings_table
from dashboard.filters import CITY
from dashboard.frames import Row, records
from dashboard.indicators.status import Status

GENERAL_SHARE = "general_vocational_ratio"
HEIGHT = 330


@card("skills.senior_intake")
def senior_intake(context: Context) -> Card:
    """Show new pupils of general and of vocational schools, year by year."""
    _ = context.language
    years = _intake_years(context)
    row = context.chosen_value(GENERAL_SHARE)
    finding = sentences.standing_sentence(context, GENERAL_SHARE, context.geography, row)
    return Card(
        card_id="skills.senior_intake",
        finding=finding,
        subtitle=context.subtitle(
            _("new pupils of general and vocational schools; general share above the bar"),
            context.geography,
            autumns(context, years["year"]),
        ),
        charts=(_intake_chart(context, years, finding),),
        table=Table(
            years.assign(year_name=[_.school_year(year) for year in years["year"]]).iloc[::-1],
            (
                Column("year_name", _("School year")),
                Column("general", _("General senior"), 0),
                Column("vocational", _("Secondary vocational"), 0),
                Column(
                    "value",
                    context.text(GENERAL_SHARE, "name") + " (%)",
                    context.indicator(GENERAL_SHARE).decimals,
                ),
            ),
        ),
        indicator_ids=(GENERAL_SHARE,),
    )


def _intake_chart(context: Context, years: pd.DataFrame, finding: str) -> Chart:
    """Return a bar per year of two parts, the general share at its end."""
    _ = context.language
    names = stage_names(context, "senior", "vocational")
    unit = people_axis(context, years["general"])
    rows = [
        {
            "id": str(row["year"]),
            "label": str(row["year"]),
            "series": names[stage],
            "value": None if is_missing else row[column] / unit.size,
            "text": "" if is_missing else unit.text(context, row[column]),
            "total_text": context.shown(GENERAL_SHARE, row),
        }
        for row in records(years)
        for stage, column in (("senior", "general"), ("vocational", "vocational"))
        for is_missing in [bool(row[column] is None)]
    ]
    columns = ("id", "label", "series", "value", "text", "total_text")
    frame = pd.DataFrame(rows, columns=list(columns))
    return Chart(
        "stacked_bar",
        frame,
        {
            "horizontal": False,
            "height": HEIGHT,
            "tick_suffix": unit.name,
            "empty_text": _("x not reported"),
            "uirevision": "senior_intake",
        },
        finding,
    )


def _intake_years(context: Context) -> pd.DataFrame:
    """Return the chosen counties' intake together: year, general, vocational, value, missing.

    A chosen county that has not reported the latest year is left out of every year, so that years
    compare.
    """
    reported = context.history(GENERAL_SHARE)
    latest = set(reported.loc[reported["period"] == reported["period"].max(), "county_id"])
    counties = latest & set(context.chosen)
    sums = reported.head(0)
    if counties:
        sums = indicators.history(context.database, GENERAL_SHARE, context.filters.as_of, counties)
        sums = sums[sums["county_id"] == CITY]
    return pd.DataFrame(
        {
            "year": [int(period[:4]) for period in sums["period"]],
            "general": sums["numerator"].to_numpy(),
            "vocational": (sums["denominator"] - sums["numerator"]).to_numpy(),
            "value": sums["value"].to_numpy(),
            "missing": sums["missing"].to_numpy(),
        }
    )


@card("skills.general_share")
def general_share(context: Context) -> Card:
    """Show the general share by county beside the year before, and whether it has kept steady."""
    _ = context.language
    standings = context.standings(GENERAL_SHARE)
    row = context.chosen_value(GENERAL_SHARE)
    units = standings.drop(index=CITY)
    finding = _finding(context, records(units))
    period = row["period"]
    options: dict[str, Any] = {
        "highlight": context.highlight,
        "series_text": _.month(period) if period else "",
        "comparison_text": _("a year before"),
        "tick_suffix": "%",
        "value_range": context.value_range(GENERAL_SHARE),
        "axis_note": _("The axis does not begin at zero."),
        "missing_text": _("x not reported"),
        "uirevision": "general_share",
    }
    return Card(
        card_id="skills.general_share",
        finding=finding,
        subtitle=context.subtitle(
            context.text(GENERAL_SHARE, "name"),
            _("by county"),
            _.month(period) if period else "",
        ),
        charts=(
            Chart("county_dot", _shares(context, standings), options, finding, Selects.COUNTY),
        ),
        table=standings_table(context, GENERAL_SHARE, standings),
        indicator_ids=(GENERAL_SHARE,),
        notes=(
            _(
                "Steady: within {points} of the year before.",
                points=context.difference(GENERAL_SHARE, _tolerance(context)),
            ),
        ),
    )


def _shares(context: Context, standings: pd.DataFrame) -> pd.DataFrame:
    """Return a row per unit and the city's: the share now and a year before."""
    return pd.DataFrame(
        {
            "id": standings["county_id"],
            "label": [context.county(county) for county in standings["county_id"]],
            "value": standings["value"],
            "comparison": standings["previous"],
            "text": [context.shown(GENERAL_SHARE, row) for row in records(standings)],
            "status": standings["status"],
            "is_total": standings["county_id"] == CITY,
        }
    )


def _finding(context: Context, units: list[Row]) -> str:
    """How many units have kept steady, and the lowest and the highest share; of one, how steady."""
    _ = context.language
    shares = {row["county_id"]: row["value"] for row in units if row["value"] is not None}
    judged = [row for row in units if row["status"] is not None]
    if not judged or not shares:
        return not_reported(context, context.text(GENERAL_SHARE, "short"))
    steady = sum(row["status"] != Status.BEHIND for row in judged)
    lowest, highest = min(shares, key=shares.__getitem__), max(shares, key=shares.__getitem__)
    return sentences.sentence(
        context,
        _("{steady} of {count} units have kept steady", steady=steady, count=len(judged)),
        _(
            "{measure} from {low} ({low_county}) to {high} ({high_county})",
            measure=_("General share"),
            low=context.value(GENERAL_SHARE, shares[lowest]),
            low_county=context.county(lowest),
            high=context.value(GENERAL_SHARE, shares[highest]),
            high_county=context.county(highest),
        ),
    )


def _tolerance(context: Context) -> float:
    """By how many percentage points a share may differ from the year before and be steady."""
    return context.indicator(GENERAL_SHARE).tolerance or 0.0

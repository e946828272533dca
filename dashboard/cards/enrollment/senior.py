"""Senior secondary: general and vocational intake, quality senior highs; tertiary enrolment."""

from __future__ import annotations

import pandas as pd

from dashboard.cards import sentences
from dashboard.cards.context import Context
from dashboard.cards.enrollment.stages import autumns, people_axis, stage_names
from dashboard.cards.registry import card
from dashboard.cards.standing import standings_table
from dashboard.filters import CITY
from dashboard.frames import Row, records, row_at
from dashboard.report import Card, Chart, Column, Table, Tile

GENERAL_SHARE = "general_vocational_ratio"
QUALITY_HIGHS = "quality_high_school_counties"
TERTIARY = "tertiary_gross_enrolment"
INTAKE_HEIGHT = 330


@card("enrollment.senior_intake")
def senior_intake(context: Context) -> Card:
    """New pupils of general and of vocational schools, year by year."""
    _ = context.language
    years = _intake_years(context)
    row = context.chosen_value(GENERAL_SHARE)
    finding = sentences.standing_sentence(context, GENERAL_SHARE, context.geography, row)
    late = sentences.late_sentence(context, row["late_counties"])
    return Card(
        card_id="enrollment.senior_intake",
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
                Column("vocational", _("Vocational"), 0),
                Column(
                    "general_pct",
                    context.text(GENERAL_SHARE, "name") + " (%)",
                    context.indicator(GENERAL_SHARE).decimals,
                ),
            ),
        ),
        indicator_ids=(GENERAL_SHARE,),
        notes=(late,) if late else (),
    )


def _intake_chart(context: Context, years: pd.DataFrame, finding: str) -> Chart:
    """A bar per year of two parts, the general share at its end."""
    _ = context.language
    names = stage_names(context)
    unit = people_axis(context, years["general"])
    rows = [
        {
            "id": str(row["year"]),
            "label": str(row["year"]),
            "series": names[stage],
            "value": row[column] / unit.size,
            "text": unit.text(context, row[column]),
            "total_text": context.value(GENERAL_SHARE, row["general_pct"]),
        }
        for row in records(years)
        for stage, column in (("senior", "general"), ("vocational", "vocational"))
    ]
    columns = ("id", "label", "series", "value", "text", "total_text")
    frame = pd.DataFrame(rows, columns=list(columns))
    return Chart(
        "stacked_bar",
        frame,
        {
            "horizontal": False,
            "height": INTAKE_HEIGHT,
            "tick_suffix": unit.name,
            "empty_text": _("x not reported"),
            "uirevision": "senior_intake",
        },
        finding,
    )


def _intake_years(context: Context) -> pd.DataFrame:
    """The chosen counties' intake together: year, general, vocational, general_pct.

    A chosen county that has not reported the latest year is left out of every year, so that years
    compare.
    """
    reported = context.history(GENERAL_SHARE)
    latest = reported.loc[reported["period"] == reported["period"].max(), "county_id"]
    chosen = reported["county_id"].isin(set(latest) & set(context.chosen))
    sums = reported[chosen].groupby("period")[["numerator", "denominator"]].sum()
    return pd.DataFrame(
        {
            "year": [int(period[:4]) for period in sums.index],
            "general": sums["numerator"].to_numpy(),
            "vocational": (sums["denominator"] - sums["numerator"]).to_numpy(),
            "general_pct": (sums["numerator"] / sums["denominator"] * 100).to_numpy(),
        }
    )


@card("enrollment.senior_schools", whole_city=True)
def senior_schools(context: Context) -> Card:
    """By county: the general share of intake, and whether there is a quality senior high."""
    _ = context.language
    highs = context.standings(QUALITY_HIGHS)
    city = row_at(highs, CITY)
    return Card(
        card_id="enrollment.senior_schools",
        finding=sentences.sentence(
            context,
            sentences.standing_sentence(context, QUALITY_HIGHS, context.county(CITY), city),
            _shares_apart(context),
        ),
        subtitle=context.subtitle(
            _("quality senior highs; general share of intake"),
            _("by county"),
            _.month(city["period"]) if city["period"] else "",
        ),
        listing=_counties_listing(context, highs),
        table=standings_table(context, QUALITY_HIGHS, highs),
        indicator_ids=(QUALITY_HIGHS, GENERAL_SHARE),
    )


def _shares_apart(context: Context) -> str:
    """The lowest and the highest general share of a county."""
    _ = context.language
    shares = context.standings(GENERAL_SHARE).drop(index=CITY)["value"].dropna().astype(float)
    if len(shares) < 2:
        return ""
    lowest, highest = str(shares.idxmin()), str(shares.idxmax())
    return _(
        "{measure} from {low} ({low_county}) to {high} ({high_county})",
        measure=_("General share"),
        low=context.value(GENERAL_SHARE, shares[lowest]),
        low_county=context.county(lowest),
        high=context.value(GENERAL_SHARE, shares[highest]),
        high_county=context.county(highest),
    )


def _counties_listing(context: Context, highs: pd.DataFrame) -> Table:
    """A row per county, the city's last."""
    _ = context.language
    shares = context.standings(GENERAL_SHARE)
    frame = pd.DataFrame(
        {
            "county": [context.county(county) for county in shares["county_id"]],
            "high": [_quality_high(context, row) for row in records(highs)],
            "share": [context.value(GENERAL_SHARE, share) for share in shares["value"]],
            "before": [context.value(GENERAL_SHARE, share) for share in shares["previous"]],
            "status": [context.status(status) for status in shares["status"]],
        }
    )
    return Table(
        frame,
        (
            Column("county", _("County")),
            Column("high", _("Quality senior high")),
            Column("share", _("General share")),
            Column("before", _("Last year")),
            Column("status", _("Status")),
        ),
    )


def _quality_high(context: Context, row: Row) -> str:
    """Whether a county has a quality senior high; for the city, how many counties have."""
    _ = context.language
    if row["missing"] == "z":
        return _("z not applicable")
    if pd.isna(row["value"]):
        return _("x not reported")
    if row["county_id"] == CITY:
        return context.value(QUALITY_HIGHS, row["value"])
    return _("yes") if row["value"] else _("no")


@card("enrollment.gross_enrolment", whole_city=True)
def gross_enrolment(context: Context) -> Card:
    """The city's one figure, year by year; it is never computed, summed or split."""
    _ = context.language
    row = row_at(context.standings(TERTIARY), CITY)
    years = context.history(TERTIARY)
    years = years[years["county_id"] == CITY]
    return Card(
        card_id="enrollment.gross_enrolment",
        finding=sentences.standing_sentence(context, TERTIARY, context.county(CITY), row),
        subtitle=context.subtitle(
            context.text(TERTIARY, "name"),
            _("city figure, published each December"),
            _("target {value}", value=context.value(TERTIARY, row["target"])),
        ),
        tiles=tuple(
            Tile(year["period"][:4], context.value(TERTIARY, year["value"]))
            for year in records(years)
        ),
        table=Table(
            years.iloc[::-1].assign(year=years["period"].str[:4]),
            (
                Column("year", _("Year")),
                Column(
                    "value",
                    context.text(TERTIARY, "name") + " (%)",
                    context.indicator(TERTIARY).decimals,
                ),
            ),
        ),
        indicator_ids=(TERTIARY,),
    )

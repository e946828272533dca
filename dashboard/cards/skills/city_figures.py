"""Figures that exist once for the whole city: retention, gross enrolment, double-high projects."""

from __future__ import annotations

import pandas as pd

from dashboard.cards import sentences
from dashboard.cards.context import Context
from dashboard.cards.model import Card, Chart, Column, Table
from dashboard.cards.phrases import present
from dashboard.cards.registry import card
from dashboard.filters import CITY
from dashboard.frames import Row, records

RETENTION = "graduate_retention"
TERTIARY = "tertiary_gross_enrolment"
DOUBLE_HIGH = "vocational_double_high_passed"
# The figure whose cut-off date is the indicator's: of a rate, what stands below the line.
DATED_BY = {
    RETENTION: "retention_graduates",
    TERTIARY: "gross_enrolment_pct",
    DOUBLE_HIGH: "double_high_due",
}
HEIGHT = 270
PART_COLOURS = ("#12436D", "#BFBFBF")  # passed, not passed yet


@card("skills.retention", whole_city=True)
def retention(context: Context) -> Card:
    """Graduates of the city's universities who stay, year by year."""
    return _yearly(context, "skills.retention", RETENTION)


@card("skills.gross_enrolment", whole_city=True)
def gross_enrolment(context: Context) -> Card:
    """Show the published ratio year by year; it is never computed, summed or split."""
    return _yearly(context, "skills.gross_enrolment", TERTIARY)


def _yearly(context: Context, card_id: str, indicator_id: str) -> Card:
    """Show a city rate over the years against the chosen year's target."""
    _ = context.language
    row = context.chosen_value(indicator_id)
    years = _years(context, indicator_id)
    finding = sentences.standing_sentence(context, indicator_id, context.county(CITY), row)
    frame = pd.DataFrame(
        {
            "x": years["year"],
            "value": years["value"],
            "text": [context.value(indicator_id, value) for value in years["value"]],
        }
    )
    options = {
        "tick_suffix": "%",
        "axis_note": _("The vertical axis does not begin at zero."),
        "height": HEIGHT,
        "empty_text": _("x not reported"),
        "uirevision": card_id,
    }
    if row["target"] is not None:
        target = context.value(indicator_id, row["target"])
        options |= {
            "target": float(row["target"]),
            "target_text": _("target {value}", value=target),
        }
    return Card(
        card_id=card_id,
        finding=finding,
        subtitle=_subtitle(context, indicator_id, years),
        charts=(Chart("line", frame, options, finding),),
        table=_table(context, indicator_id, years),
        indicator_ids=(indicator_id,),
        notes=present(sentences.gap_sentence(context, indicator_id, row), _never_split(context)),
    )


@card("skills.double_high", whole_city=True)
def double_high(context: Context) -> Card:
    """Vocational double-high projects that passed their final evaluation, of those due."""
    _ = context.language
    row = context.chosen_value(DOUBLE_HIGH)
    years = _years(context, DOUBLE_HIGH)
    finding = sentences.sentence(
        context,
        sentences.standing_sentence(context, DOUBLE_HIGH, context.county(CITY), row),
        _passed_of_due(context, row),
    )
    options = {
        "horizontal": False,
        "part_colours": list(PART_COLOURS),
        "axis_note": context.text(DOUBLE_HIGH, "counted"),
        "height": HEIGHT,
        "empty_text": _("x not reported"),
        "uirevision": "double_high",
    }
    return Card(
        card_id="skills.double_high",
        finding=finding,
        subtitle=_subtitle(context, DOUBLE_HIGH, years),
        charts=(Chart("stacked_bar", _parts(context, years), options, finding),),
        table=_table(context, DOUBLE_HIGH, years),
        indicator_ids=(DOUBLE_HIGH,),
        notes=present(sentences.gap_sentence(context, DOUBLE_HIGH, row), _never_split(context)),
    )


def _passed_of_due(context: Context, row: Row) -> str:
    """Say how many of the projects due have passed."""
    if row["value"] is None:
        return ""
    return context.language(
        "{passed} of {due} projects passed",
        passed=context.language.number(row["numerator"]),
        due=context.language.number(row["denominator"]),
    )


def _parts(context: Context, years: pd.DataFrame) -> pd.DataFrame:
    """Return a row per year and part: the projects passed, and those due that have not."""
    _ = context.language
    rows = []
    for year in records(years):
        passed, due = year["numerator"], year["denominator"]
        for name, count in ((_("passed"), passed), (_("not passed"), due - passed)):
            rows.append(
                {
                    "id": year["year"],
                    "label": year["year"],
                    "series": name,
                    "value": count,
                    "text": _.number(count or None),
                    "total_text": f"{_.number(passed)}/{_.number(due)}",
                }
            )
    columns = ["id", "label", "series", "value", "text", "total_text"]
    return pd.DataFrame(rows, columns=columns)


# ---- what the cards share ------------------------------------------------------------------------


def _years(context: Context, indicator_id: str) -> pd.DataFrame:
    """Return the figure's years so far, with numerator, denominator, value and cut_off."""
    dates = context.query(
        "skills/cut_off_dates", figure=DATED_BY[indicator_id], as_of=context.filters.as_of
    )
    days = dict(zip(dates["period"], dates["cut_off_date"], strict=True))
    years = context.history(indicator_id)
    years = years[years["county_id"] == CITY].reset_index(drop=True)
    return years.assign(
        year=years["period"].str[:4],
        cut_off=[context.language.date(days[period]) for period in years["period"]],
    )


def _subtitle(context: Context, indicator_id: str, years: pd.DataFrame) -> str:
    """Measure, geography and the date at which the latest figure was taken."""
    latest = "" if years.empty else str(years["cut_off"].iloc[-1])
    return context.subtitle(
        context.text(indicator_id, "name"),
        context.county(CITY),
        context.language("as of {date}", date=latest) if latest else "",
    )


def _table(context: Context, indicator_id: str, years: pd.DataFrame) -> Table:
    """Return a row per year, the latest first; a ratio that is entered as it is has no parts."""
    _ = context.language
    indicator = context.indicator(indicator_id)
    parts = (
        Column("numerator", _("Numerator"), 0),
        Column("denominator", _("Denominator"), 0),
    )
    return Table(
        years.iloc[::-1],
        (
            Column("year", _("Year")),
            *(parts if indicator.denominator == "base" else ()),
            Column("value", context.text(indicator_id, "short") + " (%)", indicator.decimals),
            Column("cut_off", _("Cut-off date")),
        ),
    )


def _never_split(context: Context) -> str:
    return context.language("A figure of the whole city only, never by county or school.")

"""After-school care that brings in outside resources, term against the same term a year before."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dashboard.cards import sentences
from dashboard.cards.context import Context
from dashboard.cards.model import Card, Chart, Column, Selects, Table
from dashboard.cards.phrases import present
from dashboard.cards.registry import card
from dashboard.filters import CITY, shift_month
from dashboard.frames import Row, records
from dashboard.indicators import NOT_APPLICABLE

RESOURCES = "external_resource_rate"
SPRING_ENDS = 6  # the month by which the spring term has reported


@card("tutoring.outside_resources")
def outside_resources(context: Context) -> Card:
    """Show the share of schools by county in the latest term and in the same term a year before."""
    _ = context.language
    row = context.chosen_value(RESOURCES)
    standings = context.standings(RESOURCES)
    term = term_name(context, row["period"])
    finding = _finding(context, standings, row)
    options: dict[str, Any] = {
        "highlight": context.highlight,
        "series_text": term,
        "comparison_text": term_name(context, _year_before(row["period"])),
        "value_range": context.value_range(RESOURCES),
        "tick_suffix": "%",
        "axis_note": _("The axis does not begin at zero."),
        "missing_text": _("x not reported"),
        "empty_text": _("x not reported"),
        "uirevision": "outside_resources",
    }
    return Card(
        card_id="tutoring.outside_resources",
        finding=finding,
        subtitle=context.subtitle(context.text(RESOURCES, "formula"), _("by county"), term),
        charts=(Chart("county_dot", _frame(context, standings), options, finding, Selects.COUNTY),),
        table=_table(context),
        indicator_ids=(RESOURCES,),
        notes=present(sentences.gap_sentence(context, RESOURCES, row)),
    )


def term_name(context: Context, period: str | None) -> str:
    """Name the term that reports in a month: 2024年春季学期, spring term 2024."""
    _ = context.language
    if not period:
        return ""
    is_spring = int(period[5:7]) <= SPRING_ENDS
    message = _("spring term {year}") if is_spring else _("autumn term {year}")
    return message.format(year=period[:4])


def _year_before(period: str | None) -> str | None:
    return shift_month(period, -12) if period else None


def _finding(context: Context, standings: pd.DataFrame, row: Row) -> str:
    """Return the chosen counties' share against the year before, and the lowest or the place."""
    county = context.filters.single_county
    return sentences.sentence(
        context,
        sentences.standing_sentence(context, RESOURCES, context.geography, row),
        sentences.extreme_sentence(context, RESOURCES, standings.loc[list(context.chosen)])
        if county is None
        else sentences.rank_sentence(context, RESOURCES, standings, county),
    )


def _frame(context: Context, standings: pd.DataFrame) -> pd.DataFrame:
    """Return a row per unit and the city's, with how many schools the share is made of."""
    number = context.language.number
    rows = [row for row in records(standings) if row["missing"] != NOT_APPLICABLE]
    return pd.DataFrame(
        {
            "id": [row["county_id"] for row in rows],
            "label": [context.county(row["county_id"]) for row in rows],
            "value": [row["value"] for row in rows],
            "comparison": [row["previous"] for row in rows],
            "text": [
                ""
                if row["value"] is None
                else f"{context.value(RESOURCES, row['value'])} "
                f"({number(row['numerator'])}/{number(row['denominator'])})"
                for row in rows
            ],
            "status": [row["status"] for row in rows],
            "is_total": [row["county_id"] == CITY for row in rows],
        }
    )


def _table(context: Context) -> Table:
    """Return a row per term and unit, the latest term first."""
    _ = context.language
    terms = context.history(RESOURCES).sort_values("period", ascending=False, kind="stable")
    return Table(
        terms.assign(
            term=[term_name(context, period) for period in terms["period"]],
            county=[context.county(county) for county in terms["county_id"]],
        ),
        (
            Column("term", _("Term")),
            Column("county", _("County")),
            Column("numerator", _("Schools with outside resources"), 0),
            Column("denominator", _("Schools with after-school care"), 0),
            Column(
                "value",
                context.text(RESOURCES, "short") + " (%)",
                context.indicator(RESOURCES).decimals,
            ),
        ),
    )

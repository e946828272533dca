"""Myopia by county on the same season a year before, as it is and weighted by stage."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from dashboard.cards import sentences
from dashboard.cards.context import Context
from dashboard.cards.health.myopia import (
    MYOPIA,
    chosen_round,
    latest_round,
    myopia_sentence,
)
from dashboard.cards.health.rate_axis import rate_axis
from dashboard.cards.health.rounds import round_before, round_name, school_year_of
from dashboard.cards.model import Card, Chart, Column, Selects, Table
from dashboard.cards.phrases import percent, present, share_change
from dashboard.cards.registry import card
from dashboard.filters import CITY
from dashboard.frames import Row
from dashboard.indicators import SUPPRESSED

AXIS_PCT = [40, 80]  # holds every county in both seasons; a rate beyond it would widen the axis


@card("health.myopia_by_county")
def myopia_by_county(context: Context) -> Card:
    """Show the rates of every county in the latest round, and which way they moved."""
    _ = context.language
    rows = latest_round(context, context.county_ids)
    together = chosen_round(context)
    period = together["period"]
    now, before = round_name(context, period), round_name(context, round_before(period))
    finding = _finding(context, together)
    options = {
        **rate_axis(context, "myopia_by_county"),
        "value_range": AXIS_PCT,
        "series_text": now,
        "comparison_text": before,
        "highlight": context.highlight,
    }
    return Card(
        card_id="health.myopia_by_county",
        finding=finding,
        subtitle=context.subtitle(_("myopia rate, same season"), _("by county"), now),
        charts=(Chart("county_dot", _frame(context, rows), options, finding, Selects.COUNTY),),
        table=_table(context, _with_chosen(context, rows, together), now, before),
        indicator_ids=(MYOPIA,),
        sources=("enrolment",),
        notes=present(_weights_note(context, period)),
    )


def _with_chosen(context: Context, rows: Mapping[str, Row], together: Row) -> list[Row]:
    """Return the units' rows, and behind them that of several chosen counties together."""
    listed: list[Row] = [{**row, "county": context.county(county)} for county, row in rows.items()]
    if context.filters.is_city or context.filters.single_county:
        return listed
    return [*listed, {**together, "county": context.geography}]


def _finding(context: Context, together: Row) -> str:
    change = together["weighted_change_pp"]
    weighted = ""
    if change is not None:
        weighted = context.language(
            "weighted by stage {change}", change=share_change(context, MYOPIA, change)
        )
    return sentences.sentence(context, myopia_sentence(context, together), weighted)


def _frame(context: Context, rows: Mapping[str, Row]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "id": list(rows),
            "label": [context.county(county) for county in rows],
            "value": [row["myopic_pct"] for row in rows.values()],
            "comparison": [row["myopic_before_pct"] for row in rows.values()],
            "text": [_both_rates(context, row) for row in rows.values()],
            "is_total": [county == CITY for county in rows],
        }
    )


def _both_rates(context: Context, row: Row) -> str:
    """Return rates as they are and weighted by stage; a unit without some stage has the first."""
    rate = percent(context, MYOPIA, row["myopic_pct"])
    if row["myopic_pct"] is None:
        return context.missing(SUPPRESSED) if row["is_withheld"] else rate
    not_applicable = context.language("z not applicable")
    return f"{rate} / {percent(context, MYOPIA, row['weighted_pct'], missing=not_applicable)}"


def _weights_note(context: Context, period: str | None) -> str:
    """Which pupils the weights are."""
    if period is None:
        return ""
    return context.language(
        "At the right: rate / rate weighted by stage. The weights are the city's "
        "enrolment by stage in {school_year}, for both rounds.",
        school_year=context.language.school_year(school_year_of(period)),
    )


def _table(context: Context, rows: list[Row], now: str, before: str) -> Table:
    _ = context.language
    decimals = context.indicator(MYOPIA).decimals
    rate, weighted = _("Myopia rate"), _("Weighted by stage")
    examined, myopic, points = _("Examined"), _("Myopic"), _("percentage points")
    change = _("Change over the same schools") + f" ({points})"
    return Table(
        pd.DataFrame(rows),
        (
            Column("county", _("County")),
            Column("examined", f"{examined} {now}", 0),
            Column("myopic", f"{myopic} {now}", 0),
            Column("myopic_pct", f"{rate} {now} (%)", decimals),
            Column("myopic_before_pct", f"{rate} {before} (%)", decimals),
            Column("change_pp", change, decimals),
            Column("weighted_pct", f"{weighted} {now} (%)", decimals),
            Column("weighted_before_pct", f"{weighted} {before} (%)", decimals),
            Column("weighted_change_pp", f"{weighted} {change}", decimals),
        ),
    )

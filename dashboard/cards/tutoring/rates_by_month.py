"""The three 100% month by month: late counties have gaps, never zeros."""

from __future__ import annotations

import pandas as pd

from dashboard.cards import sentences
from dashboard.cards.context import Context
from dashboard.cards.model import Card, Chart, Column, Table
from dashboard.cards.phrases import named, not_reported, present
from dashboard.cards.registry import card
from dashboard.cards.tutoring.rates import (
    RATES,
    asked_target,
    has_providers,
    no_providers,
    rates_of_year,
)
from dashboard.filters import CITY
from dashboard.frames import records
from dashboard.indicators import UNAVAILABLE

PANELS_BESIDE = 3
BOTH = 2  # ends of the months shown


def _columns(context: Context) -> dict[str, str]:
    return {indicator_id: RATES[indicator_id] for indicator_id in rates_of_year(context)}


@card("tutoring.rates_by_month")
def rates_by_month(context: Context) -> Card:
    """Show the three rates month by month, a panel per county; a month not reported is a gap."""
    _ = context.language
    months = context.query("tutoring/rates_by_month", as_of=context.filters.as_of)
    ends = _both_ends(context, months)
    finding = _months_finding(context, ends)
    options = {
        "columns": PANELS_BESIDE,
        "target_text": _("target"),
        "value_range": context.value_range(*rates_of_year(context)),
        "tick_suffix": "%",
        "axis_note": _("The vertical axis does not begin at zero."),
        "missing_text": UNAVAILABLE,  # a note says of whom: the words are wider than a panel
        "empty_text": _("x not reported"),
        "uirevision": "tutoring_months",
    }
    return Card(
        card_id="tutoring.rates_by_month",
        finding=finding,
        subtitle=context.subtitle(
            _("providers managed, on the platform, registered"), _("by county and month")
        ),
        charts=(Chart("small_multiples", _months_frame(context, months), options, finding),),
        table=_months_table(context, months, ends),
        indicator_ids=rates_of_year(context),
        notes=present(_not_reported_months(context, months)),
    )


def _months_frame(context: Context, months: pd.DataFrame) -> pd.DataFrame:
    """Return a row per county, rate and month, in the order of panels and lines."""
    names = {county: context.county(county) for county in context.county_ids}
    series = {
        i: (context.text(i, "short"), asked_target(context, i)) for i in rates_of_year(context)
    }
    rows = [
        {
            "id": row["county_id"],
            "panel": names[row["county_id"]],
            "series": series[indicator_id][0],
            "x": row["month"][2:],
            "value": row[f"{column}_pct"],
            "text": context.value(indicator_id, row[f"{column}_pct"]),
            "target": series[indicator_id][1],
        }
        for row in records(months)
        for indicator_id, column in _columns(context).items()
    ]
    return pd.DataFrame(rows)


def _both_ends(context: Context, months: pd.DataFrame) -> pd.DataFrame:
    """Return first and the last month of the chosen counties that have reported both, together."""
    ends = months[
        months["month"].isin([months["month"].min(), months["month"].max()])
        & months["county_id"].isin(context.chosen)
        & (months["providers"] > 0)
    ]
    reported = ends["county_id"].value_counts()
    counties = [county for county in context.chosen if reported.get(county) == BOTH]
    counted = ["providers", *_columns(context).values()]
    sums = ends[ends["county_id"].isin(counties)].groupby("month", as_index=False)[counted].sum()
    shares = {
        f"{column}_pct": sums[column] * 100 / sums["providers"]
        for column in _columns(context).values()
    }
    name = context.language.listed([context.county(county) for county in counties])
    return sums.assign(**shares, county_id=CITY, county=name)


def _months_finding(context: Context, ends: pd.DataFrame) -> str:
    """How each rate has moved over the months, in the chosen counties together."""
    _ = context.language
    if not has_providers(context):
        return no_providers(context)
    if ends.empty:
        return not_reported(context, _("The three rates"))
    before, now = records(ends)
    figures = [
        _(
            "{measure} {before} → {value}",
            measure=context.text(indicator_id, "short"),
            before=context.value(indicator_id, before[f"{column}_pct"]),
            value=context.value(indicator_id, now[f"{column}_pct"]),
        )
        for indicator_id, column in _columns(context).items()
    ]
    return _(
        "{first} to {last}: {figures}",
        first=_.month(before["month"]),
        last=_.month(now["month"]),
        figures=sentences.sentence(context, *figures),
    )


def _not_reported_months(context: Context, months: pd.DataFrame) -> str:
    """Name the months that a county has not reported."""
    _ = context.language
    gaps = [
        named(context, context.county(row["county_id"]), _.month(row["month"]))
        for row in records(months)
        if row["providers"] is None
    ]
    return _("x: not reported: {gaps}; never zero.", gaps=_.listed(gaps)) if gaps else ""


def _months_table(context: Context, months: pd.DataFrame, ends: pd.DataFrame) -> Table:
    """Return a row per county and month, the latest month first.

    Below them what the finding compares.
    """
    _ = context.language
    named_months = months.assign(
        county=[context.county(county) for county in months["county_id"]]
    ).sort_values("month", ascending=False, kind="stable")
    rows = named_months if context.filters.single_county else pd.concat([named_months, ends])
    return Table(
        rows.assign(month_text=[_.month(month) for month in rows["month"]]),
        (
            Column("county", _("County")),
            Column("month_text", _("Month")),
            Column("providers", _("Providers"), 0),
            Column("managed", _("Managed"), 0),
            Column("on_platform", _("On the platform"), 0),
            Column("registered", _("Registered"), 0),
            *(
                Column(
                    f"{column}_pct",
                    context.text(indicator_id, "short") + " (%)",
                    context.indicator(indicator_id).decimals,
                )
                for indicator_id, column in _columns(context).items()
            ),
        ),
    )

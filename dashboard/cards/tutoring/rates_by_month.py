"""The three 100% month by month: late counties have gaps, never zeros."""

from __future__ import annotations

import pandas as pd

from dashboard.cards import sentences
from dashboard.cards.context import Context
from dashboard.cards.phrases import named, not_reported, present
from dashboard.cards.registry import card
from dashboard.cards.tutoring.rates import (
    RATES,
    asked_target,
    has_providers,
    no_providers,
    rates_of_year,
)
from dashboard.frames import records
from dashboard.indicators import UNAVAILABLE
from dashboard.report import Card, Chart, Column, Table

PANELS_BESIDE = 3


def _columns(context: Context) -> dict[str, str]:
    return {indicator_id: RATES[indicator_id] for indicator_id in rates_of_year(context)}


@card("tutoring.rates_by_month")
def rates_by_month(context: Context) -> Card:
    """The three rates month by month, a panel per county; a month not reported is a gap."""
    _ = context.language
    months = context.query("tutoring/rates_by_month", as_of=context.filters.as_of)
    finding = _months_finding(context, months)
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
        table=_months_table(context, months),
        indicator_ids=rates_of_year(context),
        notes=present(_not_reported_months(context, months)),
    )


def _months_frame(context: Context, months: pd.DataFrame) -> pd.DataFrame:
    """A row per county, rate and month, in the order of panels and lines."""
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


def _months_finding(context: Context, months: pd.DataFrame) -> str:
    """By how many points each rate has moved over the months, in the chosen counties together.

    Only counties that have reported both ends are compared.
    """
    _ = context.language
    if not has_providers(context):
        return no_providers(context)
    first, last = months["month"].min(), months["month"].max()
    ends = {
        month: months[months["month"] == month].set_index("county_id") for month in (first, last)
    }
    reported = [
        county
        for county in context.chosen
        if all(county in end.index and end["providers"][county] > 0 for end in ends.values())
    ]
    if not reported or first == last:
        return not_reported(context, _("The three rates"))
    figures = []
    for indicator_id, column in _columns(context).items():
        before, now = (
            end.loc[reported, column].sum() / end.loc[reported, "providers"].sum() * 100
            for end in (ends[first], ends[last])
        )
        figures.append(
            _(
                "{measure} {before} → {value}",
                measure=context.text(indicator_id, "short"),
                before=context.value(indicator_id, before),
                value=context.value(indicator_id, now),
            )
        )
    return _(
        "{first} to {last}: {figures}",
        first=_.month(first),
        last=_.month(last),
        figures=sentences.sentence(context, *figures),
    )


def _not_reported_months(context: Context, months: pd.DataFrame) -> str:
    """Name the months that a county has not reported."""
    _ = context.language
    gaps = [
        named(context, context.county(row["county_id"]), _.month(row["month"]))
        for row in records(months)
        if pd.isna(row["providers"])
    ]
    return _("x: not reported: {gaps}; never zero.", gaps=_.listed(gaps)) if gaps else ""


def _months_table(context: Context, months: pd.DataFrame) -> Table:
    """A row per county and month, the latest month first."""
    _ = context.language
    latest_first = months.sort_values("month", ascending=False, kind="stable")
    return Table(
        latest_first.assign(
            county=[context.county(county) for county in latest_first["county_id"]],
            month_text=[_.month(month) for month in latest_first["month"]],
        ),
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

"""The three 100%: providers under management, on the platform and registered, by county."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dashboard.cards import sentences
from dashboard.cards.asked import goal_of
from dashboard.cards.context import Context
from dashboard.cards.model import Card, Chart, Selects
from dashboard.cards.phrases import named, not_reported
from dashboard.cards.registry import card
from dashboard.cards.side_by_side import joint_table
from dashboard.filters import CITY
from dashboard.frames import Row, records
from dashboard.indicators import NOT_APPLICABLE
from dashboard.indicators.status import Status

# The three rates and the columns that hold their providers.
RATES = {
    "tutoring_managed_rate": "managed",
    "tutoring_platform_rate": "on_platform",
    "tutoring_registration_rate": "registered",
}
# The axes of all three are the same, so that they can be read side by side; beyond 100% there is
# room for the dots that stand on it.
AXIS_PCT = (85, 102)


def rates_of_year(context: Context) -> tuple[str, ...]:
    """Return the rates that the year's plan names; all where it names none, for who asks."""
    return context.named(RATES) or tuple(RATES)


@card("tutoring.rates")
def rates(context: Context) -> Card:
    """Show three rates by county, each beside the target, and how many providers are missing."""
    _ = context.language
    rates = rates_of_year(context)
    rows = {i: context.chosen_value(i) for i in rates}
    period = next(iter(rows.values()))["period"]
    finding = _finding(context, rows)
    return Card(
        card_id="tutoring.rates",
        finding=finding,
        subtitle=context.subtitle(
            _("rate; providers missing to the target"),
            _("by county"),
            _.month(period) if period else "",
        ),
        charts=tuple(_rate_chart(context, i) for i in rates),
        chart_columns=len(rates),
        table=joint_table(context, rates),
        indicator_ids=rates,
    )


def _finding(context: Context, rows: dict[str, Row]) -> str:
    """Each rate with what is missing to its target, and how many counties have reached all."""
    _ = context.language
    if not has_providers(context):
        return no_providers(context)
    figures = []
    for indicator_id, row in rows.items():
        measure = context.text(indicator_id, "short")
        if row["value"] is None:
            return not_reported(context, measure)
        value = named(context, measure, context.value(indicator_id, row["value"]))
        gap = sentences.gap_sentence(context, indicator_id, row)
        figures.append(_("{value} ({gap})", value=value, gap=gap) if gap else value)
    reached = _reached_by_county(context)
    if len(reached) > 1:
        figures.append(
            _(
                "{count} of {all} counties reach all three",
                count=sum(reached.values()),
                all=len(reached),
            )
        )
    return _(
        "{geography}: {figures}",
        geography=context.geography,
        figures=sentences.sentence(context, *figures),
    )


def _reached_by_county(context: Context) -> dict[str, bool]:
    """Whether each chosen county that has reported has reached all three targets."""
    statuses: dict[str, list[str]] = {}
    for indicator_id in rates_of_year(context):
        for row in records(context.standings(indicator_id).loc[list(context.chosen)]):
            if row["status"] is not None:
                statuses.setdefault(row["county_id"], []).append(row["status"])
    return {county: set(found) == {Status.MET} for county, found in statuses.items()}


def _rate_chart(context: Context, indicator_id: str) -> Chart:
    """One rate: a dot per county and the city's, with the number of providers missing."""
    _ = context.language
    name = context.text(indicator_id, "short")
    rows = [r for r in records(context.standings(indicator_id)) if r["missing"] != NOT_APPLICABLE]
    frame = pd.DataFrame(
        {
            "id": [row["county_id"] for row in rows],
            "label": [context.county(row["county_id"]) for row in rows],
            "value": [row["value"] for row in rows],
            "comparison": [row["compared"] for row in rows],
            "text": [_rate_text(context, indicator_id, row) for row in rows],
            "status": [row["status"] for row in rows],
            "is_total": [row["county_id"] == CITY for row in rows],
        }
    )
    options: dict[str, Any] = {
        "highlight": context.highlight,
        "series_text": context.month,
        "comparison_text": context.comparison_of(indicator_id),
        "value_range": list(AXIS_PCT),
        "tick_suffix": "%",
        "axis_note": _("The axis does not begin at zero."),
        "missing_text": _("x not reported"),
        "uirevision": indicator_id,
    }
    target = asked_target(context, indicator_id)
    if target is not None:
        options["target"] = target
        options["target_text"] = _("target {value}", value=context.value(indicator_id, target))
    return Chart("county_dot", frame, options, name, Selects.COUNTY, title=name)


def _rate_text(context: Context, indicator_id: str, row: Row) -> str:
    """Return a rate and how many providers are missing: 98.9% 差4家, 98.9% (−4)."""
    if row["value"] is None:
        return ""
    value = context.shown(indicator_id, row)
    if not row["gap_units"]:
        return value
    missing = context.language.number(row["gap_units"])
    return context.language("{value} (−{count})", value=value, count=missing)


def has_providers(context: Context) -> bool:
    """Whether any of the chosen units answers for tutoring providers: city-run schools do not."""
    missing = context.standings(next(iter(RATES)))["missing"]
    return any(missing[county] != NOT_APPLICABLE for county in context.chosen)


def no_providers(context: Context) -> str:
    """Say that none of the chosen units does."""
    return context.language(
        "{geography}: answers for no tutoring providers", geography=context.geography
    )


def asked_target(context: Context, indicator_id: str) -> float | None:
    """Return the year's target of a rate, of whomever it is asked; nothing in a year without."""
    goal = goal_of(context, indicator_id)
    return None if goal is None else goal.target

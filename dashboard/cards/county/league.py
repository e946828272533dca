"""All counties at a glance: their targets by status, and where each is strongest and weakest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from dashboard.cards.context import Context
from dashboard.cards.counting import county_counts, no_targets
from dashboard.cards.county.standings import (
    firsts,
    largest_rise,
    met_targets,
    strongest,
    weakest,
)
from dashboard.cards.model import Card, Chart, Column, Selects, Table
from dashboard.cards.overview.judged import status_month, status_month_text, then_heading
from dashboard.cards.registry import card
from dashboard.indicators import Counts
from dashboard.indicators.status import Status


@card("county.league")
def league(context: Context) -> Card:
    """How many of each county's targets stand where."""
    _ = context.language
    counts = {county: county_counts(context, county) for county in context.county_ids}
    words = {status: context.status_word(status) for status in Status}
    frame = pd.DataFrame(
        [
            {
                "id": county,
                "label": context.county(county),
                "series": words[status],
                "value": count or None,
                "text": context.language.number(count),
                "total_text": context.language.number(sum(own.by_status.values())),
            }
            for county, own in counts.items()
            for status, count in own.by_status.items()
        ]
    )
    finding = _most_met(context, counts)
    return Card(
        card_id="county.league",
        finding=finding,
        subtitle=context.subtitle(_("number of targets by status and county"), context.month),
        charts=(
            Chart(
                "stacked_bar",
                frame,
                {
                    "part_colours": [str(status) for status in Status],
                    "highlight": context.highlight,
                    "uirevision": "league",
                },
                alt=finding,
                selects=Selects.COUNTY,
            ),
        ),
        change=largest_rise(context),
        table=_table(context, counts),
        hint=_("A click on a county narrows every page to it; so does the filter above."),
    )


def _most_met(context: Context, counts: Mapping[str, Counts]) -> str:
    """Name the counties with places that have met the most targets."""
    _ = context.language
    if not any(counts.values()):
        return no_targets(context)
    met = {county: counts[county].by_status[Status.MET] for county in context.ranked}
    most = max(met.values())
    if not most:
        return _("No county has met a target yet")
    return _(
        "Most targets met: {counties}, {count}",
        counties=_.listed([context.county(county) for county in met if met[county] == most]),
        count=most,
    )


def _table(context: Context, counts: Mapping[str, Counts]) -> Table:
    """Each county's targets by status, and how many it had met at the month compared with."""
    frame = pd.DataFrame(
        {
            "county": [context.county(county) for county in counts],
            "targets": [len(own) for own in counts.values()],
            **{
                str(status): [own.by_status[status] for own in counts.values()] for status in Status
            },
            "unjudged": [own.unjudged for own in counts.values()],
        }
    )
    columns = [
        Column("county", context.language("County")),
        Column("targets", context.language("Targets"), 0),
        *(Column(str(status), context.status_word(status), 0) for status in Status),
        Column("unjudged", context.language("no status"), 0),
    ]
    month = status_month(context)
    if month is not None:
        met_then = met_targets(context, month)
        frame = frame.assign(met_then=[met_then[county] for county in counts])
        text = status_month_text(context, month)
        heading = then_heading(context, context.status_word(Status.MET), text)
        columns.append(Column("met_then", heading, 0))
    return Table(frame, tuple(columns))


@card("county.extremes")
def extremes(context: Context) -> Card:
    """Where each county is ahead of, and behind, the most other counties."""
    _ = context.language
    table = extremes_table(context, context.ranked)
    return Card(
        card_id="county.extremes",
        finding=_finding(context),
        subtitle=context.subtitle(_("places among the counties"), context.month),
        listing=table,
        table=table,
        notes=(ranking_rule(context),),
    )


def extremes_table(context: Context, counties: Iterable[str]) -> Table:
    """Name the strongest and the weakest indicators of each county, and say how often it is first.

    A county without places has no number of them.
    """
    _ = context.language
    frame = pd.DataFrame(
        [
            {
                "county": context.county(county),
                "firsts": firsts(context, county) if county in context.ranked else None,
                "strongest": _names(context, [i for i, _place in strongest(context, county)]),
                "weakest": _names(context, [i for i, _place in weakest(context, county)]),
            }
            for county in counties
        ]
    )
    return Table(
        frame,
        (
            Column("county", _("County")),
            Column("firsts", _("First on"), 0),
            Column("strongest", _("Ahead of most counties on")),
            Column("weakest", _("Behind most counties on")),
        ),
    )


def ranking_rule(context: Context) -> str:
    """Say how counties are ranked."""
    return context.language(
        "Rates are ranked as they are, counts by the share of the county's own target that is "
        "reached. City-run schools have no place."
    )


def _finding(context: Context) -> str:
    """Name the counties that are first most often."""
    counts = {county: firsts(context, county) for county in context.ranked}
    most = max(counts.values())
    if not most:
        return context.language("No county is first")
    names = [context.county(county) for county in counts if counts[county] == most]
    return context.language(
        "First on most indicators: {counties}, {count}",
        counties=context.language.listed(names),
        count=most,
    )


def _names(context: Context, indicator_ids: list[str]) -> str:
    return context.language.listed([context.text(i, "short") for i in indicator_ids]) or "–"

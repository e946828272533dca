"""The indicators that counties have, and where every county stands on them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from dashboard.cards import ranking
from dashboard.cards.changes import about, counted, since
from dashboard.cards.context import Context
from dashboard.cards.counting import chosen_counts, county_counts
from dashboard.cards.overview.judged import status_month, status_month_text
from dashboard.cards.overview.subjects import county_indicators
from dashboard.cards.side_by_side import standing_rows
from dashboard.frames import Row
from dashboard.indicators.status import Status

SHOWN_EXTREMES = 3


@dataclass(frozen=True)
class IndicatorStandings:
    """One indicator in every county and the city, and what the ranked counties are compared by."""

    indicator_id: str
    rows: Mapping[str, Row]  # by county_id, the city's last
    scores: Mapping[str, float]

    def place(self, context: Context, county: str) -> ranking.Rank | None:
        """Return a county's place; None where it has none."""
        return ranking.place_among(context, self.indicator_id, self.scores, county)


def county_standings(context: Context) -> Mapping[str, IndicatorStandings]:
    """Return every county's standing on each of them, in their order; the same for everybody."""
    key = ("county standings", context.filters.as_of, context.filters.comparison)
    return context.database.derived(
        key, lambda: {name: _standing(context, name) for name in county_indicators(context)}
    )


def _standing(context: Context, indicator_id: str) -> IndicatorStandings:
    rows = standing_rows(context, indicator_id)
    return IndicatorStandings(
        indicator_id, rows, ranking.scores(context, indicator_id, rows.values())
    )


def status_change(
    context: Context, status: Status, indicator_ids: Collection[str] | None = None
) -> str:
    """Say how many more or fewer targets of the chosen counties together stand there than then.

    ``indicator_ids`` are all that count unless given. Where a year has no plan, statuses
    are compared with another month, which is named.
    """
    _ = context.language
    month = status_month(context)
    if month is None:
        return since(context, _("no plan, no status"))
    found = [chosen_counts(context, at) for at in (context.filters.as_of, month)]
    if indicator_ids is not None:
        found = [counts.among(indicator_ids) for counts in found]
    now, then = (counts.by_status[status] for counts in found)
    change = about(context, context.status_word(status), counted(context, now, then, _("targets")))
    return since(context, change, comparison=status_month_text(context, month))


def largest_rise(context: Context) -> str:
    """Name the counties that have gained the most targets met, for a sum of all says little."""
    _ = context.language
    month = status_month(context)
    if month is None:
        return since(context, _("no plan, no status"))
    now, then = (met_targets(context, at) for at in (context.filters.as_of, month))
    rises = {county: now[county] - then[county] for county in context.ranked}
    most = max(rises.values())
    change = (
        _(
            "largest increase in targets met: {counties}, {count}",
            counties=_.listed([context.county(c) for c in rises if rises[c] == most]),
            count=most,
        )
        if most > 0
        else _("no county has more targets met")
    )
    return since(context, change, comparison=status_month_text(context, month))


def met_targets(context: Context, as_of: str) -> Mapping[str, int]:
    """How many targets each county has met, at a month."""
    return {
        county: county_counts(context, county, as_of).by_status[Status.MET]
        for county in context.county_ids
    }


def strongest(context: Context, county: str) -> list[tuple[str, ranking.Rank]]:
    """Return the indicators on which a county leaves the most counties behind, clearest first."""
    ahead = [pair for pair in _places(context, county) if pair[1].worse > pair[1].better]
    return sorted(ahead, key=lambda pair: (-pair[1].worse, -pair[1].margin))[:SHOWN_EXTREMES]


def weakest(context: Context, county: str) -> list[tuple[str, ranking.Rank]]:
    """Return the indicators on which the most counties are ahead of a county, clearest first."""
    behind = [pair for pair in _places(context, county) if pair[1].better > pair[1].worse]
    return sorted(behind, key=lambda pair: (-pair[1].better, pair[1].margin))[:SHOWN_EXTREMES]


def firsts(context: Context, county: str) -> int:
    """On how many indicators no county is better, and some are worse."""
    return sum(not place.better and place.worse > 0 for _name, place in _places(context, county))


def lasts(context: Context, county: str) -> int:
    """On how many indicators no county is worse, and some are better."""
    return sum(not place.worse and place.better > 0 for _name, place in _places(context, county))


def _places(context: Context, county: str) -> list[tuple[str, ranking.Rank]]:
    return [
        (name, place)
        for name, standing in county_standings(context).items()
        if (place := standing.place(context, county)) is not None
    ]


def value_and_target(context: Context, indicator_id: str, row: Row) -> str:
    """Return a value beside its target: ``68.1/70.0%``, ``6/10所``; its symbol when missing."""
    value, target = row["value"], row["target"]
    if value is None or target is None:
        return context.shown(indicator_id, row)
    return f"{context.number(indicator_id, value)}/{context.value(indicator_id, target)}"

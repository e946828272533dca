"""An indicator by county, where the page's headline has said how the city stands."""

from __future__ import annotations

from dataclasses import replace

from dashboard.cards import sentences
from dashboard.cards.context import Context
from dashboard.cards.model import Card
from dashboard.cards.phrases import named
from dashboard.cards.registry import build_card, card
from dashboard.indicators.status import Status


@card("indicator.standing")
def by_county(context: Context, *, indicator_id: str) -> Card:
    """Show standing by county with a finding about the counties; their schools have own cards."""
    standing = build_card("standing", context, indicator_id=indicator_id, with_units=False)
    return replace(
        standing,
        card_id="indicator.standing",
        finding=_finding(context, indicator_id) or standing.finding,
    )


def _finding(context: Context, indicator_id: str) -> str:
    """How many counties have met their target, and which stands worst; a single county's place."""
    _ = context.language
    standings = context.standings(indicator_id)
    chosen = standings.loc[list(context.chosen)]
    county = context.filters.single_county
    if county is not None:
        return sentences.sentence(
            context,
            f"{context.county(county)} {context.status(standings['status'][county])}",
            sentences.rank_sentence(context, indicator_id, standings, county),
        )
    if context.indicator(indicator_id).kind == "county_count":
        reached = [context.county(county) for county in chosen.index[chosen["value"] >= 1]]
        return _("Reached in {counties}", counties=_.listed(reached)) if reached else ""
    counts = [(status, int((chosen["status"] == status).sum())) for status in Status]
    words = [
        named(context, context.status(status), _.quantity(count, _.pick("个", "")))
        for status, count in counts
        if count
    ]
    return sentences.sentence(
        context,
        _("Counties and city-run: {counts}", counts=_.listed(words)) if words else "",
        sentences.furthest_sentence(context, indicator_id, chosen),
    )

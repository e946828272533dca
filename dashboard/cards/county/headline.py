"""The page's first line."""

from __future__ import annotations

from dashboard.cards import sentences
from dashboard.cards.context import Context
from dashboard.cards.counting import counts_sentence, county_counts, no_targets, none_behind
from dashboard.cards.county.standings import firsts, lasts
from dashboard.cards.plan_year import year_sentence
from dashboard.cards.registry import headline
from dashboard.indicators.status import Status


@headline("county")
def county_headline(context: Context) -> str:
    """Which counties are behind on most targets; where one stands; how several compare."""
    if context.plan is None:
        return sentences.sentence(
            context,
            f"{context.geography}{context.language.pick('', ', ')}{context.month}",
            year_sentence(context),
        )
    county = context.filters.single_county
    if county is not None:
        return _one_sentence(context, county)
    if context.filters.is_city:
        return _league_sentence(context)
    return _several_sentence(context)


def _one_sentence(context: Context, county: str) -> str:
    _ = context.language
    return sentences.sentence(
        context,
        _(
            "{geography}, {month}: {counts}",
            geography=context.geography,
            month=context.month,
            counts=counts_sentence(context, county_counts(context, county)),
        ),
        _(
            "first among {counties} counties on {first}, last on {last}",
            counties=len(context.ranked),
            first=firsts(context, county),
            last=lasts(context, county),
        )
        if county in context.ranked
        else "",
    )


def _league_sentence(context: Context) -> str:
    _ = context.language
    counts = {county: county_counts(context, county) for county in context.ranked}
    if not any(counts.values()):
        return no_targets(context)
    behind = {county: own.by_status[Status.BEHIND] for county, own in counts.items()}
    most, fewest = max(behind.values()), min(behind.values())
    if not most:
        return _(
            "{month}: {finding}",
            month=context.month,
            finding=none_behind(context, *counts.values()),
        )
    if most == fewest:
        return _(
            "{month}: every county is behind on {count} targets", month=context.month, count=most
        )
    return _(
        "{month}: most targets behind in {most_counties}, {most}; fewest in {fewest_counties}, "
        "{fewest}",
        month=context.month,
        most_counties=context.language.listed(_at(context, behind, most)),
        most=most,
        fewest_counties=context.language.listed(_at(context, behind, fewest)),
        fewest=fewest,
    )


def _at(context: Context, counts: dict[str, int], count: int) -> list[str]:
    return [context.county(county) for county in counts if counts[county] == count]


def _several_sentence(context: Context) -> str:
    _ = context.language
    counts = {county: county_counts(context, county) for county in context.chosen}
    if not any(counts.values()):
        return no_targets(context)
    return sentences.sentence(
        context,
        *(
            _(
                "{county}: {met} targets met, {behind} behind",
                county=context.county(county),
                met=own.by_status[Status.MET],
                behind=own.by_status[Status.BEHIND],
            )
            for county, own in counts.items()
        ),
    )

"""The page's first line."""

from __future__ import annotations

from dashboard.cards import sentences
from dashboard.cards.context import Context
from dashboard.cards.county.standings import firsts, lasts, status_counts
from dashboard.cards.registry import headline
from dashboard.status import Status


@headline("county")
def county_headline(context: Context) -> str:
    """Which counties are behind on most targets; where one stands; how several compare."""
    county = context.filters.single_county
    if county is not None:
        return _one_sentence(context, county)
    if context.filters.is_city:
        return _league_sentence(context)
    return _several_sentence(context)


def _one_sentence(context: Context, county: str) -> str:
    _ = context.language
    counts = status_counts(context, county)
    return sentences.sentence(
        context,
        _(
            "{geography}, {month}: of {total} targets {met} met, {on_track} on track, "
            "{near} near, {behind} behind, {not_due} not due yet",
            geography=context.geography,
            month=context.month,
            total=sum(counts.values()),
            **{str(status): count for status, count in counts.items()},
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
    behind = {c: status_counts(context, c)[Status.BEHIND] for c in context.ranked}
    most, fewest = max(behind.values()), min(behind.values())
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
    parts = []
    for county in context.chosen:
        counts = status_counts(context, county)
        parts.append(
            _(
                "{county}: {met} targets met, {behind} behind",
                county=context.county(county),
                met=counts[Status.MET],
                behind=counts[Status.BEHIND],
            )
        )
    return sentences.sentence(context, *parts)

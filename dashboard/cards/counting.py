"""How many of the plan's targets stand where, in words: the same for every page, slide and file.

What counts is decided in :mod:`dashboard.indicators.counts`; no card counts targets itself.
"""

from __future__ import annotations

from dashboard.cards.context import Context
from dashboard.cards.phrases import named
from dashboard.indicators import Counts, count_targets
from dashboard.indicators.status import Status


def chosen_counts(context: Context, as_of: str | None = None) -> Counts:
    """Count the targets of the chosen counties together, at the chosen month unless given."""
    return count_targets(context.database, as_of or context.filters.as_of, context.filters.counties)


def county_counts(context: Context, county: str, as_of: str | None = None) -> Counts:
    """Count the targets of one county, whoever is chosen."""
    return count_targets(context.database, as_of or context.filters.as_of, (county,))


def city_counts(context: Context, as_of: str | None = None) -> Counts:
    """Count the targets of the whole city, whoever is chosen."""
    return count_targets(context.database, as_of or context.filters.as_of)


def counts_sentence(context: Context, counts: Counts) -> str:
    """Say of how many targets how many stand where: 62项指标中，已达成16项，正常11项，接近3项……."""
    _ = context.language
    if not counts:
        return no_targets(context)
    if len(counts) == counts.by_status[Status.NOT_DUE]:
        return _("none of {total} targets is due yet", total=len(counts))
    sentence = _(
        "of {total} targets {met} met, {on_track} on track, {near} near, {behind} behind, "
        "{not_due} not due yet",
        total=len(counts),
        **{str(status): count for status, count in counts.by_status.items()},
    )
    if not counts.unjudged:
        return sentence
    return _("{counts}, {count} without status", counts=sentence, count=counts.unjudged)


def counts_in_brief(context: Context, counts: Counts) -> str:
    """Say how many stand where, leaving out what there is none of: 已达成6项、滞后2项."""
    _ = context.language
    parts = [
        _("{count} {status}", count=count, status=context.status_word(status))
        for status, count in counts.by_status.items()
        if count
    ]
    if counts.unjudged:
        parts.append(_("{count} without status", count=counts.unjudged))
    return _.pick("、", ", ").join(parts)


def none_behind(context: Context, *counts: Counts) -> str:
    """Say of targets of which none is behind why: none is set, none is due yet, or truly none."""
    _ = context.language
    if not any(counts):
        return no_targets(context)
    if all(len(each) == each.by_status[Status.NOT_DUE] for each in counts):
        return _("No target is due yet")
    return _("No target is behind")


def no_targets(context: Context) -> str:
    """Say why nothing is counted: the year has no plan, or the plan asks nothing of the chosen."""
    _ = context.language
    year = context.filters.as_of[:4]
    if int(year) not in context.database.plans:
        return _("There is no work plan of {year}", year=year)
    return _("the plan sets no target here")


def readings_note(context: Context, counts: Counts) -> str:
    """Say how many of the counted targets are our reading of the plan's words."""
    _ = context.language
    if not counts.readings:
        return ""
    return _.plural(
        "{count} of them is judged by our reading of the plan's words, to be confirmed",
        "{count} of them are judged by our reading of the plan's words, to be confirmed",
        len(counts.readings),
    )


def status_cell(context: Context, status: Status | None, count: int) -> str:
    """Write a count behind its status's symbol: ▼ 3."""
    return named(context, context.status(status)[:1] + " ", str(count))

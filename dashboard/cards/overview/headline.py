"""总览 in one sentence."""

from __future__ import annotations

from dashboard.cards.context import Context
from dashboard.cards.overview.judged import judged
from dashboard.cards.registry import headline
from dashboard.status import Status


@headline("overview")
def overview_headline(context: Context) -> str:
    """How many of the plan's targets stand where."""
    _ = context.language
    counts = judged(context)["status"].value_counts()
    return _(
        "{geography}, {month}: of {total} targets {met} met, {on_track} on track, "
        "{near} near, {behind} behind, {not_due} not due yet",
        geography=context.geography,
        month=context.month,
        total=int(counts.sum()),
        **{str(status): int(counts.get(status, 0)) for status in Status},
    )

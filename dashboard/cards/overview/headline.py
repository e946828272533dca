"""总览 in one sentence."""

from __future__ import annotations

from dashboard.cards.context import Context
from dashboard.cards.counting import chosen_counts, counts_sentence
from dashboard.cards.plan_year import year_sentence
from dashboard.cards.registry import headline


@headline("overview")
def overview_headline(context: Context) -> str:
    """How many of the plan's targets stand where."""
    _ = context.language
    counts = counts_sentence(context, chosen_counts(context))
    return _(
        "{geography}, {month}: {counts}",
        geography=context.geography,
        month=context.month,
        counts=counts if context.plan is not None else year_sentence(context),
    )

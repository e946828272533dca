"""口径 in one sentence: how far the definitions can be trusted."""

from __future__ import annotations

from collections import Counter

from dashboard.cards.context import Context
from dashboard.cards.registry import headline


@headline("methods")
def methods_headline(context: Context) -> str:
    """How many definitions were read where, and how many the bureau has to confirm."""
    _ = context.language
    named = context.named(context.database.catalogue.indicators)
    grades = Counter(context.indicator(indicator_id).certainty for indicator_id in named)
    return _(
        "{total} indicators: {official} definitions read in an official text, {copied} in a "
        "secondary copy, {open} to be confirmed by the bureau",
        total=len(named),
        official=grades["V"],
        copied=grades["M"],
        open=grades["R"],
    )

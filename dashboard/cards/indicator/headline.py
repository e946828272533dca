"""Where one indicator stands."""

from __future__ import annotations

from dashboard.cards import sentences
from dashboard.cards.context import Context
from dashboard.cards.registry import headline


@headline("indicator")
def indicator_headline(context: Context, *, indicator_id: str) -> str:
    """Where the chosen counties stand against the target, the pace or the year before."""
    row = context.chosen_value(indicator_id)
    return sentences.standing_sentence(context, indicator_id, context.geography, row)

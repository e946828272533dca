"""Where one indicator stands."""

from __future__ import annotations

from dashboard.cards import sentences
from dashboard.cards.context import Context
from dashboard.cards.registry import headline
from dashboard.filters import CITY


@headline("indicator")
def indicator_headline(context: Context, *, indicator_id: str) -> str:
    """Where the chosen counties stand against the target, and what is missing in absolute terms."""
    row = context.chosen_value(indicator_id)
    is_city_only = context.is_city_only(indicator_id)
    geography = context.county(CITY) if is_city_only else context.geography
    return sentences.sentence(
        context,
        sentences.standing_sentence(context, indicator_id, geography, row),
        sentences.gap_sentence(context, indicator_id, row),
    )

"""What the plan asks for by the batch: clean schools, civilised campuses, study-travel bases."""

from __future__ import annotations

from dashboard.cards.context import Context
from dashboard.cards.named_this_year import named_this_year
from dashboard.cards.registry import card
from dashboard.report import Card

BATCHES = ("clean_schools", "civilised_campuses", "study_travel_bases")


@card("quality.batches")
def batches(context: Context) -> Card:
    """What the year has named of the things that the plan gives no number for."""
    return named_this_year(context, card_id="quality.batches", indicator_ids=BATCHES)

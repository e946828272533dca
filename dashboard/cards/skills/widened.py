"""The intakes of vocational education that the plan wants widened."""

from __future__ import annotations

from dashboard.cards.context import Context
from dashboard.cards.model import Card
from dashboard.cards.registry import card
from dashboard.cards.side_by_side import rates_by_county

INTAKES = ("technician_intake", "five_year_intake", "bachelor_track_intake")


@card("skills.widened_intakes")
def widened_intakes(context: Context) -> Card:
    """Show new pupils of technician schools and integrated courses, beside the autumn before."""
    return rates_by_county(
        context,
        card_id="skills.widened_intakes",
        indicator_ids=INTAKES,
        measure=context.language("new pupils in autumn"),
        with_places=False,
    )

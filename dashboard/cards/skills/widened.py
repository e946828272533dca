"""What the plan wants widened in vocational education: intakes, and the nation's best schools."""

from __future__ import annotations

from dashboard.cards.context import Context
from dashboard.cards.named_this_year import named_this_year
from dashboard.cards.registry import card
from dashboard.cards.side_by_side import rates_by_county
from dashboard.report import Card

INTAKES = ("technician_intake", "five_year_intake", "bachelor_track_intake")
DOUBLE_EXCELLENCE = ("national_double_excellence",)


@card("skills.widened_intakes")
def widened_intakes(context: Context) -> Card:
    """New pupils of technician schools and integrated courses, beside the autumn before."""
    return rates_by_county(
        context,
        card_id="skills.widened_intakes",
        indicator_ids=INTAKES,
        measure=context.language("new pupils in autumn"),
        with_places=False,
    )


@card("skills.double_excellence")
def double_excellence(context: Context) -> Card:
    """Vocational schools that the year has brought into the national programme."""
    return named_this_year(
        context, card_id="skills.double_excellence", indicator_ids=DOUBLE_EXCELLENCE
    )

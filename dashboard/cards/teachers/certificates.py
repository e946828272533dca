"""Psychology certificates, IT training and rotation: rates by county, two to a card."""

from __future__ import annotations

from dashboard.cards.context import Context
from dashboard.cards.model import Card
from dashboard.cards.registry import card
from dashboard.cards.side_by_side import rates_by_county

CERTIFICATES = ("psychology_cert_c_rate", "psychology_cert_b_rate")
IT_TRAINING = "it_training_coverage"
ROTATION = "teacher_rotation_rate"


@card("teachers.certificates")
def certificates(context: Context) -> Card:
    """Teachers who hold psychology certificate C, and those who hold B, by county."""
    return rates_by_county(
        context,
        card_id="teachers.certificates",
        indicator_ids=CERTIFICATES,
        measure=context.language("full-time teachers with a psychology certificate"),
    )


@card("teachers.training_and_rotation")
def training_and_rotation(context: Context) -> Card:
    """Teachers trained in IT, and those due for rotation who have rotated, by county."""
    return rates_by_county(
        context,
        card_id="teachers.training_and_rotation",
        indicator_ids=(IT_TRAINING, ROTATION),
        measure=context.language("teachers trained in IT skills, teachers rotated"),
    )

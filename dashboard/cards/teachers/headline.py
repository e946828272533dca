"""教师 in one sentence."""

from __future__ import annotations

from dashboard.cards import sentences
from dashboard.cards.context import Context
from dashboard.cards.phrases import with_target
from dashboard.cards.registry import headline
from dashboard.cards.teachers.certificates import CERTIFICATES, IT_TRAINING
from dashboard.cards.teachers.staffing import PUPILS_PER_TEACHER


@headline("teachers")
def teachers_headline(context: Context) -> str:
    """Pupils per teacher on the year before, then every number the plan asks for."""
    rows = {i: context.chosen_value(i) for i in context.named((*CERTIFICATES, IT_TRAINING))}
    targets = [
        with_target(context, indicator_id, row)
        for indicator_id, row in rows.items()
        if row["value"] is not None and row["target"] is not None
    ]
    staffing = [
        sentences.standing_sentence(context, i, context.geography, context.chosen_value(i))
        for i in context.named((PUPILS_PER_TEACHER,))
    ]
    return sentences.sentence(context, *staffing, context.language.listed(targets))

"""The page's main finding."""

from __future__ import annotations

from dashboard.cards import sentences
from dashboard.cards.context import Context
from dashboard.cards.enrollment.pupils import (
    cohort_sentence,
    pupil_years,
    stage_changes,
    total_sentence,
)
from dashboard.cards.registry import headline

TARGETED = (
    "inclusive_kindergarten_coverage",
    "quality_kindergarten_coverage",
    "public_kindergarten_coverage",
    "migrant_public_rate",
)


@headline("enrollment")
def enrollment_headline(context: Context) -> str:
    """Say the pupils and where their cohorts lead, then the shares the plan asks for."""
    _ = context.language
    years = pupil_years(context)
    changes = stage_changes(years)
    targets: list[str] = []
    for indicator_id in context.named(TARGETED):
        row = context.chosen_value(indicator_id)
        if row["value"] is None or row["target"] is None:
            continue
        targets.append(
            _(
                "{measure} {value} (target {target})",
                measure=context.text(indicator_id, "short"),
                value=context.value(indicator_id, row["value"]),
                target=context.value(indicator_id, row["target"]),
            )
        )
    return sentences.sentence(
        context,
        total_sentence(context, years, changes),
        cohort_sentence(context, changes),
        _.listed(targets),
    )

"""育人与创建 in one sentence."""

from __future__ import annotations

import pandas as pd

from dashboard.cards import sentences
from dashboard.cards.context import Context
from dashboard.cards.phrases import named
from dashboard.cards.quality.balanced_track import STAGE
from dashboard.cards.quality.resources import SEVEN_LINES
from dashboard.cards.quality.targets import has_target, status_counts, targets_of_year
from dashboard.cards.registry import headline


@headline("quality")
def quality_headline(context: Context) -> str:
    """How many of the year's targets are met, the balanced counties' steps and schools."""
    _ = context.language
    rows = [context.chosen_value(i) for i in targets_of_year(context)]
    steps, schools = context.chosen_value(STAGE), context.chosen_value(SEVEN_LINES)
    return sentences.sentence(
        context,
        _(
            "{geography}, {month}: {count} accreditation targets, {statuses}",
            geography=context.geography,
            month=context.month,
            count=sum(has_target(row) for row in rows),
            statuses=status_counts(context, rows),
        ),
        ""
        if pd.isna(steps["target"]) or not context.is_named(STAGE)
        else _(
            "quality-balanced steps {taken}/{asked}",
            taken=_.number(steps["value"]),
            asked=_.number(steps["target"]),
        ),
        ""
        if pd.isna(schools["value"]) or not context.is_named(SEVEN_LINES)
        else named(
            context,
            context.text(SEVEN_LINES, "short"),
            context.value(SEVEN_LINES, schools["value"]),
        ),
    )

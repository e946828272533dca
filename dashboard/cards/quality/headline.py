"""育人与创建 in one sentence."""

from __future__ import annotations

from dashboard.cards import sentences
from dashboard.cards.context import Context
from dashboard.cards.counting import chosen_counts, counts_in_brief, no_targets
from dashboard.cards.phrases import named
from dashboard.cards.quality.balanced_track import STAGE
from dashboard.cards.quality.resources import SEVEN_LINES
from dashboard.cards.quality.targets import targets_of_year
from dashboard.cards.registry import headline


@headline("quality")
def quality_headline(context: Context) -> str:
    """How many of the year's targets are met, the balanced counties' steps and schools."""
    _ = context.language
    counts = chosen_counts(context).among(targets_of_year(context))
    steps, schools = context.chosen_value(STAGE), context.chosen_value(SEVEN_LINES)
    return sentences.sentence(
        context,
        _(
            "{geography}, {month}: {count} accreditation targets, {statuses}",
            geography=context.geography,
            month=context.month,
            count=len(counts),
            statuses=counts_in_brief(context, counts),
        )
        if counts
        else no_targets(context),
        ""
        if steps["target"] is None or not context.is_named(STAGE)
        else _(
            "quality-balanced steps {taken}/{asked}",
            taken=_.number(steps["value"]),
            asked=_.number(steps["target"]),
        ),
        ""
        if schools["value"] is None or not context.is_named(SEVEN_LINES)
        else named(
            context,
            context.text(SEVEN_LINES, "short"),
            context.value(SEVEN_LINES, schools["value"]),
        ),
    )

"""职教与高教 in one sentence."""

from __future__ import annotations

from dashboard.cards.context import Context
from dashboard.cards.phrases import by_geography, named, of_target, with_target
from dashboard.cards.registry import headline
from dashboard.cards.skills.city_figures import DOUBLE_HIGH, RETENTION, TERTIARY
from dashboard.cards.skills.senior_intake import GENERAL_SHARE
from dashboard.cards.skills.training import TRAINING


@headline("skills")
def skills_headline(context: Context) -> str:
    """Training against its target and the general share; the city's own figures."""
    training, share = (context.chosen_value(i) for i in (TRAINING, GENERAL_SHARE))
    figures = {
        TRAINING: of_target(context, TRAINING, training),
        GENERAL_SHARE: context.shown(GENERAL_SHARE, share),
    }
    own = [named(context, context.text(i, "short"), figures[i]) for i in context.named(figures)]
    projects = [_projects(context) for _ in context.named((DOUBLE_HIGH,))]
    rates = [_rate(context, i) for i in context.named((RETENTION, TERTIARY))]
    return by_geography(context, own, [*projects, *rates])


def _projects(context: Context) -> str:
    """Return the double-high projects that passed, of those due."""
    row = context.chosen_value(DOUBLE_HIGH)
    if row["value"] is None:
        return ""
    return context.language(
        "double-high projects passed {passed}/{due}",
        passed=context.language.number(row["numerator"]),
        due=context.language.number(row["denominator"]),
    )


def _rate(context: Context, indicator_id: str) -> str:
    """Return a rate beside its target; alone where the year has none."""
    row = context.chosen_value(indicator_id)
    if row["value"] is None or row["target"] is None:
        value = context.shown(indicator_id, row)
        return named(context, context.text(indicator_id, "short"), value)
    return with_target(context, indicator_id, row)

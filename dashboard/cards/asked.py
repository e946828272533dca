"""What the plan of the chosen year asks of an indicator, of whom, and in which words."""

from __future__ import annotations

from collections.abc import Iterable

from dashboard import indicators
from dashboard.cards.context import Context
from dashboard.indicators.measurement import Goal


def goal_of(context: Context, indicator_id: str) -> Goal | None:
    """Return what the plan asks of an indicator, of whomever it asks it."""
    return indicators.plan_goal(context.database, indicator_id, context.filters.as_of)


def is_reading(context: Context, indicator_id: str) -> bool:
    """Whether what is asked is our reading of the plan's words, not its own number."""
    goal = goal_of(context, indicator_id)
    return goal is not None and goal.basis == "reading"


def wants_less(context: Context, indicator_id: str) -> bool:
    """Whether less is better: as the plan has it, else as the catalogue does."""
    goal = goal_of(context, indicator_id)
    if goal is None or goal.comparator == "stable":
        return context.indicator(indicator_id).direction == "lower"
    return not goal.wants_more


def wants_stable(context: Context, indicator_id: str) -> bool:
    """Whether a value is to stay where it is: there is no better and no worse."""
    goal = goal_of(context, indicator_id)
    if goal is None:
        return context.indicator(indicator_id).direction == "stable"
    return goal.comparator == "stable"


def aim(context: Context, indicator_id: str, target: float | None) -> str:
    """Say what the plan asks for, and where that is our reading of its words, that it is.

    A number with its unit, or the direction; a figure to compare with is no aim.
    """
    _, goal = context.language, goal_of(context, indicator_id)
    if target is not None and target is not None:
        value = context.value(indicator_id, target)
        is_ours = is_reading(context, indicator_id)
        return _("{value} (our reading)", value=value) if is_ours else value
    if goal is not None and goal.asks_some:
        return _("some, no number given")
    words = {"increase": _("to rise"), "decrease": _("to fall"), "stable": _("to stay")}
    return "–" if goal is None else words.get(goal.comparator, "–")  # a number asked of others


def reading_note(context: Context, indicator_ids: Iterable[str]) -> str:
    """Name the targets of which the plan gives no number, so that what is asked is our reading."""
    _ = context.language
    names = [context.text(i, "short") for i in indicator_ids if is_reading(context, i)]
    if not names:
        return ""
    return _("Our reading, the plan gives no number: {targets}.", targets=_.listed(names))


def asked_note(context: Context, indicator_id: str) -> str:
    """Name the counties that a target is asked of, where it is not asked of all."""
    _ = context.language
    counties = indicators.asked_counties(context.database, indicator_id, context.filters.as_of)
    if not counties:
        return ""
    return _(
        "Asked of {counties} alone; the others show their values without a verdict.",
        counties=_.listed([context.county(county) for county in counties]),
    )

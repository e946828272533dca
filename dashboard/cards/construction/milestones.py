"""The five milestones of a building project, the stages between them, and their names."""

from __future__ import annotations

import pandas as pd

from dashboard.cards.context import Context
from dashboard.frames import Row

MILESTONES = ("approval", "start", "topping", "completion", "use")


def milestone_names(context: Context) -> dict[str, str]:
    """Return ``MILESTONES`` as the bureau calls them."""
    _ = context.language
    return {
        "approval": _("approval"),
        "start": _("start of building"),
        "topping": _("topping out"),
        "completion": _("completion"),
        "use": _("use"),
    }


def stage_names(context: Context) -> tuple[str, ...]:
    """Name the stage a project is in by the number of milestones it has reached."""
    _ = context.language
    return (
        _("in preparation"),
        _("in preparation"),
        _("under construction"),
        _("topped out"),
        _("completed"),
        _("in use"),
    )


def is_in_use(project: Row) -> bool:
    """Whether a project has reached all its milestones."""
    return bool(project["milestones_reached"] == len(MILESTONES))


def next_milestone(context: Context, project: Row) -> str:
    """Say a project's next milestone and its planned date; nothing after the last one."""
    if project["next_planned_date"] is None:
        return ""
    return context.language(
        "{milestone}, planned {date}",
        milestone=milestone_names(context)[project["next_milestone"]],
        date=context.language.date(project["next_planned_date"]),
    )


def date_or_nothing(context: Context, day: pd.Timestamp) -> str:
    """Write the day a milestone was reached; nothing while it is not."""
    return "" if day is None else context.language.date(day)


def month_end(month: str) -> pd.Timestamp:
    """Return the last day of a month."""
    return pd.Timestamp(f"{month}-01") + pd.offsets.MonthEnd(0)

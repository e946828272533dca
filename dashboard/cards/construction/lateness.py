"""How late a project is against its own plan, as a figure, a status and in words.

A row of a project has ``late_days`` (negative: early; missing before its first milestone is due)
and ``milestones_reached``; ``queries/construction/projects.sql`` says how the days are counted.
"""

from __future__ import annotations

import pandas as pd

from dashboard.cards.construction.milestones import MILESTONES, is_in_use
from dashboard.cards.context import STATUS_SYMBOLS, Context
from dashboard.frames import Row
from dashboard.indicators.status import Status
from dashboard.rounding import rounded


def lateness(context: Context, late_days: float) -> str:
    """Say how late a project or milestone is; negative days are early."""
    _ = context.language
    if pd.isna(late_days):
        return _("to come")
    days = int(rounded(late_days))
    if days == 0:
        return _("on the day")
    if days > 0:
        return _.plural("{count} day late", "{count} days late", days)
    return _.plural("{count} day early", "{count} days early", -days)


def project_lateness(context: Context, project: Row) -> str:
    """Say how late a project is; of one in use, that it is."""
    if is_in_use(project):
        return context.language("in use")
    return lateness(context, project["late_days"])


def marked_lateness(context: Context, project: Row) -> str:
    """Say how late a project is, behind the mark of its status."""
    return f"{STATUS_SYMBOLS[project_status(project)]} {project_lateness(context, project)}"


def project_status(project: Row) -> Status:
    """Return a project's status: met when in use, behind when late, not due before its approval."""
    if is_in_use(project):
        return Status.MET
    if project["late_days"] is None:
        return Status.NOT_DUE
    return Status.BEHIND if project["late_days"] > 0 else Status.ON_TRACK


def late_projects(projects: pd.DataFrame) -> pd.DataFrame:
    """Return the projects that are behind their own plan and not yet in use."""
    return projects[is_late(projects)]


def is_late(projects: pd.DataFrame, then: str = "") -> pd.Series:
    """Return whether each project is behind its own plan and not yet in use.

    ``then`` is the ending of the columns of another month.
    """
    is_open = projects[f"milestones_reached{then}"] < len(MILESTONES)
    return (projects[f"late_days{then}"] > 0) & is_open


def lateness_rule(context: Context) -> str:
    """Say how the days are counted."""
    return context.language(
        "Late by the larger of two: how late the last milestone was reached, and how long the next "
        "one is overdue when the month ends. Projects in use come last."
    )

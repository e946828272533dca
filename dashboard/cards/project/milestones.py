"""The milestones of one project: planned, reached, and how far apart."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pandas as pd

from dashboard.cards.changes import about, counted, since
from dashboard.cards.construction.lateness import lateness
from dashboard.cards.construction.milestones import (
    MILESTONES,
    date_or_nothing,
    milestone_names,
    month_end,
)
from dashboard.cards.construction.schedule import calendar_options
from dashboard.cards.context import STATUS_SYMBOLS, Context
from dashboard.cards.model import Card, Chart, Column, Table
from dashboard.cards.project.lookup import find_project, project_subtitle
from dashboard.cards.registry import card
from dashboard.frames import Row
from dashboard.indicators.status import Status

CALENDAR_HEIGHT = 230


@card("project.milestones")
def milestones(context: Context, *, project_id: str) -> Card:
    """Planned against actual milestones, stretch by stretch."""
    _ = context.language
    project = find_project(context, project_id)
    finding = _(
        "{reached} of {count} milestones reached; {lateness}",
        reached=int(project["milestones_reached"]),
        count=len(MILESTONES),
        lateness=lateness(context, project["late_days"]),
    )
    stretches = [_stretch(context, project, *pair) for pair in pairwise(MILESTONES)]
    then = find_project(context.then, project_id)
    table = _table(context, project, then)
    return Card(
        card_id="project.milestones",
        finding=finding,
        subtitle=project_subtitle(context, _("milestones, planned and actual"), project),
        change=_change(context, project, then),
        charts=(
            Chart(
                "gantt",
                pd.DataFrame(stretches),
                {**calendar_options(context), "height": CALENDAR_HEIGHT},
                alt=finding,
            ),
        ),
        listing=table,
        table=table,
        clauses_of=("projects_underway",),
        sources=("projects",),
    )


def _change(context: Context, project: Row, then: Row) -> str:
    """Say how many more milestones are reached, and how late the project was then."""
    _ = context.language
    reached = counted(
        context, project["milestones_reached"], then["milestones_reached"], _("milestones")
    )
    return since(
        context,
        about(context, _("Milestones reached"), reached),
        _("{value} then", value=lateness(context, then["late_days"])),
    )


def _table(context: Context, project: Row, then: Row) -> Table:
    """Return row per milestone; beside it how many are reached and how late it is, now and then."""
    _ = context.language
    last_day = month_end(context.filters.as_of)
    return Table(
        pd.DataFrame(
            [_row(context, project, milestone, last_day) for milestone in MILESTONES]
        ).assign(
            **{name: project[name] for name in ("milestones_reached", "late_days")},
            **{f"{name}_then": then[name] for name in ("milestones_reached", "late_days")},
        ),
        (
            Column("milestone", _("Milestone")),
            Column("planned", _("Planned")),
            Column("actual", _("Actual")),
            Column("difference", _("Against plan")),
        ),
    )


def _row(context: Context, project: Row, milestone: str, last_day: pd.Timestamp) -> dict[str, Any]:
    """One milestone: planned, reached, and how far apart; overdue ones count to the month's end."""
    planned, actual = project[f"planned_{milestone}_date"], project[f"actual_{milestone}_date"]
    days = _days_late(project, milestone)
    status = Status.MET
    if actual is None:
        is_due = planned <= last_day
        days = float((last_day - planned).days + 1) if is_due else days
        status = Status.BEHIND if is_due else Status.NOT_DUE
    return {
        "milestone": milestone_names(context)[milestone],
        "planned": context.language.date(planned),
        "actual": date_or_nothing(context, actual),
        "difference": f"{STATUS_SYMBOLS[status]} {lateness(context, days)}",
    }


def _stretch(context: Context, project: Row, first: str, last: str) -> dict[str, Any]:
    """Return the time from one milestone to the next, as a row of the Gantt chart."""
    names = milestone_names(context)
    days = _days_late(project, last)
    return {
        "id": last,
        "label": f"{names[first]} → {names[last]}",
        "planned_start": project[f"planned_{first}_date"],
        "planned_end": project[f"planned_{last}_date"],
        "actual_start": project[f"actual_{first}_date"],
        "actual_end": project[f"actual_{last}_date"],
        "text": "" if pd.isna(days) else lateness(context, days),
    }


def _days_late(project: Row, milestone: str) -> float:
    """How many days after its plan a milestone was reached; not a number until it is."""
    actual = project[f"actual_{milestone}_date"]
    if actual is None:
        return float("nan")
    return float((actual - project[f"planned_{milestone}_date"]).days)

"""The projects as lists, the latest first: those behind their own plan, and all of them."""

from __future__ import annotations

import pandas as pd

from dashboard.cards import sentences
from dashboard.cards.changes import about, counted, since
from dashboard.cards.construction.lateness import (
    is_late,
    late_projects,
    lateness,
    lateness_rule,
)
from dashboard.cards.construction.portfolio import then_and_now
from dashboard.cards.context import Context
from dashboard.cards.model import Card, Column, Table
from dashboard.cards.registry import card
from dashboard.frames import row_at

LATE_SHOWN = 12
LIST_HEIGHT = 520


@card("construction.late_projects")
def late(context: Context) -> Card:
    """Show projects that are behind their own plan: by how much, why, and who answers for them."""
    _ = context.language
    projects = then_and_now(context)
    projects = projects.assign(is_late=is_late(projects), was_late=is_late(projects, "_then"))
    late = late_projects(projects)
    return _list_card(
        context,
        "construction.late_projects",
        finding=_late_sentence(context, projects, late),
        measure=_("projects behind their own plan, latest first"),
        change=_change(context, _("Late projects"), len(late), int(projects["was_late"].sum())),
        listed=late,
        rows=LATE_SHOWN,
        projects=projects,
        note="",
    )


@card("construction.projects")
def projects_list(context: Context) -> Card:
    """Every project of the chosen counties, the latest first."""
    _ = context.language
    projects = then_and_now(context)
    is_in = projects["report_month"] == context.filters.as_of
    projects = projects.assign(is_reported=is_in, is_due=is_in | projects["is_report_missing"])
    problems, then = (int(projects[name].notna().sum()) for name in ("problem", "problem_then"))
    missing = list(projects.loc[projects["is_report_missing"], "project_name"])
    return _list_card(
        context,
        "construction.projects",
        finding=_reports_sentence(context, projects),
        measure=_("all projects, latest first"),
        change=_change(context, _("Projects with a problem"), problems, then),
        listed=projects,
        projects=projects,
        note=_("Report not in yet: {projects}", projects=context.language.listed(missing))
        if missing
        else "",
        height=LIST_HEIGHT if len(projects) > LATE_SHOWN else None,
    )


def _list_card(
    context: Context,
    card_id: str,
    *,
    finding: str,
    measure: str,
    change: str,
    listed: pd.DataFrame,
    projects: pd.DataFrame,
    note: str,
    height: int | None = None,
    rows: int | None = None,
) -> Card:
    """Put projects on a card: as a list to read, and with more columns in its table."""
    rule = lateness_rule(context)
    return Card(
        card_id=card_id,
        finding=finding,
        subtitle=context.subtitle(measure, context.geography, context.month),
        change=change,
        listing=_listing(context, listed) if len(listed) else None,
        listing_height=height,
        listing_rows=rows,
        table=_table(context, projects),
        clauses_of=("projects_underway",),
        sources=("projects", "project_months"),
        notes=(note, rule) if note else (rule,),
    )


def _change(context: Context, measure: str, now: int, then: int) -> str:
    """Say how many more or fewer of the same projects it is than at the month compared with."""
    change = counted(context, now, then, context.language("projects"))
    return since(context, about(context, measure, change))


def _late_sentence(context: Context, projects: pd.DataFrame, late: pd.DataFrame) -> str:
    """Say how many projects are late, and which one is the latest."""
    _ = context.language
    if late.empty:
        return _("None of {count} projects is late", count=len(projects))
    latest = row_at(late[["project_name", "late_days"]], late.index[0])
    return _(
        "{late} of {count} projects late; latest {project}, {lateness}",
        late=len(late),
        count=len(projects),
        project=latest["project_name"],
        lateness=lateness(context, latest["late_days"]),
    )


def _reports_sentence(context: Context, projects: pd.DataFrame) -> str:
    """Say how many of the month's reports are in, and how many name a problem."""
    _ = context.language
    return sentences.sentence(
        context,
        _(
            "{reported} of {due} reports due for {month} are in",
            reported=int(projects["is_reported"].sum()),
            due=int(projects["is_due"].sum()),
            month=context.month,
        ),
        _("{count} name a problem", count=int(projects["problem"].notna().sum())),
    )


def _table(context: Context, projects: pd.DataFrame) -> Table:
    """Return what there is to say about projects, one row each, in the frame's order."""
    _ = context.language
    return Table(
        projects,
        (
            Column("project_id", _("Project number")),
            Column("project_name", _("Project")),
            Column("county", _("County")),
            Column("type", _("Type")),
            Column("stage", _("Stage")),
            Column("physical_progress_pct", _("Physical progress (%)"), 1),
            Column("next", _("Next milestone")),
            Column("late_days", _("Days late"), 0),
            Column("late_days_then", f"{_('Days late')} ({context.comparison})", 0),
            Column("problem_text", _("Problem")),
            Column("post", _("Responsible post")),
            Column("total_investment_wan", _("Total investment (10,000 yuan)"), 0),
            Column("year_investment_wan", _("Year's plan (10,000 yuan)"), 0),
            Column("invested_wan", _("Invested this year (10,000 yuan)"), 0),
        ),
    )


def _listing(context: Context, projects: pd.DataFrame) -> Table:
    """Return what a reader asks first about a project."""
    _ = context.language
    return Table(
        projects,
        (
            Column("project_name", _("Project")),
            Column("county", _("County")),
            Column("stage_and_progress", _("Stage, progress")),
            Column("next", _("Next milestone")),
            Column("marked_lateness", _("Against plan")),
            Column("problem_text", _("Problem")),
            Column("post", _("Responsible post")),
        ),
    )

"""The chosen counties' building projects: how many keep their own plan, and those that do not."""

from __future__ import annotations

import pandas as pd

from dashboard.cards.changes import about, counted, since
from dashboard.cards.construction.lateness import is_late, late_projects
from dashboard.cards.construction.milestones import MILESTONES
from dashboard.cards.construction.portfolio import then_and_now
from dashboard.cards.context import Context
from dashboard.cards.model import Card, Column, Selects, Table
from dashboard.cards.overview.judged import then_heading
from dashboard.cards.registry import card

SHOWN = 4


@card("county.projects")
def county_projects(context: Context) -> Card:
    """Show the projects behind their own plan, the latest first; the table has all of them."""
    _ = context.language
    projects = then_and_now(context)
    projects = projects.assign(
        state=_states(context, projects), state_then=_states(context, projects, "_then")
    )
    late = late_projects(projects)
    late_then = int(is_late(projects, "_then").sum())
    change = counted(context, len(late), late_then, _("projects"))
    in_use = int(_is_in_use(projects).sum())
    columns = (
        Column("project_name", _("Project"), leads_to=Selects.PROJECT, id_column="project_id"),
        Column("stage_and_progress", _("Stage, progress")),
        Column("marked_lateness", _("Against plan")),
    )
    return Card(
        card_id="county.projects",
        finding=_(
            "{count} projects: {late} late, {in_use} in use, {others} on time or to come",
            count=len(projects),
            late=len(late),
            in_use=in_use,
            others=len(projects) - len(late) - in_use,
        ),
        subtitle=context.subtitle(
            _("projects behind their own plan, latest first"), context.geography, context.month
        ),
        change=since(context, about(context, _("Late projects"), change)),
        listing=Table(late, columns) if len(late) else None,
        listing_rows=SHOWN,
        table=Table(
            projects,
            (
                *columns,
                Column("state", _("State")),
                Column("state_then", then_heading(context, _("State"), context.comparison)),
            ),
        ),
        sources=("projects", "project_months"),
    )


def _states(context: Context, projects: pd.DataFrame, then: str = "") -> pd.Series:
    """Whether each project is late, in use, or neither, as the finding counts them."""
    _ = context.language
    states = pd.Series(_("on time or to come"), projects.index)
    states = states.mask(is_late(projects, then), _("late"))
    return states.mask(_is_in_use(projects, then), _("in use"))


def _is_in_use(projects: pd.DataFrame, then: str = "") -> pd.Series:
    return projects[f"milestones_reached{then}"] == len(MILESTONES)

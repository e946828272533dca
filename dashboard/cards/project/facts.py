"""What one project is, what it costs, and where it stands."""

from __future__ import annotations

import pandas as pd

from dashboard.cards import sentences
from dashboard.cards.construction.lateness import lateness, project_lateness
from dashboard.cards.construction.milestones import is_in_use, next_milestone, stage_names
from dashboard.cards.construction.portfolio import text_or_nothing, type_names
from dashboard.cards.context import Context
from dashboard.cards.model import Card, Column, Table, Tile
from dashboard.cards.project.lookup import (
    find_project,
    progress_share,
    project_subtitle,
    yuan,
)
from dashboard.cards.registry import card, headline
from dashboard.frames import Row


@headline("project")
def project_headline(context: Context, *, project_id: str) -> str:
    """Where the project stands, in one sentence."""
    _ = context.language
    project = find_project(context, project_id)
    share = project["physical_progress_pct"]
    return sentences.sentence(
        context,
        _(
            "{project}, {month}: {stage}",
            project=project["project_name"],
            month=context.month,
            stage=stage_names(context)[project["milestones_reached"]],
        ),
        ""
        if share is None
        else _("physical progress {share}", share=progress_share(context, share)),
        "" if is_in_use(project) else project_lateness(context, project),
    )


@card("project.facts")
def facts(context: Context, *, project_id: str) -> Card:
    """Show what the project is, what it costs, what is next and who answers for it."""
    _ = context.language
    project = find_project(context, project_id)
    following = next_milestone(context, project)
    table = _table(context, project)
    return Card(
        card_id="project.facts",
        finding=_("Next: {milestone}", milestone=following)
        if following
        else _("All milestones reached"),
        subtitle=project_subtitle(context, _("facts of the project"), project),
        change="",  # progress, milestones and money say theirs on the cards beside this one
        tiles=_tiles(context, project),
        listing=table,
        table=table,
        clauses_of=("projects_underway",),
        sources=("projects", "project_months"),
    )


def _tiles(context: Context, project: Row) -> tuple[Tile, ...]:
    _ = context.language
    return (
        Tile(
            _("Physical progress"),
            progress_share(context, project["physical_progress_pct"]),
            stage_names(context)[project["milestones_reached"]],
        ),
        Tile(
            _("Invested this year"),
            yuan(context, project["invested_yuan"]),
            _("plan {amount}", amount=yuan(context, project["year_investment_yuan"])),
        ),
        Tile(_("Against plan"), lateness(context, project["late_days"])),
    )


def _table(context: Context, project: Row) -> Table:
    _ = context.language
    facts = {
        _("Project number"): project["project_id"],
        _("County"): context.county(project["county_id"]),
        _("School"): project["school_name"],
        _("Type"): type_names(context)[project["project_type"]],
        _("Total investment"): context.language.yuan(project["total_investment_yuan"]),
        _("Problem"): text_or_nothing(project["problem"]) or _("none reported"),
        _("Responsible post"): text_or_nothing(project["responsible_post"]),
    }
    return Table(
        pd.DataFrame({"fact": facts.keys(), "content": facts.values()}),
        (Column("fact", _("Fact")), Column("content", _("Content"))),
    )

"""The building projects of a school."""

from __future__ import annotations

import pandas as pd

from dashboard.cards.context import Context
from dashboard.cards.model import Card, Column, Selects, Table
from dashboard.cards.registry import card
from dashboard.cards.school.lookup import find_school
from dashboard.frames import records


def has_projects(context: Context, school_id: str) -> bool:
    """Whether a building project names the school."""
    return not context.query("school/projects", school_id=school_id).empty


@card("school.projects", whole_city=True)
def projects(context: Context, *, school_id: str) -> Card:
    """Show the school's building projects, each with a link to its own page."""
    _ = context.language
    school = find_school(context, school_id)
    frame = context.query("school/projects", school_id=school_id)
    rows = records(frame)
    cells = frame.assign(
        year=[str(row["plan_year"]) for row in rows],
        planned=[_day(context, row["planned_use_date"]) for row in rows],
        used=[_day(context, row["actual_use_date"]) for row in rows],
    )
    table = Table(
        cells,
        (
            Column("project_name", _("Project"), leads_to=Selects.PROJECT, id_column="project_id"),
            Column("year", _("Plan year")),
            Column("planned", _("Planned use")),
            Column("used", _("In use since")),
        ),
    )
    return Card(
        card_id="school.projects",
        finding=_.plural("{count} building project", "{count} building projects", len(rows)),
        subtitle=context.subtitle(_("projects by the school's name"), school["school_name"]),
        listing=table if rows else None,
        table=table,
        sources=("projects",),
    )


def _day(context: Context, day: pd.Timestamp) -> str:
    return "" if day is None else context.language.date(day)

"""Finding a project by its project_id, whatever the plan year that it belongs to."""

from __future__ import annotations

from collections.abc import Mapping

from dashboard.cards.context import Context
from dashboard.frames import Row, records


def is_project(context: Context, project_id: str) -> bool:
    """Whether the exports know a project."""
    return _plan_year(context, project_id) is not None


def find_project(context: Context, project_id: str) -> Row:
    """Return a project as it stands at the chosen month: a row of ``construction/projects``.

    Raises KeyError for an unknown project.
    """
    plan_year = _plan_year(context, project_id)
    if plan_year is None:
        raise KeyError(f"unknown project: {project_id}")
    return _projects(context, plan_year)[project_id]


def project_subtitle(context: Context, measure: str, project: Row) -> str:
    """Say what a card shows, of which project, and at which month."""
    return context.subtitle(measure, project["project_name"], context.month)


def yuan(context: Context, amount: float | None) -> str:
    """Write an amount of a project; its symbol when it is not reported."""
    return context.language.yuan(amount) or context.language("x not reported")


def progress_share(context: Context, share: float | None) -> str:
    """Write a physical progress; its symbol when it is not reported."""
    return context.language.quantity(share, "%", 1) or context.language("x not reported")


def _plan_year(context: Context, project_id: str) -> int | None:
    as_of = context.filters.as_of
    (row,) = records(context.query("project/plan_year", project_id=project_id, as_of=as_of))
    return None if row["plan_year"] is None else int(row["plan_year"])


def _projects(context: Context, plan_year: int) -> Mapping[str, Row]:
    """Return the projects of a plan year by project_id; shared by all of a project's cards."""
    as_of = context.filters.as_of
    return context.database.derived(
        ("projects_by_id", plan_year, as_of),
        lambda: {
            project["project_id"]: project
            for project in records(
                context.query("construction/projects", as_of=as_of, plan_year=plan_year)
            )
        },
    )

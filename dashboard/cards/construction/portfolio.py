"""The year's projects as they stand at the chosen month, in figures and in words."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dashboard.cards.construction.lateness import (
    marked_lateness,
    project_lateness,
    project_status,
)
from dashboard.cards.construction.milestones import MILESTONES, next_milestone, stage_names
from dashboard.cards.context import Context
from dashboard.frames import Row, records

YUAN_PER_WAN = 10_000
_NAME_COLUMNS = ["project_id", "project_name", "county_id"]


def city_projects(context: Context) -> pd.DataFrame:
    """Return every project of the chosen month's plan year in figures and words, latest first.

    The columns of ``construction/projects`` and those of ``_words``. Shared: not to be changed.
    """
    as_of = context.filters.as_of
    return context.database.derived(
        ("projects", as_of, context.language),
        lambda: _in_words(
            context,
            context.query("construction/projects", as_of=as_of, plan_year=int(as_of[:4])),
        ),
    )


def chosen_projects(context: Context) -> pd.DataFrame:
    """Return the projects of the chosen counties, the latest first. Shared as well."""
    return context.database.derived(
        ("chosen_projects", context.filters.as_of, context.chosen, context.language),
        lambda: _of_counties(city_projects(context), context.chosen),
    )


def then_and_now(context: Context) -> pd.DataFrame:
    """Return the chosen counties' projects with how the same ones stood at the compared month.

    Beside the columns of ``chosen_projects``: ``late_days_then``, ``milestones_reached_then`` and
    ``problem_then``.
    """
    filters = context.filters
    projects = context.query(
        "construction/projects", as_of=filters.compared_month, plan_year=int(filters.as_of[:4])
    )
    then = projects.set_index("project_id")[["late_days", "milestones_reached", "problem"]]
    return chosen_projects(context).join(then.add_suffix("_then"), on="project_id")


def project_choices(context: Context) -> dict[str, str]:
    """Return the names of the chosen counties' projects by project_id, the latest first."""
    return {
        project["project_id"]: _named(context, project)
        for project in records(chosen_projects(context)[_NAME_COLUMNS])
    }


def type_names(context: Context) -> dict[str, str]:
    """Return the types of projects in the order in which the plan names them."""
    _ = context.language
    return {
        "new": _("new building"),
        "continued": _("continued"),
        "expansion": _("extension"),
    }


def text_or_nothing(value: Any) -> str:
    """Return a text of an export; nothing where there is none."""
    return "" if pd.isna(value) else str(value)


def _of_counties(projects: pd.DataFrame, county_ids: tuple[str, ...]) -> pd.DataFrame:
    return projects[projects["county_id"].isin(county_ids)]


def _in_words(context: Context, projects: pd.DataFrame) -> pd.DataFrame:
    """Add the projects' words, their amounts in 万元 and their milestones as days."""
    added = pd.DataFrame(
        {
            **_words(context, records(projects)),
            "total_investment_wan": projects["total_investment_yuan"] / YUAN_PER_WAN,
            "year_investment_wan": projects["year_investment_yuan"] / YUAN_PER_WAN,
            "invested_wan": projects["invested_yuan"] / YUAN_PER_WAN,
            **{
                f"{kind}_{milestone}": projects[f"{kind}_{milestone}_date"].dt.date
                for kind in ("planned", "actual")
                for milestone in MILESTONES
            },
        },
        index=projects.index,
    )
    return projects.join(added).copy()  # in one piece: a frame of loose columns is slow to filter


def _words(context: Context, projects: list[Row]) -> dict[str, list[str]]:
    """Return the projects' codes and figures in words, by column."""
    stages, types = stage_names(context), type_names(context)
    words = {
        "county": [context.county(project["county_id"]) for project in projects],
        "type": [types[project["project_type"]] for project in projects],
        "stage": [stages[project["milestones_reached"]] for project in projects],
        "stage_and_progress": [_stage_and_progress(context, project) for project in projects],
        "next": [next_milestone(context, project) for project in projects],
        "status": [str(project_status(project)) for project in projects],
        "lateness": [project_lateness(context, project) for project in projects],
        "marked_lateness": [marked_lateness(context, project) for project in projects],
        "problem_text": [text_or_nothing(project["problem"]) for project in projects],
        "post": [text_or_nothing(project["responsible_post"]) for project in projects],
    }
    names = [_named(context, project) for project in projects]
    lines = (
        names,
        *(
            words[column]
            for column in ("stage_and_progress", "next", "marked_lateness", "problem_text", "post")
        ),
    )
    return words | {"hover": ["\n".join(filter(None, hover)) for hover in zip(*lines, strict=True)]}


def _named(context: Context, project: Row) -> str:
    return context.language(
        "{project} ({county})",
        project=project["project_name"],
        county=context.county(project["county_id"]),
    )


def _stage_and_progress(context: Context, project: Row) -> str:
    stage = stage_names(context)[project["milestones_reached"]]
    share = context.language.quantity(project["physical_progress_pct"], "%", 1)
    return f"{stage} {share}".strip()

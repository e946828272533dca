"""The projects on the calendar: planned against actual milestones."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dashboard.cards.changes import about, counted, since
from dashboard.cards.construction.milestones import MILESTONES, milestone_names, month_end
from dashboard.cards.construction.portfolio import city_projects, then_and_now
from dashboard.cards.context import Context
from dashboard.cards.model import Card, Chart, Column, Selects, Table
from dashboard.cards.registry import card

# Fifty rows on one page: a line of text and a bar each, and the dates above them.
ROW_HEIGHT = 26
DATES_HEIGHT = 61


CHART_COLUMNS = {
    "project_id": "id",
    "project_name": "label",
    "lateness": "text",
    "planned_completion": "planned_end",
    "actual_completion": "actual_end",
}


@card("construction.schedule")
def schedule(context: Context) -> Card:
    """Planned against actual milestones of every project, the latest on top."""
    _ = context.language
    projects = _with_milestones_due(context, then_and_now(context))
    finding = _finding(context, projects)
    return Card(
        card_id="construction.schedule",
        finding=finding,
        subtitle=context.subtitle(
            _("start to completion, planned and actual"), context.geography, context.month
        ),
        change=_change(context, projects),
        charts=(
            Chart(
                "gantt",
                projects.rename(columns=CHART_COLUMNS),
                _options(context, len(projects)),
                alt=finding,
                selects=Selects.PROJECT,
            ),
        ),
        table=_table(context, projects),
        clauses_of=("projects_underway",),
        sources=("projects",),
        hint=_("A click on a bar opens the project's own page."),
    )


def calendar_options(context: Context) -> dict[str, Any]:
    """Return what every calendar chart shows: the end of the chosen month, and its key."""
    _ = context.language
    return {
        "as_of": f"{month_end(context.filters.as_of):%Y-%m-%d}",
        "as_of_text": context.month,
        "planned_text": _("planned"),
        "actual_text": _("actual"),
    }


def _options(context: Context, rows: int) -> dict[str, Any]:
    return {
        **calendar_options(context),
        "milestones": [
            {
                "text": milestone_names(context)["topping"],
                "planned": "planned_topping",
                "actual": "actual_topping",
            }
        ],
        "date_range": _date_range(city_projects(context)),
        "height": DATES_HEIGHT + ROW_HEIGHT * rows,
        "empty_text": context.language("No project"),
        "uirevision": "schedule",
    }


def _with_milestones_due(context: Context, projects: pd.DataFrame) -> pd.DataFrame:
    """Add to each project how many of its milestones are due by the end of the month, and reached.

    Columns milestones_due, due_reached and due_open.
    """
    last_day = month_end(context.filters.as_of)
    planned = projects[[f"planned_{milestone}_date" for milestone in MILESTONES]]
    actual = projects[[f"actual_{milestone}_date" for milestone in MILESTONES]]
    is_due = (planned <= last_day).to_numpy()
    is_reached = actual.notna().to_numpy()
    return projects.assign(
        milestones_due=is_due.sum(axis=1),
        due_reached=(is_due & is_reached).sum(axis=1),
        due_open=(is_due & ~is_reached).sum(axis=1),
    )


def _finding(context: Context, projects: pd.DataFrame) -> str:
    """Say how many milestones are due by the end of the month, and how many are reached."""
    due, reached, still_open = (
        int(projects[name].sum()) for name in ("milestones_due", "due_reached", "due_open")
    )
    return context.language(
        "{due} milestones due by the end of {month}: {reached} reached, {open} not",
        due=due,
        month=context.month,
        reached=reached,
        open=still_open,
    )


def _change(context: Context, projects: pd.DataFrame) -> str:
    """Say how many more milestones the same projects have reached, due or not."""
    _ = context.language
    now, then = (int(projects[f"milestones_reached{end}"].sum()) for end in ("", "_then"))
    change = counted(context, now, then, _("milestones"))
    return since(context, about(context, _("Milestones reached"), change))


def _date_range(city: pd.DataFrame) -> list[str] | None:
    """From the first start to the last completion of all projects, so that the axis stays put."""
    if city.empty:
        return None
    first = min(city["planned_start_date"].min(), city["actual_start_date"].min())
    return [f"{first:%Y-%m-%d}", f"{city['planned_completion_date'].max():%Y-%m-%d}"]


def _table(context: Context, projects: pd.DataFrame) -> Table:
    """Every milestone's planned and actual date."""
    _ = context.language
    words = {"planned": _("planned"), "actual": _("actual")}
    return Table(
        projects,
        (
            Column("project_name", _("Project")),
            Column("county", _("County")),
            Column("late_days", _("Days late"), 0),
            *(
                Column(f"{kind}_{milestone}", f"{name} ({word})")
                for milestone, name in milestone_names(context).items()
                for kind, word in words.items()
            ),
        ),
    )

"""The steps that the plan asks of the city's flagship schools."""

from __future__ import annotations

import pandas as pd

from dashboard.cards import sentences
from dashboard.cards.construction.milestones import date_or_nothing
from dashboard.cards.construction.portfolio import city_projects, text_or_nothing
from dashboard.cards.context import Context
from dashboard.cards.model import Card, Column, Table
from dashboard.cards.registry import card
from dashboard.filters import CITY
from dashboard.frames import Row, records
from dashboard.indicators.status import Status

INDICATOR = "municipal_projects"


@card("construction.flagships", whole_city=True)
def flagships(context: Context) -> Card:
    """Show the steps that the plan asks of the city's flagship schools, one by one."""
    steps = _steps(context)
    table = _table(context, steps)
    return Card(
        card_id="construction.flagships",
        finding=_finding(context, steps),
        subtitle=context.subtitle(
            context.text(INDICATOR, "name"), context.county(CITY), context.month
        ),
        listing=table if len(steps) else None,
        table=table,
        indicator_ids=(INDICATOR,),
        sources=("project_months",),
    )


def _steps(context: Context) -> pd.DataFrame:
    """Return the steps in the order of their due months, with what their projects last reported."""
    as_of = context.filters.as_of
    steps = context.query("construction/flagship_milestones", as_of=as_of)
    rows = records(steps)
    status = [_status(step, as_of) for step in rows]
    projects = city_projects(context)[["project_name", "physical_progress_pct", "problem"]]
    named = projects.drop_duplicates("project_name").set_index("project_name")
    reports = named.reindex(steps["project_name"])
    return steps.assign(
        step=steps[context.language.pick("name_zh", "name_en")],
        due=[context.language.month(step["due_month"]) for step in rows],
        reached=[date_or_nothing(context, step["reached_date"]) for step in rows],
        is_overdue=[state is Status.BEHIND for state in status],
        status=[context.status(state) for state in status],
        progress=[
            context.language.quantity(share, "%", 1) for share in reports["physical_progress_pct"]
        ],
        problem=[text_or_nothing(problem) for problem in reports["problem"]],
    )


def _status(step: Row, as_of: str) -> Status:
    """Return a step's status: met when taken, behind when due by the month and not taken."""
    if step["reached_date"] is not None:
        return Status.MET
    return Status.BEHIND if step["due_month"] <= as_of else Status.NOT_DUE


def _finding(context: Context, steps: pd.DataFrame) -> str:
    """Say how many steps are taken, and name those that should be."""
    _ = context.language
    overdue = list(steps.loc[steps["is_overdue"], "step"])
    return sentences.sentence(
        context,
        _(
            "City flagship projects: {reached} of {count} steps taken",
            reached=int(steps["reached_date"].notna().sum()),
            count=len(steps),
        ),
        _("due and not taken: {steps}", steps=context.language.listed(overdue)) if overdue else "",
    )


def _table(context: Context, steps: pd.DataFrame) -> Table:
    _ = context.language
    return Table(
        steps,
        (
            Column("step", _("Step")),
            Column("due", _("Due")),
            Column("reached", _("Taken on")),
            Column("status", _("Status")),
            Column("progress", _("Physical progress")),
            Column("problem", _("Problem")),
        ),
    )

"""The university campuses that the plan wants begun or in use, step by step."""

from __future__ import annotations

import pandas as pd

from dashboard.cards import sentences
from dashboard.cards.context import Context
from dashboard.cards.model import Card, Column, Table
from dashboard.cards.registry import card
from dashboard.filters import CITY
from dashboard.frames import Row, records
from dashboard.indicators.status import Status

CAMPUSES = "university_campuses"


@card("skills.campuses", whole_city=True)
def campuses(context: Context) -> Card:
    """Each step with the month in which it is due and the month in which it was taken."""
    as_of = context.filters.as_of
    steps = context.query("county/milestones", as_of=as_of, counties=[CITY])
    rows = records(steps[steps["indicator_id"] == CAMPUSES])
    table = _table(context, rows)
    return Card(
        card_id="skills.campuses",
        finding=_finding(context, rows),
        subtitle=context.subtitle(
            context.text(CAMPUSES, "name"), context.county(CITY), context.month
        ),
        listing=table if rows else None,
        table=table,
        indicator_ids=(CAMPUSES,),
    )


def _status(step: Row, as_of: str) -> Status:
    """Return a step's status: met when taken, behind when due by the month and not taken."""
    if step["reached_month"] is not None:
        return Status.MET
    return Status.BEHIND if step["due_month"] <= as_of else Status.NOT_DUE


def _name(context: Context, step: Row) -> str:
    return str(step[context.language.pick("name_zh", "name_en")])


def _finding(context: Context, rows: list[Row]) -> str:
    """Say how many steps are taken, and name those that should be."""
    _ = context.language
    as_of = context.filters.as_of
    statuses = [_status(step, as_of) for step in rows]
    overdue = [
        _name(context, step)
        for step, status in zip(rows, statuses, strict=True)
        if status is Status.BEHIND
    ]
    return sentences.sentence(
        context,
        _(
            "University campuses: {reached} of {count} steps taken",
            reached=statuses.count(Status.MET),
            count=len(rows),
        ),
        _("due and not taken: {steps}", steps=_.listed(overdue)) if overdue else "",
    )


def _table(context: Context, rows: list[Row]) -> Table:
    _ = context.language
    as_of = context.filters.as_of
    frame = pd.DataFrame(
        {
            "step": [_name(context, step) for step in rows],
            "due": [_.month(step["due_month"]) for step in rows],
            "reached": [
                "–" if step["reached_month"] is None else _.month(step["reached_month"])
                for step in rows
            ],
            "status": [context.status(_status(step, as_of)) for step in rows],
        }
    )
    return Table(
        frame,
        (
            Column("step", _("Step")),
            Column("due", _("Due")),
            Column("reached", _("Taken in")),
            Column("status", _("Status")),
        ),
    )

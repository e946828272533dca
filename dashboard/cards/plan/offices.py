"""Whose tasks they are, and what offices say stands in their way."""

from __future__ import annotations

import pandas as pd

from dashboard.cards.context import Context
from dashboard.cards.plan import ledger
from dashboard.cards.plan.headline import counts
from dashboard.cards.plan.listings import task_table
from dashboard.cards.registry import card
from dashboard.frames import records
from dashboard.report import Card, Chart, Column, Selects, Table
from dashboard.status import Status

PROBLEMS_SHOWN = 12
NAMED_OFFICES = 3


@card("plan.offices", whole_city=True)
def offices(context: Context) -> Card:
    """Every office's tasks by status, the office with most tasks first."""
    _ = context.language
    tasks = ledger.tasks(context)
    names = ledger.offices(context)
    own = {office: tasks[tasks["office_id"] == office] for office in names}
    ordered = sorted(names, key=lambda office: -len(own[office]))
    by_office = {office: counts(own[office]) for office in ordered if len(own[office])}
    rows = [
        {
            "id": office,
            "label": names[office],
            "series": _part_name(context, standing),
            "value": by_office[office][standing] or None,
            "text": context.language.number(by_office[office][standing]),
            "total_text": context.language.number(len(own[office])),
        }
        for office in by_office
        for standing in ledger.STANDINGS
    ]
    finding = _finding(context, {names[office]: by_office[office] for office in by_office})
    return Card(
        card_id="plan.offices",
        finding=finding,
        subtitle=context.subtitle(_("tasks by responsible office and status"), context.month),
        charts=(
            Chart(
                "stacked_bar",
                pd.DataFrame(rows),
                {
                    "colours": [*map(str, Status), "missing"],
                    "empty_text": _("no tasks"),
                },
                alt=finding,
            ),
        ),
        table=_office_table(context, {names[office]: by_office[office] for office in by_office}),
        sources=("task_reports",),
        notes=(_("The plan names no offices: who answers for what is to be confirmed."),),
    )


def _part_name(context: Context, standing: str) -> str:
    if standing == ledger.NO_STATUS:
        return context.language("no report")
    return context.status_word(standing)


def _finding(context: Context, by_office: dict[str, dict[str, int]]) -> str:
    _ = context.language
    late = {office: found[Status.BEHIND] for office, found in by_office.items()}
    most = max(late.values(), default=0)
    if not most:
        return _("No office has a task behind")
    worst = [office for office, count in late.items() if count == most]
    if len(worst) > NAMED_OFFICES:
        return _("No office has more than {count} of its tasks behind", count=most)
    return _(
        "Most tasks behind: {offices}, {count}",
        offices=context.language.listed(worst),
        count=most,
    )


def _office_table(context: Context, by_office: dict[str, dict[str, int]]) -> Table:
    frame = pd.DataFrame(
        [{"office": office, **found} for office, found in by_office.items()],
        columns=["office", *ledger.STANDINGS],
    )
    return Table(
        frame,
        (
            Column("office", context.language("Responsible")),
            *(Column(name, ledger.task_words(context, name)) for name in ledger.STANDINGS),
        ),
    )


@card("plan.problems", whole_city=True)
def problems(context: Context) -> Card:
    """The problems in the latest reports, tasks that are behind first."""
    _ = context.language
    tasks = ledger.tasks(context)
    troubled = tasks[tasks["problem"].notna() & (tasks["problem"] != "")]
    late_first = troubled["status"].ne(Status.BEHIND)
    troubled = troubled.assign(order=late_first).sort_values("order", kind="stable")
    rows = records(troubled.head(PROBLEMS_SHOWN))
    listing = Table(
        pd.DataFrame(
            {
                "clause": [row["clause"] for row in rows],
                "title": [_("clause {number}", number=row["clause"]) for row in rows],
                "problem": [row["problem"] for row in rows],
                "words": [row["quote_zh"] for row in rows],
                "office": [row["office"] for row in rows],
            }
        ),
        (
            Column("problem", _("Problem")),
            Column("words", _("Task in the plan's words")),
            Column("office", _("Responsible")),
            Column("title", _("Clause"), leads_to=Selects.CLAUSE, id_column="clause"),
        ),
    )
    left = len(troubled) - len(rows)
    return Card(
        card_id="plan.problems",
        finding=_.plural(
            "{count} task has a problem reported",
            "{count} tasks have a problem reported",
            len(troubled),
        ),
        subtitle=context.subtitle(_("problems in the latest reports"), context.month),
        listing=listing if rows else None,
        table=task_table(context, troubled),
        sources=("task_reports",),
        notes=(_("{count} more in the table", count=left),) if left > 0 else (),
    )

"""Where a monthly report says done and the data say not done, or the reverse: both are shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from dashboard.cards import sentences
from dashboard.cards.context import Context
from dashboard.cards.counting import chosen_counts, county_counts
from dashboard.cards.model import Card, Column, Selects, Table
from dashboard.cards.phrases import named, of_target, present
from dashboard.cards.plan import ledger
from dashboard.cards.plan.listings import report_words
from dashboard.cards.registry import card
from dashboard.frames import Row, records
from dashboard.indicators.evidence import Evidence, evidence
from dashboard.indicators.status import Status, TaskState

COLUMNS = ["clause", "clause_text", "words", "office", "report", "data", "counties", "kind"]


@dataclass(frozen=True)
class Conflicts:
    """The tasks that can be held against the data, and those on which report and data disagree."""

    context: Context

    @property
    def shown(self) -> Evidence:
        """What the data say of the plan's tasks."""
        return evidence(self.context.database, self.context.filters.as_of)

    @cached_property
    def comparable(self) -> list[Row]:
        """The tasks with a report and data that say something."""
        tasks = records(ledger.tasks(self.context))
        return [t for t in tasks if t["state"] and self.shown.is_done(t["task_id"]) is not None]

    @cached_property
    def tasks(self) -> list[Row]:
        """The tasks whose last report and data contradict each other; reported done first."""
        found = [
            task
            for task in self.comparable
            if self.shown.contradicts(task["task_id"], task["state"], task["report_month"])
        ]
        return sorted(found, key=lambda task: task["state"] != TaskState.DONE)


@card("plan.conflicts", whole_city=True)
def conflicts(context: Context) -> Card:
    """Every task whose report and data disagree: the words of the one, the figure of the other.

    The table has the tasks on which they agree as well.
    """
    _ = context.language
    found = Conflicts(context)
    listed = [_row(context, found, task) for task in found.tasks]
    others = [_row(context, found, task) for task in found.comparable if task not in found.tasks]
    columns = (
        Column("kind", _("Report and data")),
        Column("words", _("Task in the plan's words")),
        Column("report", _("Latest report")),
        Column("data", _("What the data say")),
        Column("counties", _("Where it is missing")),
        Column("office", _("Responsible")),
        Column("clause_text", _("Clause"), leads_to=Selects.CLAUSE, id_column="clause"),
    )
    held = len(found.comparable)
    table = Table(pd.DataFrame([*listed, *others], columns=COLUMNS), columns)
    return Card(
        card_id="plan.conflicts",
        finding=_finding(context, found),
        subtitle=context.subtitle(
            _("monthly reports against the data"), context.geography, context.month
        ),
        change="",
        listing=Table(pd.DataFrame(listed, columns=COLUMNS), columns) if listed else None,
        table=table,
        sources=("task_reports",),
        notes=present(
            _("Held against the data: {count} tasks that indicators measure.", count=held)
            if held
            else ""
        ),
    )


def _finding(context: Context, found: Conflicts) -> str:
    _ = context.language
    if not found.comparable:
        return _("No monthly report can be held against data yet")
    if not found.tasks:
        return _("Monthly reports and data agree")
    kinds = Counter(_kind(context, found, task) for task in found.tasks)
    return sentences.sentence(
        context,
        _.plural(
            "Report and data disagree on {count} task",
            "Report and data disagree on {count} tasks",
            len(found.tasks),
        ),
        *(_("{count} {kind}", count=count, kind=kind) for kind, count in kinds.items()),
    )


def _kind(context: Context, found: Conflicts, task: Row) -> str:
    _ = context.language
    if task not in found.tasks:
        return _("agree")
    if task["state"] == TaskState.DONE:
        return _("reported done but not by the data")
    return _("done by the data but not reported")


def _row(context: Context, found: Conflicts, task: Row) -> dict[str, object]:
    task_id = task["task_id"]
    is_short = found.shown.is_done(task_id) is False
    return {
        "clause": task["clause"],
        "clause_text": context.language("clause {number}", number=task["clause"]),
        "words": task["quote_zh"],
        "office": task["office"],
        "report": report_words(context, task),
        "data": "；".join(_figures(context, found.shown, task_id, only_short=is_short)),
        "counties": _counties(context, found.shown, task_id),
        "kind": _kind(context, found, task),
    }


def _figures(context: Context, shown: Evidence, task_id: str, *, only_short: bool) -> Iterator[str]:
    """Yield what the data say: each indicator with its status, or its steps that are open."""
    _ = context.language
    statuses = chosen_counts(context).statuses
    for indicator_id in shown.short(task_id) if only_short else shown.measures[task_id]:
        steps = shown.open_steps(task_id, indicator_id)
        for step in steps:
            is_due = step["due_month"] <= context.filters.as_of
            status = context.status(Status.BEHIND if is_due else Status.NOT_DUE)
            name = _.pick(step["name_zh"], step["name_en"])
            yield _("{status}: {figure}", status=status, figure=name)
        if not steps:
            name = context.text(indicator_id, "short")
            figure = of_target(context, indicator_id, context.chosen_value(indicator_id))
            status = context.status(statuses.get(indicator_id))
            yield _("{status}: {figure}", status=status, figure=named(context, name, figure))


def _counties(context: Context, shown: Evidence, task_id: str) -> str:
    """Return the counties that have not met their own target, or whose step is not taken."""
    found: set[str] = set()
    for indicator_id in shown.short(task_id):
        steps = shown.open_steps(task_id, indicator_id)
        found |= {step["county_id"] for step in steps}
        if not steps:
            found |= {
                county for county in context.county_ids if _lacks(context, county, indicator_id)
            }
    return context.language.listed([context.county(c) for c in context.county_ids if c in found])


def _lacks(context: Context, county: str, indicator_id: str) -> bool:
    """Whether a county's figure does not reach its target."""
    status = county_counts(context, county).statuses.get(indicator_id)
    return status in (Status.ON_TRACK, Status.NEAR, Status.BEHIND)

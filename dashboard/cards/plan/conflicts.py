"""Where a monthly report says done and the data say not done, or the reverse: both are shown."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from dashboard.cards import sentences
from dashboard.cards.context import Context
from dashboard.cards.counting import county_counts
from dashboard.cards.phrases import present
from dashboard.cards.plan import ledger
from dashboard.cards.plan.listings import report_words, target_standing
from dashboard.cards.registry import card
from dashboard.frames import Row, records
from dashboard.indicators.evidence import Evidence, evidence
from dashboard.report import Card, Column, Selects, Table
from dashboard.status import Status, TaskState

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
    """Every task whose report and data disagree: the words of the one, the figure of the other."""
    _ = context.language
    found = Conflicts(context)
    held = len(found.comparable)
    rows = [_row(context, found.shown, task) for task in found.tasks]
    table = Table(
        pd.DataFrame(rows, columns=COLUMNS),
        (
            Column("kind", _("Disagreement")),
            Column("words", _("Task in the plan's words")),
            Column("report", _("Latest report")),
            Column("data", _("What the data say")),
            Column("counties", _("Where it is missing")),
            Column("office", _("Responsible")),
            Column("clause_text", _("Clause"), leads_to=Selects.CLAUSE, id_column="clause"),
        ),
    )
    return Card(
        card_id="plan.conflicts",
        finding=_finding(context, found),
        subtitle=context.subtitle(
            _("monthly reports against the data"), context.geography, context.month
        ),
        change="",
        listing=table if rows else None,
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
    done = sum(task["state"] == TaskState.DONE for task in found.tasks)
    others = len(found.tasks) - done
    return sentences.sentence(
        context,
        _.plural(
            "Report and data disagree on {count} task",
            "Report and data disagree on {count} tasks",
            len(found.tasks),
        ),
        _("{count} reported done that the data do not show", count=done) if done else "",
        _("{count} shown by the data and not reported done", count=others) if others else "",
    )


def _row(context: Context, shown: Evidence, task: Row) -> dict[str, object]:
    _ = context.language
    task_id = task["task_id"]
    measured = shown.measures[task_id]
    is_reported = task["state"] == TaskState.DONE
    named = shown.short(task_id) if is_reported else measured
    steps = shown.open_steps(task_id)
    return {
        "clause": task["clause"],
        "clause_text": _("clause {number}", number=task["clause"]),
        "words": task["quote_zh"],
        "office": task["office"],
        "report": report_words(context, task),
        "data": "；".join(
            [
                *(target_standing(context, indicator_id) for indicator_id in named),
                *(
                    _("not taken: {step}", step=_.pick(step["name_zh"], step["name_en"]))
                    for step in steps
                ),
            ]
        ),
        "counties": _counties(context, named, steps) if is_reported else "",
        "kind": _("reported done, not by the data")
        if is_reported
        else _("done by the data, not reported"),
    }


def _counties(context: Context, indicator_ids: tuple[str, ...], steps: tuple[Row, ...]) -> str:
    """The counties that are short of their own target, or whose step is not taken."""
    own = [step["county_id"] for step in steps if step["county_id"] in context.county_ids]
    short = own or [
        county
        for county in context.county_ids
        for statuses in [county_counts(context, county).statuses]
        if any(statuses.get(i) in (Status.NEAR, Status.BEHIND) for i in indicator_ids)
    ]
    return context.language.listed([context.county(county) for county in short])

"""The tasks and targets that fit what the reader has chosen, wherever they stand."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.cards.context import Context
from dashboard.cards.model import Card, Entries, Selects, Table
from dashboard.cards.phrases import present
from dashboard.cards.plan import ledger
from dashboard.cards.plan.headline import clause_title
from dashboard.cards.plan.ledger import Choice
from dashboard.cards.plan.listings import (
    target_entry,
    target_table,
    task_columns,
    task_rows,
    task_table,
    uncounted_note,
)
from dashboard.cards.registry import card
from dashboard.frames import records

SHOWN = 60  # rows: more would be slow, and nobody reads them


@card("plan.found_tasks")
def found_tasks(context: Context, *, choice: Choice | Sequence[str]) -> Card:
    """Show the tasks that fit, with the words searched for marked."""
    _ = context.language
    choice = Choice.of(choice)
    tasks = ledger.matching(ledger.tasks(context), choice)
    shown = task_rows(context, tasks.head(SHOWN), choice.terms)
    return Card(
        card_id="plan.found_tasks",
        finding=_.plural("{count} task fits", "{count} tasks fit", len(tasks)),
        subtitle=context.subtitle(_("latest monthly report by {month}", month=context.month)),
        listing=Table(shown, task_columns(context, with_clause=True)) if len(shown) else None,
        table=task_table(context, tasks),
        sources=("task_reports",),
        notes=present(
            _("The first {shown} of {count} are shown.", shown=SHOWN, count=len(tasks))
            if len(tasks) > SHOWN
            else ""
        ),
    )


@card("plan.found_targets")
def found_targets(context: Context, *, choice: Choice | Sequence[str]) -> Card:
    """Show the targets that fit."""
    _ = context.language
    choice = Choice.of(choice)
    targets = ledger.matching(ledger.targets(context), choice)
    lines = tuple(
        target_entry(context, row, f"{clause_title(context, row['clause'])} · {row['office']}")
        for row in records(targets)
    )
    return Card(
        card_id="plan.found_targets",
        finding=_.plural(
            "{count} target fits", "{count} targets fit", len(ledger.counted_targets(targets))
        ),
        subtitle=context.subtitle(
            _("clause, office, value / target"), context.geography, context.month
        ),
        entries=Entries(Selects.INDICATOR, lines) if lines else None,
        table=target_table(context, targets),
        notes=present(uncounted_note(context, targets)),
    )

"""One clause: the plan's words, the targets that are measured, and the tasks with their reports."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from dashboard.cards.context import Context
from dashboard.cards.model import Card, Emphasis, Entries, Passage, Selects, Table
from dashboard.cards.phrases import present
from dashboard.cards.plan import ledger
from dashboard.cards.plan.ledger import ALL, Choice
from dashboard.cards.plan.listings import (
    target_entry,
    target_table,
    task_columns,
    task_rows,
    task_table,
    uncounted_note,
)
from dashboard.cards.plan.passages import found_in, marked_text, quoted
from dashboard.cards.plan_year import change_sentences
from dashboard.cards.registry import card
from dashboard.frames import records
from dashboard.indicators.definitions import task_rule


@card("plan.words")
def words(
    context: Context,
    *,
    clause: int,
    choice: Choice | Sequence[str] = ALL,
    indicator_ids: tuple[str, ...] = (),
) -> Card:
    """Show the clause word for word: each task's status before it, the words of targets marked.

    ``indicator_ids``: the indicators whose words are brought out more than the others.
    """
    _ = context.language
    choice = Choice.of(choice)
    found = ledger.clauses(context)[clause]
    section = context.language.pick(found.section_zh, found.section_en)
    plan = context.plan
    published = "" if plan is None else context.language.date(plan.published)
    return Card(
        card_id="plan.words",
        finding=_("The plan's words, clause {number}", number=clause),
        subtitle=context.subtitle(section, _("published on {date}", date=published)),
        passage=_passage(context, clause, found.text_zh, choice, indicator_ids),
        table=task_table(context, ledger.matching(ledger.tasks(context), ALL, clause)),
        notes=(
            _(
                "● met, ▲ on track, ◆ near, ▼ behind, ○ not due yet, – no report: before the words "
                "of each task. Words that an indicator measures are marked."
            ),
        ),
    )


def _passage(
    context: Context, clause: int, text: str, choice: Choice, indicator_ids: tuple[str, ...]
) -> Passage:
    tasks = ledger.matching(ledger.tasks(context), ALL, clause)
    targets = ledger.matching(ledger.targets(context), ALL, clause)
    signs = {
        min(quoted(task["quote_zh"], text)): ledger.symbol(task["standing"])
        for task in records(tasks)
    }
    measured = {
        target["indicator_id"]: quoted(target["quote_zh"], text) for target in records(targets)
    }
    marks = {
        Emphasis.TARGET: frozenset[int]().union(*measured.values()),
        Emphasis.ASKED: frozenset[int]().union(*(measured.get(i, ()) for i in indicator_ids)),
        Emphasis.MATCH: found_in(text, choice.terms),
    }
    return marked_text(text, marks, signs)


@card("plan.targets")
def targets(context: Context, *, clause: int, choice: Choice | Sequence[str] = ALL) -> Card:
    """Show the clause's targets, each a line that leads to the indicator's own page."""
    _ = context.language
    choice = Choice.of(choice)
    own = ledger.matching(ledger.targets(context), ALL, clause)
    fitting = ledger.matching(own, Choice(choice.office, choice.standings))
    return Card(
        card_id="plan.targets",
        finding=_targets_finding(context, own, fitting),
        subtitle=context.subtitle(
            _("value / target, due month, office"), context.geography, context.month
        ),
        entries=Entries(
            Selects.INDICATOR, tuple(target_entry(context, row) for row in records(fitting))
        ),
        table=target_table(context, fitting),
        notes=present(
            _left_out(context, len(own) - len(fitting)),
            uncounted_note(context, fitting),
            *change_sentences(context, fitting["indicator_id"]),
        ),
    )


def _targets_finding(context: Context, own: pd.DataFrame, fitting: pd.DataFrame) -> str:
    """How many of the clause's targets, as far as they fit, are the chosen counties'."""
    _ = context.language
    if own.empty:
        return _("No target of this clause is measured")
    if fitting.empty:
        return _("Nothing fits what was chosen")
    count = len(ledger.counted_targets(fitting))
    if not count:
        return _("No target of {geography}", geography=context.geography)
    return _.plural("{count} target is measured", "{count} targets are measured", count)


@card("plan.tasks")
def tasks(context: Context, *, clause: int, choice: Choice | Sequence[str] = ALL) -> Card:
    """Show the clause's tasks with status, office, due month and the last report."""
    _ = context.language
    choice = Choice.of(choice)
    own = ledger.matching(ledger.tasks(context), ALL, clause)
    fitting = ledger.matching(own, Choice(choice.office, choice.standings))
    late = int((own["report_month"] != context.filters.as_of).sum())
    return Card(
        card_id="plan.tasks",
        finding=_.plural("{count} task", "{count} tasks", len(fitting)),
        subtitle=context.subtitle(_("latest monthly report by {month}", month=context.month)),
        listing=Table(
            task_rows(context, fitting, choice.terms), task_columns(context, with_clause=False)
        ),
        table=task_table(context, fitting),
        sources=("task_reports",),
        notes=present(
            _left_out(context, len(own) - len(fitting)),
            _.plural(
                "{count} task has no report of this month.",
                "{count} tasks have no report of this month.",
                late,
            )
            if late
            else "",
            task_rule(context.language),
        ),
    )


def _left_out(context: Context, count: int) -> str:
    """Say how many rows the reader's choice hides."""
    if not count:
        return ""
    return context.language("{count} more do not fit what was chosen above.", count=count)

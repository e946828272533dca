"""All clauses at a glance, each a line that leads to its page."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

import pandas as pd

from dashboard.cards import sentences
from dashboard.cards.context import Context
from dashboard.cards.model import Card, Column, Entries, Entry, Selects, Table
from dashboard.cards.phrases import present
from dashboard.cards.plan import ledger
from dashboard.cards.plan.headline import clause_title
from dashboard.cards.plan.ledger import ALL, Choice
from dashboard.cards.registry import card
from dashboard.frames import Row, records
from dashboard.indicators.definitions import task_rule
from dashboard.indicators.status import Status

NAMED_CLAUSES = 3
TASKS, TARGETS = "tasks", "targets"  # counted side by side, never added up

COLUMNS = 2  # the sections of the plan side by side, so that all clauses stand on a screen


@card("plan.clauses")
def clauses(context: Context, *, choice: Choice | Sequence[str] = ALL) -> Card:
    """Every clause with its offices, how many of its tasks stand where, and of its targets.

    Narrowed, only clauses with something that fits, or with the words searched for in their text.
    """
    _ = context.language
    choice = Choice.of(choice)
    rows = [row for row in _rows(context, choice) if row["fits"]]
    return Card(
        card_id="plan.clauses",
        finding=_finding(context, rows, choice),
        subtitle=context.subtitle(
            _("tasks by status, targets by status"), context.geography, context.month
        ),
        entries=Entries(
            Selects.CLAUSE,
            tuple(
                Entry(
                    target_id=str(row["clause"]),
                    label=row["title"],
                    detail=row["offices"],
                    cells=(
                        _cell(context, _("Tasks"), row, TASKS),
                        _cell(context, _("Targets"), row, TARGETS),
                    ),
                    group=row["section"],
                )
                for row in rows
            ),
            columns=COLUMNS,
        ),
        table=_table(context, rows),
        sources=("task_reports",),
        notes=present(*_notes(context)),
    )


def _rows(context: Context, choice: Choice) -> list[Row]:
    tasks = _by_clause(ledger.matching(ledger.tasks(context), choice))
    targets = _by_clause(ledger.counted_targets(ledger.matching(ledger.targets(context), choice)))
    rows: list[Row] = []
    for number, clause in ledger.clauses(context).items():
        offices = dict.fromkeys(office for _, office in (*tasks[number], *targets[number]))
        rows.append(
            {
                "clause": number,
                "title": clause_title(context, number),
                "section": context.language.pick(clause.section_zh, clause.section_en),
                "offices": context.language.pick("、", ", ").join(offices),
                "tasks": len(tasks[number]),
                "targets": len(targets[number]),
                "fits": choice.is_all or len(offices) > 0 or _has_words(clause.text_zh, choice),
                **_counts(TASKS, tasks[number]),
                **_counts(TARGETS, targets[number]),
            }
        )
    return rows


def _counts(kind: str, found: list[tuple[str, str]]) -> dict[str, int]:
    """How many of a clause's tasks or targets stand where, by the names of their columns."""
    counts = Counter(standing for standing, _ in found)
    return {_column(kind, standing): counts[standing] for standing in ledger.STANDINGS}


def _column(kind: str, standing: str) -> str:
    return f"{kind}_{standing}"


def _by_clause(frame: pd.DataFrame) -> defaultdict[int, list[tuple[str, str]]]:
    """Return the standings and offices of tasks or targets; plain lists, quicker than 26 frames."""
    found: defaultdict[int, list[tuple[str, str]]] = defaultdict(list)
    for row in records(frame[["clause", "standing", "office"]]):
        found[row["clause"]].append((row["standing"], row["office"]))
    return found


def _has_words(clause_text: str, choice: Choice) -> bool:
    """Whether the words searched for stand in a clause, though in no single task or target."""
    only_words = bool(choice.terms) and Choice(words=choice.words) == choice
    return only_words and all(term in clause_text.casefold() for term in choice.terms)


def _cell(context: Context, name: str, row: Row, kind: str) -> str:
    """Tasks or targets by status, without those there are none of: 任务 ● 3 ▼ 1."""
    parts = [
        f"{ledger.symbol(standing)} {count}"
        for standing in ledger.STANDINGS
        if (count := row[_column(kind, standing)])
    ]
    return " ".join([name, *parts]) if parts else ""


def _finding(context: Context, rows: list[Row], choice: Choice) -> str:
    _ = context.language
    parts = {
        "clauses": len(rows),
        "tasks": sum(row["tasks"] for row in rows),
        "targets": sum(row["targets"] for row in rows),
    }
    if choice.is_all:
        return sentences.sentence(
            context,
            _("{clauses} clauses, {tasks} tasks, {targets} targets", **parts),
            _most_behind(context, rows, TARGETS, _("most targets behind: {clauses}, {count}")),
            _most_behind(context, rows, TASKS, _("most tasks behind: {clauses}, {count}")),
        )
    if not rows:
        return _("Nothing fits what was chosen")
    return _("Found: {tasks} tasks and {targets} targets in {clauses} clauses", **parts)


def _most_behind(context: Context, rows: list[Row], kind: str, message: str) -> str:
    """Name the clauses with most tasks, or most targets, behind; nothing where they are many."""
    behind = _column(kind, Status.BEHIND)
    most = max((row[behind] for row in rows), default=0)
    worst = [row["title"] for row in rows if row[behind] == most]
    if not most or len(worst) > NAMED_CLAUSES:
        return ""
    return message.format(clauses=context.language.listed(worst), count=most)


def _notes(context: Context) -> list[str]:
    """Return the rule, and what is missing or astray in the reports."""
    _ = context.language
    notes = [task_rule(context.language)]
    if "task_reports" not in context.database.sources:
        notes.append(_("There is no export of monthly reports: no task has a status."))
    stray = context.query("plan/stray_reports", as_of=context.filters.as_of)
    if len(stray):
        notes.append(
            _(
                "Reports on tasks that the plan does not have, left out: {tasks}",
                tasks=", ".join(stray["task_id"].head(5)),
            )
        )
    return notes


def _table(context: Context, rows: list[Row]) -> Table:
    _ = context.language
    columns = [
        Column("section", _("Section")),
        Column("title", _("Clause")),
        Column("offices", _("Responsible")),
    ]
    for kind, name, words in (
        (TASKS, _("Tasks"), ledger.task_words),
        (TARGETS, _("Targets"), ledger.standing_words),
    ):
        columns.append(Column(kind, name))
        columns += [
            Column(_column(kind, standing), f"{name} {words(context, standing)}")
            for standing in ledger.STANDINGS
        ]
    names = ["clause", *(column.name for column in columns)]
    return Table(pd.DataFrame(rows, columns=names), tuple(columns))

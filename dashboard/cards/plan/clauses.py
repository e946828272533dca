"""All clauses at a glance, each a line that leads to its page."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

import pandas as pd

from dashboard.cards import sentences
from dashboard.cards.context import Context
from dashboard.cards.phrases import present
from dashboard.cards.plan import ledger
from dashboard.cards.plan.headline import clause_title
from dashboard.cards.plan.ledger import ALL, NO_STATUS, Choice
from dashboard.cards.registry import card
from dashboard.definitions import task_rule
from dashboard.frames import Row, records
from dashboard.report import Card, Column, Entries, Entry, Selects, Table
from dashboard.status import Status

COLUMNS = 2
NAMED_CLAUSES = 3


@card("plan.clauses")
def clauses(context: Context, *, choice: Choice | Sequence[str] = ALL) -> Card:
    """Every clause with its offices and how many of its tasks and targets stand where.

    Narrowed, only clauses with something that fits, or with the words searched for in their text.
    """
    _ = context.language
    choice = Choice.of(choice)
    rows = [row for row in _rows(context, choice) if row["fits"]]
    return Card(
        card_id="plan.clauses",
        finding=_finding(context, rows, choice),
        subtitle=context.subtitle(
            _("tasks and targets by status"), context.geography, context.month
        ),
        entries=Entries(
            Selects.CLAUSE,
            tuple(
                Entry(
                    target_id=str(row["clause"]),
                    label=row["title"],
                    detail=row["offices"],
                    cells=tuple(_cell(name, row[name]) for name in map(str, Status)),
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
    targets = _by_clause(ledger.matching(ledger.targets(context), choice))
    rows: list[Row] = []
    for number, clause in ledger.clauses(context).items():
        both = [*tasks[number], *targets[number]]
        found = Counter(standing for standing, _ in both)
        rows.append(
            {
                "clause": number,
                "title": clause_title(context, number),
                "section": context.language.pick(clause.section_zh, clause.section_en),
                "offices": context.language.pick("、", ", ").join(
                    dict.fromkeys(office for _, office in both)
                ),
                "tasks": len(tasks[number]),
                "targets": len(targets[number]),
                "fits": choice.is_all or len(both) > 0 or _has_words(clause.text_zh, choice),
                **{standing: found[standing] for standing in ledger.STANDINGS},
            }
        )
    return rows


def _by_clause(frame: pd.DataFrame) -> defaultdict[int, list[tuple[str, str]]]:
    """The standings and offices of tasks or targets; plain lists, quicker than 26 frames."""
    found: defaultdict[int, list[tuple[str, str]]] = defaultdict(list)
    for row in records(frame[["clause", "standing", "office"]]):
        found[row["clause"]].append((row["standing"], row["office"]))
    return found


def _has_words(clause_text: str, choice: Choice) -> bool:
    """Whether the words searched for stand in a clause, though in no single task or target."""
    only_words = bool(choice.terms) and Choice(words=choice.words) == choice
    return only_words and all(term in clause_text.casefold() for term in choice.terms)


def _cell(standing: str, count: int) -> str:
    return f"{ledger.symbol(standing)} {count}" if count else "·"


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
            _most_behind(context, rows),
        )
    if not rows:
        return _("Nothing fits what was chosen")
    return _("Found: {tasks} tasks and {targets} targets in {clauses} clauses", **parts)


def _most_behind(context: Context, rows: list[Row]) -> str:
    """Name the clauses with most tasks and targets behind."""
    most = max((row[Status.BEHIND] for row in rows), default=0)
    worst = [row["title"] for row in rows if row[Status.BEHIND] == most]
    if not most or len(worst) > NAMED_CLAUSES:
        return ""
    return context.language(
        "most behind: {clauses}, {count}", clauses=context.language.listed(worst), count=most
    )


def _notes(context: Context) -> list[str]:
    """The rule, and what is missing or astray in the reports."""
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
    standings = (*map(str, Status), NO_STATUS)
    names = ["clause", "title", "section", "offices", "tasks", "targets", *standings]
    return Table(
        pd.DataFrame(rows, columns=names),
        (
            Column("section", _("Section")),
            Column("title", _("Clause")),
            Column("offices", _("Responsible")),
            Column("tasks", _("Tasks")),
            Column("targets", _("Targets")),
            *(Column(name, ledger.standing_words(context, name)) for name in standings),
        ),
    )

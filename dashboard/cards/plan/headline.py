"""How far the plan is: in all, for one office, or for one clause."""

from __future__ import annotations

import pandas as pd

from dashboard.cards import sentences
from dashboard.cards.context import Context
from dashboard.cards.counting import chosen_counts, counts_in_brief
from dashboard.cards.plan import ledger
from dashboard.cards.plan.ledger import ALL, Choice
from dashboard.cards.registry import headline


@headline("plan")
def plan_headline(context: Context, *, clause: int | None = None, choice: Choice = ALL) -> str:
    """How many tasks stand where, and how many targets: of all, of an office, or of a clause."""
    _ = context.language
    year = context.filters.as_of[:4]
    if context.plan is None:
        return _("There is no work plan of {year}", year=year)
    choice = Choice(office=choice.office)  # the other choices only shorten the lists
    tasks = ledger.matching(ledger.tasks(context), choice, clause)
    return sentences.sentence(
        context,
        _(
            "{subject}, {month}: {tasks}",
            subject=_subject(context, clause, choice),
            month=context.month,
            tasks=_tasks_words(context, tasks),
        ),
        _targets_words(context, clause, choice),
    )


def _tasks_words(context: Context, tasks: pd.DataFrame) -> str:
    _ = context.language
    if tasks.empty:
        return _("no task")
    return _("{tasks} tasks, {counts}", tasks=len(tasks), counts=tasks_in_brief(context, tasks))


def tasks_in_brief(context: Context, tasks: pd.DataFrame) -> str:
    """Say how many tasks stand where: 已达成46项、正常190项, 46 met, 190 on track."""
    _ = context.language
    parts = [
        _("{count} without report", count=count)
        if standing == ledger.NO_STATUS
        else _("{count} {status}", count=count, status=context.status_word(standing))
        for standing, count in ledger.by_standing(tasks).items()
        if count
    ]
    return _.pick("、", ", ").join(parts)


def _targets_words(context: Context, clause: int | None, choice: Choice) -> str:
    _ = context.language
    counts = chosen_counts(context)
    if clause is not None:
        counts = counts.of_clause(clause)
    if choice.office:
        counts = counts.of_office(choice.office)
    if not counts:
        return ""
    words = {"targets": len(counts), "counts": counts_in_brief(context, counts)}
    if context.filters.is_city:
        return _("{targets} targets, {counts}", **words)
    return _("{geography}: {targets} targets, {counts}", geography=context.geography, **words)


def _subject(context: Context, clause: int | None, choice: Choice) -> str:
    _ = context.language
    office = ledger.offices(context).get(choice.office, "")
    if clause is None:
        return office or _("Work plan of {year}", year=context.filters.as_of[:4])
    title = clause_title(context, clause)
    return f"{title} ({office})" if office else title


def clause_title(context: Context, number: int) -> str:
    """Return a clause's number and title: 8 学前教育推进优质普惠扩面."""
    clause = ledger.clauses(context)[number]
    return f"{number} {context.language.pick(clause.title_zh, clause.title_en)}"

"""How far the plan is: in all, for one office, or for one clause."""

from __future__ import annotations

import pandas as pd

from dashboard.cards import sentences
from dashboard.cards.context import Context
from dashboard.cards.plan import ledger
from dashboard.cards.plan.ledger import ALL, Choice
from dashboard.cards.registry import headline
from dashboard.status import Status

NAMED_CLAUSES = 3


@headline("plan")
def plan_headline(context: Context, *, clause: int | None = None, choice: Choice = ALL) -> str:
    """How many tasks stand where, and which clauses have most that are behind."""
    _ = context.language
    year = context.filters.as_of[:4]
    if ledger.plan(context) is None:
        return _("There is no work plan of {year}", year=year)
    choice = Choice(office=choice.office)  # the other choices only shorten the lists
    tasks = ledger.matching(ledger.tasks(context), choice, clause)
    parts = [_tasks_sentence(context, tasks, clause, choice)]
    if clause is None:
        parts.append(_behind_sentence(context, tasks))
    else:
        parts.append(_targets_sentence(context, clause, choice))
    return sentences.sentence(context, *parts)


def counts(frame: pd.DataFrame) -> dict[str, int]:
    """Count tasks or targets by standing."""
    found = frame["standing"].value_counts()
    return {standing: int(found.get(standing, 0)) for standing in ledger.STANDINGS}


def _tasks_sentence(
    context: Context, tasks: pd.DataFrame, clause: int | None, choice: Choice
) -> str:
    _ = context.language
    return _(
        "{subject}, {month}: of {tasks} tasks {met} met, {on_track} on track, {behind} behind, "
        "{not_due} not due yet, {none} without report",
        subject=_subject(context, clause, choice),
        month=context.month,
        tasks=len(tasks),
        **counts(tasks),
    )


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


def _behind_sentence(context: Context, tasks: pd.DataFrame) -> str:
    """Name the clauses with most tasks behind."""
    _ = context.language
    late = tasks.loc[tasks["status"] == Status.BEHIND, "clause"].value_counts()
    worst = sorted(int(number) for number in late.index[late == late.max()])
    if not worst or len(worst) > NAMED_CLAUSES:
        return ""
    return _(
        "most behind: clause {numbers} ({count})",
        numbers=context.language.listed([str(number) for number in worst]),
        count=int(late.max()),
    )


def _targets_sentence(context: Context, clause: int, choice: Choice) -> str:
    _ = context.language
    targets = ledger.matching(ledger.targets(context), choice, clause)
    if targets.empty:
        return ""
    return _(
        "of {targets} targets {met} met, {on_track} on track, {behind} behind",
        targets=len(targets),
        **{name: count for name, count in counts(targets).items() if name != "none"},
    )

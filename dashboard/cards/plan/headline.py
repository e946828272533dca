"""How far the plan is: in all, for one office, or for one clause."""

from __future__ import annotations

import pandas as pd

from dashboard.cards import sentences
from dashboard.cards.context import Context
from dashboard.cards.plan import ledger
from dashboard.cards.plan.ledger import ALL, Choice
from dashboard.cards.registry import headline
from dashboard.status import Status


@headline("plan")
def plan_headline(context: Context, *, clause: int | None = None, choice: Choice = ALL) -> str:
    """How many tasks stand where; of a clause, how many targets as well."""
    _ = context.language
    year = context.filters.as_of[:4]
    if ledger.plan(context) is None:
        return _("There is no work plan of {year}", year=year)
    choice = Choice(office=choice.office)  # the other choices only shorten the lists
    tasks = ledger.matching(ledger.tasks(context), choice, clause)
    return sentences.sentence(
        context,
        _tasks_sentence(context, tasks, clause, choice),
        "" if clause is None else _targets_sentence(context, clause, choice),
    )


def counts(frame: pd.DataFrame) -> dict[str, int]:
    """Count tasks or targets by standing."""
    found = frame["standing"].value_counts()
    return {standing: int(found.get(standing, 0)) for standing in ledger.STANDINGS}


def _tasks_sentence(
    context: Context, tasks: pd.DataFrame, clause: int | None, choice: Choice
) -> str:
    _ = context.language
    standing = _counted(context, tasks, _("{count} without report"))
    return _(
        "{subject}, {month}: {tasks} tasks, {counts}",
        subject=_subject(context, clause, choice),
        month=context.month,
        tasks=len(tasks),
        counts=standing,
    )


def _targets_sentence(context: Context, clause: int, choice: Choice) -> str:
    _ = context.language
    targets = ledger.matching(ledger.targets(context), choice, clause)
    if targets.empty:
        return ""
    standing = _counted(context, targets, _("{count} without status"))
    return _("{targets} targets, {counts}", targets=len(targets), counts=standing)


def _counted(context: Context, frame: pd.DataFrame, without_status: str) -> str:
    """Say how many stand where: 已达成46项、正常190项, 46 met, 190 on track."""
    _ = context.language
    messages = {
        Status.MET: _("{count} met"),
        Status.ON_TRACK: _("{count} on track"),
        Status.NEAR: _("{count} near"),
        Status.BEHIND: _("{count} behind"),
        Status.NOT_DUE: _("{count} not due yet"),
        ledger.NO_STATUS: without_status,
    }
    found = counts(frame)
    parts = [
        message.format(count=found[standing])
        for standing, message in messages.items()
        if found[standing]
    ]
    return context.language.pick("、", ", ").join(parts)


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

"""Targets whose status has changed between two months, and the number that caused it."""

from __future__ import annotations

import pandas as pd

from dashboard.cards.asked import aim, goal_of
from dashboard.cards.changes import since
from dashboard.cards.context import Context
from dashboard.cards.counting import chosen_counts
from dashboard.cards.model import Card, Column, Selects, Table
from dashboard.cards.moves import move_words, moves_sentence
from dashboard.cards.overview.judged import status_month, status_month_note, status_month_text
from dashboard.cards.phrases import clause_number, clause_words, present
from dashboard.cards.registry import card
from dashboard.frames import Row, records
from dashboard.indicators import Move, move
from dashboard.indicators.status import Status


@card("overview.status_changes")
def status_changes(context: Context) -> Card:
    """All falls, gains, first judgements; each with its value then and now and what it met."""
    month = status_month(context)
    changed = _changed(context, month)
    table = Table(changed, _columns(context, month))
    return Card(
        card_id="overview.status_changes",
        finding=_finding(context, month, changed),
        subtitle=context.subtitle(
            context.language("changes of status"), context.geography, context.month
        ),
        change="",  # the finding is the change
        listing=table if len(changed) else None,
        table=table,
        notes=present(status_month_note(context, month)),
    )


def _columns(context: Context, month: str | None) -> tuple[Column, ...]:
    _ = context.language
    return (
        Column("group", _("Change")),
        Column("indicator", _("Target"), None, Selects.INDICATOR, "indicator_id"),
        Column("before", _.month(month) if month else _("Status before")),
        Column("now", context.month),
        Column("numbers", _("Value")),
        Column("cause", _("Measured by")),
        Column("clause_text", _("Clause"), None, Selects.CLAUSE, "clause"),
    )


def _changed(context: Context, month: str | None) -> pd.DataFrame:
    """Return row per target whose status differs: falls, gains, first judgements, those lapsed."""
    frame = context.chosen_values()
    now = chosen_counts(context).statuses
    then = now if month is None else chosen_counts(context, month).statuses
    moves = {i: move(then.get(i), now.get(i)) for i in context.named(frame.index)}
    found = [i for kind in Move for i in moves if moves[i] is kind]
    before = context.chosen_values(month)[["value", "missing", "expected"]].add_suffix("_before")
    changed = frame.loc[found].join(before)
    rows = records(changed)
    words = move_words(context)
    return changed.assign(
        move=[str(moves[i]) for i in found],
        group=[words[kind] for i in found if (kind := moves[i])],
        indicator=[context.text(i, "short") for i in found],
        now=[context.status(now.get(i)) for i in found],
        before=[context.status(then.get(i)) for i in found],
        numbers=[_numbers(context, row) for row in rows],
        cause=[_cause(context, row) for row in rows],
        clause=[clause_number(context, i) for i in found],
        clause_text=[clause_words(context, i) for i in found],
    )


def _numbers(context: Context, row: Row) -> str:
    """Return the value then and now: 9所 → 24所."""
    then = {name: row[f"{name}_before"] for name in ("value", "missing")}
    return " → ".join(context.shown(row["indicator_id"], stood) for stood in (then, row))


def _cause(context: Context, row: Row) -> str:
    """Return the line that the value was held against.

    The target, or what was expected then and now.
    """
    _ = context.language
    indicator_id, target, expected = row["indicator_id"], row["target"], row["expected"]
    if target is not None and (row["status"] == Status.MET or expected == target):
        return _("target {value}", value=aim(context, indicator_id, target))
    if expected is None:
        return ""
    goal = goal_of(context, indicator_id)
    if goal is not None and goal.is_direction:
        return _("{value} a year before", value=context.value(indicator_id, expected))
    lines = [row["expected_before"], expected]
    known = [context.value(indicator_id, line) for line in lines if line is not None]
    return _("expected {value}", value=" → ".join(dict.fromkeys(known)))


def _finding(context: Context, month: str | None, changed: pd.DataFrame) -> str:
    _ = context.language
    if month is None:
        return since(context, _("no plan, no status"))
    text = status_month_text(context, month)
    if changed.empty:
        return _("No status has changed since {month}", month=text)
    return _("Since {month}: {moves}", month=text, moves=moves_sentence(context, changed["move"]))

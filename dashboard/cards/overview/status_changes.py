"""Targets whose status has changed between two months, and the number that caused it."""

from __future__ import annotations

import pandas as pd

from dashboard.cards import sentences
from dashboard.cards.asked import aim, goal_of
from dashboard.cards.changes import since
from dashboard.cards.context import Context
from dashboard.cards.overview.judged import (
    judged,
    status_month,
    status_month_note,
    status_month_text,
)
from dashboard.cards.phrases import clause_number, clause_words, present
from dashboard.cards.registry import card
from dashboard.frames import Row, records
from dashboard.report import Card, Column, Selects, Table
from dashboard.status import Status

SHOWN_OF_EACH = 6  # newly met, newly behind, and the others


@card("overview.status_changes")
def status_changes(context: Context) -> Card:
    """Newly met, newly behind, other changes; each with its value then and now and what it met."""
    _ = context.language
    month = status_month(context)
    changed = _changed(context, month)
    shown = changed.groupby("group", sort=False).head(SHOWN_OF_EACH)
    more = len(changed) - len(shown)
    return Card(
        card_id="overview.status_changes",
        finding=_finding(context, month, changed),
        subtitle=context.subtitle(_("changes of status"), context.geography, context.month),
        change="",  # the finding is the change
        listing=Table(shown, _columns(context, month)) if len(changed) else None,
        table=Table(changed, _columns(context, month)),
        notes=present(
            _("{count} more in the table", count=more) if more else "",
            status_month_note(context, month),
        ),
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
    """A row per target whose status differs, newly met first, then newly behind, then others."""
    now = judged(context)
    then = context.chosen_values(month) if month else now
    joined = now.join(then[["status", "value", "missing", "expected"]].add_suffix("_before"))
    changed = joined[joined["status"] != joined["status_before"]]
    rows = records(changed)
    words = _group_words(context)
    changed = changed.assign(
        group=[words[_group(row)] for row in rows],
        indicator=[context.text(row["indicator_id"], "short") for row in rows],
        now=[context.status(row["status"]) for row in rows],
        before=[context.status(_status_before(row)) for row in rows],
        numbers=[_numbers(context, row) for row in rows],
        cause=[_cause(context, row) for row in rows],
        clause=[clause_number(context, row["indicator_id"]) for row in rows],
        clause_text=[clause_words(context, row["indicator_id"]) for row in rows],
    )
    order = {word: place for place, word in enumerate(words.values())}
    return changed.sort_values("group", key=lambda group: group.map(order), kind="stable")


def _group_words(context: Context) -> dict[Status | None, str]:
    """What a change is called by the status it led to; the others are taken together."""
    _ = context.language
    return {
        Status.MET: _("newly met"),
        Status.BEHIND: _("newly behind"),
        None: _("other change"),
    }


def _group(row: Row) -> Status | None:
    status = Status(row["status"])
    return status if status in (Status.MET, Status.BEHIND) else None


def _status_before(row: Row) -> str | None:
    status = row["status_before"]
    return status if isinstance(status, str) else None


def _numbers(context: Context, row: Row) -> str:
    """The value then and now: 9所 → 24所."""
    then = {name: row[f"{name}_before"] for name in ("value", "missing")}
    return " → ".join(context.shown(row["indicator_id"], stood) for stood in (then, row))


def _cause(context: Context, row: Row) -> str:
    """The line that the value was held against: the target, or what was expected then and now."""
    _ = context.language
    indicator_id, target, expected = row["indicator_id"], row["target"], row["expected"]
    if not pd.isna(target) and (row["status"] == Status.MET or expected == target):
        return _("target {value}", value=aim(context, indicator_id, target))
    if pd.isna(expected):
        return ""
    goal = goal_of(context, indicator_id)
    if goal is not None and goal.is_direction:
        return _("{value} a year before", value=context.value(indicator_id, expected))
    lines = [row["expected_before"], expected]
    known = [context.value(indicator_id, line) for line in lines if not pd.isna(line)]
    return _("expected {value}", value=" → ".join(dict.fromkeys(known)))


def _finding(context: Context, month: str | None, changed: pd.DataFrame) -> str:
    _ = context.language
    if month is None:
        return since(context, _("no plan, no status"))
    words, counts = _group_words(context), changed["group"].value_counts()
    text = status_month_text(context, month)
    if changed.empty:
        return _("No status has changed since {month}", month=text)
    other = int(counts.get(words[None], 0))
    return sentences.sentence(
        context,
        _(
            "Since {month}: {met} newly met, {behind} newly behind",
            month=text,
            met=int(counts.get(words[Status.MET], 0)),
            behind=int(counts.get(words[Status.BEHIND], 0)),
        ),
        _("{count} other changes", count=other) if other else "",
    )

"""The chosen counties together: the numbers that a card's sentences are made of, per indicator."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict

import pandas as pd

from dashboard.cards.changes import compared_columns
from dashboard.cards.context import Context
from dashboard.cards.model import Column, Table
from dashboard.cards.overview.judged import status_columns, status_then
from dashboard.frames import Row
from dashboard.indicators import Change

NUMBERS = (
    *("numerator", "denominator", "value", "target", "expected", "previous", "forecast"),
    *("gap", "gap_units"),
)


def together_table(context: Context, indicator_ids: Iterable[str]) -> Table:
    """Return a row per indicator: its value now, its lines, and the month compared with, in words.

    Its status then is that of the month whose statuses are compared.
    The same in numbers stands in the frame's other columns, in each indicator's own unit.
    """
    _ = context.language
    indicator_ids = list(indicator_ids)
    rows = [
        _row(context, i, context.chosen_value(i), context.chosen_change(i)) for i in indicator_ids
    ]
    columns = (
        Column("indicator", context.geography),
        Column("value_text", _("Value")),
        Column("target_text", _("Target value")),
        Column("expected_text", _("Expected by now")),
        *compared_columns(context, indicator_ids, column="compared_text"),
        Column("difference_text", _("Change")),
        *status_columns(context),
    )
    return Table(pd.DataFrame(rows), columns)


def _row(context: Context, indicator_id: str, now: Row, change: Change) -> dict[str, object]:
    def text(value: float | None) -> str:
        return "" if value is None else context.value(indicator_id, value)

    difference = change.difference
    return {
        "indicator": context.text(indicator_id, "short"),
        "value_text": context.value(indicator_id, now["value"]),
        "target_text": text(now["target"]),
        "expected_text": text(now["expected"]),
        "compared_text": text(change.compared),
        "difference_text": _signed(context, indicator_id, change.difference),
        "status_text": context.status(now["status"]),
        "status_then_text": context.status(status_then(context, indicator_id)),
        **{name: now[name] for name in NUMBERS},
        "compared": change.compared,
        "compared_period": change.compared_period,
        "difference": difference,
        **_schools(change),
    }


def _schools(change: Change) -> dict[str, object]:
    """Over how many schools a change is, and how many are left out and why."""
    if change.schools is None:
        return {}
    counts = {**asdict(change.schools), "left_out": change.schools.left_out}
    return {f"schools_{name}": count for name, count in counts.items()}


def _signed(context: Context, indicator_id: str, difference: float | None) -> str:
    """Return difference with its sign, rates in percentage points; nothing where there is none."""
    if difference is None:
        return ""
    sign = {True: "+", False: "\N{MINUS SIGN}"}[difference > 0] if difference else ""
    return f"{sign}{context.difference(indicator_id, difference)}"

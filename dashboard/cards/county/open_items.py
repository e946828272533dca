"""What is still to be done in the chosen counties: targets behind, and steps the plan names."""

from __future__ import annotations

import pandas as pd

from dashboard.cards import sentences
from dashboard.cards.context import Context
from dashboard.cards.counting import chosen_counts, none_behind
from dashboard.cards.county.standings import status_change, value_and_target
from dashboard.cards.model import Card, Column, Selects, Table
from dashboard.cards.overview.judged import status_columns, status_month, status_then
from dashboard.cards.overview.urgent_gaps import shortfall
from dashboard.cards.registry import card
from dashboard.frames import Row, records
from dashboard.indicators.status import Status

SHOWN = 5
LISTED = ["indicator_id", "item", "now", "missing", "due"]
COLUMNS = [*LISTED, "kind", "status_text", "status_then_text", "office"]


@card("county.open_items")
def open_items(context: Context) -> Card:
    """Show steps of the plan that name a chosen county and are not taken; then the targets behind.

    The table has the targets that were behind then as well, for the change counts them.
    """
    _ = context.language
    steps, targets = _open_steps(context), _targets_behind(context)
    columns = (
        Column("now", _("Now")),
        Column("missing", _("Missing")),
        Column("due", _("Due")),
    )
    listing = Table(
        pd.DataFrame([*steps, *targets], columns=LISTED),
        (
            Column("item", _("To do"), leads_to=Selects.INDICATOR, id_column="indicator_id"),
            *columns,
        ),
    )
    table = Table(
        pd.DataFrame([*steps, *targets, *_targets_no_longer_behind(context)], columns=COLUMNS),
        (
            Column("kind", _("Kind")),
            Column("item", _("Target or step")),
            *columns,
            *status_columns(context),
            Column("office", _("Responsible")),
        ),
    )
    return Card(
        card_id="county.open_items",
        finding=_finding(context, len(targets), len(steps)),
        subtitle=context.subtitle(
            _("named steps, then the largest shortfall first"), context.geography, context.month
        ),
        change=status_change(context, Status.BEHIND),
        listing=listing,
        listing_rows=SHOWN,
        table=table,
    )


def _finding(context: Context, targets: int, steps: int) -> str:
    """How many targets are behind, and how many steps that the plan names are not taken."""
    _ = context.language
    if not targets and not steps:
        return none_behind(context, chosen_counts(context))
    return sentences.sentence(
        context,
        _("To do: {count} targets behind", count=targets) if targets else _("No target is behind"),
        _("{count} steps of the plan not taken", count=steps) if steps else "",
    )


def _open_steps(context: Context) -> list[dict[str, str]]:
    as_of = context.filters.as_of
    steps = context.query("county/milestones", as_of=as_of, counties=list(context.chosen))
    return [_step(context, step, as_of) for step in records(steps) if step["reached_month"] is None]


def _step(context: Context, step: Row, as_of: str) -> dict[str, str]:
    is_overdue = step["due_month"] <= as_of
    return _item(
        context,
        step["indicator_id"],
        kind=context.language("Step"),
        item=context.language.pick(step["name_zh"], step["name_en"]),
        now=context.status(Status.BEHIND if is_overdue else Status.NOT_DUE),
        missing="",
        due_month=step["due_month"],
    )


def _targets_behind(context: Context) -> list[dict[str, str]]:
    """Return the targets on which the chosen counties together are behind."""
    behind = [context.chosen_value(i) for i in chosen_counts(context).at(Status.BEHIND)]
    return [_target(context, row) for row in sorted(behind, key=shortfall, reverse=True)]


def _targets_no_longer_behind(context: Context) -> list[dict[str, str]]:
    """Return the targets on which they were behind at the month compared with."""
    month = status_month(context)
    then = () if month is None else chosen_counts(context, month).at(Status.BEHIND)
    now = chosen_counts(context).at(Status.BEHIND)
    return [_target(context, context.chosen_value(i)) for i in then if i not in now]


def _target(context: Context, row: Row) -> dict[str, str]:
    indicator_id, status = row["indicator_id"], context.status(row["status"])
    item = _item(
        context,
        indicator_id,
        kind=context.language("Target"),
        item=context.text(indicator_id, "short"),
        now=f"{status[0]} {value_and_target(context, indicator_id, row)}",
        missing=sentences.gap_sentence(context, indicator_id, row),
        due_month="",
    )
    then = context.status(status_then(context, indicator_id))
    return {**item, "status_text": status, "status_then_text": then}


def _item(
    context: Context,
    indicator_id: str,
    *,
    kind: str,
    item: str,
    now: str,
    missing: str,
    due_month: str,
) -> dict[str, str]:
    clause = context.clause(indicator_id)
    due = due_month or ("" if clause is None else clause["due_month"])
    return {
        "indicator_id": indicator_id,
        "kind": kind,
        "item": item,
        "now": now,
        "missing": missing,
        "office": ""
        if clause is None
        else context.language.pick(clause["office_zh"], clause["office_en"]),
        "due": context.language.month(due) if due else "",
        "status_text": "",
        "status_then_text": "",
    }

"""The targets that have a status, at the chosen month and at the one compared with."""

from __future__ import annotations

import pandas as pd

from dashboard.cards.changes import compared_columns
from dashboard.cards.context import Context
from dashboard.cards.counting import chosen_counts
from dashboard.cards.model import Column, Table
from dashboard.cards.plan_year import year_sentence
from dashboard.filters import shift_month
from dashboard.frames import records
from dashboard.indicators.precision import printed


def judged(context: Context, as_of: str | None = None) -> pd.DataFrame:
    """Return the rows of the chosen counties' counted targets that have a status."""
    statuses = chosen_counts(context, as_of).statuses
    frame = context.chosen_values(as_of)
    return frame[[statuses.get(i) is not None for i in frame.index]].copy()


def counted_rows(context: Context) -> pd.DataFrame:
    """Return the rows of the chosen counties' counted targets, judged or not."""
    statuses = chosen_counts(context).statuses
    frame = context.chosen_values()
    return frame[[i in statuses for i in frame.index]].copy()


def status_month(context: Context) -> str | None:
    """Return the month whose statuses are compared: the one asked for, else the last month.

    A year without a plan has targets to nobody's knowledge; where neither month has a plan, or the
    chosen one has none, there is nothing to compare.
    """
    if context.plan is None:
        return None
    months = (context.filters.compared_month, shift_month(context.filters.as_of, -1))
    return next((month for month in months if int(month[:4]) in context.database.plans), None)


def status_then(context: Context, indicator_id: str) -> str | None:
    """Return the status that the chosen counties together had at that month, if it counted."""
    month = status_month(context)
    return None if month is None else chosen_counts(context, month).statuses.get(indicator_id)


def status_columns(context: Context) -> tuple[Column, ...]:
    """Name the columns ``status_text`` and, where there was a plan, ``status_then_text``."""
    month, status = status_month(context), context.language("Status")
    if month is None:
        return (Column("status_text", status),)
    then = then_heading(context, status, status_month_text(context, month))
    return (Column("status_text", status), Column("status_then_text", then))


def then_heading(context: Context, measure: str, month: str) -> str:
    """Head a column of what stood at another month."""
    return context.language("{measure}, {month}", measure=measure, month=month)


def status_month_text(context: Context, month: str) -> str:
    """Name the month whose statuses are compared, as the filter names it where it is that month."""
    if month == context.filters.compared_month:
        return context.comparison
    return context.language.month(month)


def status_month_note(context: Context, month: str | None) -> str:
    """Say why statuses are not compared with the month asked for."""
    _ = context.language
    compared = context.filters.compared_month
    if month == compared and month[:4] != context.filters.as_of[:4]:
        return _("The statuses of {year} are by the plan of that year.", year=month[:4])
    if context.plan is None:
        return year_sentence(context)
    if month == compared:
        return ""
    if month is None:
        return _("There is no plan of {year}, so no status then.", year=compared[:4])
    return _(
        "There is no plan of {year}, so statuses are compared with {month}.",
        year=compared[:4],
        month=_.month(month),
    )


def judged_table(context: Context, frame: pd.DataFrame) -> Table:
    """Return the numbers behind statuses, a row per target."""
    _ = context.language
    changes = [context.chosen_change(i) for i in frame["indicator_id"]]
    frame = frame.assign(
        compared=pd.Series([c.compared for c in changes], frame.index, dtype="float64"),
        difference=pd.Series([c.difference for c in changes], frame.index, dtype="float64"),
    )
    frame = frame.assign(
        compared_period=pd.Series([c.compared_period for c in changes], frame.index, dtype="object")
    )
    numbers = {
        name: [
            printed(context.indicator(i), value)
            for i, value in zip(frame["indicator_id"], frame[name].astype(float), strict=True)
        ]
        for name in ("value", "target", "expected", "compared", "difference")
    }
    return Table(
        frame.assign(
            **numbers,
            indicator=[context.text(i, "name") for i in frame["indicator_id"]],
            unit=[context.text(i, "unit") for i in frame["indicator_id"]],
            status_text=[context.status(row["status"]) for row in records(frame)],
        ),
        (
            Column("indicator", _("Target")),
            Column("unit", _("Unit")),
            Column("period", _("Period")),
            Column("value", _("Value")),
            Column("target", _("Target value")),
            Column("expected", _("Expected by now")),
            *compared_columns(context, frame["indicator_id"]),
            Column("difference", _("Change")),
            Column("status_text", _("Status")),
        ),
    )

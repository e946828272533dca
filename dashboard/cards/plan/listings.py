"""Tasks and targets as rows to read: words, status, office, due month, latest report."""

from __future__ import annotations

import pandas as pd

from dashboard.cards.asked import aim
from dashboard.cards.context import Context
from dashboard.cards.counting import city_counts
from dashboard.cards.model import Column, Entry, Passage, Run, Table
from dashboard.cards.plan import ledger
from dashboard.cards.plan.headline import clause_title
from dashboard.cards.plan.passages import searched
from dashboard.frames import Row, records


def task_rows(context: Context, tasks: pd.DataFrame, terms: tuple[str, ...] = ()) -> pd.DataFrame:
    """Put tasks into words; the words searched for are marked in the plan's and the report's."""
    measures = ledger.measures(context)
    rows = records(tasks)
    return tasks.assign(
        clause_title=[clause_title(context, row["clause"]) for row in rows],
        words=_cells(tasks, [searched(row["quote_zh"], terms) for row in rows]),
        status_text=[ledger.task_words(context, row["standing"]) for row in rows],
        due=[context.language.month(row["due_month"]) for row in rows],
        report=_cells(tasks, [report_words(context, row, terms) for row in rows]),
        measured=[
            "；".join(target_standing(context, name) for name in measures.get(row["task_id"], ()))
            for row in rows
        ],
    )


def task_columns(context: Context, *, with_clause: bool) -> tuple[Column, ...]:
    """Return the columns of a listing of tasks."""
    _ = context.language
    return (
        *((Column("clause_title", _("Clause")),) if with_clause else ()),
        Column("words", _("Task in the plan's words")),
        Column("status_text", _("Status")),
        Column("due", _("Due")),
        Column("office", _("Responsible")),
        Column("report", _("Latest report")),
        Column("measured", _("Indicator")),
    )


def task_table(context: Context, tasks: pd.DataFrame) -> Table:
    """Return the numbers and words behind a listing of tasks, each in a cell of its own."""
    _ = context.language
    return Table(
        task_rows(context, tasks).assign(
            state_text=[
                ledger.state_words(context, state) if isinstance(state, str) else ""
                for state in tasks["state"]
            ]
        ),
        (
            Column("task_id", _("Task")),
            Column("clause_title", _("Clause")),
            Column("quote_zh", _("Task in the plan's words")),
            Column("status_text", _("Status")),
            Column("due_month", _("Due")),
            Column("office", _("Responsible")),
            Column("report_month", _("Month of the report")),
            Column("state_text", _("Reported state")),
            Column("progress", _("Progress")),
            Column("problem", _("Problem")),
            Column("responsible_unit", _("Reported by")),
            Column("measured", _("Indicator")),
        ),
    )


def target_table(context: Context, targets: pd.DataFrame) -> Table:
    """Return the numbers behind a listing of targets."""
    _ = context.language
    rows = records(targets)
    return Table(
        targets.assign(
            clause_title=[clause_title(context, row["clause"]) for row in rows],
            value_text=[now(context, row) for row in rows],
            target_text=[aim(context, row["indicator_id"], row["target"]) for row in rows],
            status_text=[_status_words(context, row) for row in rows],
            counted_text=[_("yes") if row["is_counted"] else _("no") for row in rows],
        ),
        (
            Column("name", _("Target")),
            Column("clause_title", _("Clause")),
            Column("quote_zh", _("The plan's words")),
            Column("value_text", _("Value")),
            Column("target_text", _("Target value")),
            Column("status_text", _("Status")),
            Column("counted_text", _("Counted")),
            Column("due_month", _("Due")),
            Column("office", _("Responsible")),
        ),
    )


def target_entry(context: Context, row: Row, detail: str = "") -> Entry:
    """Return a target as a line that leads to its indicator's page."""
    due = f"{context.language.month(row['due_month'])} {row['office']}"
    return Entry(
        target_id=row["indicator_id"],
        label=row["name"],
        detail=detail or due,
        cells=(
            " / ".join(
                (_without_unit(context, row), aim(context, row["indicator_id"], row["target"]))
            ),
            _status_words(context, row),
        ),
    )


def _status_words(context: Context, row: Row) -> str:
    """Where a target stands; what does not count here shows where the city stands, if it does."""
    if row["is_counted"]:
        return ledger.standing_words(context, row["standing"])
    if not context.is_city_only(row["indicator_id"]):
        return context.status(None)
    return context.status(city_counts(context).statuses.get(row["indicator_id"]))


def uncounted_note(context: Context, targets: pd.DataFrame) -> str:
    """Say how many of the targets listed do not count under the chosen counties."""
    count = len(targets) - len(ledger.counted_targets(targets))
    if not count:
        return ""
    return context.language.plural(
        "{count} listed is the city's alone or asks nothing of {geography}: not counted.",
        "{count} listed are the city's alone or ask nothing of {geography}: not counted.",
        count,
        geography=context.geography,
    )


def target_standing(context: Context, indicator_id: str) -> str:
    """Say where an indicator stands, for a line of its own: ▼ 普惠园覆盖面94.2%."""
    row = context.chosen_value(indicator_id)
    symbol = "–" if row["status"] is None else ledger.symbol(row["status"])
    name = context.text(indicator_id, "short")
    space = context.language.pick("", " ")
    return f"{symbol} {name}{space}{now(context, row)}"


def _cells(frame: pd.DataFrame, texts: list[Passage]) -> pd.Series:
    return pd.Series(texts, dtype="object", index=frame.index)


def now(context: Context, row: Row) -> str:
    """Write a target's value; the symbol of why there is none."""
    return context.shown(row["indicator_id"], row)


def _without_unit(context: Context, row: Row) -> str:
    """Return a target's value where its unit follows behind the target."""
    return now(context, row).removesuffix(context.text(row["indicator_id"], "unit")).strip()


def report_words(context: Context, row: Row, terms: tuple[str, ...] = ()) -> Passage:
    """Return the last report as one text.

    Month and state, progress, problem, and who else wrote it.
    """
    _ = context.language
    month = ledger.text(row["report_month"])
    if not month:
        return Passage((Run(_("no report")),))
    state = ledger.state_words(context, row["state"])
    parts = [Run(f"{context.language.month(month)} {state}{context.language.pick('：', ': ')}")]
    parts += searched(ledger.text(row["progress"]), terms).runs
    if problem := ledger.text(row["problem"]):
        parts += [Run(" " + _("Problem:") + " "), *searched(problem, terms).runs]
    if row["responsible_unit"] != row["office_zh"]:
        parts.append(Run(" " + _("(reported by {unit})", unit=row["responsible_unit"])))
    return Passage(tuple(parts))

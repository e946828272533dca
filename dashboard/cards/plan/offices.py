"""Whose tasks they are, and what offices say stands in their way."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from dashboard.cards import sentences
from dashboard.cards.context import Context
from dashboard.cards.counting import chosen_counts, no_targets
from dashboard.cards.model import Card, Chart, Column, Selects, Table
from dashboard.cards.plan import ledger
from dashboard.cards.plan.listings import task_table
from dashboard.cards.registry import card
from dashboard.frames import records
from dashboard.indicators import Counts
from dashboard.indicators.status import Status

PROBLEMS_SHOWN = 12
NAMED_OFFICES = 3


@card("plan.offices", whole_city=True)
def offices(context: Context) -> Card:
    """Every office's tasks by status, beside its targets by status."""
    _ = context.language
    tasks, counts = ledger.tasks(context), chosen_counts(context)
    names = ledger.offices(context)
    by_task = {
        name: ledger.by_standing(tasks[tasks["office_id"] == office])
        for office, name in names.items()
    }
    by_target = {name: _by_standing(counts.of_office(office)) for office, name in names.items()}
    ordered = sorted(names.values(), key=lambda name: -sum(by_task[name].values()))
    finding = sentences.sentence(
        context,
        _most_behind(
            context,
            by_target,
            none=_("No target is behind"),
            few=_("Most targets behind: {offices}, {count}"),
            many=_("Most targets behind: {offices} offices with {count} each"),
        ),
        _most_behind(
            context,
            by_task,
            none=_("no task is behind"),
            few=_("most tasks behind: {offices}, {count}"),
            many=_("most tasks behind: {offices} offices with {count} each"),
        ),
    )
    return Card(
        card_id="plan.offices",
        finding=finding or no_targets(context),
        subtitle=context.subtitle(
            _("tasks and targets by responsible office and status"), context.month
        ),
        charts=(
            _chart(context, _("Tasks"), {n: by_task[n] for n in ordered}, _("no report")),
            _chart(context, _("Targets"), {n: by_target[n] for n in ordered}, _("no status")),
        ),
        chart_columns=2,
        table=_office_table(context, ordered, by_task, by_target),
        sources=("task_reports",),
        notes=(_("The plan names no offices: who answers for what is to be confirmed."),),
    )


def _by_standing(counts: Counts) -> dict[str, int]:
    """Count targets by standing, as tasks are."""
    return {
        **{str(status): count for status, count in counts.by_status.items()},
        ledger.NO_STATUS: counts.unjudged,
    }


def _chart(
    context: Context, title: str, by_office: Mapping[str, Mapping[str, int]], without: str
) -> Chart:
    """Return a bar per office, of its tasks or of its targets, in parts by standing."""
    number = context.language.number
    rows = [
        {
            "id": office,
            "label": office,
            "series": without if standing == ledger.NO_STATUS else context.status_word(standing),
            "value": count or None,
            "text": number(count),
            "total_text": number(sum(found.values())),
        }
        for office, found in by_office.items()
        if any(found.values())
        for standing, count in found.items()
    ]
    return Chart(
        "stacked_bar",
        pd.DataFrame(rows, columns=["id", "label", "series", "value", "text", "total_text"]),
        {"part_colours": [*map(str, Status), "missing"], "empty_text": no_targets(context)},
        alt=title,
        title=title,
    )


def _most_behind(
    context: Context, by_office: Mapping[str, Mapping[str, int]], *, none: str, few: str, many: str
) -> str:
    """Name the offices that have most behind, or say how many they are; nothing without any.

    ``few`` is about ``offices`` and a ``count``, ``many`` about the number of offices.
    """
    if not any(sum(found.values()) for found in by_office.values()):
        return ""
    late = {office: found[Status.BEHIND] for office, found in by_office.items()}
    most = max(late.values())
    worst = [office for office, count in late.items() if count == most]
    if not most:
        return none
    if len(worst) > NAMED_OFFICES:
        return many.format(offices=len(worst), count=most)
    return few.format(offices=context.language.listed(worst), count=most)


def _office_table(
    context: Context,
    ordered: list[str],
    by_task: Mapping[str, Mapping[str, int]],
    by_target: Mapping[str, Mapping[str, int]],
) -> Table:
    _ = context.language
    kinds = (
        ("tasks", _("Tasks"), by_task, ledger.task_words),
        ("targets", _("Targets"), by_target, ledger.standing_words),
    )
    frame = pd.DataFrame({"office": ordered})
    columns = [Column("office", _("Responsible"))]
    for kind, heading, by_office, words in kinds:
        for standing in ledger.STANDINGS:
            name = f"{kind}_{standing}"
            frame[name] = [by_office[office][standing] for office in ordered]
            columns.append(Column(name, f"{heading} {words(context, standing)}"))
    return Table(frame, tuple(columns))


@card("plan.problems", whole_city=True)
def problems(context: Context) -> Card:
    """Show the problems in the latest reports, tasks that are behind first."""
    _ = context.language
    tasks = ledger.tasks(context)
    troubled = tasks[tasks["problem"].notna() & (tasks["problem"] != "")]
    late_first = troubled["status"].ne(Status.BEHIND)
    troubled = troubled.assign(order=late_first).sort_values("order", kind="stable")
    rows = records(troubled.head(PROBLEMS_SHOWN))
    listing = Table(
        pd.DataFrame(
            {
                "clause": [row["clause"] for row in rows],
                "title": [_("clause {number}", number=row["clause"]) for row in rows],
                "problem": [row["problem"] for row in rows],
                "words": [row["quote_zh"] for row in rows],
                "office": [row["office"] for row in rows],
            }
        ),
        (
            Column("problem", _("Problem")),
            Column("words", _("Task in the plan's words")),
            Column("office", _("Responsible")),
            Column("title", _("Clause"), leads_to=Selects.CLAUSE, id_column="clause"),
        ),
    )
    left = len(troubled) - len(rows)
    return Card(
        card_id="plan.problems",
        finding=_.plural(
            "{count} task has a problem reported",
            "{count} tasks have a problem reported",
            len(troubled),
        )
        if len(troubled)
        else _("No report tells of a problem"),
        subtitle=context.subtitle(_("problems in the latest reports"), context.month),
        listing=listing if rows else None,
        table=task_table(context, troubled),
        sources=("task_reports",),
        notes=(_("{count} more in the table", count=left),) if left > 0 else (),
    )

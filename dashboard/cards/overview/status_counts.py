"""The number of targets in each status, in all and by subject."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import pandas as pd

from dashboard.cards.changes import counted, since
from dashboard.cards.context import Context
from dashboard.cards.overview.judged import (
    judged,
    judged_table,
    status_month,
    status_month_note,
    status_month_text,
)
from dashboard.cards.overview.subjects import PAGES, page_title
from dashboard.cards.phrases import named, present
from dashboard.cards.registry import card
from dashboard.report import Card, Chart, Tile
from dashboard.status import Status


@card("overview.status_counts")
def status_counts(context: Context) -> Card:
    """The number of targets in each status, in all and by subject."""
    _ = context.language
    targets = judged(context)
    month = status_month(context)
    now = _counts(targets)
    then = _counts(judged(context, month)) if month else {}
    by_page = Counter(zip(targets["page"], targets["status"], strict=True))
    totals = Counter(targets["page"])
    rows = [
        {
            "id": page,
            "label": page_title(context, page),
            "series": context.status_word(status),
            "value": by_page[page, status] or None,
            "text": context.language.number(by_page[page, status]),
            "total_text": context.language.number(totals[page]),
        }
        for page in PAGES
        if page in totals
        for status in Status
    ]
    frame = pd.DataFrame(rows)
    behind = {page: by_page[page, Status.BEHIND] for page in totals}
    most = max(PAGES, key=lambda page: behind.get(page, 0))
    finding = (
        _(
            "Most targets that are behind belong to {subject}: {count}",
            subject=page_title(context, most),
            count=behind[most],
        )
        if behind.get(most)
        else _("No target is behind")
    )
    return Card(
        card_id="overview.status_counts",
        finding=finding,
        subtitle=context.subtitle(
            _("number of targets by status"), context.geography, context.month
        ),
        change=_change(context, month, now, then),
        tiles=_tiles(context, month, now, then),
        charts=(
            Chart(
                "stacked_bar",
                frame,
                {"colours": [str(status) for status in Status], "height": 290},
                alt=finding,
            ),
        ),
        table=judged_table(context, targets),
        notes=present(status_month_note(context, month)),
    )


def _counts(targets: pd.DataFrame) -> dict[Status, int]:
    counts = Counter(targets["status"])
    return {status: counts[status] for status in Status}


def _tiles(
    context: Context, month: str | None, now: Mapping[Status, int], then: Mapping[Status, int]
) -> tuple[Tile, ...]:
    """A figure per status, below it that of the month compared with, if there was a plan."""
    _ = context.language
    return tuple(
        Tile(
            context.status(status),
            _.number(count),
            _(
                "{comparison} {value}",
                comparison=status_month_text(context, month),
                value=_.number(then[status]),
            )
            if month
            else "",
        )
        for status, count in now.items()
    )


def _change(
    context: Context, month: str | None, now: Mapping[Status, int], then: Mapping[Status, int]
) -> str:
    """Say of every status how many more or fewer targets have it."""
    if month is None:
        return since(context, context.language("no plan, no status"))
    unit = context.language("targets")
    changes = []
    for status, count in now.items():
        change = counted(context, count, then[status], unit)
        changes.append(named(context, context.status_word(status), change))
    return since(context, *changes, comparison=status_month_text(context, month))

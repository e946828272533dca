"""The number of targets in each status, in all and by subject."""

from __future__ import annotations

import pandas as pd

from dashboard.cards.changes import counted, since
from dashboard.cards.context import Context
from dashboard.cards.counting import chosen_counts, no_targets, none_behind, readings_note
from dashboard.cards.model import Card, Chart, Tile
from dashboard.cards.overview.judged import (
    counted_rows,
    judged_table,
    status_month,
    status_month_note,
    status_month_text,
)
from dashboard.cards.overview.subjects import PAGES, page_title
from dashboard.cards.phrases import named, present
from dashboard.cards.registry import card
from dashboard.indicators import Counts
from dashboard.indicators.status import Status


@card("overview.status_counts")
def status_counts(context: Context) -> Card:
    """Show the number of targets in each status, in all and by subject."""
    _ = context.language
    now, month = chosen_counts(context), status_month(context)
    then = chosen_counts(context, month) if month else None
    finding = _finding(context, now)
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
                _by_subject(context, now),
                {
                    "part_colours": [str(status) for status in Status],
                    "height": 290,
                    "empty_text": no_targets(context),
                },
                alt=finding,
            ),
        ),
        table=judged_table(context, counted_rows(context)),
        notes=present(status_month_note(context, month), readings_note(context, now)),
    )


def _by_subject(context: Context, counts: Counts) -> pd.DataFrame:
    """Return a row per subject that has targets and per status."""
    columns = ["id", "label", "series", "value", "text", "total_text"]
    by_page = {page: counts.of_pages(page) for page in PAGES}
    return pd.DataFrame(
        [
            (
                page,
                page_title(context, page),
                context.status_word(status),
                count or None,
                context.language.number(count),
                context.language.number(sum(own.by_status.values())),
            )
            for page, own in by_page.items()
            if own
            for status, count in own.by_status.items()
        ],
        columns=columns,
    )


def _finding(context: Context, counts: Counts) -> str:
    """Name the subjects with the most targets behind."""
    _ = context.language
    behind = {page: counts.of_pages(page).by_status[Status.BEHIND] for page in PAGES}
    most = max(behind.values())
    if not most:
        return none_behind(context, counts)
    return _(
        "Most targets that are behind belong to {subject}: {count}",
        subject=_.listed([page_title(context, page) for page in PAGES if behind[page] == most]),
        count=most,
    )


def _tiles(
    context: Context, month: str | None, now: Counts, then: Counts | None
) -> tuple[Tile, ...]:
    """Return a figure per status, below it that of the month compared with, if there was a plan."""
    _ = context.language
    if not now:
        return ()
    return tuple(
        Tile(
            context.status(status),
            _.number(count),
            _(
                "{comparison} {value}",
                comparison=status_month_text(context, month),
                value=_.number(then.by_status[status]),
            )
            if month and then
            else "",
        )
        for status, count in now.by_status.items()
    )


def _change(context: Context, month: str | None, now: Counts, then: Counts | None) -> str:
    """Say of every status that has gained or lost targets how many more or fewer have it."""
    if month is None or then is None:
        return since(context, context.language("no plan, no status"))
    unit = context.language("targets")
    changes = [
        named(
            context,
            context.status_word(status),
            counted(context, count, then.by_status[status], unit),
        )
        for status, count in now.by_status.items()
        if count != then.by_status[status]
    ]
    unchanged = context.language("unchanged")
    return since(context, *changes or [unchanged], comparison=status_month_text(context, month))

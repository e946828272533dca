"""What the year has named so far: several counts side by side, county by county."""

from __future__ import annotations

import pandas as pd

from dashboard import indicators
from dashboard.cards import sentences
from dashboard.cards.context import Context
from dashboard.cards.phrases import named, present
from dashboard.cards.side_by_side import county_listing, joint_table, standing_rows
from dashboard.frames import Row
from dashboard.report import Card


def named_this_year(context: Context, *, card_id: str, indicator_ids: tuple[str, ...]) -> Card:
    """Counts of the year against the city's and the counties' targets, with their statuses.

    A target that is our reading of the plan's words is no number of the plan: it stands in a note
    and not beside the count.
    """
    _ = context.language
    figures = [
        named(context, context.text(i, "short"), _text(context, i, context.chosen_value(i)))
        for i in indicator_ids
    ]
    columns = {
        context.text(i, "short"): [
            _text(context, i, row) for row in standing_rows(context, i).values()
        ]
        for i in indicator_ids
    }
    read = [i for i in indicator_ids if _is_reading(context, i)]
    measure = _("new this year") if len(read) == len(indicator_ids) else _("new this year / target")
    return Card(
        card_id=card_id,
        finding=_(
            "{geography}: {figures}",
            geography=context.geography,
            figures=sentences.sentence(context, *figures),
        ),
        subtitle=context.subtitle(measure, _("by county"), _("to {month}", month=context.month)),
        listing=county_listing(context, columns),
        table=joint_table(context, indicator_ids),
        indicator_ids=indicator_ids,
        notes=present(*(_reading_note(context, i) for i in read)),
    )


def _text(context: Context, indicator_id: str, row: Row) -> str:
    """What has been named, of the plan's number where there is one, with its status: ▲ 8/10."""
    _ = context.language
    value = context.value(indicator_id, row["value"])
    if pd.isna(row["value"]) or pd.isna(row["target"]) or row["target"] == 0:
        return value
    if not _is_reading(context, indicator_id):
        value = f"{_.number(row['value'])}/{_.number(row['target'])}"
    return f"{context.status(row['status'])} {value}"


def _is_reading(context: Context, indicator_id: str) -> bool:
    goal = indicators.city_goal(context.database, indicator_id, context.filters.as_of)
    return goal is not None and goal.basis == "reading"


def _reading_note(context: Context, indicator_id: str) -> str:
    """How the plan's words are read."""
    _ = context.language
    goal = indicators.city_goal(context.database, indicator_id, context.filters.as_of)
    clause = context.clause(indicator_id)
    if goal is None or goal.target is None or clause is None:
        return ""
    return _(
        "{measure}: the plan says “{quote}” and no number; {target} is our reading of it.",
        measure=context.text(indicator_id, "short"),
        quote=clause["quote_zh"],
        target=context.value(indicator_id, goal.target),
    )

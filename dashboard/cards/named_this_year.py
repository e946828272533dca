"""What the year has named so far: several counts side by side, county by county."""

from __future__ import annotations

from dashboard.cards import sentences
from dashboard.cards.context import Context
from dashboard.cards.model import Card
from dashboard.cards.phrases import named
from dashboard.cards.registry import card
from dashboard.cards.side_by_side import county_listing, joint_table, standing_rows
from dashboard.frames import Row


@card("named_this_year")
def named_this_year(context: Context, *, indicator_ids: tuple[str, ...]) -> Card:
    """Show counts of the year, each with its status and with the plan's number where there is one.

    A county without a target of its own has its number alone.
    """
    _ = context.language
    indicator_ids = context.named(indicator_ids) or indicator_ids
    chosen = {i: context.chosen_value(i) for i in indicator_ids}
    figures = [
        named(context, context.text(i, "short"), _text(context, i, row))
        for i, row in chosen.items()
    ]
    columns = {
        context.text(i, "short"): [
            _text(context, i, row) for row in standing_rows(context, i).values()
        ]
        for i in indicator_ids
    }
    has_targets = any(row["target"] is not None for row in chosen.values())
    return Card(
        card_id=f"named_this_year.{indicator_ids[0]}",
        finding=_(
            "{geography}: {figures}",
            geography=context.geography,
            figures=sentences.sentence(context, *figures),
        ),
        subtitle=context.subtitle(
            _("new this year / target") if has_targets else _("new this year"),
            _("by county"),
            _("to {month}", month=context.month),
        ),
        listing=county_listing(context, columns),
        table=joint_table(context, indicator_ids),
        indicator_ids=indicator_ids,
    )


def _text(context: Context, indicator_id: str, row: Row) -> str:
    """Return what has been named, with the plan's number if there is one and status: ▲ 8/10."""
    _ = context.language
    value = context.value(indicator_id, row["value"])
    if row["value"] is None or row["status"] is None or row["target"] == 0:
        return value
    if row["target"] is not None:
        value = f"{_.number(row['value'])}/{_.number(row['target'])}"
    return f"{context.status(row['status'])} {value}"

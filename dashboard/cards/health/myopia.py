"""Myopia in the latest screening round, in numbers and in words."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.cards.context import Context
from dashboard.cards.health.rounds import round_before, round_name
from dashboard.cards.phrases import not_reported, percent, share_change, withheld
from dashboard.filters import CITY
from dashboard.frames import Row, records
from dashboard.indicators import PROVISIONAL

MYOPIA = "myopia_decline"


def latest_round(context: Context, counties: Sequence[str]) -> dict[str, Row]:
    """Return the latest round by county_id; ``all`` is those of `counties` that can be compared."""
    frame = context.query(
        "health/myopia_by_county", as_of=context.filters.as_of, counties=list(counties)
    )
    return {str(row["county_id"]): row for row in records(frame)}


def chosen_round(context: Context) -> Row:
    """Return the latest round of the chosen counties together."""
    county = context.filters.single_county
    if county is None:
        return latest_round(context, context.chosen)[CITY]
    return latest_round(context, context.county_ids)[county]


def myopia_sentence(context: Context, row: Row) -> str:
    """Return the rate and how it moved on the same season a year before."""
    said = _rate_sentence(context, row)
    if context.chosen_value(MYOPIA)["missing"] == PROVISIONAL:
        return context.language("{text} (provisional)", text=said)
    return said


def _rate_sentence(context: Context, row: Row) -> str:
    _ = context.language
    if row["is_withheld"] and row["myopic_pct"] is None:
        return withheld(context, _("Myopia rate"))
    if row["myopic_pct"] is None:
        return not_reported(context, _("Myopia rate"))
    parts = {
        "geography": context.geography,
        "value": percent(context, MYOPIA, row["myopic_pct"]),
    }
    if row["change_pp"] is None:
        round_text = round_name(context, row["period"])
        return _("{geography}: myopia {value} in {round}", **parts, round=round_text)
    return _(
        "{geography}: myopia {value}, {change} on {round} over the same schools",
        **parts,
        change=share_change(context, MYOPIA, row["change_pp"]),
        round=round_name(context, round_before(row["period"])),
    )

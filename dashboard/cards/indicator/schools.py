"""The schools behind an indicator, and the list of them."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from dashboard.cards.asked import wants_less
from dashboard.cards.context import Context
from dashboard.cards.contributions import (
    DUST,
    contributions,
    gap_note,
    unit_share,
    unit_value,
)
from dashboard.cards.model import Card, Column, Selects, Table
from dashboard.cards.registry import card
from dashboard.frames import records

LISTED = 12  # schools; fewer than a screen, and searching brings the others


def counts_schools(context: Context, indicator_id: str) -> bool:
    """Whether an indicator is a ratio with a value for every school."""
    return not contributions(context, indicator_id, context.county_ids).empty


def schools(context: Context, indicator_id: str, counties: Sequence[str]) -> pd.DataFrame:
    """Return the contributions of some counties' schools with each one's value and shortfall.

    ``shortfall`` is how many of what the numerator counts a school lies on the wrong side of the
    line: below it, or above it where lower is better. Missing where the school is withheld. The
    columns of ``schools_table`` are the same in words.
    """
    key = ("schools", indicator_id, context.filters.as_of, tuple(counties), context.language)
    return context.database.derived(key, lambda: _schools(context, indicator_id, counties)).copy(
        deep=False
    )


def _schools(context: Context, indicator_id: str, counties: Sequence[str]) -> pd.DataFrame:
    _ = context.language
    frame = contributions(context, indicator_id, counties)
    sign = 1 if wants_less(context, indicator_id) else -1
    shortfall = sign * frame["contribution"]
    frame["shortfall"] = shortfall.mask(shortfall <= DUST, 0.0)
    rows = records(frame)
    values = [unit_value(context, indicator_id, row) for row in rows]
    return frame.assign(
        value=pd.Series(values, index=frame.index, dtype="float64"),
        county=[context.county(row["county_id"]) for row in rows],
        value_text=[unit_share(context, indicator_id, row) for row in rows],
        numerator_text=[_.number(row["numerator"]) or _("c suppressed") for row in rows],
        denominator_text=[_.number(row["denominator"]) or _("c suppressed") for row in rows],
        shortfall_text=[_.number(row["shortfall"], 1) or _("c suppressed") for row in rows],
    )


def is_all_or_nothing(context: Context, indicator_id: str) -> bool:
    """Whether a school counts with everybody or with nobody: it has something, or has it not."""
    frame = contributions(context, indicator_id, context.county_ids)
    known = frame[~frame["is_withheld"]]
    return bool(((known["numerator"] == 0) | (known["numerator"] == known["denominator"])).all())


def counts_whole_schools(context: Context, indicator_id: str) -> bool:
    """Whether the indicator counts schools, so that each of them weighs the same."""
    frame = contributions(context, indicator_id, context.county_ids)
    return is_all_or_nothing(context, indicator_id) and bool((frame["denominator"] == 1).all())


@card("indicator.schools")
def school_list(context: Context, *, indicator_id: str, search: str = "") -> Card:
    """Show the chosen counties' schools, those with the largest shortfall first.

    Or those searched for.

    ``search`` is part of a name; the table behind the card holds all that match.
    """
    _ = context.language
    frame = schools(context, indicator_id, context.chosen)
    wanted = search.strip()
    if wanted:
        frame = frame[frame["unit_name"].str.contains(wanted, case=False, regex=False)]
    frame = frame.sort_values("shortfall", ascending=False, kind="stable", na_position="last")
    table = schools_table(context, indicator_id, frame)
    listed = schools_table(context, indicator_id, frame.head(LISTED))
    count = _.plural("{count} school", "{count} schools", len(frame))
    parts = {"geography": context.geography, "count": count, "search": wanted}
    message = _("{geography}: {count} called “{search}”") if wanted else _("{geography}: {count}")
    period = context.chosen_value(indicator_id)["period"]
    return Card(
        card_id="indicator.schools",
        finding=message.format(**parts),
        subtitle=context.subtitle(
            context.text(indicator_id, "name"), _("by school"), _.month(period)
        ),
        listing=listed if len(frame) else None,
        table=table,
        indicator_ids=(indicator_id,),
        notes=(
            _(
                "The first {shown}, by how much they lack; all {count} are in the data.",
                shown=_.number(LISTED),
                count=_.number(len(frame)),
            ),
        )
        if len(frame) > LISTED
        else (),
    )


def schools_table(context: Context, indicator_id: str, frame: pd.DataFrame) -> Table:
    """Schools with their figures in words; a withheld one says so."""
    _ = context.language
    return Table(
        frame,
        (
            Column("unit_name", _("School"), leads_to=Selects.SCHOOL, id_column="unit_id"),
            Column("county", _("County")),
            Column("value_text", context.text(indicator_id, "short")),
            Column("numerator_text", _("Numerator")),
            Column("denominator_text", _("Denominator")),
            Column("shortfall_text", gap_note(context, indicator_id)),
        ),
    )

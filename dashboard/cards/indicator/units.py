"""What an indicator counts, by name: the projects, awards, sessions or steps behind a number."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dashboard.cards import sentences
from dashboard.cards.context import Context
from dashboard.cards.model import Card, Column, Selects, Table
from dashboard.cards.registry import card
from dashboard.filters import CITY
from dashboard.frames import Row, records

LISTED = 15  # more would be a screen; the data hold them all


def has_units(context: Context, indicator_id: str) -> bool:
    """Whether an indicator counts things that have names."""
    return not _units(context, indicator_id).empty


@card("indicator.units")
def units(context: Context, *, indicator_id: str) -> Card:
    """Show things counted so far in the chosen counties, the latest first, and those still due."""
    _ = context.language
    frame = _units(context, indicator_id)
    table = _table(context, indicator_id, frame)
    listing = _table(context, indicator_id, frame.head(LISTED))
    return Card(
        card_id="indicator.units",
        finding=_finding(context, indicator_id, frame),
        subtitle=context.subtitle(
            context.text(indicator_id, "name"), context.geography, context.month
        ),
        listing=listing,
        table=table,
        indicator_ids=(indicator_id,),
        notes=(
            _(
                "The first {shown}; all {count} are in the data.",
                shown=_.number(LISTED),
                count=_.number(len(frame)),
            ),
        )
        if len(frame) > LISTED
        else (),
    )


def _units(context: Context, indicator_id: str) -> pd.DataFrame:
    year = context.filters.as_of[:4]
    frame = context.query(
        "indicator/units",
        indicator_id=indicator_id,
        counties=list(context.chosen),
        as_of=context.filters.as_of,
        period=context.chosen_value(indicator_id)["period"] or "",
        year_start=f"{year}-01",
        year_end=f"{year}-12",
    )
    return frame


def _finding(context: Context, indicator_id: str, frame: pd.DataFrame) -> str:
    _ = context.language
    is_planned = context.indicator(indicator_id).denominator == "plan"
    counted = int((frame["numerator"] > 0).sum())
    if is_planned:
        return _(
            "{geography}: {count} of {all} planned",
            geography=context.geography,
            count=_.number(counted),
            all=_.number(len(frame)),
        )
    text = _("{geography}: {count} by name", geography=context.geography, count=_.number(counted))
    if context.indicator(indicator_id).measure == "level" or frame.empty:
        return text
    latest = records(frame.head(1))[0]
    return sentences.sentence(
        context,
        text,
        _(
            "the latest {name} ({month})",
            name=latest[_.pick("name_zh", "name_en")],
            month=_month(context, latest["month"]),
        ),
    )


def _table(context: Context, indicator_id: str, frame: pd.DataFrame) -> Table:
    _ = context.language
    rows = records(frame)
    indicator = context.indicator(indicator_id)
    cells = frame.assign(
        name=frame[_.pick("name_zh", "name_en")] if len(frame) else [],
        county=[context.county(row["county_id"]) for row in rows],
        month_text=[_month(context, row["month"]) for row in rows],
        planned_text=[_month(context, row["planned_month"]) for row in rows],
        amount=[_amount(context, indicator_id, row) for row in rows],
    )
    kinds = set(frame["unit_kind"].dropna())
    leads = {"school": Selects.SCHOOL, "project": Selects.PROJECT}
    leads_to = leads.get(next(iter(kinds))) if len(kinds) == 1 else None
    columns = [Column("name", _("Name"), leads_to=leads_to, id_column="unit_id")]
    if set(frame["county_id"]) != {CITY}:
        columns.append(Column("county", _("County")))
    if indicator.denominator == "plan":
        columns.append(Column("planned_text", _("Planned")))
    if indicator.measure != "level":
        columns.append(Column("month_text", _("Month")))
    if indicator.scale != 1 or indicator.people:
        columns.append(Column("amount", context.text(indicator_id, "short")))
    return Table(cells, tuple(columns))


def _month(context: Context, month: Any) -> str:
    return "" if month is None else context.language.month(str(month))


def _amount(context: Context, indicator_id: str, row: Row) -> str:
    return context.value(indicator_id, row["numerator"] * context.indicator(indicator_id).scale)

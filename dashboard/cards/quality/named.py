"""The names behind a number: what was named or held this year, or the schools a share lacks."""

from __future__ import annotations

import pandas as pd

from dashboard.cards import sentences
from dashboard.cards.context import Context
from dashboard.cards.model import Card, Column, Selects, Table
from dashboard.cards.phrases import not_reported, present, stage_names
from dashboard.cards.quality.targets import is_share, reached_text
from dashboard.cards.registry import card

SHORT_LIST = 12  # names that a screen shows; a longer list scrolls
LIST_HEIGHT = 440


@card("quality.named")
def named(context: Context, *, indicator_id: str) -> Card:
    """Show names behind a target of the chosen counties: of a share, the schools still without."""
    if is_share(context, indicator_id):
        return _schools_without(context, indicator_id)
    return _named_this_year(context, indicator_id)


def _named_this_year(context: Context, indicator_id: str) -> Card:
    _ = context.language
    as_of = context.filters.as_of
    events = context.query(
        "quality/named", indicator_id=indicator_id, year_start=f"{as_of[:4]}-01", as_of=as_of
    )
    chosen = events[events["county_id"].isin(context.chosen)]
    yes_no = {True: _("yes"), False: _("no")}
    frame = chosen.assign(
        county=[context.county(county) for county in chosen["county_id"]],
        date=[context.language.date(day) for day in chosen["event_date"]],
        rural=[yes_no[bool(rural)] for rural in chosen["is_rural"]],
    )
    return _list_card(
        context,
        indicator_id,
        finding=_named_finding(context, indicator_id, frame),
        measure=_("names, the latest first"),
        table=Table(
            frame,
            (
                Column("name", _("Name")),
                Column("county", _("County")),
                Column("date", _("Date")),
                Column("rural", _("Rural")),
            ),
        ),
        period=_("to {month}", month=context.month),
    )


def _named_finding(context: Context, indicator_id: str, frame: pd.DataFrame) -> str:
    """How many of the target are named, and how many of them since when."""
    _ = context.language
    row = context.chosen_value(indicator_id)
    latest = ""
    if len(frame):
        latest = _("latest {date}", date=frame["date"].iloc[0])
    return sentences.sentence(
        context,
        _(
            "{geography}: {measure} {value}",
            geography=context.geography,
            measure=context.text(indicator_id, "short"),
            value=reached_text(context, indicator_id, row),
        ),
        latest,
    )


def _schools_without(context: Context, indicator_id: str) -> Card:
    _ = context.language
    schools = context.query(
        "quality/schools_without", indicator_id=indicator_id, as_of=context.filters.as_of
    )
    chosen = schools[schools["county_id"].isin(context.chosen)]
    types = stage_names(context, "primary", "junior", "nine_year", "senior")
    yes_no = {True: _("yes"), False: _("no")}
    frame = chosen.assign(
        county=[context.county(county) for county in chosen["county_id"]],
        type=[types[kind] for kind in chosen["school_type"]],
        rural=[yes_no[bool(rural)] for rural in chosen["is_rural"]],
    )
    row = context.chosen_value(indicator_id)
    measure = context.text(indicator_id, "short")
    parts = {
        "geography": context.geography,
        "measure": measure,
        "total": _.number(row["denominator"]),
    }
    finding: str
    if row["value"] is None:
        finding = not_reported(context, measure)
    elif frame.empty:
        finding = _("{geography}: {measure}, all {total} schools", **parts)
    else:
        finding = _(
            "{geography}: {measure}, {count} of {total} schools still without",
            count=_.number(len(frame)),
            **parts,
        )
    return _list_card(
        context,
        indicator_id,
        finding=finding,
        measure=_("schools still without"),
        table=Table(
            frame,
            (
                Column("school_name", _("School"), leads_to=Selects.SCHOOL, id_column="school_id"),
                Column("county", _("County")),
                Column("type", _("Type of school")),
                Column("rural", _("Rural")),
            ),
        ),
        period=_.month(row["period"]) if row["period"] else "",
    )


def _list_card(
    context: Context, indicator_id: str, *, finding: str, measure: str, table: Table, period: str
) -> Card:
    """Put a list of names on a card; a long one scrolls."""
    count = len(table.frame)
    return Card(
        card_id=f"quality.named.{indicator_id}",
        finding=finding,
        subtitle=context.subtitle(context.text(indicator_id, "name"), measure, period),
        listing=table if count else None,
        listing_height=LIST_HEIGHT if count > SHORT_LIST else None,
        table=table,
        indicator_ids=(indicator_id,),
        notes=present("" if count else context.language("No names to list.")),
    )

"""Teachers who gained the professor grade or the special-grade honour."""

from __future__ import annotations

import pandas as pd

from dashboard import indicators
from dashboard.cards import sentences
from dashboard.cards.context import Context
from dashboard.cards.model import Card, Chart, Column, Table
from dashboard.cards.phrases import autumns, not_reported, present, withheld
from dashboard.cards.registry import card
from dashboard.filters import CITY
from dashboard.frames import Row, records

NEW_TOP_TITLES = "senior_title_teachers"


@card("teachers.new_top_titles")
def new_top_titles(context: Context) -> Card:
    """Teachers who gained one of the two, year by year; few enough to be known are withheld."""
    _ = context.language
    rows = _years(context)
    finding = _finding(context, rows)
    options = {
        "horizontal": False,
        "missing_text": _("c suppressed"),
        "empty_text": _("x not reported"),
        "uirevision": "new_top_titles",
    }
    return Card(
        card_id="teachers.new_top_titles",
        finding=finding,
        subtitle=context.subtitle(
            context.text(NEW_TOP_TITLES, "name"),
            context.geography,
            autumns(context, (_school_year(row) for row in rows)),
        ),
        charts=(Chart("bar", _frame(context, rows), options, finding),),
        table=_table(context, rows),
        indicator_ids=(NEW_TOP_TITLES,),
        notes=present(sentences.withheld_sentence(context, (row["missing"] for row in rows))),
    )


def _years(context: Context) -> list[Row]:
    """Return the chosen counties' numbers together, a row per school year."""
    years = indicators.history(
        context.database, NEW_TOP_TITLES, context.filters.as_of, context.chosen
    )
    return records(years[years["county_id"] == CITY])


def _school_year(row: Row) -> int:
    return int(row["period"][:4])


def _frame(context: Context, rows: list[Row]) -> pd.DataFrame:
    """Return a row per school year."""
    years = [str(_school_year(row)) for row in rows]
    return pd.DataFrame(
        {
            "id": years,
            "label": years,
            "value": [row["value"] for row in rows],
            "text": [context.language.number(row["value"]) for row in rows],
        }
    )


def _finding(context: Context, rows: list[Row]) -> str:
    """Set this year's against last year's; both only where they are enough people to be shown."""
    _ = context.language
    measure = context.text(NEW_TOP_TITLES, "short")
    if not rows:
        return not_reported(context, measure)
    now = rows[-1]["value"]
    before = rows[-2]["value"] if len(rows) > 1 else None
    if now is None:
        return withheld(context, measure)
    parts = {
        "geography": context.geography,
        "measure": measure,
        "value": context.value(NEW_TOP_TITLES, now),
    }
    if before is None or context.chosen_value(NEW_TOP_TITLES)["missing_periods"]:
        return _("{geography}: {measure} {value}", **parts)
    return _(
        "{geography}: {measure} {value}, {before} the year before",
        **parts,
        before=_.number(before),
    )


def _table(context: Context, rows: list[Row]) -> Table:
    _ = context.language
    backwards = rows[::-1]
    frame = pd.DataFrame(
        {
            "year_name": [_.school_year(_school_year(row)) for row in backwards],
            "new_teachers": [context.shown(NEW_TOP_TITLES, row) for row in backwards],
        }
    )
    return Table(
        frame,
        (
            Column("year_name", _("School year")),
            Column("new_teachers", context.text(NEW_TOP_TITLES, "name")),
        ),
    )

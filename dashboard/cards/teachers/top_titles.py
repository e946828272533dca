"""Teachers who gained the professor grade or the special-grade honour."""

from __future__ import annotations

import pandas as pd

from dashboard.cards import sentences
from dashboard.cards.context import Context
from dashboard.cards.phrases import autumns, not_reported, present
from dashboard.cards.registry import card
from dashboard.frames import Row, records
from dashboard.report import Card, Chart, Column, Table

NEW_TOP_TITLES = "senior_title_teachers"


@card("teachers.new_top_titles")
def new_top_titles(context: Context) -> Card:
    """Teachers who gained one of the two, year by year; few enough to be known are withheld."""
    _ = context.language
    years = context.query(
        "teachers/new_top_titles", as_of=context.filters.as_of, counties=list(context.chosen)
    )
    rows = records(years)
    finding = _finding(context, rows)
    options = {
        "horizontal": False,
        "missing_text": _("c suppressed"),
        "empty_text": _("x not reported"),
        "uirevision": "new_top_titles",
    }
    late = sentences.late_sentence(context, context.chosen_value(NEW_TOP_TITLES)["late_counties"])
    return Card(
        card_id="teachers.new_top_titles",
        finding=finding,
        subtitle=context.subtitle(
            context.text(NEW_TOP_TITLES, "name"),
            context.geography,
            autumns(context, years["school_year"]),
        ),
        charts=(Chart("bar", _frame(context, rows), options, finding),),
        table=_table(context, years),
        indicator_ids=(NEW_TOP_TITLES,),
        notes=present(_withheld_note(context, rows), late),
    )


def _frame(context: Context, rows: list[Row]) -> pd.DataFrame:
    """A row per school year."""
    years = [str(row["school_year"]) for row in rows]
    return pd.DataFrame(
        {
            "id": years,
            "label": years,
            "value": [row["new_teachers"] for row in rows],
            "text": [context.language.number(row["new_teachers"]) for row in rows],
        }
    )


def _finding(context: Context, rows: list[Row]) -> str:
    """This year's against last year's; both only where they are enough people to be shown."""
    _ = context.language
    measure = context.text(NEW_TOP_TITLES, "short")
    if not rows:
        return not_reported(context, measure)
    parts = {"geography": context.geography, "measure": measure}
    now = rows[-1]["new_teachers"]
    before = rows[-2]["new_teachers"] if len(rows) > 1 else None
    if pd.isna(now):
        return _(
            "{geography}: {measure} fewer than {count}",
            **parts,
            count=_.number(rows[-1]["withheld_below_people"]),
        )
    parts["value"] = context.value(NEW_TOP_TITLES, now)
    if pd.isna(before):
        return _("{geography}: {measure} {value}", **parts)
    return _(
        "{geography}: {measure} {value}, {before} the year before",
        **parts,
        before=_.number(before),
    )


def _withheld_note(context: Context, rows: list[Row]) -> str:
    """What the sign of a withheld year means."""
    _ = context.language
    withheld = [row for row in rows if pd.isna(row["new_teachers"])]
    if not withheld:
        return ""
    return _(
        "c: fewer than {count} people, not shown.",
        count=_.number(withheld[0]["withheld_below_people"]),
    )


def _table(context: Context, years: pd.DataFrame) -> Table:
    _ = context.language
    backwards = years.iloc[::-1]
    return Table(
        backwards.assign(year_name=[_.school_year(year) for year in backwards["school_year"]]),
        (
            Column("year_name", _("School year")),
            Column("new_teachers", context.text(NEW_TOP_TITLES, "name"), 0),
        ),
    )

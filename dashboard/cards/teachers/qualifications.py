"""Teachers by degree and by professional title, as shares of all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pandas as pd

from dashboard.cards import sentences
from dashboard.cards.changes import no_newer, rate_change, since
from dashboard.cards.context import Context
from dashboard.cards.model import Card, Chart, Column, Table
from dashboard.cards.phrases import autumns, not_reported, percent
from dashboard.cards.registry import card
from dashboard.frames import Row, records
from dashboard.rounding import rounded

GRADUATES = "graduate_degree_rate"
CHART_HEIGHT = 400  # a share of 7% still has room for its number


@dataclass(frozen=True)
class Qualification:
    """A qualification (degree or title) and the shares of its levels by school year."""

    heading: str
    measure: str
    names: Mapping[str, str]  # of the levels, in the order in which they are stacked
    rows: list[Row]

    def shares(self, level: str) -> list[float]:
        """One level's share of all teachers in percent, year by year."""
        return [row["share_pct"] for row in self.rows if row["level"] == level]


@card("teachers.degrees")
def degrees(context: Context) -> Card:
    """Teachers by degree, year by year, as shares of all."""
    _ = context.language
    names = {
        "graduate": _("Graduate degree"),
        "bachelor": _("Bachelor's degree"),
        "college_or_below": _("College or below"),
    }
    qualification = Qualification(
        heading=_("Degree"),
        measure=_("full-time teachers by degree, kindergartens to senior secondary schools"),
        names=names,
        rows=_levels(context, "degree"),
    )
    bachelor = ""
    if shares := qualification.shares("bachelor"):
        bachelor = _("bachelor's degrees {value}", value=_percent(context, shares[-1]))
    finding = sentences.sentence(
        context,
        _share_finding(context, context.text(GRADUATES, "short"), qualification, "graduate"),
        bachelor,
    )
    return _shares_card(context, "teachers.degrees", finding, qualification, (GRADUATES,))


@card("teachers.titles")
def titles(context: Context) -> Card:
    """Teachers by professional title, year by year, as shares of all."""
    _ = context.language
    names = {
        "senior_or_professor": _("Professor or senior grade"),
        "middle": _("Middle grade"),
        "junior": _("Junior grade"),
        "untitled": _("No grade yet"),
    }
    qualification = Qualification(
        heading=_("Title"),
        measure=_("full-time teachers by title, kindergartens to senior secondary schools"),
        names=names,
        rows=_levels(context, "title"),
    )
    finding = _share_finding(
        context, _("teachers of professor or senior grade"), qualification, "senior_or_professor"
    )
    card = _shares_card(context, "teachers.titles", finding, qualification, ())
    return replace(card, change=_change(context, qualification, "senior_or_professor"))


def _change(context: Context, qualification: Qualification, level: str) -> str:
    """Say how a level's share moved since the statistics that stood at the month compared with."""
    _ = context.language
    shares = {r["school_year"]: r["share_pct"] for r in qualification.rows if r["level"] == level}
    then = max((row["school_year"] for row in _levels(context.city_then, "title")), default=None)
    if not shares or then is None:
        return since(context, _("not reported then") if shares else _("not reported now"))
    now = max(shares)
    if then == now:
        return since(context, no_newer(context, _.school_year(now)), comparison="")
    if shares[now] is None or pd.isna(shares.get(then)):
        return since(context, _("withheld, not compared"))
    decimals = context.indicator(GRADUATES).decimals
    change = rate_change(context, shares[now], shares.get(then), "%", decimals)
    return since(context, change, comparison=_.school_year(then))


def _levels(context: Context, qualification: str) -> list[Row]:
    """Holders of each level of a qualification by school year."""
    levels = context.query(
        "teachers/qualifications", as_of=context.filters.as_of, counties=list(context.chosen)
    )
    return [row for row in records(levels) if row["qualification"] == qualification]


def _percent(context: Context, share: float) -> str:
    """Return a share of teachers with the decimals of the graduate-degree rate."""
    return percent(context, GRADUATES, share, missing=context.language("c suppressed"))


def _share_finding(context: Context, measure: str, qualification: Qualification, level: str) -> str:
    """Return a level's share of all teachers now, and how it moved since the first year."""
    _ = context.language
    shares = qualification.shares(level)
    if not shares:
        return not_reported(context, measure)
    first, last = shares[0], shares[-1]
    parts = {
        "geography": context.geography,
        "measure": measure,
        "value": _percent(context, last),
    }
    if first is None or last is None:
        return _("{geography}: {measure} {value}", **parts)
    change = rounded(last - first, context.indicator(GRADUATES).decimals)
    if change == 0:
        message = _("{geography}: {measure} {value}, as in {first_year}")
    elif change > 0:
        message = _("{geography}: {measure} {value}, up {difference} on {first_year}")
    else:
        message = _("{geography}: {measure} {value}, down {difference} on {first_year}")
    return message.format(
        **parts,
        difference=context.difference(GRADUATES, change),
        first_year=_.school_year(qualification.rows[0]["school_year"]),
    )


def _shares_card(
    context: Context,
    card_id: str,
    finding: str,
    qualification: Qualification,
    indicator_ids: tuple[str, ...],
) -> Card:
    """Stacked shares, a bar per year."""
    _ = context.language
    options = {
        "horizontal": False,
        "value_range": [0, 100],
        "height": CHART_HEIGHT,
        "tick_suffix": "%",
        "missing_text": _("c suppressed"),
        "empty_text": _("x not reported"),
        "uirevision": card_id,
    }
    return Card(
        card_id=card_id,
        finding=finding,
        subtitle=context.subtitle(
            qualification.measure,
            context.geography,
            autumns(context, (row["school_year"] for row in qualification.rows)),
        ),
        charts=(Chart("stacked_bar", _frame(context, qualification), options, finding),),
        table=_table(context, qualification),
        indicator_ids=indicator_ids,
        clauses_of=(GRADUATES,),
        sources=("schools", "teachers"),
    )


def _frame(context: Context, qualification: Qualification) -> pd.DataFrame:
    """Return a row per school year and level."""
    rows, names = qualification.rows, qualification.names
    years = [str(row["school_year"]) for row in rows]
    return pd.DataFrame(
        {
            "id": years,
            "label": years,
            "series": [names[row["level"]] for row in rows],
            "value": [row["share_pct"] for row in rows],
            "text": [_percent(context, row["share_pct"]) for row in rows],
            "hover": [_hover(context, names[row["level"]], row) for row in rows],
        }
    )


def _hover(context: Context, level_name: str, row: Row) -> str:
    """Year and level, its share, and how many teachers that is."""
    return sentences.sentence(
        context,
        f"{context.language.school_year(row['school_year'])} {level_name}",
        _percent(context, row["share_pct"]),
        context.language.people(row["holders"]),
    )


def _table(context: Context, qualification: Qualification) -> Table:
    _ = context.language
    rows = [
        {
            **row,
            "year_name": _.school_year(row["school_year"]),
            "level_name": qualification.names[row["level"]],
        }
        for row in reversed(qualification.rows)
    ]
    columns = (
        Column("year_name", _("School year")),
        Column("level_name", qualification.heading),
        Column("holders", _("Teachers"), 0),
        Column("teachers", _("Full-time teachers"), 0),
        Column("share_pct", _("Share") + " (%)", 2),
    )
    names = ["school_year", "level", *(column.name for column in columns)]
    return Table(pd.DataFrame(rows, columns=names), columns)

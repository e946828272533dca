"""A school's figures over six years, beside its county's and the city's schools of its type."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from dashboard.cards import sentences
from dashboard.cards.context import Context
from dashboard.cards.model import Card, Chart, Column, Table
from dashboard.cards.phrases import named, year_span
from dashboard.cards.registry import card
from dashboard.cards.school.lookup import find_school, type_names
from dashboard.frames import Row, records

SCHOOL, COUNTY, CITY = "school", "county", "city"
SCHOOL_COLOUR, COUNTY_COLOUR, CITY_COLOUR = "#12436D", "#D1490C", "#595959"
SIZE = ("pupils", "classes", "pupils_per_class")
TEACHERS = (
    "pupils_per_teacher",
    "degree_graduate",
    "above_degree_teachers",
    "backbone_teachers",
    "pe_arts_teachers",
)
CONDITIONS = (
    "fitness_good",
    "myopia",
    "teaching_area_m2",
    "sports_area_m2",
    "equipment_yuan",
    "networked_classrooms",
)
IN_FINDING = 2  # figures; more would take a second line


@dataclass(frozen=True)
class Measure:
    """A figure's name, the unit behind its number, and its decimals."""

    name: str
    unit: str
    decimals: int


def measures(context: Context) -> Mapping[str, Measure]:
    """Return how every figure is called and written, in the order of the page."""
    return context.database.derived(("school measures", context.language), lambda: _named(context))


def _named(context: Context) -> dict[str, Measure]:
    _ = context.language
    return {
        "pupils": Measure(_("Pupils"), "", 0),
        "classes": Measure(_("Classes"), "", 0),
        "pupils_per_class": Measure(_("Pupils per class"), "", 1),
        "pupils_per_teacher": Measure(_("Pupils per teacher"), "", 1),
        "degree_graduate": Measure(_("Graduate degrees"), "%", 1),
        "fitness_good": Measure(_("Fitness good rate"), "%", 1),
        "myopia": Measure(_("Autumn myopia rate"), "%", 1),
        "above_degree_teachers": Measure(_("Above-degree teachers/100 pupils"), "", 2),
        "backbone_teachers": Measure(_("Backbone teachers/100 pupils"), "", 2),
        "pe_arts_teachers": Measure(_("PE and arts teachers/100 pupils"), "", 2),
        "teaching_area_m2": Measure(_("Teaching rooms, m²/pupil"), "", 2),
        "sports_area_m2": Measure(_("Sports area, m²/pupil"), "", 2),
        "equipment_yuan": Measure(_("Equipment, yuan/pupil"), "", 0),
        "networked_classrooms": Measure(_("Networked rooms/100 pupils"), "", 2),
    }


def has_figures(context: Context, school_id: str, figures: tuple[str, ...]) -> bool:
    """Whether a school has any of some figures in any year."""
    return not _own(context, school_id, figures).empty


def _has_line(context: Context, school_id: str, figure: str) -> bool:
    """Whether the school has a figure, and not all of it is withheld, its peers' with it."""
    frame = _all(context, school_id)
    values = frame.loc[frame["figure"] == figure, "value"]
    return has_figures(context, school_id, (figure,)) and bool(values.notna().any())


def latest_figures(context: Context, school_id: str) -> Mapping[str, Row]:
    """Return the school's own last row of every figure, by figure."""
    own = _own(context, school_id, tuple(measures(context)))
    return {row["figure"]: row for row in records(own)}


def figure_text(context: Context, figure: str, row: Row) -> str:
    """Name a figure with its value, or say that it is withheld."""
    return named(context, measures(context)[figure].name, value_text(context, figure, row))


def value_text(context: Context, figure: str, row: Row) -> str:
    """Write a figure's value with its unit."""
    if row["is_withheld"]:
        return context.language("c suppressed")
    measure = measures(context)[figure]
    return context.language.quantity(row["value"], measure.unit, measure.decimals)


@card("school.size", whole_city=True)
def size(context: Context, *, school_id: str) -> Card:
    """Pupils, classes, and how many pupils there are to a class."""
    return _figures_card(context, school_id, "size", context.language("size of the school"), SIZE)


@card("school.teachers", whole_city=True)
def teachers(context: Context, *, school_id: str) -> Card:
    """How many pupils there are to a teacher, and how the teachers are qualified."""
    measure = context.language("staffing and qualification of teachers")
    return _figures_card(context, school_id, "teachers", measure, TEACHERS)


@card("school.conditions", whole_city=True)
def conditions(context: Context, *, school_id: str) -> Card:
    """Show the pupils' fitness and eyesight, the school's premises and equipment."""
    measure = context.language("fitness, eyesight, premises and equipment")
    return _figures_card(context, school_id, "conditions", measure, CONDITIONS)


def _figures_card(
    context: Context, school_id: str, name: str, measure: str, figures: tuple[str, ...]
) -> Card:
    _ = context.language
    school = find_school(context, school_id)
    known = [figure for figure in figures if _has_line(context, school_id, figure)]
    frame = _frame(context, school, known)
    finding = _finding(context, school_id, known)
    years = year_span(frame["x"]) if len(frame) else ""
    colours = dict(
        zip(
            _names(context, school).values(),
            (SCHOOL_COLOUR, COUNTY_COLOUR, CITY_COLOUR),
            strict=True,
        )
    )
    options = {
        "columns": 2,
        "own_scales": True,
        "colours": colours,
        "dashed": list(colours)[1:],
        "axis_note": _("Each panel has its own scale, not from zero."),
        "missing_text": _("c"),
        "empty_text": _("x not reported"),
        "uirevision": f"school_{name}",
    }
    return Card(
        card_id=f"school.{name}",
        finding=finding,
        subtitle=context.subtitle(measure, school["school_name"], years),
        charts=(Chart("small_multiples", frame, options, finding),),
        table=_table(context, school_id, known),
        sources=_SOURCES[name],
        notes=_left_out(context, school_id, known),
    )


_SOURCES = {
    "size": ("schools", "enrolment"),
    "teachers": ("schools", "enrolment", "teachers", "school_conditions"),
    "conditions": ("fitness", "vision", "enrolment", "school_conditions"),
}


@card("school.figures", whole_city=True)
def all_figures(context: Context, *, school_id: str) -> Card:
    """Every figure by year: the school's, and in the last columns its county's and the city's."""
    _ = context.language
    school = find_school(context, school_id)
    rows = records(_all(context, school_id))
    years = sorted({row["year"] for row in rows if row["scope"] == SCHOOL})
    cells = {(row["figure"], row["scope"], row["year"]): row for row in rows}
    names = _names(context, school)
    listed = []
    for figure, measure in measures(context).items():
        own = {y: cells[figure, SCHOOL, y] for y in years if (figure, SCHOOL, y) in cells}
        if not own:
            continue
        last = max(own)
        listed.append(
            {
                "figure": measure.name,
                **{str(y): value_text(context, figure, row) for y, row in own.items()},
                **{
                    scope: value_text(context, figure, cells[figure, scope, last])
                    for scope in (COUNTY, CITY)
                    if (figure, scope, last) in cells
                },
            }
        )
    columns = (
        Column("figure", _("Figure")),
        *(Column(str(year), str(year)) for year in years),
        *(Column(scope, _("{name}, last year", name=names[scope])) for scope in (COUNTY, CITY)),
    )
    frame = pd.DataFrame(listed, columns=[column.name for column in columns]).fillna("–")
    message = (
        _("All figures of {school} by year")
        if listed
        else _("{school}: nothing reported by {month}")
    )
    return Card(
        card_id="school.figures",
        finding=message.format(school=school["school_name"], month=context.month),
        subtitle=context.subtitle(
            _("autumn statistics; fitness and eyesight of the same autumn"), year_span(years)
        ),
        listing=Table(frame, columns) if listed else None,
        table=_table(context, school_id, list(measures(context))),
        sources=("schools", "enrolment", "teachers", "school_conditions", "fitness", "vision"),
        notes=(
            _(
                "County and city: schools of the same type, as ratios of sums; pupils and classes "
                "are the mean of a school."
            ),
            *_left_out(context, school_id, list(measures(context))),
        ),
    )


def _left_out(context: Context, school_id: str, figures: list[str]) -> tuple[str, ...]:
    """Say that county and city are without the schools withheld, where some are."""
    frame = _all(context, school_id)
    peers = frame[(frame["scope"] != SCHOOL) & frame["figure"].isin(figures)]
    if not (peers["withheld_schools"] > 0).any():
        return ()
    return (
        context.language(
            "County and city: without the schools whose figure is withheld for few people (c)."
        ),
    )


def _all(context: Context, school_id: str) -> pd.DataFrame:
    return context.query("school/figures", school_id=school_id, as_of=context.filters.as_of)


def _own(context: Context, school_id: str, figures: tuple[str, ...]) -> pd.DataFrame:
    frame = _all(context, school_id)
    return frame[(frame["scope"] == SCHOOL) & frame["figure"].isin(figures)]


def _names(context: Context, school: Row) -> dict[str, str]:
    """Return what the three lines are called.

    The school, its county's and the city's schools like it.
    """
    _ = context.language
    kind = type_names(context)[school["school_type"]]
    return {
        SCHOOL: _("this school"),
        COUNTY: _("{county}, {type}", county=context.county(school["county_id"]), type=kind),
        CITY: _("{county}, {type}", county=context.county("all"), type=kind),
    }


def _frame(context: Context, school: Row, figures: list[str]) -> pd.DataFrame:
    """Return a row per figure, scope and year, years in order; a withheld value is a gap."""
    names, known = _names(context, school), measures(context)
    frame = _all(context, school["school_id"])
    last_year = frame.loc[frame["scope"] == SCHOOL, "year"].max()
    order = {figure: place for place, figure in enumerate(figures)}
    wanted = [row for row in records(frame) if row["figure"] in order and row["year"] <= last_year]
    rows = sorted(wanted, key=lambda row: (order[row["figure"]], row["year"]))
    return pd.DataFrame(
        [
            {
                "id": row["figure"],
                "panel": known[row["figure"]].name,
                "series": names[row["scope"]],
                "x": str(row["year"]),
                "value": row["value"],
                "text": value_text(context, row["figure"], row),
            }
            for row in rows
        ],
        columns=["id", "panel", "series", "x", "value", "text"],
    )


def _finding(context: Context, school_id: str, figures: list[str]) -> str:
    """Return the first figures that are not withheld, as last known, each beside the county's."""
    _ = context.language
    county = context.county(find_school(context, school_id)["county_id"])
    latest = latest_figures(context, school_id)
    beside = {
        (row["figure"], row["year"]): row
        for row in records(_all(context, school_id))
        if row["scope"] == COUNTY and not row["is_withheld"]
    }
    texts: list[str] = []
    for figure in figures:
        own = latest[figure]
        if own["is_withheld"] or len(texts) == IN_FINDING:
            continue
        text = figure_text(context, figure, own)
        other = beside.get((figure, own["year"]))
        if other is not None:
            value = value_text(context, figure, other)
            text = _("{figure} ({county} {value})", figure=text, county=county, value=value)
        texts.append(text)
    return sentences.sentence(context, *texts) or _("Nothing to show")


def _table(context: Context, school_id: str, figures: list[str]) -> Table:
    """Every figure, scope and year in a row of its own."""
    _ = context.language
    names, known = _names(context, find_school(context, school_id)), measures(context)
    rows = [row for row in records(_all(context, school_id)) if row["figure"] in figures]
    frame = pd.DataFrame(
        [
            {
                "figure": known[row["figure"]].name,
                "scope": names[row["scope"]],
                "year": str(row["year"]),
                "value": value_text(context, row["figure"], row),
            }
            for row in rows
        ],
        columns=["figure", "scope", "year", "value"],
    )
    return Table(
        frame,
        (
            Column("figure", _("Figure")),
            Column("scope", _("Of")),
            Column("year", _("Year")),
            Column("value", _("Value")),
        ),
    )

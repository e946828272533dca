"""Pupils per teacher and teachers per class by type of school."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dashboard.cards.context import Context
from dashboard.cards.model import Card, Chart, Column, Table
from dashboard.cards.phrases import autumns, named, not_reported, present, stage_names
from dashboard.cards.registry import card
from dashboard.frames import Row, records
from dashboard.indicators import SUPPRESSED

PUPILS_PER_TEACHER = "pupil_teacher_ratio"
TEACHERS_PER_CLASS = "teachers_per_class"
PUPILS_RANGE = [10, 20]  # what the axis of pupils per teacher shows at the least
PANEL_HEIGHT = 96  # two rows of panels beside a chart by county


@card("teachers.staffing")
def staffing(context: Context) -> Card:
    """Pupils per teacher by type of school, year by year, against the staffing standard."""
    _ = context.language
    years = context.query(
        "teachers/staffing", as_of=context.filters.as_of, counties=list(context.chosen)
    )
    rows = records(years)
    latest_year = max((row["school_year"] for row in rows), default=None)
    latest = [row for row in rows if row["school_year"] == latest_year]
    finding = _finding(context, latest)
    options = {
        "columns": 2,
        "panel_height": PANEL_HEIGHT,
        "value_range": PUPILS_RANGE,
        "target_text": _("staffing standard"),
        "axis_note": _("The vertical axis does not begin at zero."),
        "empty_text": _("x not reported"),
        "uirevision": "staffing",
    }
    return Card(
        card_id="teachers.staffing",
        finding=finding,
        subtitle=context.subtitle(
            _("pupils / full-time teachers by type of school"),
            context.geography,
            autumns(context, years["school_year"]),
        ),
        charts=(Chart("small_multiples", _frame(context, rows), options, finding),),
        table=_table(context, years),
        indicator_ids=(PUPILS_PER_TEACHER, TEACHERS_PER_CLASS),
        notes=present(
            _above_standard(context, latest),
            _against_last_year(context, rows, PUPILS_PER_TEACHER, "pupils_per_teacher"),
            _against_last_year(context, rows, TEACHERS_PER_CLASS, "teachers_per_class"),
        ),
    )


def _type_names(context: Context) -> dict[str, str]:
    return stage_names(context, "primary", "junior", "nine_year", "senior")


def _frame(context: Context, rows: list[Row]) -> pd.DataFrame:
    """Return a row per type of school and school year."""
    names = _type_names(context)
    return pd.DataFrame(
        {
            "id": [row["school_type"] for row in rows],
            "panel": [names[row["school_type"]] for row in rows],
            "x": [str(row["school_year"]) for row in rows],
            "value": [row["pupils_per_teacher"] for row in rows],
            "text": [_pupils_per_teacher(context, row) for row in rows],
            "target": [row["standard_pupils_per_teacher"] for row in rows],
        }
    )


def _pupils_per_teacher(context: Context, row: Row) -> str:
    """Return type's value, beside its standard where it has one; that without needless decimals."""
    if row["pupils_per_teacher"] is None:
        return context.missing(SUPPRESSED)
    value = context.value(PUPILS_PER_TEACHER, row["pupils_per_teacher"])
    standard = row["standard_pupils_per_teacher"]
    if standard is None:
        return value
    decimals = 0 if float(standard).is_integer() else 1
    return context.language(
        "{value} (standard {standard})",
        value=value,
        standard=context.language.number(standard, decimals),
    )


def _finding(context: Context, latest: list[Row]) -> str:
    """Return the latest value of every type that has a standard; of all types where none has."""
    if not latest:
        return not_reported(context, context.text(PUPILS_PER_TEACHER, "short"))
    names = _type_names(context)
    with_standard = [row for row in latest if row["standard_pupils_per_teacher"] is not None]
    types = [
        named(context, names[row["school_type"]], _pupils_per_teacher(context, row))
        for row in with_standard or latest
    ]
    return context.language(
        "{geography}: pupils per teacher, {types}",
        geography=context.geography,
        types=context.language.listed(types),
    )


def _above_standard(context: Context, latest: list[Row]) -> str:
    """How many schools lie above their standard."""
    _ = context.language
    names = _type_names(context)
    above = [
        _(
            "{school_type} {above} of {schools}",
            school_type=names[row["school_type"]],
            above=_.number(row["schools_above_standard"]),
            schools=_.number(row["schools"] - row["withheld_schools"]),
        )
        for row in latest
        if row["schools_above_standard"] is not None
    ]
    if not above:
        return ""
    return _(
        "Schools above the standard, which is to be confirmed: {types}.", types=_.listed(above)
    )


def _against_last_year(context: Context, rows: list[Row], indicator_id: str, ratio: str) -> str:
    """Each type's ratio judged against the autumn before: the mix of types moves their sum."""
    _ = context.language
    names = _type_names(context)
    latest_year = max((row["school_year"] for row in rows), default=0)
    ratios = {(row["school_type"], row["school_year"]): row[ratio] for row in rows}
    types = [
        named(
            context,
            names[school_type],
            _beside_last_year(context, indicator_id, now, ratios.get((school_type, year - 1))),
        )
        for (school_type, year), now in ratios.items()
        if year == latest_year and now is not None
    ]
    if not types:
        return ""
    return _(
        "{measure} by type of school, against the autumn before: {types}.",
        measure=context.text(indicator_id, "name"),
        types=_.listed(types),
    )


def _beside_last_year(context: Context, indicator_id: str, now: float, before: Any) -> str:
    """Return a ratio, that of a year before and whether it is better, as both are written."""
    _ = context.language
    if before is None:
        return context.value(indicator_id, now)
    indicator = context.indicator(indicator_id)
    change = round(now, indicator.decimals) - round(before, indicator.decimals)
    is_better = change < 0 if indicator.direction == "lower" else change > 0
    return _(
        "{value} ({judgement}, {compared} before)",
        value=context.value(indicator_id, now),
        judgement=_("better") if is_better else _("not better") if change else _("unchanged"),
        compared=context.value(indicator_id, before),
    )


def _table(context: Context, years: pd.DataFrame) -> Table:
    _ = context.language
    names = _type_names(context)
    backwards = years.iloc[::-1]
    return Table(
        backwards.assign(
            type_name=[names[school_type] for school_type in backwards["school_type"]],
            year_name=[_.school_year(year) for year in backwards["school_year"]],
        ),
        (
            Column("type_name", _("Type of school")),
            Column("year_name", _("School year")),
            Column("schools", _("Number of schools"), 0),
            Column("pupils", _("Pupils"), 0),
            Column("teachers", _("Full-time teachers"), 0),
            Column("classes", _("Classes"), 0),
            _ratio_column(context, "pupils_per_teacher", PUPILS_PER_TEACHER),
            Column("standard_pupils_per_teacher", _("Standard"), 1),
            Column("schools_above_standard", _("Schools above the standard"), 0),
            _ratio_column(context, "teachers_per_class", TEACHERS_PER_CLASS),
        ),
    )


def _ratio_column(context: Context, name: str, indicator_id: str) -> Column:
    indicator = context.indicator(indicator_id)
    return Column(name, context.text(indicator_id, "name"), indicator.decimals)

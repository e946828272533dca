"""Schools and classes that are too large."""

from __future__ import annotations

import pandas as pd

from dashboard.cards import sentences
from dashboard.cards.context import Context
from dashboard.cards.enrollment.stages import stage_names
from dashboard.cards.model import Card, Chart, Column, Selects, Table
from dashboard.cards.registry import card
from dashboard.cards.standing import standings_table
from dashboard.filters import CITY
from dashboard.frames import Row, records

LARGE_SCHOOLS = "large_schools"
SCHOOL_SIZE = "large_school_pupils"
NINE_YEAR_SCHOOL_SIZE = "large_nine_year_school_pupils"


@card("enrollment.school_sizes")
def school_sizes(context: Context) -> Card:
    """Oversized schools by county against last year, and large classes by stage.

    Narrowed to one county, its oversized schools are listed by name instead of the classes.
    """
    _ = context.language
    row = context.chosen_value(LARGE_SCHOOLS)
    classes = context.query(
        "enrollment/class_sizes", as_of=context.filters.as_of, counties=list(context.chosen)
    )
    finding = sentences.sentence(
        context,
        sentences.standing_sentence(context, LARGE_SCHOOLS, context.geography, row),
        _classes_sentence(context, classes),
    )
    schools = _named_schools(context, row)
    return Card(
        card_id="enrollment.school_sizes",
        finding=finding,
        subtitle=context.subtitle(
            _("oversized schools by county; classes of 56 pupils or more by stage"),
            context.geography,
            _.month(row["period"]) if row["period"] else "",
        ),
        charts=(_schools_chart(context, finding),),
        listing=_classes_listing(context, classes) if schools is None else schools,
        table=standings_table(context, LARGE_SCHOOLS, context.standings(LARGE_SCHOOLS)),
        indicator_ids=(LARGE_SCHOOLS,),
        sources=("schools", "enrolment"),
        notes=_notes(context),
    )


def _classes_sentence(context: Context, classes: pd.DataFrame) -> str:
    """How many classes have 56 pupils or more, all stages together."""
    _ = context.language
    if classes.empty:
        return ""
    very_large = classes["classes_over_65"].sum()
    return _(
        "classes of 56 or more: {large}, of them of 66 or more: {very_large}",
        large=_.number(classes["classes_56_65"].sum() + very_large),
        very_large=_.number(very_large),
    )


def _schools_chart(context: Context, finding: str) -> Chart:
    """Return a bar per county, last year's behind it."""
    _ = context.language
    counties = context.standings(LARGE_SCHOOLS).drop(index=CITY)
    rows = [row for row in records(counties) if row["missing"] != "z"]
    frame = pd.DataFrame(
        {
            "id": [row["county_id"] for row in rows],
            "label": [context.county(row["county_id"]) for row in rows],
            "value": [row["value"] for row in rows],
            "comparison": [row["compared"] for row in rows],
            "text": [context.value(LARGE_SCHOOLS, row["value"]) for row in rows],
            "hover": [_hover(context, row) for row in rows],
        }
    )
    return Chart(
        "bar",
        frame,
        {
            "highlight": context.highlight,
            "series_text": context.text(LARGE_SCHOOLS, "short"),
            "comparison_text": context.comparison_of(LARGE_SCHOOLS),
            "missing_text": _("x not reported"),
            "empty_text": _("x not reported"),
            "uirevision": LARGE_SCHOOLS,
        },
        finding,
        selects=Selects.COUNTY,
    )


def _hover(context: Context, row: Row) -> str:
    _ = context.language
    before = ""
    if row["compared"] is not None:
        before = _(
            "{comparison} {value}",
            comparison=context.comparison_of(LARGE_SCHOOLS),
            value=context.value(LARGE_SCHOOLS, row["compared"]),
        )
    name = context.county(row["county_id"])
    value = context.value(LARGE_SCHOOLS, row["value"])
    return sentences.sentence(context, f"{name} {value}", before)


def _classes_listing(context: Context, classes: pd.DataFrame) -> Table | None:
    """Return a row per stage: classes of 56 to 65 pupils and of 66 or more, with last year's."""
    _ = context.language
    if classes.empty:
        return None
    names = stage_names(context)
    rows = records(classes)
    frame = pd.DataFrame(
        {
            "stage": [names[row["stage"]] for row in rows],
            "classes": [_.number(row["classes"]) for row in rows],
            **{
                size: [_with_last_year(context, row[size], row[f"{size}_before"]) for row in rows]
                for size in ("classes_56_65", "classes_over_65")
            },
            "large": classes["classes_56_65"] + classes["classes_over_65"],
            "very_large": classes["classes_over_65"],
        }
    )
    return Table(
        frame,
        (
            Column("stage", _("School stage")),
            Column("classes", _("Classes")),
            Column("classes_56_65", _("Of 56–65 pupils (last year)")),
            Column("classes_over_65", _("Of 66 or more (last year)")),
        ),
    )


def _with_last_year(context: Context, now: float, before: float | None) -> str:
    number = context.language.number
    return number(now) if before is None else f"{number(now)} ({number(before)})"


def _named_schools(context: Context, row: Row) -> Table | None:
    """Return the oversized schools of the one county shown, largest first."""
    _ = context.language
    county = context.filters.single_county
    if county is None or not row["value"] or row["value"] is None:
        return None
    schools = context.query("enrollment/large_schools", county_id=county, period=row["period"])
    frame = pd.DataFrame(
        {
            "school": schools["school_name"],
            "pupils": [_.number(count) or _("c") for count in schools["pupils"]],
            "classes": [_.number(count) for count in schools["classes"]],
        }
    )
    return Table(
        frame,
        (
            Column("school", context.text(LARGE_SCHOOLS, "name")),
            Column("pupils", _("Pupils")),
            Column("classes", _("Classes")),
        ),
    )


def _notes(context: Context) -> tuple[str, ...]:
    """Where the line is drawn."""
    _ = context.language
    limits = context.database.catalogue.thresholds
    return (
        _(
            "Oversized: more than {school} pupils, a nine-year school more than {nine_year}.",
            school=_.number(limits[SCHOOL_SIZE].value),
            nine_year=_.number(limits[NINE_YEAR_SCHOOL_SIZE].value),
        ),
    )

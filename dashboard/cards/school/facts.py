"""What a school is: type, founder, area, group, awards, and whether it is still there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from dashboard.cards import sentences
from dashboard.cards.context import Context
from dashboard.cards.model import Card, Column, Table
from dashboard.cards.registry import card, headline
from dashboard.cards.school.figures import figure_text, latest_figures
from dashboard.cards.school.lookup import find_school, is_closed, type_names
from dashboard.frames import Row


@headline("school")
def school_headline(context: Context, *, school_id: str) -> str:
    """Say the school's size and staffing as last counted; of a closed one, when it closed."""
    _ = context.language
    school = find_school(context, school_id)
    name = _(
        "{school} ({county}, {type})",
        school=school["school_name"],
        county=context.county(school["county_id"]),
        type=type_names(context)[school["school_type"]],
    )
    if is_closed(context, school):
        return _("{school}: {closure}", school=name, closure=_closure(context, school))
    figures = latest_figures(context, school_id)
    shown = [
        figure_text(context, name, figures[name])
        for name in ("pupils", "classes", "pupils_per_class", "pupils_per_teacher")
        if name in figures and not figures[name]["is_withheld"]
    ]
    if not shown:
        return _("{school}: nothing reported by {month}", school=name, month=context.month)
    return _("{school}: {figures}", school=name, figures=sentences.sentence(context, *shown))


@card("school.facts", whole_city=True)
def facts(context: Context, *, school_id: str) -> Card:
    """Show the school's particulars: type, founder, area, group, awards."""
    _ = context.language
    school = find_school(context, school_id)
    entries = [*_particulars(context, school), *_closing(context, school)]
    table = Table(
        pd.DataFrame(entries, columns=["fact", "content"]),
        (Column("fact", _("Fact")), Column("content", _("Content"))),
    )
    return Card(
        card_id="school.facts",
        finding=_finding(context, school),
        subtitle=context.subtitle(
            _("particulars of the school"), school["school_name"], context.month
        ),
        listing=table,
        table=table,
        sources=("schools", "health_schools"),
    )


def _finding(context: Context, school: Row) -> str:
    _ = context.language
    if is_closed(context, school):
        return _closure(context, school)
    founder = _("public") if school["is_public"] else _("private")
    area = _area_names(context).get(school["area_type"], "")
    return context.language.pick("，", ", ").join(
        part for part in (type_names(context)[school["school_type"]], founder, area) if part
    )


def _closure(context: Context, school: Row) -> str:
    """When the school closed, and into which one it merged."""
    _ = context.language
    closed: Any = school["closed_date"]
    day: str = _("day not reported") if closed is None else _.date(closed)
    if school["school_status"] == "merged" and school["merged_into_name"] is not None:
        return _("merged into {school} ({day})", school=school["merged_into_name"], day=day)
    return _("closed ({day})", day=day)


def _particulars(context: Context, school: Row) -> Iterator[tuple[str, str]]:
    """Yield what is known of the school; what does not apply to its type is left out."""
    _ = context.language
    yield _("School code"), school["school_id"]
    yield _("County"), context.county(school["county_id"])
    yield _("Type"), type_names(context)[school["school_type"]]
    yield _("Founder"), _("public") if school["is_public"] else _("private")
    yield _("Area"), _area_names(context).get(school["area_type"], _("x not reported"))
    if school["school_type"] == "kindergarten":
        if not school["is_public"]:
            yield _("Inclusive"), _yes_or_no(context, school["is_inclusive"])
        yield _("Grade"), _grade(context, school["kindergarten_grade"])
    else:
        yield _("Mental-health centre"), _yes_or_no(context, school["has_psychology_centre"])
        yield _("Labour classroom"), _yes_or_no(context, school["has_labour_classroom"])
        yield _("Health-promoting school"), _level(context, school["health_level"])
    if school["school_type"] == "senior":
        yield _("Quality senior high"), _yes_or_no(context, school["is_quality_senior_high"])
    yield from _groups(context, school)


def _groups(context: Context, school: Row) -> Iterator[tuple[str, str]]:
    _ = context.language
    if school["group_name"] is not None:
        lead = school["group_lead_name"]
        is_lead = school["group_lead_id"] == school["school_id"]
        led = _("leads it") if is_lead else "" if lead is None else _("led by {lead}", lead=lead)
        yield _("Education group"), context.subtitle(school["group_name"], led)
    if school["education_community"] is not None:
        yield _("Education community"), school["education_community"]


def _closing(context: Context, school: Row) -> Iterator[tuple[str, str]]:
    _ = context.language
    if school["opened_date"] is not None:
        yield _("Opened"), _.date(school["opened_date"])
    if is_closed(context, school):
        yield _("Closed"), _closure(context, school)


def _yes_or_no(context: Context, flag: Any) -> str:
    _ = context.language
    if flag is None:
        return _("x not reported")
    return _("yes") if flag else _("no")


def _grade(context: Context, grade: Any) -> str:
    _ = context.language
    grades = {1: _("grade 1"), 2: _("grade 2"), 3: _("grade 3")}
    return _("not graded") if grade is None else grades[int(str(grade)[:1])]


def _level(context: Context, level: Any) -> str:
    _ = context.language
    names = {"gold": _("Gold"), "silver": _("Silver"), "bronze": _("Bronze")}
    return _("None yet") if level is None else names[str(level)]


def _area_names(context: Context) -> dict[str, str]:
    _ = context.language
    return {"urban": _("urban"), "town": _("town"), "rural": _("rural")}

"""Finding a school by its school_id."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from dashboard.cards.context import Context
from dashboard.frames import Row, records

FIRST_MONTH_OF_SCHOOL_YEAR = "09"


def school_choices(context: Context) -> Mapping[str, str]:
    """Return the names of the chosen counties' schools by school_id; a closed one says so."""
    return context.database.derived(
        ("school_choices", _school_year(context), context.chosen, context.language),
        lambda: _choices(context),
    )


def is_school(context: Context, school_id: str) -> bool:
    """Whether the exports know a school."""
    return not _facts(context, school_id).empty


def find_school(context: Context, school_id: str) -> Row:
    """Return a school as it is at the chosen month: a row of ``school/facts``.

    Raises KeyError for an unknown school.
    """
    found = context.database.derived(
        ("school", school_id, context.filters.as_of),
        lambda: records(_facts(context, school_id)),
    )
    if not found:
        raise KeyError(f"unknown school: {school_id}")
    return found[0]


def school_name(context: Context, school_id: str) -> str:
    """Return a school's name as it was last listed."""
    return str(find_school(context, school_id)["school_name"])


def county_of_school(context: Context, school_id: str) -> str:
    """Return the county_id of a school."""
    return str(find_school(context, school_id)["county_id"])


def is_closed(context: Context, school: Row) -> bool:
    """Whether a school was closed, or merged into another, by the chosen month."""
    if school["school_status"] == "open":
        return False
    closed = school["closed_date"]
    return closed is None or f"{closed:%Y-%m}" <= context.filters.as_of


def type_names(context: Context) -> dict[str, str]:
    """Return the names of the types of schools by their codes."""
    _ = context.language
    return {
        "kindergarten": _("Kindergarten"),
        "primary": _("Primary"),
        "junior": _("Junior secondary"),
        "nine_year": _("Nine-year"),
        "senior": _("General senior"),
        "vocational": _("Secondary vocational"),
        "special": _("Special education"),
    }


def _school_year(context: Context) -> int:
    """Return the school year that the chosen month lies in, by the year in which it begins."""
    as_of = context.filters.as_of
    return int(as_of[:4]) - (as_of[5:7] < FIRST_MONTH_OF_SCHOOL_YEAR)


def _facts(context: Context, school_id: str) -> pd.DataFrame:
    return context.query(
        "school/facts",
        school_id=school_id,
        school_year=_school_year(context),
        as_of=context.filters.as_of,
    )


def _choices(context: Context) -> dict[str, str]:
    _ = context.language
    listed = context.query("school/choices", school_year=_school_year(context))
    return {
        school["school_id"]: school["school_name"]
        if school["school_status"] == "open"
        else _("{school} (closed)", school=school["school_name"])
        for school in records(listed)
        if school["county_id"] in context.chosen
    }

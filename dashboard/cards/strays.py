"""Rows that find no school in the register, in words: they count nowhere, and never silently."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dashboard.cards.context import Context
from dashboard.catalogue import Indicator
from dashboard.data import Database
from dashboard.frames import records
from dashboard.words.language import Language


@dataclass(frozen=True)
class Stray:
    """The rows of one export and period about schools that no register lists in one county.

    `people` are None where they are few.
    """

    resource: str
    period: str
    county_id: str
    schools: int
    row_count: int
    people: float | None


def strays(database: Database) -> list[Stray]:
    """Return all rows that count nowhere, the latest first."""
    return [Stray(**row) for row in records(database.run_query("values/stray_rows"))]


def stray_sentence(database: Database, language: Language, stray: Stray) -> str:
    """Say which rows count nowhere, and why."""
    _ = language
    counties = database.run_query("values/counties").set_index("county_id")
    name = counties.at[stray.county_id, _.pick("name_zh", "name_en")]
    resource = database.package.resource(stray.resource)
    return _(
        "{county}: {rows} rows of {export} of {period} ({schools} schools, {people} people) find "
        "no open school in that school year's register and are not counted.",
        county=name,
        rows=_.number(stray.row_count),
        export=_.pick(resource.title, resource.path),
        period=_.month(stray.period),
        schools=_.number(stray.schools),
        people=_.number(stray.people) or _("c"),
    )


def stray_notes(context: Context, indicator_ids: Iterable[str]) -> tuple[str, ...]:
    """Say which of the chosen counties' rows the indicators' figures are without."""
    found: dict[Stray, None] = {}
    for indicator_id in dict.fromkeys(indicator_ids):
        indicator = context.indicator(indicator_id)
        period = context.chosen_value(indicator_id)["period"]
        for stray in strays(context.database):
            is_asked = stray.county_id in context.chosen or indicator.scope == "city"
            if is_asked and period and _concerns(indicator, stray, period):
                found[stray] = None
    return tuple(stray_sentence(context.database, context.language, stray) for stray in found)


def _concerns(indicator: Indicator, stray: Stray, period: str) -> bool:
    """Whether an indicator's figure of a period would be made of these rows."""
    if stray.resource not in indicator.sources:
        return False
    if indicator.measure == "flow":
        return stray.period[:4] == period[:4] and stray.period <= period
    return stray.period == period

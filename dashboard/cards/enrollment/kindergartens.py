"""Quality kindergartens: what the plan asks for beside the coverage of children."""

from __future__ import annotations

import pandas as pd

from dashboard.cards.asked import aim
from dashboard.cards.context import Context
from dashboard.cards.model import Card, Column, Table
from dashboard.cards.registry import card
from dashboard.filters import CITY
from dashboard.frames import Row, records, row_at

COUNTY_COUNTS = ("quality_kindergarten_counties", "rural_quality_kindergarten_counties")
GROUPS = "group_kindergarten_coverage"
CREATED = "quality_kindergartens_created"
COMMUNITIES = "preschool_community_coverage"
BOARD = (*COUNTY_COUNTS, GROUPS, COMMUNITIES, CREATED)


def board_of_year(context: Context) -> tuple[str, ...]:
    """Return what the year's plan names of these; all where it names none, for who asks."""
    return context.named(BOARD) or BOARD


@card("enrollment.quality_kindergartens", whole_city=True)
def quality_kindergartens(context: Context) -> Card:
    """Counties with full coverage, groups and communities, and newly created kindergartens."""
    _ = context.language
    city = {
        indicator_id: row_at(context.standings(indicator_id), CITY)
        for indicator_id in board_of_year(context)
    }
    return Card(
        card_id="enrollment.quality_kindergartens",
        finding=_(
            "{geography}: {measures}",
            geography=context.county(CITY),
            measures=_.listed([_with_goal(context, i, row) for i, row in city.items()]),
        ),
        subtitle=context.subtitle(
            _("county counts, kindergarten groups and communities, new quality kindergartens"),
            _("by county"),
            _("to {month}", month=context.month),
        ),
        listing=_board(context, city),
        table=_board_table(context),
        indicator_ids=tuple(city),
    )


def _with_goal(context: Context, indicator_id: str, row: Row) -> str:
    _ = context.language
    measure = context.text(indicator_id, "short")
    value, goal = context.value(indicator_id, row["value"]), _goal(context, indicator_id, row)
    if not goal:
        return _("{measure} {value}", measure=measure, value=value)
    return _("{measure} {value} ({goal})", measure=measure, value=value, goal=goal)


def _goal(context: Context, indicator_id: str, row: Row) -> str:
    """Return the target; where the plan gives no number, the year before; empty without either."""
    _ = context.language
    if row["target"] is not None:
        return _("target {value}", value=aim(context, indicator_id, row["target"]))
    return _year_before(context, indicator_id, row)


def _year_before(context: Context, indicator_id: str, row: Row) -> str:
    if row["previous"] is None:
        return ""
    return context.language(
        "{value} a year before", value=context.value(indicator_id, row["previous"])
    )


def _board(context: Context, city: dict[str, Row]) -> Table:
    """Return a column per indicator.

    A row per county, then the city, its goals and where it stands.
    """
    _ = context.language
    units = [*context.county_ids, CITY]
    columns = {
        indicator_id: [
            *(_cell(context, row) for row in records(context.standings(indicator_id).loc[units])),
            aim(context, indicator_id, row["target"]),
            _year_before(context, indicator_id, row) or "–",
            context.status(row["status"]),
        ]
        for indicator_id, row in city.items()
    }
    names = [
        *(context.county(unit) for unit in units),
        _("Target"),
        _("A year before"),
        _("Status"),
    ]
    return Table(
        pd.DataFrame({"county": names, **columns}),
        (
            Column("county", _("County")),
            *(Column(indicator_id, context.text(indicator_id, "short")) for indicator_id in city),
        ),
    )


def _cell(context: Context, row: Row) -> str:
    """Return a value; for a county in a number of counties, whether it is one of them."""
    _ = context.language
    if row["missing"] == "z":
        return _("z not applicable")
    is_county = row["indicator_id"] in COUNTY_COUNTS and row["county_id"] != CITY
    if is_county and row["value"] is not None:
        return _("yes") if row["value"] else _("no")
    return context.value(row["indicator_id"], row["value"])


def _board_table(context: Context) -> Table:
    """Every indicator by county with the numbers it is made of."""
    _ = context.language
    board = board_of_year(context)
    rows = pd.concat([context.standings(indicator_id) for indicator_id in board])
    names = {indicator_id: context.text(indicator_id, "name") for indicator_id in board}
    frame = rows.assign(
        measure=rows["indicator_id"].map(names),
        county=[context.county(county) for county in rows["county_id"]],
        text=[_cell(context, row) for row in records(rows)],
        status_text=[context.status(status) for status in rows["status"]],
    )
    return Table(
        frame,
        (
            Column("measure", _("Indicator")),
            Column("county", _("County")),
            Column("period", _("Period")),
            Column("numerator", _("Numerator"), 0),
            Column("denominator", _("Denominator"), 0),
            Column("text", _("Value")),
            Column("status_text", _("Status")),
        ),
    )

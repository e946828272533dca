"""How far counties lie apart in every rate of the page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from dashboard import indicators
from dashboard.cards import sentences
from dashboard.cards.changes import about, counted, no_newer, since
from dashboard.cards.context import Context
from dashboard.cards.model import Card, Chart, Column, Table
from dashboard.cards.registry import card
from dashboard.cards.teachers.certificates import CERTIFICATES, IT_TRAINING, ROTATION
from dashboard.cards.teachers.qualifications import GRADUATES
from dashboard.cards.teachers.staffing import PUPILS_PER_TEACHER, TEACHERS_PER_CLASS
from dashboard.filters import CITY
from dashboard.frames import Row, records

COMPARED = (
    PUPILS_PER_TEACHER,
    TEACHERS_PER_CLASS,
    *CERTIFICATES,
    IT_TRAINING,
    ROTATION,
    GRADUATES,
)


@dataclass(frozen=True)
class Range:
    """The highest and the lowest county of a rate, in the rate's unit."""

    indicator_id: str
    period: str
    city: float
    highest_id: str
    highest: float
    lowest_id: str
    lowest: float
    spread_then: float | None  # at the month compared with; None: fewer than two counties
    period_then: str | None

    @property
    def spread(self) -> float:
        """The distance between the two."""
        return self.highest - self.lowest

    @property
    def relative_spread_pct(self) -> float:
        """The distance in percent of the city's value."""
        return self.spread / self.city * 100

    def distance_pct(self, value: float) -> float:
        """How far a value lies from the city's, in percent of it."""
        return (value / self.city - 1) * 100


@card("teachers.spread", whole_city=True)
def spread(context: Context) -> Card:
    """Show the highest and the lowest county of every rate of the page, the widest apart first."""
    _ = context.language
    ranges = _ranges(context)
    finding = _finding(context, ranges)
    options = {
        "target": 0.0,
        "target_text": _("whole city"),
        "value_range": [-20, 20],  # the same from month to month
        "series_text": _("highest county"),
        "comparison_text": _("lowest county"),
        "tick_suffix": "%",
        "axis_note": _("Distance from the city's value, in percent of it"),
        "empty_text": _("x not reported"),
        "uirevision": "spread",
    }
    return Card(
        card_id="teachers.spread",
        finding=finding,
        subtitle=context.subtitle(
            _("highest and lowest county, and the distance between them"),
            _("counties, without the city-run schools"),
            _.month(max(rate.period for rate in ranges)) if ranges else "",
        ),
        change=_change(context, ranges),
        charts=(Chart("county_dot", _frame(context, ranges), options, finding),),
        table=_table(context, ranges),
        indicator_ids=COMPARED,
        notes=(
            _(
                "City-run schools are mostly senior secondary, so they are left out here; they "
                "count in the city's value."
            ),
        ),
    )


def _ranges(context: Context) -> list[Range]:
    """Return the rates' ranges, widest apart first.

    A rate of fewer than two counties, or with none of the city to measure it by, is left out.
    """
    now, then = _by_rate(context), _by_rate(context.then)
    counties = _counties(context)
    ranges = [_range(rows, then[indicator_id], counties) for indicator_id, rows in now.items()]
    known = [rate for rate in ranges if rate is not None]
    return sorted(known, key=lambda rate: rate.relative_spread_pct, reverse=True)


def _by_rate(context: Context) -> dict[str, dict[str, Row]]:
    """Every rate's values by county."""
    values = indicators.values(context.database, context.filters.as_of, (), COMPARED)
    rates: dict[str, dict[str, Row]] = {}
    for row in records(values[["indicator_id", "county_id", "period", "value"]]):
        rates.setdefault(row["indicator_id"], {})[row["county_id"]] = row
    return rates


def _range(
    rows: Mapping[str, Row], rows_then: Mapping[str, Row], counties: list[str]
) -> Range | None:
    city = rows[CITY]
    present = [rows[county] for county in counties if rows[county]["value"] is not None]
    if len(present) < 2 or city["value"] is None or not city["value"]:
        return None
    highest = max(present, key=lambda row: float(row["value"]))
    lowest = min(present, key=lambda row: float(row["value"]))
    then = [value for c in counties if not pd.isna(value := rows_then[c]["value"])]
    return Range(
        indicator_id=city["indicator_id"],
        period=city["period"],
        city=city["value"],
        highest_id=highest["county_id"],
        highest=highest["value"],
        lowest_id=lowest["county_id"],
        lowest=lowest["value"],
        spread_then=max(then) - min(then) if len(then) > 1 else None,
        period_then=rows_then[CITY]["period"],
    )


def _counties(context: Context) -> list[str]:
    """Return counties proper in the official order: without the unit of the city-run schools."""
    units = records(context.query("values/counties"))
    return [unit["county_id"] for unit in units if unit["unit_kind"] == "county"]


def _frame(context: Context, ranges: list[Range]) -> pd.DataFrame:
    """Return a row per rate: how far its highest and its lowest county lie from the city."""
    return pd.DataFrame(
        {
            "id": [rate.indicator_id for rate in ranges],
            "label": [context.text(rate.indicator_id, "short") for rate in ranges],
            "value": [rate.distance_pct(rate.highest) for rate in ranges],
            "comparison": [rate.distance_pct(rate.lowest) for rate in ranges],
            "text": [_range_text(context, rate) for rate in ranges],
            "hover": [_range_hover(context, rate) for rate in ranges],
        }
    )


def _range_text(context: Context, rate: Range) -> str:
    """From the lowest to the highest county, and the distance between them."""
    decimals = context.indicator(rate.indicator_id).decimals
    return context.language(
        "{lowest}–{highest}, {spread} apart",
        lowest=context.language.number(rate.lowest, decimals),
        highest=context.value(rate.indicator_id, rate.highest),
        spread=context.language.number(rate.spread, decimals),
    )


def _range_hover(context: Context, rate: Range) -> str:
    """Which counties they are, and the city's value."""
    units = {rate.highest_id: rate.highest, rate.lowest_id: rate.lowest, CITY: rate.city}
    texts = (
        f"{context.county(unit)} {context.value(rate.indicator_id, value)}"
        for unit, value in units.items()
    )
    return sentences.sentence(context, *texts)


def _finding(context: Context, ranges: list[Range]) -> str:
    """Return the rate in which counties lie furthest apart."""
    _ = context.language
    if not ranges:
        return _("No rate of two counties to compare")
    rate = ranges[0]
    return _(
        "Relative to the city, furthest apart: {measure}, {highest_county} {highest}, "
        "{lowest_county} {lowest}, {spread} or {share} of the city's value",
        measure=context.text(rate.indicator_id, "short"),
        highest_county=context.county(rate.highest_id),
        highest=context.value(rate.indicator_id, rate.highest),
        lowest_county=context.county(rate.lowest_id),
        lowest=context.value(rate.indicator_id, rate.lowest),
        spread=context.difference(rate.indicator_id, rate.spread),
        share=_.quantity(rate.relative_spread_pct, "%"),
    )


def _change(context: Context, ranges: list[Range]) -> str:
    """Say how the distance moved in the rate in which counties lie furthest apart."""
    _ = context.language
    if not ranges:
        return ""
    rate = ranges[0]
    if rate.period == rate.period_then:
        return since(context, no_newer(context, _.month(rate.period)), comparison="")
    indicator = context.indicator(rate.indicator_id)
    unit = context.text(rate.indicator_id, "unit")
    unit = _("percentage points") if unit == "%" else unit
    change = counted(context, rate.spread, rate.spread_then, unit, indicator.decimals)
    return since(
        context,
        about(context, _("Distance"), change),
        comparison=context.period_compared(rate.period, rate.period_then),
    )


def _table(context: Context, ranges: list[Range]) -> Table:
    """Numbers as words: every row has its own unit and decimals."""
    _ = context.language
    then = context.comparison_of(*(rate.indicator_id for rate in ranges))
    columns = (
        Column("measure", _("Rate")),
        Column("highest_county", _("Highest county")),
        Column("highest", _("Highest")),
        Column("lowest_county", _("Lowest county")),
        Column("lowest", _("Lowest")),
        Column("city", _("Whole city")),
        Column("distance", _("Distance")),
        Column("distance_then", f"{_('Distance')} ({then})"),
        Column("relative_spread", _("Distance in percent of the city's value"), 1),
    )
    rows = [_table_row(context, rate) for rate in ranges]
    numbers = ("spread", "spread_then")  # behind the words, for whoever reckons with them
    names = [*(column.name for column in columns), *numbers]
    return Table(pd.DataFrame(rows, columns=names), columns)


def _table_row(context: Context, rate: Range) -> dict[str, str | float | None]:
    indicator_id, then = rate.indicator_id, rate.spread_then
    return {
        "measure": context.text(indicator_id, "name"),
        "highest_county": context.county(rate.highest_id),
        "highest": context.value(indicator_id, rate.highest),
        "lowest_county": context.county(rate.lowest_id),
        "lowest": context.value(indicator_id, rate.lowest),
        "city": context.value(indicator_id, rate.city),
        "distance": context.difference(indicator_id, rate.spread),
        "distance_then": "" if then is None else context.difference(indicator_id, then),
        "relative_spread": rate.relative_spread_pct,
        "spread": rate.spread,
        "spread_then": then,
    }

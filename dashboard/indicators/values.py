"""The rows that everybody reads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from dashboard.catalogue import Indicator
from dashboard.data import Database
from dashboard.data.suppression import WITHHELD
from dashboard.filters import CITY, months_between, shift_month
from dashboard.frames import Row, records
from dashboard.indicators.comparable import year_compared, years_compared
from dashboard.indicators.goals import goals, planned_totals, profiles
from dashboard.indicators.indicator_month import (
    PROVISIONAL,
    SUPPRESSED,
    UNAVAILABLE,
    IndicatorMonth,
)
from dashboard.indicators.returns import measured_months
from dashboard.indicators.snapshot import IndicatorSums, note_missing, snapshot
from dashboard.indicators.status import Nearness
from dashboard.indicators.sums import SIDES, Sums, is_suppressed, missing_of, value_of

_HISTORY_COLUMNS = ("county_id", "period", "numerator", "denominator", "value", "missing")
_NUMBERS = {
    "numerator",
    "denominator",
    "value",
    "target",
    "expected",
    "previous",
    "comparable",
    "compared_schools",
    "left_out_schools",
    "baseline",
    "forecast",
    "gap",
    "gap_units",
    "judged_value",
}


def values(
    database: Database,
    as_of: str,
    counties: Iterable[str] = (),
    indicator_ids: Iterable[str] | None = None,
) -> pd.DataFrame:
    """Return where indicators stand at the end of a month.

    One row for each chosen county (all seven units when none is chosen, in the official order) and
    one with county_id ``all`` for them together, for each indicator in the catalogue's order.

    Columns: ``VALUE_COLUMNS``, then ``previous`` (the same month or season of the year before, over
    what compares with now), ``comparable`` (the value now over what compares with then),
    ``compared_schools`` and ``left_out_schools`` (how many that is, where it is measured at
    schools), ``baseline``, ``forecast`` and ``forecast_method``, ``gap`` (how much of the
    indicator's unit is missing to the target; zero when reached) and ``gap_units`` (the same in
    people, schools or projects). ``missing`` says why there is no value (``z`` not applicable,
    ``x`` not reported, ``c`` suppressed: few people could be known) or that it is provisional
    (``p``: a part of it is not reported); ``missing_periods`` are the parts, ``UNIT:YYYY-MM``, in
    the order of units. What is provisional has no previous, baseline, forecast or gap. Where a
    target is asked of some counties only, ``judged_counties`` are those that the city's status is
    about and ``judged_value`` what they have together. Values are in the indicator's unit; statuses
    are those of :mod:`dashboard.indicators.status` or None.

    Raises KeyError for a county or an indicator that does not exist.
    """
    chosen = _in_order(database, counties)
    wanted = list(database.catalogue.indicators) if indicator_ids is None else list(indicator_ids)
    unknown = sorted(set(wanted) - set(database.catalogue.indicators))
    if unknown:
        raise KeyError(f"unknown indicator: {', '.join(unknown)}")
    by_unit = unit_rows(database, as_of)
    joint = together(database, as_of, chosen)
    rows = [
        row
        for indicator_id in wanted
        for row in (*(by_unit[indicator_id][unit] for unit in chosen), joint[indicator_id])
    ]
    columns = {name: [row[name] for row in rows] for name in rows[0]}
    return pd.DataFrame(
        {
            name: pd.Series(cells, dtype="float64" if name in _NUMBERS else "object")
            for name, cells in columns.items()
        }
    )


def together(database: Database, as_of: str, counties: Iterable[str] = ()) -> dict[str, Row]:
    """Return the row of the chosen counties together for every indicator, by indicator.

    A row has the columns of :func:`values`; callers must not change it.
    """
    chosen = _in_order(database, counties)
    return database.derived(
        ("together", as_of, chosen), lambda: _joint_rows(database, as_of, chosen)
    )


def history(
    database: Database, indicator_id: str, as_of: str, counties: Iterable[str] = ()
) -> pd.DataFrame:
    """Return an indicator's values over time, up to a month.

    Columns county_id (chosen counties and ``all``), period, numerator, denominator, value, and
    ``missing``: ``c`` where the value is suppressed, ``x`` where there is none, ``p`` where a part
    of it is not reported, else None. A level
    has one row per stock-taking; a flow or a stock one per month since its first. A change has no
    value before a second year of the same season.
    """
    chosen = _in_order(database, counties)
    frame = database.derived(
        ("history", indicator_id, as_of, chosen),
        lambda: _read_history(database, indicator_id, as_of, chosen),
    )
    return frame.copy()


def months(database: Database) -> list[str]:
    """Return the months that can be chosen: from the first plan year's January to the last data.

    Where the data end before the plan begins, that January: every target is still to come.
    """
    span = database.run_query("values/months").iloc[0]
    if pd.isna(span["first_month"]):
        return []
    first = span["first_month"]
    last = first if pd.isna(span["last_month"]) else max(first, span["last_month"])
    return months_between(first, last)


def compared_months(database: Database, as_of: str) -> list[str]:
    """Return the months that can be compared with a month: those before it, in order.

    They reach back to the January before the first plan year's, as far as there are figures.
    """
    span = database.run_query("values/months").iloc[0]
    if pd.isna(span["first_month"]) or pd.isna(span["first_figure"]):
        return []
    first = max(shift_month(span["first_month"], -12), span["first_figure"])
    return months_between(first, shift_month(as_of, -1))


def county_ids(database: Database) -> tuple[str, ...]:
    """Return the seven units in the official order."""
    return tuple(database.run_query("values/counties")["county_id"])


def _in_order(database: Database, counties: Iterable[str]) -> tuple[str, ...]:
    """Return chosen counties in the official order, each once; all of them when none is chosen."""
    units = county_ids(database)
    asked = set(counties)
    unknown = sorted(asked - set(units))
    if unknown:
        raise KeyError(f"unknown county: {', '.join(unknown)}")
    return tuple(unit for unit in units if unit in asked) or units


def unit_rows(database: Database, as_of: str) -> Mapping[str, Mapping[str, Row]]:
    """Return every unit's row for every indicator, by indicator and unit, whoever is chosen.

    A row has the columns of :func:`values`; callers must not change it.
    """
    return database.derived(("unit rows", as_of), lambda: _read_unit_rows(database, as_of))


def _read_unit_rows(database: Database, as_of: str) -> dict[str, dict[str, Row]]:
    units = county_ids(database)
    compared = years_compared(database, as_of, units)
    rows: dict[str, dict[str, Row]] = {}
    for month, sums in _indicator_months(database, as_of):
        indicator_id = month.indicator.indicator_id
        rows[indicator_id] = {}
        for unit in units:
            found = sums.by_unit.get(unit)
            if found is not None:
                found = compared.compare(indicator_id, unit, found, found)
            rows[indicator_id][unit] = month.row(unit, found, (unit,))
    return rows


def _joint_rows(database: Database, as_of: str, chosen: tuple[str, ...]) -> dict[str, Row]:
    is_city = chosen == county_ids(database)
    targeted = (CITY,) if is_city else chosen
    rows: dict[str, Row] = {}
    for month, sums in _indicator_months(database, as_of):
        goal = month.goal(targeted)
        named = () if goal is None else goal.counties
        rows[month.indicator.indicator_id] = month.row(
            CITY,
            _joint_sums(database, month, sums, chosen),
            targeted,
            judged=_joint_sums(database, month, sums, named) if named else None,
        )
    return rows


def _joint_sums(
    database: Database, month: IndicatorMonth, sums: IndicatorSums, units: tuple[str, ...]
) -> Sums | None:
    """Return the sums of several units together, as they compare with the year before."""
    indicator = month.indicator
    joint = sums.together(indicator, units, is_city=units == county_ids(database))
    if joint is None:
        return None
    compared = years_compared(database, month.as_of, units)
    base = sums.together_as_before(indicator, units, joint)
    return compared.compare(indicator.indicator_id, CITY, joint, base)


def expected_path(
    database: Database, indicator_id: str, as_of: str, counties: Iterable[str] = ()
) -> list[float | None]:
    """Return what the status rule expects by the end of each month of a year, January first.

    For the chosen counties together, all of them when none is chosen; None where nothing is asked.
    """
    chosen = _in_order(database, counties)
    is_city = chosen == county_ids(database)
    month, sums = next(
        pair
        for pair in _indicator_months(database, as_of)
        if pair[0].indicator.indicator_id == indicator_id
    )
    found = _joint_sums(database, month, sums, chosen)
    targeted = (CITY,) if is_city else chosen
    year = as_of[:4]
    return [month.expected_by(found, targeted, f"{year}-{number:02d}") for number in range(1, 13)]


def _indicator_months(database: Database, as_of: str) -> list[tuple[IndicatorMonth, IndicatorSums]]:
    """Every indicator at a month with its sums, in the catalogue's order."""
    found = snapshot(database, as_of)
    asked = goals(database, as_of)
    totals = planned_totals(database, as_of[:4])
    history = profiles(database, as_of[:4])
    counties = database.run_query("values/counties")
    areas = int((counties["unit_kind"] == "county").sum())
    nearness = Nearness.of(database.catalogue.thresholds)
    return [
        (
            IndicatorMonth(
                indicator,
                as_of,
                sums.period,
                bool(sums.latest_period),
                asked.get(indicator.indicator_id, {}),
                totals,
                history.get(indicator.indicator_id, ()),
                areas,
                nearness,
            ),
            sums,
        )
        for indicator in database.catalogue.indicators.values()
        for sums in [found[indicator.indicator_id]]
    ]


def _read_history(
    database: Database, indicator_id: str, as_of: str, chosen: tuple[str, ...]
) -> pd.DataFrame:
    indicator = database.catalogue.indicator(indicator_id)
    is_city = chosen == county_ids(database)
    shown: list[tuple[str, str, Sums]] = []
    for period, sums in _sums_by_period(database, indicator, as_of).items():
        found = {unit: sums.by_unit[unit] for unit in chosen if unit in sums.by_unit}
        joint = sums.together(indicator, chosen, is_city=is_city)
        if joint is not None:
            found[CITY] = joint
        if indicator.kind == "change":
            compared = year_compared(database, indicator_id, period, chosen)
            found = {
                area: compared.compare(indicator_id, area, part, part)
                for area, part in found.items()
            }
        shown += [(area, period, part) for area, part in found.items()]
    rows = [
        _history_row(indicator, unit, period, sums)
        for unit, period, sums in sorted(shown, key=lambda row: row[:2])
    ]
    columns = {name: [row[name] for row in rows] for name in _HISTORY_COLUMNS}
    return pd.DataFrame(
        {
            name: pd.Series(cells, dtype="float64" if name in _NUMBERS else "object")
            for name, cells in columns.items()
        }
    )


def _history_row(indicator: Indicator, unit: str, period: str, sums: Sums) -> Row:
    value = value_of(indicator, sums)
    why_none = SUPPRESSED if is_suppressed(indicator, sums) else UNAVAILABLE
    why_partial = PROVISIONAL if missing_of(indicator, sums) else None
    return {
        "county_id": unit,
        "period": period,
        "numerator": sums.numerator,
        "denominator": sums.denominator,
        "value": value,
        "missing": why_none if value is None else why_partial,
    }


def _sums_by_period(
    database: Database, indicator: Indicator, as_of: str
) -> dict[str, IndicatorSums]:
    """Return an indicator's sums by period; of a change also the same season's a year before."""
    frame = database.run_query("values/history", indicator_id=indicator.indicator_id, as_of=as_of)
    found: dict[tuple[str, str], Sums] = {}
    for row in records(frame):
        fields: dict[str, Any] = {
            side: None if pd.isna(row[side]) else float(row[side]) for side in SIDES
        }
        known = Sums(**fields, is_withheld=bool(row["is_withheld"]))
        found[row["period"], row["county_id"]] = known
    by_period: dict[str, IndicatorSums] = {}
    for (period, unit), known in found.items():
        sums = by_period.setdefault(period, IndicatorSums(period, period))
        if indicator.kind == "change":
            before = found.get((shift_month(period, -12), unit), Sums())
            known = replace(
                known,
                previous_numerator=before.numerator,
                previous_denominator=before.denominator,
                is_previous_withheld=before.is_withheld,
            )
        if unit == WITHHELD:
            by_period[period] = replace(sums, withheld=known)
        else:
            sums.by_unit[unit] = known
    _note_missing_in_history(database, indicator, by_period)
    return by_period


def _note_missing_in_history(
    database: Database, indicator: Indicator, by_period: Mapping[str, IndicatorSums]
) -> None:
    for period, sums in by_period.items():
        before = shift_month(period, -12)
        first = period if indicator.measure == "level" else f"{period[:4]}-01"
        measured = {
            "missing": measured_months(indicator, first, period),
            "previous_missing": (before,) if indicator.kind == "change" else (),
        }
        note_missing(database, indicator, sums, measured)

"""Where one indicator stands, county by county: the card that every page shares."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dashboard.cards import sentences
from dashboard.cards.asked import aim, goal_of
from dashboard.cards.changes import compared_columns
from dashboard.cards.context import Context
from dashboard.cards.contributions import contribution_charts
from dashboard.cards.model import Card, Chart, Column, Selects, Table
from dashboard.cards.phrases import present
from dashboard.cards.registry import card
from dashboard.filters import CITY
from dashboard.frames import Row, records, row_at
from dashboard.indicators.status import ForecastMethod, Status

LONGEST_UNIT = 12  # letters that still fit beside a bar on a phone


@card("standing")
def standing(context: Context, *, indicator_id: str, with_units: bool = True) -> Card:
    """One indicator by county against its target and pace, and the city's.

    Narrowed to one county, the schools (or other units) that pull it down or up come below;
    ``with_units=False`` leaves them out, for a page that lists them all beside it.
    """
    _ = context.language
    standings = context.standings(indicator_id)
    row = context.chosen_value(indicator_id)
    finding = _finding(context, indicator_id, standings, row)
    charts: tuple[Chart, ...] = (_county_chart(context, indicator_id, standings, finding),)
    county = context.filters.single_county
    if county is not None and with_units:
        charts += contribution_charts(context, indicator_id, county)
    return Card(
        card_id=f"standing.{indicator_id}",
        finding=finding,
        subtitle=context.subtitle(
            context.text(indicator_id, "name"),
            context.text(indicator_id, "unit") if _has_long_unit(context, indicator_id) else "",
            _("by county"),
            context.language.month(row["period"]) if row["period"] else "",
        ),
        charts=charts,
        table=standings_table(context, indicator_id, standings),
        indicator_ids=(indicator_id,),
        notes=present(
            *_notes(context, indicator_id, row),
            sentences.withheld_sentence(context, standings["missing"]),
        ),
    )


def standings_table(
    context: Context, indicator_id: str, standings: pd.DataFrame, *, with_unit: bool = True
) -> Table:
    """Return the numbers behind a standing: one row per county and the city."""
    _ = context.language
    lines = {
        "value": _("Value"),
        "target": _("Target value"),
        "expected": _("Expected by now"),
    }
    decimals = context.indicator(indicator_id).decimals
    unit = context.text(indicator_id, "unit") if with_unit else ""
    suffix = f" ({unit})" if unit else ""
    frame = standings.assign(
        county=[context.county(county) for county in standings["county_id"]],
        status_text=[context.status(status) for status in standings["status"]],
        missing_text=[sentences.remark(context, row) for row in records(standings)],
    )
    if judged := _judged(context, standings):
        frame = pd.concat([frame, pd.DataFrame(judged)], ignore_index=True)
    frame = frame.assign(
        **{
            f"{name}_decimals": [
                decimals if pd.isna(value) else context.decimals(indicator_id, value)
                for value in frame[name]
            ]
            for name in lines
        },
    )
    is_complete = standings["missing"].isna().all()
    return Table(
        frame,
        (
            Column("county", _("County")),
            Column("period", _("Period")),
            Column("numerator", _("Numerator"), 0),
            Column("denominator", _("Denominator"), 0),
            *(
                Column(name, heading + suffix, decimals_column=f"{name}_decimals")
                for name, heading in lines.items()
            ),
            *compared_columns(context, (indicator_id,), suffix, decimals),
            *_school_columns(context, frame),
            Column("status_text", _("Status")),
            *(() if is_complete else (Column("missing_text", _("What is missing")),)),
        ),
    )


def _judged(context: Context, standings: pd.DataFrame) -> list[dict[str, object]]:
    """Return the row of those whom the plan names, together: the city's status is about them."""
    return [
        {
            "county": context.language.listed(
                [context.county(county) for county in row["judged_counties"]]
            ),
            **{name: row[name] for name in ("indicator_id", "period", "target", "expected")},
            "value": row["judged_value"],
            "status_text": context.status(row["status"]),
            "missing_text": "",
        }
        for row in records(standings)
        if row["judged_counties"]
    ]


def _school_columns(context: Context, frame: pd.DataFrame) -> tuple[Column, ...]:
    """Over how many schools the comparison is, where it is about schools."""
    if frame["schools_compared"].isna().all():
        return ()
    _ = context.language
    return (
        Column("schools_compared", _("Schools compared"), 0),
        Column("schools_left_out", _("Schools not comparable"), 0),
    )


def _finding(context: Context, indicator_id: str, standings: pd.DataFrame, row: Row) -> str:
    county = context.filters.single_county
    is_city_only = context.is_city_only(indicator_id)
    geography = context.county(CITY) if is_city_only else context.geography
    tail = (
        sentences.furthest_sentence(context, indicator_id, standings.loc[list(context.chosen)])
        if county is None
        else sentences.rank_sentence(context, indicator_id, standings, county)
    )
    return sentences.sentence(
        context,
        sentences.standing_sentence(context, indicator_id, geography, row),
        tail,
    )


def _notes(context: Context, indicator_id: str, row: Row) -> list[str]:
    """Return what is missing in absolute terms, and the year's end as forecast."""
    _ = context.language
    notes = []
    if row["status"] in (Status.BEHIND, Status.NEAR, Status.ON_TRACK):
        notes.append(sentences.gap_sentence(context, indicator_id, row))
    if row["forecast"] is not None and row["forecast"] is not None and row["status"] != "met":
        made = {
            ForecastMethod.PACE: _("if the monthly average so far continues"),
            ForecastMethod.HISTORY: _("if the rest of the year goes as in the years before"),
            ForecastMethod.PLAN: _("if the rest goes as planned"),
        }[ForecastMethod(row["forecast_method"])]
        notes.append(
            _(
                "Forecast for the year's end: {value}, {made}.",
                value=context.value(indicator_id, row["forecast"]),
                made=made,
            )
        )
    return notes


def _county_chart(
    context: Context, indicator_id: str, standings: pd.DataFrame, finding: str
) -> Chart:
    """Dots on one axis for rates; bars to each county's own target for counts."""
    indicator = context.indicator(indicator_id)
    frame = _chart_frame(context, indicator_id, standings)
    options: dict[str, Any] = {
        "highlight": context.highlight,
        "missing_text": context.language("x not reported"),
        "uirevision": indicator_id,
    }
    goal = goal_of(context, indicator_id)
    is_direction = indicator.kind == "directional" if goal is None else goal.is_direction
    has_own_targets = indicator.denominator != "base" and not is_direction
    if has_own_targets:
        shape = "count_progress"
        options |= {
            "target_text": context.language("target"),
            "pace_text": context.language("expected by now"),
        }
    else:
        shape = "county_dot"
        options |= _axis_options(context, indicator_id, standings)
    return Chart(
        shape,
        frame,
        options,
        alt=finding,
        selects=Selects.COUNTY,
    )


def _chart_frame(context: Context, indicator_id: str, standings: pd.DataFrame) -> pd.DataFrame:
    """County rows in the official order, the city's last; only where the indicator applies."""
    _ = context.language
    rows = []
    for row in records(standings):
        if row["missing"] == "z":
            continue
        name = context.county(row["county_id"])
        value = context.shown(indicator_id, row)
        rows.append(
            {
                "id": row["county_id"],
                "label": name,
                "value": row["value"],
                "text": _value_text(context, indicator_id, row),
                "status": row["status"],
                "comparison": row["compared"],
                "target": row["target"],
                "pace": row["expected"],
                "is_total": row["county_id"] == CITY,
                "hover": sentences.sentence(
                    context,
                    f"{name} {value}",
                    context.status(row["status"]),
                    _(
                        "{comparison} {value}",
                        comparison=context.comparison_of(indicator_id),
                        value=context.value(indicator_id, row["compared"]),
                    )
                    if row["compared"] is not None
                    else "",
                    sentences.gap_sentence(context, indicator_id, row),
                ),
            }
        )
    return pd.DataFrame(rows)


def _value_text(context: Context, indicator_id: str, row: Row) -> str:
    """Return a rate as it reads; a count beside its own target: ``6/10所``.

    A unit too long for that is named in the subtitle alone.
    """
    indicator = context.indicator(indicator_id)
    missing: bool = row["target"] is None or row["value"] is None
    if indicator.denominator == "base" or missing:
        return context.shown(indicator_id, row)
    reached = context.language.number(row["value"], indicator.decimals)
    if _has_long_unit(context, indicator_id):
        return f"{reached}/{context.language.number(row['target'], indicator.decimals)}"
    return f"{reached}/{context.value(indicator_id, row['target'])}"


def _has_long_unit(context: Context, indicator_id: str) -> bool:
    return len(context.text(indicator_id, "unit")) > LONGEST_UNIT


def _axis_options(context: Context, indicator_id: str, standings: pd.DataFrame) -> dict[str, Any]:
    _ = context.language
    indicator = context.indicator(indicator_id)
    city = row_at(standings, CITY)
    target, expected = city["target"], city["expected"]
    span = context.value_range(indicator_id)
    options: dict[str, Any] = {
        "series_text": context.language.month(city["period"]) if city["period"] else "",
        "comparison_text": context.comparison_of(indicator_id),
        "value_range": span,
        "tick_suffix": "%" if indicator.unit_en == "%" else "",
        "axis_note": ""
        if span is not None and span[0] <= 0 <= span[1]
        else _("The axis does not begin at zero."),
    }
    if target is not None:
        options |= {
            "target": float(target),
            "target_text": _("target {value}", value=aim(context, indicator_id, target)),
        }
        if expected is not None and float(expected) != float(target):
            options |= {
                "pace": float(expected),
                "pace_text": _("by now {value}", value=context.value(indicator_id, expected)),
            }
    return options

"""Fitness by stage and sex."""

from __future__ import annotations

import pandas as pd

from dashboard import indicators
from dashboard.cards import sentences
from dashboard.cards.context import Context
from dashboard.cards.health.rate_axis import rate_axis
from dashboard.cards.model import Card, Chart, Column, Table
from dashboard.cards.phrases import (
    named,
    not_reported,
    percent,
    points,
    present,
    stage_names,
    withheld,
    year_span,
)
from dashboard.cards.registry import card
from dashboard.frames import Row, records

GOOD_FITNESS = "fitness_good_rate"
PASSED_FITNESS = "fitness_pass_rate"
STAGES = ("primary", "junior", "senior")
TOGETHER = "all"  # stages or sexes taken together


@card("health.fitness_by_stage_and_sex")
def fitness_by_stage_and_sex(context: Context) -> Card:
    """Show good rate of boys and girls in every stage, year by year; the pass rate in a note."""
    _ = context.language
    groups = context.query(
        "health/fitness_by_stage_and_sex",
        as_of=context.filters.as_of,
        counties=list(context.chosen),
    )
    rows = records(groups)
    frame = _frame(context, [row for row in rows if TOGETHER not in (row["stage"], row["sex"])])
    latest_year = max((row["year"] for row in rows), default=None)
    latest = [row for row in rows if row["year"] == latest_year]
    finding = _finding(context, latest)
    options = {
        **rate_axis(context, "fitness_by_stage_and_sex"),
        "value_range": _value_range(context),
        "columns": 2,
        "missing_text": _("c suppressed"),
        "axis_note": _("The vertical axis does not begin at zero."),
    }
    return Card(
        card_id="health.fitness_by_stage_and_sex",
        finding=finding,
        subtitle=context.subtitle(
            _("fitness good rate by stage and sex"), context.geography, year_span(frame["x"])
        ),
        charts=(Chart("small_multiples", frame, options, finding),),
        table=_table(context, groups),
        indicator_ids=(GOOD_FITNESS, PASSED_FITNESS),
        notes=present(_pass_note(context, latest)),
    )


def _value_range(context: Context) -> list[float]:
    """From the lowest to the highest rate of a group in any unit, so that the axis stays."""
    latest_month = indicators.months(context.database)[-1]
    rates = [
        row["good_pct"]
        for unit in context.county_ids
        for row in records(
            context.query("health/fitness_by_stage_and_sex", as_of=latest_month, counties=[unit])
        )
        if row["good_pct"] is not None
    ]
    return [min(rates), max(rates)] if rates else [0, 100]


def _sex_names(context: Context) -> dict[str, str]:
    return {"male": context.language("Boys"), "female": context.language("Girls")}


def _frame(context: Context, rows: list[Row]) -> pd.DataFrame:
    """Return a row per stage, sex and year."""
    stages, sexes = stage_names(context, *STAGES), _sex_names(context)
    return pd.DataFrame(
        {
            "id": [row["stage"] for row in rows],
            "panel": [stages[row["stage"]] for row in rows],
            "series": [sexes[row["sex"]] for row in rows],
            "x": [str(row["year"]) for row in rows],
            "value": [row["good_pct"] for row in rows],
            "text": [_rate(context, row["good_pct"]) for row in rows],
        }
    )


def _rate(context: Context, share: float) -> str:
    return percent(context, GOOD_FITNESS, share, missing=context.language("c suppressed"))


def _finding(context: Context, latest: list[Row]) -> str:
    """Return stage and sex furthest apart in the last year, and how girls stand against boys."""
    rates = {
        (row["stage"], row["sex"]): float(row["good_pct"])
        for row in latest
        if row["good_pct"] is not None
    }
    shown = {group: rate for group, rate in rates.items() if TOGETHER not in group}
    if not shown:
        say_none = withheld if latest else not_reported
        return say_none(context, context.text(GOOD_FITNESS, "short"))
    low, high = min(shown, key=lambda group: shown[group]), max(shown, key=lambda g: shown[g])
    text = context.language(
        "Good rate: {high} highest, {high_value}, {low} lowest, {low_value}",
        high=_group_name(context, *high),
        high_value=context.value(GOOD_FITNESS, shown[high]),
        low=_group_name(context, *low),
        low_value=context.value(GOOD_FITNESS, shown[low]),
    )
    girls, boys = rates.get((TOGETHER, "female")), rates.get((TOGETHER, "male"))
    if girls is None or boys is None:
        return text
    return sentences.sentence(context, text, _girls_and_boys(context, girls, boys))


def _group_name(context: Context, stage: str, sex: str) -> str:
    return named(context, stage_names(context, stage)[stage], _sex_names(context)[sex])


def _girls_and_boys(context: Context, girls: float, boys: float) -> str:
    """How girls of all stages stand against boys."""
    _ = context.language
    message = _("girls {points} above boys") if girls >= boys else _("boys {points} above girls")
    return message.format(points=points(context, GOOD_FITNESS, girls - boys))


def _pass_note(context: Context, latest: list[Row]) -> str:
    """Return the stages' pass rates in the last year."""
    _ = context.language
    names = stage_names(context, *STAGES)
    passed = [
        named(context, names[row["stage"]], context.value(PASSED_FITNESS, row["pass_pct"]))
        for row in latest
        if row["sex"] == TOGETHER and row["stage"] != TOGETHER and row["pass_pct"] is not None
    ]
    return _("Pass rate: {stages}.", stages=_.listed(passed)) if passed else ""


def _table(context: Context, groups: pd.DataFrame) -> Table:
    _ = context.language
    stages = {**stage_names(context, *STAGES), TOGETHER: _("All stages")}
    sexes = {**_sex_names(context), TOGETHER: _("Both sexes")}
    rates = {"good_pct": GOOD_FITNESS, "pass_pct": PASSED_FITNESS}
    return Table(
        groups.assign(
            stage=[stages[stage] for stage in groups["stage"]],
            sex=[sexes[sex] for sex in groups["sex"]],
        ),
        (
            Column("stage", _("School stage")),
            Column("sex", _("Sex")),
            Column("year", _("Year"), 0),
            *(
                Column(
                    name,
                    context.text(indicator_id, "short") + " (%)",
                    context.indicator(indicator_id).decimals,
                )
                for name, indicator_id in rates.items()
            ),
        ),
    )

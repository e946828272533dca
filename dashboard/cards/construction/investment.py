"""The year's investment in building, in the unit of its indicator (亿元)."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dashboard.cards import sentences
from dashboard.cards.context import Context
from dashboard.cards.model import Card, Chart, Column, Table
from dashboard.cards.phrases import month_label, not_reported
from dashboard.cards.registry import card
from dashboard.frames import Row, records, row_at

INDICATOR = "project_investment"
HEIGHT = 300  # as high as the chart beside it, the plan's targets
MONTHS_HEIGHT = 540  # as high as the two charts of the stages beside it


@card("construction.investment")
def investment(context: Context) -> Card:
    """Show year's investment as it grows, against the projects' plans, and what is left to do."""
    _ = context.language
    months = _months(context)
    row = context.chosen_value(INDICATOR)
    finding = sentences.sentence(context, _against_plan(context, row), _rest_sentence(context, row))
    options: dict[str, Any] = {
        "series_text": _("invested"),
        "plan_text": _("plan"),
        "axis_note": context.text(INDICATOR, "unit"),
        "height": HEIGHT,
        "uirevision": "investment",
    }
    if row["target"] is not None:
        options["target"] = float(row["target"])
        options["target_text"] = _("target {value}", value=_number(context, row["target"]))
    frame = months.assign(
        value=months["to_date"],
        plan=months["plan_to_date"],
        text=[_number(context, amount) for amount in months["to_date"]],
    )
    return _card(
        context,
        "construction.investment",
        measure=_("investment since January"),
        row=row,
        months=months,
        chart=Chart("cumulative", frame, options, alt=finding),
    )


@card("construction.investment_months")
def investment_months(context: Context) -> Card:
    """Show the investment of every month, and what the months to come must bring on average."""
    _ = context.language
    months = _months(context)
    row = context.chosen_value(INDICATOR)
    required = required_per_month(context, row)
    options: dict[str, Any] = {
        "horizontal": False,
        "series_text": _("invested"),
        "comparison_text": _("plan"),
        "axis_note": context.text(INDICATOR, "unit"),
        "height": MONTHS_HEIGHT,
    }
    if required:
        options["pace"] = required
        options["pace_text"] = _("needed a month {amount}", amount=_number(context, required))
    frame = months.assign(value=months["amount"], comparison=months["planned"])
    return _card(
        context,
        "construction.investment_months",
        measure=_("investment by month"),
        row=row,
        months=months,
        chart=Chart("bar", frame, options, alt=_month_sentence(context, months, required)),
    )


def required_per_month(context: Context, row: Row) -> float | None:
    """Return what every month to come must bring for the target; none when there is none left."""
    months_left = 12 - int(context.filters.as_of[5:7])
    if not months_left or row["gap"] is None or row["gap"] == 0:
        return None
    return float(row["gap"]) / months_left


def _card(
    context: Context, card_id: str, *, measure: str, row: Row, months: pd.DataFrame, chart: Chart
) -> Card:
    """Put a chart that says its finding on a card with the year's months as its table."""
    return Card(
        card_id=card_id,
        finding=chart.alt,
        subtitle=context.subtitle(measure, context.geography, context.month),
        charts=(chart,),
        table=_table(context, months.assign(required=required_per_month(context, row))),
        indicator_ids=(INDICATOR,),
    )


def _table(context: Context, months: pd.DataFrame) -> Table:
    _ = context.language
    unit = f" ({context.text(INDICATOR, 'unit')})"
    decimals = context.indicator(INDICATOR).decimals
    return Table(
        months,
        (
            Column("month_text", _("Month")),
            Column("amount", _("Invested") + unit, decimals),
            Column("planned", _("Planned") + unit, decimals),
            Column("to_date", _("Invested since January") + unit, decimals),
            Column("plan_to_date", _("Planned since January") + unit, decimals),
        ),
    )


# ---- sentences -----------------------------------------------------------------------------------


def _against_plan(context: Context, row: Row) -> str:
    """Say how much is invested, and how far that is from what the plans call for by now."""
    _ = context.language
    parts = {
        "geography": context.geography,
        "invested": _money(context, row["value"]),
        "planned": _money(context, row["expected"]),
    }
    if row["value"] is None or row["expected"] is None or row["missing_periods"]:
        return _("{geography}: {invested} invested", **parts)
    difference = context.difference(INDICATOR, row["value"] - row["expected"])
    if row["value"] < row["expected"]:
        return _(
            "{geography}: {invested} invested, {difference} less than the {planned} planned by now",
            **parts,
            difference=difference,
        )
    return _(
        "{geography}: {invested} invested, {difference} more than the {planned} planned by now",
        **parts,
        difference=difference,
    )


def _rest_sentence(context: Context, row: Row) -> str:
    """Say what the target leaves for the rest of the year, in all and a month."""
    required = required_per_month(context, row)
    if required is None:
        return ""
    return context.language(
        "{rest} left, {amount} a month",
        rest=_money(context, row["gap"]),
        amount=_money(context, required),
    )


def _month_sentence(context: Context, months: pd.DataFrame, required: float | None) -> str:
    """Say the latest month's investment, the average so far and what is needed from now on."""
    _ = context.language
    known = months[months["amount"].notna()]
    if known.empty:
        return not_reported(context, context.text(INDICATOR, "short"))
    latest = row_at(known, known.index[-1])
    return sentences.sentence(
        context,
        _(
            "{month}: {amount} invested, {planned} planned",
            month=latest["month_text"],
            amount=_money(context, latest["amount"]),
            planned=_money(context, latest["planned"]),
        ),
        _("monthly average so far {average}", average=_money(context, known["amount"].mean())),
        _("{amount} a month needed from now on", amount=_money(context, required))
        if required
        else "",
    )


# ---- the months ----------------------------------------------------------------------------------


def _months(context: Context) -> pd.DataFrame:
    """Return the year's months with amounts in the indicator's unit and their texts; shared."""
    return context.database.derived(
        ("investment_months", context.filters.as_of, context.chosen, context.language),
        lambda: _worded_months(context),
    )


def _worded_months(context: Context) -> pd.DataFrame:
    as_of = context.filters.as_of
    frame = context.query(
        "construction/investment", as_of=as_of, year=as_of[:4], counties=context.chosen
    )
    scale = context.indicator(INDICATOR).scale
    labels = [month_label(context, month) for month in frame["month"]]
    frame = frame.assign(
        id=frame["month"],
        label=labels,
        x=labels,
        month_text=[context.language.month(month) for month in frame["month"]],
        amount=frame["invested_yuan"] * scale,
        planned=frame["planned_yuan"] * scale,
        to_date=frame["invested_to_date_yuan"] * scale,
        plan_to_date=frame["planned_to_date_yuan"] * scale,
    )
    return frame.assign(
        text=[_number(context, amount) for amount in frame["amount"]],
        hover=[_month_hover(context, month) for month in records(frame)],
    )


def _month_hover(context: Context, month: Row) -> str:
    _ = context.language
    lines = [
        month["month_text"],
        _("planned {amount}", amount=_money(context, month["planned"])),
        _("planned since January {amount}", amount=_money(context, month["plan_to_date"])),
    ]
    if month["amount"] is not None:
        lines += [
            _("invested {amount}", amount=_money(context, month["amount"])),
            _("invested since January {amount}", amount=_money(context, month["to_date"])),
        ]
    return "\n".join(lines)


def _money(context: Context, amount: float | None) -> str:
    return context.value(INDICATOR, amount)


def _number(context: Context, amount: float | None) -> str:
    """Write an amount without its unit, which stands at the axis."""
    return context.language.number(amount, context.indicator(INDICATOR).decimals)

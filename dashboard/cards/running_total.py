"""A count of the year as it grows: against its pace, its target and the year before."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dashboard import indicators
from dashboard.cards.context import Context
from dashboard.cards.model import Chart, Column, Table
from dashboard.cards.phrases import month_label
from dashboard.frames import Row, records
from dashboard.indicators.status import ForecastMethod


def year_months(context: Context, indicator_id: str) -> pd.DataFrame:
    """Return the twelve months of the chosen year for the chosen counties, in the value's unit.

    Columns month, amount, to_date, amount_before, to_date_before; nothing where nobody reported,
    and nothing of the year before where a part of either year is not in.
    """
    months = context.query(
        "values/running_total",
        indicator_id=indicator_id,
        as_of=context.filters.as_of,
        counties=list(context.chosen),
    )
    scale = context.indicator(indicator_id).scale
    amounts = ["amount", "to_date", "amount_before", "to_date_before"]
    if context.chosen_value(indicator_id)["previous"] is None:
        months[["amount_before", "to_date_before"]] = None
    return months.assign(**{name: months[name] * scale for name in amounts})


def pace(context: Context, indicator_id: str) -> list[float | None]:
    """Where the year should stand at each month's end, as the status rule has it."""
    counties = () if context.is_city_only(indicator_id) else context.filters.counties
    return indicators.expected_path(context.database, indicator_id, context.filters.as_of, counties)


def running_total_chart(
    context: Context, indicator_id: str, months: pd.DataFrame, finding: str, *, height: int
) -> Chart:
    """Draw the year's months; the finding is also what the chart says in words."""
    _ = context.language
    row = context.chosen_value(indicator_id)
    frame = months.assign(
        id=months["month"],
        x=[month_label(context, month) for month in months["month"]],
        value=months["to_date"],
        plan=pd.Series(pace(context, indicator_id), dtype="float64"),
        comparison=months["to_date_before"],
        text=[_number(context, indicator_id, value) for value in months["to_date"]],
        hover=[_hover(context, indicator_id, month) for month in records(months)],
    )
    options: dict[str, Any] = {
        "series_text": _("this year"),
        "comparison_text": _("last year"),
        "plan_text": _("pace of the years before")
        if context.indicator(indicator_id).trajectory == "batches"
        else _("even pace"),
        "axis_note": context.text(indicator_id, "unit"),
        "height": height,
        "uirevision": f"running_total_{indicator_id}",
    }
    if row["target"] is not None:
        target = _number(context, indicator_id, row["target"])
        options["target"] = float(row["target"])
        options["target_text"] = _("target {value}", value=target)
    return Chart("cumulative", frame, options, finding)


def running_total_table(context: Context, indicator_id: str, months: pd.DataFrame) -> Table:
    """Return the numbers behind such a chart."""
    _ = context.language
    unit = f" ({context.text(indicator_id, 'unit')})"
    decimals = context.indicator(indicator_id).decimals
    return Table(
        months.assign(month_text=[_.month(month) for month in months["month"]]),
        (
            Column("month_text", _("Month")),
            Column("amount", _("In the month") + unit, decimals),
            Column("to_date", _("Since January") + unit, decimals),
            Column("amount_before", _("In the month a year before") + unit, decimals),
            Column("to_date_before", _("Since January a year before") + unit, decimals),
        ),
    )


def forecast_sentence(context: Context, indicator_id: str, row: Row) -> str:
    """Say where the year so far leads by its end."""
    if row["forecast"] is None or row["forecast"] == 0:
        return ""
    _ = context.language
    value = context.value(indicator_id, row["forecast"])
    if row["forecast_method"] == ForecastMethod.HISTORY:
        return _("{value} by the year's end if it goes on as in the years before", value=value)
    return _("{value} by the year's end at this monthly average", value=value)


def _number(context: Context, indicator_id: str, amount: float) -> str:
    """Write an amount without its unit, which stands at the axis."""
    return context.language.number(amount, context.indicator(indicator_id).decimals)


def _hover(context: Context, indicator_id: str, month: Row) -> str:
    _ = context.language
    lines = [_.month(month["month"])]
    for name, label in (
        ("amount", _("in the month")),
        ("to_date", _("since January")),
        ("to_date_before", _("since January a year before")),
    ):
        if month[name] is not None:
            lines.append(f"{label} {context.value(indicator_id, month[name])}")
    return "\n".join(lines)

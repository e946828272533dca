"""The schools behind a figure: how much each adds to what is missing, in absolute terms.

A school's contribution is how many of what the numerator counts it lies above or below the line:
the target, or the rate of schools of the same type where there is no target.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from dashboard.cards.asked import goal_of
from dashboard.cards.context import Context
from dashboard.cards.model import Chart, Selects
from dashboard.frames import Row, records

SCHOOLS_SHOWN = 10  # five that pull down and five that pull up fit a screen
DUST = 1e-9  # what remains of subtracting equal numbers


def contributions(context: Context, indicator_id: str, counties: Sequence[str]) -> pd.DataFrame:
    """Return the schools behind an indicator in some counties, the lowest contribution first.

    Columns unit_id, unit_name, school_type, county_id, numerator, denominator, is_withheld and
    contribution, in what the numerator counts; a withheld school has neither numerator nor
    contribution. No rows where the indicator is no ratio, where its units are not schools, or where
    it asks nothing of a single school.
    """
    names_schools = has_base(context, indicator_id) and context.indicator(indicator_id).school_level
    period = context.chosen_value(indicator_id)["period"] if names_schools else ""
    target = target_of(context, indicator_id)
    return context.query(
        "values/contributions",
        indicator_id=indicator_id,
        counties=list(counties),
        period=period or "",
        line=None if target is None else target / context.indicator(indicator_id).scale,
    )


def has_base(context: Context, indicator_id: str) -> bool:
    """Whether an indicator is a ratio that every one of its units has at a period."""
    indicator = context.indicator(indicator_id)
    return indicator.denominator == "base" and indicator.measure != "flow"


def target_of(context: Context, indicator_id: str) -> float | None:
    """Return the rate that the plan asks of every chosen county alike, in the indicator's unit."""
    row, goal = context.chosen_value(indicator_id), goal_of(context, indicator_id)
    is_rate = goal is not None and goal.kind == "rate" and not row["judged_counties"]
    return float(row["target"]) if is_rate and row["target"] is not None else None


def contribution_charts(context: Context, indicator_id: str, county: str) -> tuple[Chart, ...]:
    """Return the schools of a county that pull its rate down or up the most."""
    _ = context.language
    units = contributions(context, indicator_id, (county,))
    below = units[units["contribution"] < -DUST].head(SCHOOLS_SHOWN // 2)
    above = units[units["contribution"] > DUST].tail(SCHOOLS_SHOWN // 2)
    shown = pd.concat([below, above])
    if shown.empty:
        return ()
    title = _("{county}: who pulls it down or up the most", county=context.county(county))
    frame = pd.DataFrame(
        {
            "id": shown["unit_id"],
            "label": shown["unit_name"],
            "value": shown["contribution"],
            "text": [unit_text(context, indicator_id, unit) for unit in records(shown)],
        }
    )
    options = {
        "down_text": _("pulls down"),
        "up_text": _("pulls up"),
        "axis_note": line_note(context, indicator_id),
    }
    return (Chart("contribution", frame, options, title, Selects.SCHOOL, title),)


def line_note(context: Context, indicator_id: str) -> str:
    """Say what a contribution is measured in, and from which line."""
    _ = context.language
    counted, target = context.text(indicator_id, "counted"), target_of(context, indicator_id)
    if target is None:
        return _("{counted} below or above schools of the same type", counted=counted)
    return _(
        "{counted} below or above the target of {target}",
        counted=counted,
        target=context.value(indicator_id, target),
    )


def gap_note(context: Context, indicator_id: str) -> str:
    """Say what a gap is measured in, and from which line."""
    _ = context.language
    counted, target = context.text(indicator_id, "counted"), target_of(context, indicator_id)
    if target is None:
        return _("gap to schools of the same type ({counted})", counted=counted)
    value = context.value(indicator_id, target)
    return _("gap to the target of {target} ({counted})", counted=counted, target=value)


def unit_value(context: Context, indicator_id: str, unit: Row) -> float | None:
    """Return a school's own figure in the indicator's unit; nothing where it is withheld."""
    if unit["numerator"] is None:
        return None
    return float(unit["numerator"] / unit["denominator"] * context.indicator(indicator_id).scale)


def unit_share(context: Context, indicator_id: str, unit: Row) -> str:
    """Write a school's own figure; of a change, the rate that changes."""
    indicator = context.indicator(indicator_id)
    value = unit_value(context, indicator_id, unit)
    unit_text = "%" if indicator.kind == "change" else context.text(indicator_id, "unit")
    share = context.language.quantity(value, unit_text, indicator.decimals)
    return share or context.language("c suppressed")


def unit_text(context: Context, indicator_id: str, unit: Row) -> str:
    """Write a school's own figure with both numbers it is made of."""
    if unit["numerator"] is None:
        return context.language("c suppressed")
    parts = [context.language.number(unit[name]) for name in ("numerator", "denominator")]
    return f"{unit_share(context, indicator_id, unit)} ({'/'.join(parts)})"

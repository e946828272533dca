"""Chart options that charts of a rate share."""

from __future__ import annotations

from typing import Any

from dashboard.cards.context import Context


def rate_axis(context: Context, name: str) -> dict[str, Any]:
    """Return axis in percent that need not begin at zero; ``name`` tells the chart's view apart."""
    _ = context.language
    return {
        "tick_suffix": "%",
        "axis_note": _("The axis does not begin at zero."),
        "missing_text": _("x not reported"),
        "empty_text": _("x not reported"),
        "uirevision": name,
    }


def target_line(context: Context, indicator_id: str) -> dict[str, Any]:
    """Return a rate's target line, where the year has one."""
    target = context.chosen_value(indicator_id)["target"]
    if target is None:
        return {}
    text = context.language("target {value}", value=context.value(indicator_id, target))
    return {"target": float(target), "target_text": text}

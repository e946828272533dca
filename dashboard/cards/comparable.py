"""可比口径 in words: over how many schools a change is taken, and how many are left out and why."""

from __future__ import annotations

from collections.abc import Iterable

from dashboard.cards import sentences
from dashboard.cards.context import Context
from dashboard.indicators import Schools


def comparability_note(context: Context, indicator_ids: Iterable[str]) -> str:
    """Say over how many schools the indicators' changes are taken where some do not compare.

    Indicators with the same schools are named together; nothing where every school compares.
    """
    named: dict[str, list[str]] = {}
    for indicator_id in dict.fromkeys(indicator_ids):
        schools = context.chosen_change(indicator_id).schools
        if schools is not None and (schools.left_out or schools.inseparable):
            text = schools_compared(context, schools)
            named.setdefault(text, []).append(context.text(indicator_id, "short"))
    _ = context.language
    return sentences.sentence(
        context,
        *(
            _("{measure}: {change}", measure=_.listed(measures), change=text)
            for text, measures in named.items()
        ),
    )


def schools_compared(context: Context, schools: Schools) -> str:
    """Say how many schools compare: 可比口径：92所学校，另有2所不可比（停办或并入2所）."""
    _ = context.language
    compared = _("compared over {count} schools", count=_.number(schools.compared))
    if schools.inseparable:
        compared += _(
            " (with {count} opened or closed whose few people cannot be taken out)",
            count=_.number(schools.inseparable),
        )
    if not schools.left_out:
        return compared
    reasons = [
        text
        for count, text in (
            (schools.opened, _("{count} opened", count=_.number(schools.opened))),
            (schools.closed, _("{count} closed or merged", count=_.number(schools.closed))),
            (
                schools.unmeasured,
                _("{count} without both figures", count=_.number(schools.unmeasured)),
            ),
            (
                schools.unlisted,
                _("{count} missing from the register", count=_.number(schools.unlisted)),
            ),
        )
        if count
    ]
    return _(
        "{compared}, {count} more not comparable ({reasons})",
        compared=compared,
        count=_.number(schools.left_out),
        reasons=_.pick("、", ", ").join(reasons),
    )

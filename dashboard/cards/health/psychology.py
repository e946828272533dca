"""Mental health: schools with a psychology teacher and with a mental-health centre."""

from __future__ import annotations

import pandas as pd

from dashboard.cards.context import Context
from dashboard.cards.contributions import contribution_charts
from dashboard.cards.health.rate_axis import rate_axis, target_line
from dashboard.cards.model import Card, Chart, Selects
from dashboard.cards.registry import card
from dashboard.cards.side_by_side import joint_notes, joint_table
from dashboard.filters import CITY

TEACHERS = "psychology_teacher_coverage"
CENTRES = "psychology_center_coverage"


@card("health.psychology")
def psychology(context: Context) -> Card:
    """Schools with a psychology teacher and with a mental-health centre, by county.

    Narrowed to one county, the schools without a teacher come below.
    """
    _ = context.language
    teachers, centres = context.chosen_value(TEACHERS), context.chosen_value(CENTRES)
    finding = _(
        "{geography}: {teachers} of schools have a psychology teacher, {centres} a mental-health "
        "centre",
        geography=context.geography,
        teachers=context.value(TEACHERS, teachers["value"]),
        centres=context.value(CENTRES, centres["value"]),
    )
    options = {
        **rate_axis(context, "psychology"),
        **target_line(context, TEACHERS),
        "series_text": _("psychology teacher"),
        "comparison_text": _("mental-health centre"),
        "value_range": context.value_range(TEACHERS, CENTRES),
        "highlight": context.highlight,
    }
    county = context.filters.single_county
    period = teachers["period"]
    return Card(
        card_id="health.psychology",
        finding=finding,
        subtitle=context.subtitle(
            _("share of primary and secondary schools"),
            _("by county"),
            _.month(period) if period else "",
        ),
        charts=(
            Chart("county_dot", _frame(context), options, finding, Selects.COUNTY),
            *(contribution_charts(context, TEACHERS, county) if county else ()),
        ),
        table=joint_table(context, (TEACHERS, CENTRES)),
        indicator_ids=(TEACHERS, CENTRES),
        notes=joint_notes(context, {TEACHERS: teachers, CENTRES: centres}),
    )


def _frame(context: Context) -> pd.DataFrame:
    """Return a row per unit: the share of its schools with a teacher, beside that with a centre."""
    standings = context.standings(TEACHERS)
    units, teachers = list(standings["county_id"]), list(standings["value"])
    centres = list(context.standings(CENTRES)["value"])
    return pd.DataFrame(
        {
            "id": units,
            "label": [context.county(unit) for unit in units],
            "value": teachers,
            "comparison": centres,
            "text": [
                f"{context.value(TEACHERS, teacher)} / {context.value(CENTRES, centre)}"
                for teacher, centre in zip(teachers, centres, strict=True)
            ],
            "is_total": [unit == CITY for unit in units],
        }
    )

"""The seven resources of quality-balanced compulsory education, as the export and people name them.

Teachers and classrooms are counted per 100 pupils, floor area and equipment per pupil.
"""

from __future__ import annotations

from dashboard.cards.context import Context
from dashboard.rounding import rounded

SEVEN_LINES = "balanced_seven_indicators"
MOST_DECIMALS = 4


def resource_names(context: Context) -> dict[str, str]:
    """Return the resources in the standard's order, with their short names."""
    _ = context.language
    return {
        "above_degree_teachers_per_100_pupils": _("Teachers above the degree"),
        "backbone_teachers_per_100_pupils": _("Backbone teachers"),
        "pe_arts_teachers_per_100_pupils": _("PE and arts teachers"),
        "teaching_area_m2_per_pupil": _("Teaching area"),
        "sports_area_m2_per_pupil": _("Sports area"),
        "equipment_yuan_per_pupil": _("Teaching equipment"),
        "networked_classrooms_per_100_pupils": _("Networked classrooms"),
    }


def units_note(context: Context) -> str:
    """Say what the amounts are counted per."""
    return context.language(
        "Teachers and networked classrooms per 100 pupils, area in m² per pupil, equipment in yuan "
        "per pupil."
    )


def own_and_line(context: Context, resource: str, amount: float | None, line: float) -> str:
    """Write what a school has beside what it should: 6.2/7.5, with decimals that tell them apart.

    0.998 against 1 must not read as the line it misses. What is withheld (None) is c: c/1.0.
    """
    decimals = 0 if resource == "equipment_yuan_per_pupil" else 1
    if amount is None:
        return f"{context.language('c')}/{context.language.number(line, decimals)}"
    while rounded(amount, decimals) == rounded(line, decimals) and decimals < MOST_DECIMALS:
        decimals += 1
    return "/".join(context.language.number(number, decimals) for number in (amount, line))

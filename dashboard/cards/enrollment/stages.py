"""What the cards of the page share: the stages of schooling, school years, axes of people."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from dashboard.cards.context import Context
from dashboard.language import CHINESE

TEN_THOUSAND = 10_000


@dataclass(frozen=True)
class AxisUnit:
    """What an axis of people counts in, and how its ticks name that."""

    size: int
    name: str
    decimals: int

    def text(self, context: Context, count: float) -> str:
        """Return a count as it reads on the axis."""
        return context.language.quantity(count / self.size, self.name, self.decimals)


def stage_names(context: Context) -> dict[str, str]:
    """Return the stages in the order pupils pass through them, with their names.

    ``upper`` is general and vocational senior secondary together.
    """
    _ = context.language
    return {
        "kindergarten": _("Kindergarten"),
        "primary": _("Primary"),
        "junior": _("Junior secondary"),
        "upper": _("Senior secondary"),
        "senior": _("General senior"),
        "vocational": _("Vocational"),
        "special": _("Special education"),
    }


def autumns(context: Context, school_years: pd.Series) -> str:
    """Name the span of autumn statistics: 2019–2024年秋季, autumn 2019–2024."""
    if school_years.empty:
        return ""
    span = "–".join(dict.fromkeys((str(school_years.min()), str(school_years.max()))))
    return context.language("autumn {years}", years=span)


def people_axis(context: Context, counts: pd.Series) -> AxisUnit:
    """Return the unit of an axis of people: 万 in Chinese where they are that many."""
    in_ten_thousands = context.language.code == CHINESE and bool((counts >= TEN_THOUSAND).any())
    return AxisUnit(TEN_THOUSAND, "万", 1) if in_ten_thousands else AxisUnit(1, "", 0)

"""The unit of an axis of people."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from dashboard.cards.context import Context
from dashboard.words.language import CHINESE

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


def people_axis(context: Context, counts: pd.Series) -> AxisUnit:
    """Return the unit of an axis of people: 万 in Chinese where they are that many."""
    in_ten_thousands = context.language.code == CHINESE and bool((counts >= TEN_THOUSAND).any())
    return AxisUnit(TEN_THOUSAND, "万", 1) if in_ten_thousands else AxisUnit(1, "", 0)

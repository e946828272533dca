"""What the reader has chosen: counties, month and the month to compare with.

A month is text ``YYYY-MM`` everywhere, so that months sort and compare as text.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

CITY = "all"  # the county_id of city-only figures, and of the chosen counties taken together


class Comparison(StrEnum):
    """The months to compare with that move along with the chosen one."""

    LAST_YEAR = "last_year"  # the same month of the year before
    LAST_MONTH = "last_month"


@dataclass(frozen=True)
class Filters:
    """The chosen counties (none means the whole city), month and comparison.

    ``comparison`` is a :class:`Comparison` or a month before ``as_of``.
    """

    as_of: str
    counties: tuple[str, ...] = ()
    comparison: str = Comparison.LAST_YEAR

    @property
    def is_city(self) -> bool:
        """Whether the whole city is shown."""
        return not self.counties

    @property
    def single_county(self) -> str | None:
        """The county shown when the reader has narrowed to exactly one."""
        return self.counties[0] if len(self.counties) == 1 else None

    @property
    def compared_month(self) -> str:
        """The month that figures are compared with."""
        if self.comparison == Comparison.LAST_YEAR:
            return shift_month(self.as_of, -12)
        if self.comparison == Comparison.LAST_MONTH:
            return shift_month(self.as_of, -1)
        return self.comparison


def shift_month(month: str, by: int) -> str:
    """Return the month ``by`` months after ``month`` (before it, when negative)."""
    index = int(month[:4]) * 12 + int(month[5:7]) - 1 + by
    return f"{index // 12:04d}-{index % 12 + 1:02d}"


def months_between(first: str, last: str) -> list[str]:
    """Return every month from ``first`` to ``last``, both included."""
    months = []
    while first <= last:
        months.append(first)
        first = shift_month(first, 1)
    return months

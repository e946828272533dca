"""Sums of indicator rows, and the values that follow from them."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from dashboard.catalogue import Indicator


@dataclass(frozen=True)
class Sums:
    """Summed rows of one unit or several: now, a year before, and at the end of last year."""

    numerator: float | None = None
    denominator: float | None = None
    previous_numerator: float | None = None
    previous_denominator: float | None = None
    baseline_numerator: float | None = None
    baseline_denominator: float | None = None

    @property
    def is_missing(self) -> bool:
        """Whether there is no row at all."""
        return self.numerator is None and self.denominator is None


SUM_FIELDS = tuple(Sums.__dataclass_fields__)


def added(parts: Iterable[Sums]) -> Sums:
    """Add up the sums of several units."""
    parts = list(parts)
    return Sums(**{name: _total(getattr(part, name) for part in parts) for name in SUM_FIELDS})


def ratio(indicator: Indicator, numerator: float | None, denominator: float | None) -> float | None:
    """Return a value in the indicator's unit; nothing without rows or over nobody."""
    if indicator.denominator != "base":
        return None if numerator is None else numerator * indicator.scale
    if not denominator:
        return None
    if numerator is None and indicator.measure == "level":
        return None  # the base is known, what is counted on it was not reported
    return (numerator or 0.0) / denominator * indicator.scale


def value_of(indicator: Indicator, sums: Sums) -> float | None:
    """Return the value now; for a change, the difference to the same season a year before."""
    value = ratio(indicator, sums.numerator, sums.denominator)
    if indicator.kind != "change":
        return value
    before = ratio(indicator, sums.previous_numerator, sums.previous_denominator)
    return None if value is None or before is None else value - before


def previous_of(indicator: Indicator, sums: Sums) -> float | None:
    """Return the value a year before; the change of a change is no figure the plan speaks of."""
    if indicator.kind == "change":
        return None
    return ratio(indicator, sums.previous_numerator, sums.previous_denominator)


def baseline_of(indicator: Indicator, sums: Sums) -> float | None:
    """Return the value at the end of last year."""
    return ratio(indicator, sums.baseline_numerator, sums.baseline_denominator)


def _total(numbers: Iterable[float | None]) -> float | None:
    present = [number for number in numbers if number is not None]
    return math.fsum(present) if present else None

"""Sums of indicator rows, and the values that follow from them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from dashboard.catalogue import Indicator

SIDES = ("numerator", "denominator")


@dataclass(frozen=True)
class Schools:
    """How many schools a change is taken over, and how many are left out and why."""

    compared: int
    opened: int = 0
    closed: int = 0
    unmeasured: int = 0  # open at both moments, without a figure at one of them
    unlisted: int = 0  # missing from the register at one of them, neither opened nor closed
    inseparable: int = 0  # compared although opened or closed: too few people to be taken out

    @property
    def left_out(self) -> int:
        """How many schools have a figure at one of the moments and cannot be compared."""
        return self.opened + self.closed + self.unmeasured + self.unlisted


@dataclass(frozen=True)
class Sums:
    """Summed rows of one unit or several: now, a year before, and at the end of last year.

    ``comparable`` is what of now compares with the year before: see
    :mod:`dashboard.indicators.comparable`.
    """

    numerator: float | None = None
    denominator: float | None = None
    previous_numerator: float | None = None
    previous_denominator: float | None = None
    baseline_numerator: float | None = None
    baseline_denominator: float | None = None
    is_withheld: bool = False  # so few people that they could be known: there are no numbers
    is_previous_withheld: bool = False
    is_baseline_withheld: bool = False
    comparable_numerator: float | None = None
    comparable_denominator: float | None = None
    schools: Schools | None = None  # what is measured at schools: how many of them compare
    missing: tuple[str, ...] = ()  # what is owed of it and not in, as UNIT:PERIOD
    previous_missing: tuple[str, ...] = ()
    baseline_missing: tuple[str, ...] = ()

    @property
    def is_missing(self) -> bool:
        """Whether there is no row at all."""
        return self.numerator is None and self.denominator is None and not self.is_withheld

    @property
    def is_unreported(self) -> bool:
        """Whether nothing of what is owed is in: a base alone is no figure."""
        return bool(self.missing) and self.numerator is None and not self.is_withheld

    @property
    def has_previous(self) -> bool:
        """Whether there is a figure of a year before, shown or withheld."""
        return self.previous_numerator is not None or self.is_previous_withheld


MOMENTS = ("", "previous_", "baseline_")
NUMBER_FIELDS = tuple(f"{moment}{side}" for moment in MOMENTS for side in SIDES)
WITHHELD_FIELDS = tuple(f"is_{moment}withheld" for moment in MOMENTS)
MISSING_FIELDS = tuple(f"{moment}missing" for moment in MOMENTS)


def added(parts: Mapping[str, Sums], units: Mapping[str, Sums], withheld: Sums) -> Sums:
    """Add up ``parts``, some of all ``units``, by unit; ``withheld`` is what the withheld hold.

    What is missing of the parts is not added up here: units of which nothing is in are no parts.

    Where some of the withheld units are among the parts and some are not, the sum is withheld as
    well: less the other parts, it would tell what they have. So it is where there is only one of
    them, as nobody else has reported. Each moment has its own withheld units.
    """
    fields: dict[str, Any] = {}
    for moment in MOMENTS:
        mark = f"is_{moment}withheld"
        hidden = {unit for unit, sums in units.items() if getattr(sums, mark)}
        chosen = hidden & parts.keys()
        is_withheld = bool(chosen) and (chosen != hidden or len(hidden) == 1)
        present = [*parts.values(), *([withheld] if chosen else [])]
        for side in SIDES:
            name = f"{moment}{side}"
            numbers = (getattr(part, name) for part in present)
            fields[name] = None if is_withheld else _total(numbers)
        fields[mark] = is_withheld
    return Sums(**fields)


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
    if sums.is_unreported:
        return None
    if indicator.kind != "change":
        return ratio(indicator, sums.numerator, sums.denominator)
    value = comparable_of(indicator, sums)
    before = ratio(indicator, sums.previous_numerator, sums.previous_denominator)
    return None if value is None or before is None else value - before


def comparable_of(indicator: Indicator, sums: Sums) -> float | None:
    """Return the value now over what compares with the year before."""
    if sums.is_unreported:
        return None
    return ratio(indicator, sums.comparable_numerator, sums.comparable_denominator)


def is_suppressed(indicator: Indicator, sums: Sums) -> bool:
    """Whether the value, or for a change one of its two sides, is withheld."""
    return sums.is_withheld or (indicator.kind == "change" and sums.is_previous_withheld)


def missing_of(indicator: Indicator, sums: Sums) -> tuple[str, ...]:
    """Return what the value lacks, as UNIT:PERIOD; for a change, on either of its two sides."""
    if indicator.kind != "change":
        return sums.missing
    return tuple(dict.fromkeys((*sums.missing, *sums.previous_missing)))


def previous_of(indicator: Indicator, sums: Sums) -> float | None:
    """Return the value a year before; the change of a change is no figure the plan speaks of.

    What lacks something, now or then, is not compared.
    """
    if indicator.kind == "change" or sums.missing or sums.previous_missing:
        return None
    return ratio(indicator, sums.previous_numerator, sums.previous_denominator)


def baseline_of(indicator: Indicator, sums: Sums) -> float | None:
    """Return the value at the end of last year, where neither that nor today's lacks anything."""
    if sums.missing or sums.baseline_missing:
        return None
    return ratio(indicator, sums.baseline_numerator, sums.baseline_denominator)


def _total(numbers: Iterable[float | None]) -> float | None:
    present = [number for number in numbers if number is not None]
    return math.fsum(present) if present else None

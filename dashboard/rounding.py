"""The one way numbers are rounded: half up, on decimal digits, as people do it by hand.

Python's ``round`` and its formats round half to even, and on binary fractions: 2.5 becomes 2, and
2.675 becomes 2.67. What is printed and what is judged must not differ by such a hair, so both come
through here. What arithmetic leaves behind the ninth decimal (0.1 + 0.2) is no part of a number.
"""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from functools import lru_cache

DUST = 1e-9  # numbers closer than this are the same
_KEPT = 9  # decimals


def rounded(value: float, decimals: int = 0) -> float:
    """Round half up, away from zero: 2.5 to 3, −2.5 to −3; never a negative zero."""
    return float(_quantized(value, decimals, ROUND_HALF_UP)) + 0.0


def rounded_down(value: float, decimals: int = 0) -> float:
    """Round towards minus infinity: the part of 7.5 things that is whole is 7."""
    return float(_quantized(value, decimals, ROUND_FLOOR)) + 0.0


def rounded_up(value: float, decimals: int = 0) -> float:
    """Round towards infinity: who lacks 7.2 pupils lacks 8."""
    return float(_quantized(value, decimals, ROUND_CEILING)) + 0.0


def written(value: float, decimals: int = 0) -> str:
    """Write a rounded number with thousands separators: 1,234.5."""
    return f"{_quantized(value, decimals, ROUND_HALF_UP) + 0:,.{decimals}f}"


@lru_cache(maxsize=100_000)  # pages round the same few thousand numbers again and again
def _quantized(value: float, decimals: int, direction: str) -> Decimal:
    return Decimal(f"{value:.{_KEPT}f}").quantize(Decimal(1).scaleb(-decimals), rounding=direction)

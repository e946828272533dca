"""Colours measured: contrast as WCAG counts it, difference as an eye sees it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

TRANSPARENT = "rgba(0,0,0,0)"
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}|rgba?\([^)]*\)")
_STYLED = re.compile(r'style="color:([^"]*)"')


def contrast(one: str, other: str) -> float:
    """The ratio of two colours' luminances, from 1 to 21."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def difference(one: str, other: str) -> float:
    """The distance of two colours in CIE Lab; below about 20 they are told apart with effort."""
    pairs = zip(_lab(one), _lab(other), strict=True)
    return float(sum((a - b) ** 2 for a, b in pairs)) ** 0.5


def colours_in(part: Any) -> Iterator[str]:
    """Every colour in a figure's plain data, also those of words inside a text."""
    if isinstance(part, str):
        yield from [part] if _COLOUR.fullmatch(part) else _STYLED.findall(part)
    elif isinstance(part, dict):
        for value in part.values():
            yield from colours_in(value)
    elif isinstance(part, (list, tuple)):
        for value in part:
            yield from colours_in(value)


def _linear(colour: str) -> list[float]:
    shares = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    return [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in shares]


def _luminance(colour: str) -> float:
    red, green, blue = _linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _lab(colour: str) -> tuple[float, float, float]:
    red, green, blue = _linear(colour)
    x, y, z = (
        value ** (1 / 3) if value > 0.008856 else 7.787 * value + 16 / 116
        for value in (
            (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047,
            _luminance(colour),
            (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883,
        )
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)

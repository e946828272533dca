"""The logo: the mark, and the city's title beside it."""

from __future__ import annotations

from html import escape
from pathlib import Path
from unicodedata import east_asian_width

_TEMPLATE = Path(__file__).parent / "logos" / "logo.svg"
_MARK = 36.0  # pixels, with the room beside it
_WIDE, _NARROW = 25.0, 9.83  # pixels a letter


def logo_svg(title: str) -> str:
    """Return the logo as SVG, as wide as its title needs; smaller letters where they are Latin."""
    wide = sum(east_asian_width(letter) in "WF" for letter in title)
    values = {
        "{width}": str(round(_MARK + _WIDE * wide + _NARROW * (len(title) - wide))),
        "{size}": "21" if wide else "18.5",
        "{title}": escape(title),
    }
    svg = _TEMPLATE.read_text(encoding="utf-8")
    for name, value in values.items():
        svg = svg.replace(name, value)
    return svg

"""Numbers as sentences print them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

_NUMBER = r"(?<![\d.,A-Za-z])[−+]?\d+(?:,\d{3})*(?:\.\d+)?(?!\d)"
_FIGURE = re.compile(rf"(?P<number>{_NUMBER})(?P<scale>万|亿| m yuan| bn yuan)?")
_SCALES = {"万": 1e4, "亿": 1e8, " m yuan": 1e6, " bn yuan": 1e9, None: 1.0}
_MONTHS = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept|Oct|Nov|Dec"
_DATES = re.compile(
    r"20\d\d-\d\d(?:-\d\d)?|20\d\d[–-]20\d\d(?:学年)?|20\d\d年(?:\d{1,2}月(?:\d{1,2}日)?)?|20\d\d学年|20\d\d/\d\d"
    rf"|(?:\d{{1,2}} )?(?:{_MONTHS}) 20\d\d|(?<![\d.,])20\d\d(?!\d|[.,]\d)"
)
# Parts of definitions and units, which are no figures.
_DEFINITIONS = re.compile(
    r"/10万|per 100,000|(?:56|66)人及以上|of (?:56|66) or more|少于\d+人|fewer than \d+ people"
)


@dataclass(frozen=True)
class Figure:
    """A number as a sentence prints it, and where."""

    text: str
    value: float  # without its sign
    decimals: int
    scale: float  # what its unit multiplies it by: 万, 亿
    start: int
    end: int

    def is_printed(self, value: float) -> bool:
        """Whether a value reads like this at the decimals shown; amounts may be scaled already."""
        half = 0.5 * 10**-self.decimals + 1e-9
        return abs(abs(value) / self.scale - self.value) <= half or (
            abs(abs(value) - self.value) <= half
        )

    def moved(self, steps: int) -> Figure:
        """The same figure with its last decimal changed."""
        return replace(self, value=self.value + steps * 10**-self.decimals)


def without_dates(text: str) -> str:
    """Leave out dates, units with numbers in them, and the thresholds of definitions."""
    return _DEFINITIONS.sub("", _DATES.sub("", text))


@cache
def figures(text: str) -> tuple[Figure, ...]:
    """Every number of a text that is not a date."""
    return tuple(_found(without_dates(text)))


def _found(text: str) -> Iterator[Figure]:
    for match in _FIGURE.finditer(text):
        number = re.sub(r"[,+−]", "", match["number"])
        yield Figure(
            text=match["number"],
            value=float(number),
            decimals=len(number.partition(".")[2]),
            scale=_SCALES[match["scale"]],
            start=match.start(),
            end=match.end("number"),
        )

"""Where the plan's words stand in a clause, and what is brought out in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import pairwise

from dashboard.cards.model import Emphasis, Passage, Run
from dashboard.plan import passages

_STRONGEST_FIRST = (Emphasis.MATCH, Emphasis.ASKED, Emphasis.TARGET)


def quoted(quote: str, text: str) -> frozenset[int]:
    """Return the places of a task's or target's words in the text of its clause."""
    return frozenset(place for span in passages(quote, text) for place in range(*span))


def marked_text(
    text: str,
    marks: Mapping[Emphasis, Iterable[int]],
    signs: Mapping[int, str] | None = None,
) -> Passage:
    """Cut a text into runs: each has the strongest of its marks, a sign stands before its place."""
    signs = signs or {}
    by_place: dict[int, Emphasis] = {}
    for mark in reversed(_STRONGEST_FIRST):
        by_place |= dict.fromkeys(marks.get(mark, ()), mark)
    cuts = [
        place
        for place in range(1, len(text))
        if place in signs or by_place.get(place) != by_place.get(place - 1)
    ]
    return Passage(
        tuple(
            Run(text[start:end], by_place.get(start), signs.get(start, ""))
            for start, end in pairwise((0, *cuts, len(text)))
        )
    )


def found_in(text: str, terms: Iterable[str]) -> frozenset[int]:
    """Return the places in a text of the words searched for, in either case."""
    return frozenset(
        place
        for term in terms
        for match in re.finditer(re.escape(term), text, re.IGNORECASE)
        for place in range(*match.span())
    )


def searched(text: str, terms: Iterable[str]) -> Passage:
    """Mark the words searched for in a text."""
    return marked_text(text, {Emphasis.MATCH: found_in(text, terms)})

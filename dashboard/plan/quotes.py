"""The plan's own words: where a quote stands in a text, and which sentences nothing quotes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

from dashboard.plan.rows import Plan, Target, Task

ELLIPSIS = "……"
"""Stands in a quote for words of the clause that are left out."""

_NUMBERED_CLAUSE = re.compile(r"^(\d+)[.．](.+)$")
_SENTENCE = re.compile(r"[^。！？!?\n]+[。！？!?]*[”’』」》）)]*")


def sentences(text: str) -> list[str]:
    """Return the sentences of `text`, each with its full stop and the quotation mark it closes."""
    return [match[0].strip() for match in _SENTENCE.finditer(text)]


def passages(quote: str, text: str) -> list[tuple[int, int]]:
    """Where `quote` stands in `text`, as [start, end) offsets: one for each part between ellipses.

    The parts stand in the quote's order. Where the text offers several ways, the shortest stretch
    of text wins, then the first. An empty list when a part is missing.
    """
    parts = [part for part in quote.split(ELLIPSIS) if part]
    best: list[tuple[int, int]] = []
    for first in _occurrences(parts[0], text) if parts else ():
        spans = [(first, first + len(parts[0]))]
        for part in parts[1:]:
            start = text.find(part, spans[-1][1])
            if start < 0:
                return best  # nor will it follow a later occurrence of the first part
            spans.append((start, start + len(part)))
        if not best or spans[-1][1] - first < best[-1][1] - best[0][0]:
            best = spans
    return best


def uncovered_sentences(plan: Plan) -> list[tuple[int, str]]:
    """Sentences of the published text, by clause, that tasks and targets leave partly unquoted.

    Every letter, digit and Chinese character counts; punctuation does not. A clause's title needs
    no quote: it names the clause.
    """
    quotes: dict[int, list[str]] = {clause.clause: [clause.title_zh] for clause in plan.clauses}
    quoting: tuple[Task | Target, ...] = (*plan.tasks, *plan.targets)
    for row in quoting:
        quotes[row.clause].append(row.quote_zh)
    uncovered: list[tuple[int, str]] = []
    for number, text in published_clauses(plan.text).items():
        covered = _covered_offsets(quotes[number], text)
        for sentence in _SENTENCE.finditer(text):
            if any(_is_word(text[i]) and i not in covered for i in range(*sentence.span())):
                uncovered.append((number, sentence[0].strip()))
    return uncovered


def numbered_lines(text: str) -> list[tuple[int, int, str]]:
    """Return lines of a plan's text that begin a clause: (line, clause, text after the number)."""
    matches = (
        (line, _NUMBERED_CLAUSE.match(content))
        for line, content in enumerate(text.splitlines(), start=1)
    )
    return [(line, int(match[1]), match[2].strip()) for line, match in matches if match]


def published_clauses(text: str) -> Mapping[int, str]:
    """Return the clauses of a plan's text by number, without it."""
    return {clause: words for _, clause, words in numbered_lines(text)}


def _occurrences(part: str, text: str) -> list[int]:
    return [match.start() for match in re.finditer(f"(?={re.escape(part)})", text)]


def _covered_offsets(quotes: Iterable[str], text: str) -> set[int]:
    return {
        offset
        for quote in quotes
        for start, end in passages(quote, text)
        for offset in range(start, end)
    }


def _is_word(character: str) -> bool:
    return unicodedata.category(character)[0] in "LN"

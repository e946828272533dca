"""Everything a card says in words, and which of it is about nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pandas as pd

from dashboard.cards.model import Card, Table
from dashboard.exports.documents import Brief, Report

# A number where there is none, a message nobody filled in, a difference of nothing, a count of
# nothing set against a pace of nothing.
ABOUT_NOTHING = re.compile(
    r"\bnan\b|\bNaN\b|\bNaT\b|\bNone\b(?! of| yet)|\binf\b|\{[a-z_]+\}"
    r"|(?<![\d.])差0(?![\d.])|(?<![\d.,])0[^\d，,;；]{0,3}，比序时应达0(?![\d.])"
    r"|还差0(?![\d.])|(?<![\d.])0 (?:short|missing) of"
)


def words_of(card: Card) -> Iterator[str]:
    """Every piece of text of a card."""
    yield from (card.finding, card.subtitle, card.change or "", card.hint, *card.notes)
    for tile in card.tiles:
        yield from (tile.label, tile.value, tile.detail)
    if card.passage is not None:
        yield str(card.passage)
    for chart in card.charts:
        yield from (chart.alt, chart.title)
        yield from _texts(chart.frame)
        yield from (value for value in chart.options.values() if isinstance(value, str))
    if card.entries is not None:
        for line in card.entries.lines:
            yield from (line.label, line.detail, line.group, *line.cells)
    for table in (card.table, card.listing):
        if table is not None:
            yield from words_of_table(table)


def words_of_table(table: Table) -> Iterator[str]:
    """The headings and the text cells of a table."""
    yield from (column.label for column in table.columns)
    yield from _texts(table.frame[[column.name for column in table.columns]])


def words_of_report(report: Report) -> Iterator[str]:
    """Every piece of text of a report."""
    yield from (report.title, report.subtitle, *report.about)
    for page in report.pages:
        yield from (page.section, page.title, page.footer, page.key, *page.facts, *page.background)
        yield from words_of(page.card)
    for annex in (report.targets, report.definitions, report.sources):
        yield annex.title
        yield from words_of_table(annex.table)


def words_of_brief(brief: Brief) -> Iterator[str]:
    """Every piece of text of a brief."""
    yield from (brief.title, brief.subtitle, brief.issue, *brief.summary, *brief.about)
    for section in brief.sections:
        yield from (section.title, *section.progress, *section.problems, *section.next_steps)
    yield from words_of_table(brief.targets.table)
    for county in brief.counties:
        yield from (county.title, county.summary, *words_of_table(county.behind.table))


def about_nothing(texts: Iterator[str]) -> list[str]:
    """The texts that no reader should meet."""
    return sorted({text for text in texts if ABOUT_NOTHING.search(text)})


def _texts(frame: pd.DataFrame) -> Iterator[str]:
    for name in frame.columns:
        yield from (text for cell in frame[name].tolist() for text in _text(cell))


def _text(cell: Any) -> Iterator[str]:
    if isinstance(cell, str):
        yield cell

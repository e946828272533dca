"""One deck, three files: slides, brief and workbook, for the page and for the command line."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from dashboard.cards import Context
from dashboard.data import Database
from dashboard.exports.docx import docx_bytes
from dashboard.exports.pptx import pptx_bytes
from dashboard.exports.xlsx import xlsx_bytes
from dashboard.filters import Comparison, Filters
from dashboard.meeting.brief import build_brief
from dashboard.meeting.decks import Deck
from dashboard.meeting.report import build_report
from dashboard.words.language import Language


class Format(StrEnum):
    """The file formats a deck is taken home in."""

    PPTX = "pptx"
    DOCX = "docx"
    XLSX = "xlsx"


def handout_bytes(
    kind: Format,
    database: Database,
    deck: Deck,
    as_of: str,
    words: Language,
    *,
    progress: Callable[[int, int], None] | None = None,
) -> bytes:
    """Write a deck's file; ``progress`` is told how many slides or parts of how many are done.

    The brief is about the deck's counties and month, compared with the month before, as briefs
    are. Raises UnknownCardError.
    """
    if kind is Format.DOCX:
        counties = {slide.counties for slide in deck.slides}
        chosen = counties.pop() if len(counties) == 1 else ()
        filters = Filters(as_of, chosen, Comparison.LAST_MONTH)
        return docx_bytes(build_brief(Context(database, filters, words), progress=progress))
    report = build_report(database, deck, as_of, words, progress=progress)
    return pptx_bytes(report) if kind is Format.PPTX else xlsx_bytes(report)

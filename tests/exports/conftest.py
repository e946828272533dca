"""Reports on the committed sample: one database, one report of an agenda in each language."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest

from dashboard import settings
from dashboard.data import Database
from dashboard.exports.documents import Report
from dashboard.meeting.decks import Deck, Slide, agendas, deck_of, new_deck_id
from dashboard.meeting.report import build_report
from dashboard.words.language import language

AS_OF = "2024-09"

MakeReport = Callable[..., Report]


@pytest.fixture(scope="session")
def agenda_report(database: Database) -> MakeReport:
    """A function that works an agenda out; the same call gets the same report."""
    found = agendas(settings.AGENDAS_DIR)
    names = dict(database.run_query("values/counties")[["county_id", "name_zh"]].to_numpy())

    @cache
    def report(agenda_id: str, lang: str = "zh", county: str = "") -> Report:
        words = language(lang)
        deck = deck_of(found[agenda_id], words, names, [county] if county else [])
        return build_report(database, deck, AS_OF, words)

    return report


@pytest.fixture(scope="session")
def report_of(database: Database) -> MakeReport:
    """A function that works slides out."""

    def report(*slides: Slide, lang: str = "zh") -> Report:
        deck = Deck(deck_id=new_deck_id(), name="测试", slides=slides)
        return build_report(database, deck, AS_OF, language(lang))

    return report

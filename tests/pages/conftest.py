"""The cards that a page draws, without drawing them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dashboard.cards import Context
from dashboard.cards.model import Card
from dashboard.meeting.decks import Slide
from tests.app_pages import AppPage
from tests.opened import open_page

CardsOf = Callable[..., list[Card]]


@pytest.fixture
def cards_of(monkeypatch: pytest.MonkeyPatch) -> CardsOf:
    """A function that opens a page with filters in its address and returns its cards in order."""
    drawn: list[Card] = []

    def record(card: Card, context: Context, slide: Slide, **_options: object) -> None:
        drawn.append(card)

    monkeypatch.setattr("dashboard.ui.page.show_card", record)

    def cards(app_page: AppPage, **parameters: str | list[str]) -> list[Card]:
        drawn.clear()
        open_page(app_page.script, **parameters)
        return list(drawn)

    return cards

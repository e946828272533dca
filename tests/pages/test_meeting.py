"""The pages of decks and of their presentation, run without a browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.meeting.decks import Deck, DeckStore, Slide, new_deck_id
from tests.opened import open_page, sound

TIMEOUT_SECONDS = 60
DECK, STAGE = "pages/meeting/deck.py", "pages/meeting/present.py"


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DeckStore:
    monkeypatch.setenv("DECKS_DIR", str(tmp_path))
    return DeckStore(tmp_path)


def saved(store: DeckStore, *cards: str) -> Deck:
    slides = tuple(Slide(card=card) for card in cards)
    return store.save(Deck(deck_id=new_deck_id(), name="<b>周会</b> *1*", slides=slides))


def press(app: AppTest, key: str) -> AppTest:
    return sound(app.button(key=key).click().run())


def test_a_deck_opens_by_its_address_and_its_name_stays_text(store: DeckStore) -> None:
    deck = saved(store, "overview.status_counts", "county.league")
    app = open_page(DECK, deck=deck.deck_id)
    assert app.title[0].value == r"\<b\>周会\</b\> \*1\*：2页"
    assert len(app.radio(key="deck_slide").options) == 2
    assert app.query_params["deck"] == deck.deck_id


def test_an_unknown_deck_is_told(store: DeckStore) -> None:
    app = open_page(DECK, deck="0123456789ab")
    assert "没有这份汇报" in app.warning[0].value
    assert "没有这份汇报" in open_page(STAGE, deck="../etc/passwd").warning[0].value
    assert "还没有内容" in open_page(STAGE, deck=saved(store).deck_id).warning[0].value


def test_a_new_deck_leaves_the_address_of_the_old_one(store: DeckStore) -> None:
    deck = saved(store, "county.league")
    app = open_page(DECK, deck=deck.deck_id)
    press(app, "deck-new-deck")
    assert "deck" not in app.query_params
    assert "还没有加入内容" in app.title[0].value
    press(app, "deck-undo")
    assert app.query_params["deck"] == deck.deck_id


def test_saving_asks_for_a_name_first(store: DeckStore) -> None:
    app = open_page(DECK)
    app.session_state["working_deck"].add(Slide(card="county.league"))
    sound(app.run())
    press(app, "deck-save")
    assert "请先填写汇报名称" in app.warning[0].value
    app.text_input(key="deck_name").set_value("周会")
    sound(app.run())
    press(app, "deck-save")
    assert [deck.name for deck in store.decks()] == ["周会"]


def test_slides_are_edited_and_the_edits_saved(store: DeckStore) -> None:
    deck = saved(store, "overview.status_counts", "county.league")
    app = open_page(DECK, deck=deck.deck_id)
    app.radio(key="deck_slide").set_value(1)
    sound(app.run())
    press(app, "deck-up")
    app.text_input(key="slide_section").set_value("区县")
    sound(app.run())
    app.text_area(key="slide_note").set_value("先讲结论")
    sound(app.run())
    press(app, "deck-save")
    first = store.load(deck.deck_id).slides[0]
    assert first == Slide(card="county.league", section="区县", note="先讲结论")


def test_a_deck_is_renamed_copied_and_its_slides_doubled(store: DeckStore) -> None:
    deck = saved(store, "overview.status_counts", "county.league")
    app = open_page(DECK, deck=deck.deck_id)
    assert app.code[0].value.endswith(f"?deck={deck.deck_id}")  # to be sent to somebody
    press(app, "deck-duplicate")
    app.text_input(key="deck_name").set_value("改名")
    sound(app.run())
    press(app, "deck-save")
    renamed = store.load(deck.deck_id)
    assert renamed.name == "改名"
    assert [slide.card for slide in renamed.slides] == [
        *("overview.status_counts", "overview.status_counts", "county.league")
    ]
    press(app, "deck-save-as-a-copy")
    assert {(found.name, len(found.slides)) for found in store.decks()} == {
        ("改名", 3),
        ("改名（副本）", 3),
    }
    app.text_input(key="deck_name").set_value("再改")
    sound(app.run())
    press(app, "deck-undo")
    assert app.title[0].value == "改名（副本）：3页"


def test_a_deleted_deck_is_brought_back(store: DeckStore) -> None:
    deck = saved(store, "county.league")
    app = open_page(DECK)
    press(app, "deck-delete")
    assert store.decks() == []
    press(app, "deck-bring-it-back")
    assert store.decks() == [deck]


def test_a_talk_with_a_county_asks_for_one(store: DeckStore) -> None:
    app = open_page(DECK)
    app.selectbox(key="chosen_agenda").set_value("county-talk")
    sound(app.run())
    assert app.button(key="deck-lay-out-the-slides").disabled


def test_a_slide_that_cannot_be_drawn_ends_nothing(store: DeckStore) -> None:
    deck = saved(store, "no.such_card", "county.league")
    app = open_page(DECK, deck=deck.deck_id)
    assert "无法显示" in app.warning[0].value
    app = open_page(STAGE, deck=deck.deck_id)
    assert "无法显示" in app.header[0].value
    assert len(app.header) == 2


def test_every_card_of_a_page_can_be_added() -> None:
    app = open_page("pages/subjects/health.py")
    cards = [button for button in app.button if (button.key or "").startswith("collect-")]
    assert len(cards) == 14  # seven rows of two
    cards[0].click()
    sound(app.run())
    assert len(app.session_state["working_deck"].deck.slides) == 1

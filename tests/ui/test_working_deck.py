"""The deck a reader puts together: nothing is lost by a change, a save or somebody else's."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.cards import Context, build_card
from dashboard.cards.plan import Choice
from dashboard.data import Database
from dashboard.filters import Filters
from dashboard.meeting.decks import DeckFileError, Slide, deck_from_json
from dashboard.meeting.report import build_slide
from dashboard.ui.meeting.working_deck import WorkingDeck, slide_of
from dashboard.words.language import language


@pytest.fixture(autouse=True)
def decks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DECKS_DIR", str(tmp_path))


def slide(card: str) -> Slide:
    return Slide(card=card)


def working(*cards: str) -> WorkingDeck:
    found = WorkingDeck()
    for card in cards:
        found.add(slide(card))
    return found


def cards_of(found: WorkingDeck) -> list[str]:
    return [slide.card for slide in found.deck.slides]


def test_a_card_is_added_once() -> None:
    found = working("a")
    assert not found.add(slide("a"))
    assert cards_of(found) == ["a"]


def test_slides_move_are_copied_and_removed_and_every_step_is_taken_back() -> None:
    found = working("a", "b", "c")
    found.chosen = 0
    found.move(1)
    assert (cards_of(found), found.chosen) == (["b", "a", "c"], 1)
    found.duplicate_slide()
    assert (cards_of(found), found.chosen) == (["b", "a", "a", "c"], 2)
    found.remove_slide()
    found.remove_slide()
    assert cards_of(found) == ["b", "a"]
    found.change_slide(section="s", note="n")
    assert found.slide == Slide(card="a", section="s", note="n")
    for _ in range(5):
        found.undo()
    assert cards_of(found) == ["a", "b", "c"]


def test_nothing_moves_beyond_the_ends_of_a_deck_and_an_empty_one_bears_everything() -> None:
    found = working("a", "b")
    found.chosen = 1
    found.move(1)
    assert cards_of(found) == ["a", "b"]
    empty = WorkingDeck()
    for do in (empty.duplicate_slide, empty.remove_slide, empty.undo, empty.restore_deleted):
        do()
    assert empty.slide is None


def test_a_saved_deck_is_unchanged_until_it_is_changed() -> None:
    found = working("a")
    found.change(name="x")
    assert found.is_changed
    assert found.save()
    assert not found.is_changed
    found.add(slide("b"))
    assert found.is_changed


def two_readers() -> tuple[WorkingDeck, WorkingDeck]:
    mine, theirs = working("a"), WorkingDeck()
    mine.change(name="x")
    mine.save()
    theirs.open(mine.deck.deck_id)
    return mine, theirs


def test_somebody_else_s_save_is_told_and_both_versions_stay() -> None:
    mine, theirs = two_readers()
    theirs.add(slide("theirs"))
    assert theirs.save()
    mine.add(slide("mine"))
    assert not mine.save()
    assert mine.theirs == theirs.deck
    mine.open_theirs()
    assert cards_of(mine) == ["a", "theirs"]
    mine.undo()
    assert cards_of(mine) == ["a", "mine"]
    assert not mine.save()  # still not over theirs
    mine.save_copy("x (copy)")
    assert not mine.is_changed
    assert mine.deck.deck_id != theirs.deck.deck_id


def test_a_deck_that_was_deleted_meanwhile_is_saved_as_a_copy() -> None:
    mine, theirs = two_readers()
    theirs.delete(theirs.deck)
    mine.add(slide("mine"))
    assert not mine.save()
    assert mine.is_gone
    mine.save_copy("x")
    assert WorkingDeck().open(mine.deck.deck_id)


def test_a_server_that_cannot_write_loses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    mine = working("a")
    mine.change(name="x")

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr("os.fsync", full)
        assert not mine.save()
    assert mine.is_refused
    assert mine.save()
    assert not mine.is_refused


def test_a_deleted_deck_is_brought_back_even_when_two_delete_it() -> None:
    mine, theirs = two_readers()
    deck = mine.deck
    mine.delete(deck)
    theirs.delete(deck)
    assert cards_of(mine) == ["a"]  # its slides stay with who has them open
    assert not WorkingDeck().open(deck.deck_id)
    mine.restore_deleted()
    theirs.restore_deleted()
    assert WorkingDeck().open(deck.deck_id)


def test_a_file_comes_in_as_a_deck_of_its_own() -> None:
    mine, _theirs = two_readers()
    content = mine.as_file("nameless")
    assert deck_from_json(content) == mine.deck
    mine.take_file(content)
    assert mine.deck.revision == 0
    assert mine.saved is None
    with pytest.raises(DeckFileError):
        mine.take_file(b"{}")
    assert deck_from_json(working("a").as_file("nameless")).name == "nameless"


@pytest.mark.parametrize(
    ("card", "arguments"),
    [
        ("standing", {"indicator_id": "fitness_good_rate", "with_units": False}),
        ("plan.targets", {"clause": 8, "choice": Choice(standings=("behind",))}),
        ("plan.found_tasks", {"choice": Choice(words="学校")}),
        ("county.figures", {"subjects": ("health", "tutoring")}),
        ("county.map", {"indicator_id": "fitness_good_rate", "coloured_by": "status"}),
    ],
)
def test_a_slide_shows_what_the_card_showed(
    database: Database, card: str, arguments: dict[str, object]
) -> None:
    context = Context(database, Filters("2024-06", ("330681",), "last_month"), language("en"))
    mine = WorkingDeck()
    mine.add(slide_of(card, arguments, context))
    back = deck_from_json(mine.as_file("x")).slides[0]
    page = build_slide(database, back, "2024-09", language("zh"))
    original = build_card(card, context, **arguments)
    assert (page.card.finding, page.card.subtitle) == (original.finding, original.subtitle)

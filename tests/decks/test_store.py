"""Decks as files: nobody's work is lost, no file is half-written, no id leaves the folder."""

from __future__ import annotations

import threading
from pathlib import Path

import msgspec
import pytest

from dashboard.meeting.decks import (
    Deck,
    DeckConflictError,
    DeckFileError,
    DeckStore,
    Slide,
    UnknownDeckError,
    deck_from_json,
    deck_to_json,
    new_deck_id,
)


def a_deck(name: str = "调度会") -> Deck:
    slide = Slide(
        card="standing",
        arguments={"indicator_id": "fitness_good_rate"},
        counties=("330681",),
        compare="2024-03",
        note="先讲结论",
    )
    return Deck(deck_id=new_deck_id(), name=name, slides=(slide,))


def renamed(deck: Deck, name: str) -> Deck:
    return msgspec.structs.replace(deck, name=name)


def test_a_deck_comes_back_as_it_was_saved(tmp_path: Path) -> None:
    store = DeckStore(tmp_path / "new folder")
    saved = store.save(a_deck())
    assert saved.revision == 1
    assert store.load(saved.deck_id) == saved
    assert store.decks() == [saved]


def test_a_file_goes_out_and_comes_in_again() -> None:
    deck = a_deck()
    assert deck_from_json(deck_to_json(deck)) == deck


def test_saving_over_somebody_else_s_work_is_refused_and_names_it(tmp_path: Path) -> None:
    store = DeckStore(tmp_path)
    read_by_both = store.save(a_deck())
    theirs = store.save(renamed(read_by_both, "theirs"))
    with pytest.raises(DeckConflictError) as conflict:
        store.save(renamed(read_by_both, "mine"))
    assert conflict.value.current == theirs
    assert store.load(theirs.deck_id).name == "theirs"


def test_of_two_saves_at_once_one_wins_and_the_other_is_told(tmp_path: Path) -> None:
    store = DeckStore(tmp_path)
    deck = store.save(a_deck())
    outcomes: list[str] = []
    barrier = threading.Barrier(8)

    def save(number: int) -> None:
        barrier.wait()
        try:
            DeckStore(tmp_path).save(renamed(deck, f"number {number}"))
            outcomes.append("saved")
        except DeckConflictError:
            outcomes.append("told")

    threads = [threading.Thread(target=save, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["saved"] + ["told"] * 7
    assert store.load(deck.deck_id).revision == 2


def test_a_deleted_deck_can_be_brought_back(tmp_path: Path) -> None:
    store = DeckStore(tmp_path)
    deck = store.save(a_deck())
    store.delete(deck.deck_id)
    assert store.decks() == []
    with pytest.raises(UnknownDeckError):
        store.load(deck.deck_id)
    with pytest.raises(UnknownDeckError):
        store.save(renamed(deck, "too late"))
    assert store.restore(deck.deck_id) == deck
    assert store.decks() == [deck]


@pytest.mark.parametrize("deck_id", ["../../etc/passwd", "", "ABCDEFABCDEF", "a" * 13, "a/b"])
def test_an_id_never_leads_out_of_the_folder(tmp_path: Path, deck_id: str) -> None:
    with pytest.raises(UnknownDeckError):
        DeckStore(tmp_path).load(deck_id)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b"{}",
        b'{"deck_id": "abcdefabcdef", "name": "", "slides": []}',
        b'{"deck_id": "../../../../x", "name": "x"}',
        b'{"deck_id": "abcdefabcdef", "name": "x", "slides": [{"card": "../x"}]}',
        b'{"deck_id": "abcdefabcdef", "name": "x", "format": 2}',
        b'{"deck_id": "abcdefabcdef", "name": "x", "unknown": 1}',
        b"[" * 100_000,
        b" " * 1_000_001,
    ],
    ids=lambda content: content[:12].decode("latin-1").strip() or "blank",
)
def test_a_file_that_is_no_deck_is_refused(content: bytes) -> None:
    with pytest.raises(DeckFileError):
        deck_from_json(content)


def test_a_broken_file_does_not_hide_the_others(tmp_path: Path) -> None:
    store = DeckStore(tmp_path)
    deck = store.save(a_deck())
    (tmp_path / "0123456789ab.json").write_text("{", encoding="utf-8")
    assert store.decks() == [deck]
    with pytest.raises(DeckFileError):
        store.load("0123456789ab")


def test_a_save_that_fails_leaves_the_old_file_and_no_litter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = DeckStore(tmp_path)
    deck = store.save(a_deck())

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        store.save(renamed(deck, "never"))
    assert store.load(deck.deck_id) == deck
    assert [path.name for path in tmp_path.glob(".writing-*")] == []

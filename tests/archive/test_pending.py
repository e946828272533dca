"""Deliveries that wait: handed in whole, kept as they came, gone only when somebody says so."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from dashboard.archive import Answer, Archive, ArchiveError, UnknownPendingError

UPLOADS = [("体质健康.xlsx", b"PK\x03\x04"), ("../学校.csv", b""), ("copy.csv", b"")]


def test_a_delivery_comes_back_as_it_was_handed_in(archive: Archive, folder: Path) -> None:
    store = archive.pending
    assert store.all() == []
    answers = (Answer(file="学校.csv", sheet=None, resource="schools"),)
    first = store.put(UPLOADS, deliverer="王老师", note="九月", answers=answers)
    second = store.put([("a.csv", b"a")], deliverer="李老师")
    assert store.all() == [second, first] and first.id < second.id
    assert store.get(first.id) == first
    assert (first.deliverer, first.note, first.answers) == ("王老师", "九月", answers)
    assert store.uploads(first.id) == UPLOADS
    assert not (folder / "学校.csv").exists() and not (folder / "pending" / "学校.csv").exists()
    answered = store.answer(second.id, answers)
    assert store.get(second.id) == answered and answered.answers == answers


def test_a_removed_delivery_is_gone(archive: Archive, folder: Path) -> None:
    store = archive.pending
    delivery = store.put(UPLOADS, deliverer="")
    store.remove(delivery.id)
    assert store.all() == [] and list((folder / "pending").iterdir()) == []
    for ask in (store.get, store.uploads, store.remove, lambda name: store.answer(name, ())):
        for name in (delivery.id, "..", "../versions", ""):
            with pytest.raises(UnknownPendingError):
                ask(name)


def test_half_a_delivery_is_none(
    archive: Archive, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("dashboard.archive.pending.os.rename", refuse)
    with pytest.raises(ArchiveError, match="the disk is full"):
        archive.pending.put(UPLOADS, deliverer="")
    assert archive.pending.all() == [] and list((folder / "pending").iterdir()) == []
    monkeypatch.undo()
    os.mkdir(folder / "pending" / ".incoming-0123")  # of a process that was killed
    assert archive.pending.all() == []

"""Deliveries that were handed in and are not published yet: nothing handed in is lost."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from dashboard.archive.building import described
from dashboard.archive.disk import (
    put_in_place,
    remove_tree,
    sync_folder,
    write_beside,
    write_for_good,
)
from dashboard.archive.errors import UnknownPendingError, plain_words
from dashboard.archive.manifest import Original

_NOTE = "note.json"
_ID = re.compile(r"\d{8}-\d{6}-\d{6}-[0-9a-f]{4}")
_INCOMING, _REMOVED = ".incoming-", ".removed-"


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """Which export a table is, where two fit: the resource that somebody chose for it."""

    file: str
    sheet: str | None
    resource: str


class Pending(msgspec.Struct, frozen=True, kw_only=True):
    """A delivery that waits. Its ids sort by the time at which it came."""

    id: str
    received_at: datetime
    deliverer: str
    note: str
    files: tuple[Original, ...]
    answers: tuple[Answer, ...] = ()


class PendingStore:
    """The pending deliveries in a folder; may be shared between threads and processes.

    All methods raise ArchiveError in plain words when the disk refuses.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(
        self,
        uploads: Iterable[tuple[str, bytes]],
        *,
        deliverer: str,
        note: str = "",
        answers: Iterable[Answer] = (),
    ) -> Pending:
        """Keep files, by name and bytes, as they were handed in: all of them or none."""
        with plain_words("交付的文件未能保存", "The delivery could not be kept"):
            self._folder.mkdir(parents=True, exist_ok=True)
            incoming = self._folder / f"{_INCOMING}{secrets.token_hex(6)}"
            incoming.mkdir()
            try:
                received_at = datetime.now().astimezone()
                pending = Pending(
                    id=_new_id(received_at),
                    received_at=received_at,
                    deliverer=deliverer,
                    note=note,
                    files=tuple(_keep(incoming, name, content) for name, content in uploads),
                    answers=tuple(answers),
                )
                write_for_good(incoming / _NOTE, msgspec.json.encode(pending))
                sync_folder(incoming)
                os.rename(incoming, self._folder / pending.id)
            except BaseException:
                remove_tree(incoming)
                raise
            sync_folder(self._folder)
        return pending

    def all(self) -> list[Pending]:
        """All pending deliveries, newest first. What is no delivery is left out."""
        found = []
        for path in self._folder.glob("*"):
            if _ID.fullmatch(path.name):
                try:
                    found.append(self.get(path.name))
                except UnknownPendingError:
                    continue
        return sorted(found, key=lambda pending: pending.id, reverse=True)

    def get(self, pending_id: str) -> Pending:
        """Raise UnknownPendingError where there is none."""
        try:
            note = (self._path(pending_id) / _NOTE).read_bytes()
            return msgspec.json.decode(note, type=Pending)
        except (OSError, msgspec.DecodeError):
            raise UnknownPendingError(pending_id) from None

    def uploads(self, pending_id: str) -> list[tuple[str, bytes]]:
        """Return files by name and bytes, as they were handed in. Raises UnknownPendingError."""
        folder = self._path(pending_id)
        with plain_words("交付的文件无法读取", "The delivery cannot be read"):
            return [
                (file.name, (folder / file.sha256).read_bytes())
                for file in self.get(pending_id).files
            ]

    def answer(self, pending_id: str, answers: Iterable[Answer]) -> Pending:
        """Keep which exports somebody chose, in place of earlier answers."""
        pending = msgspec.structs.replace(self.get(pending_id), answers=tuple(answers))
        note = self._path(pending_id) / _NOTE
        with plain_words("回答未能保存", "The answer could not be kept"):
            put_in_place(write_beside(note, msgspec.json.encode(pending)), note)
        return pending

    def replace(
        self,
        pending_id: str,
        uploads: Iterable[tuple[str, bytes]],
        *,
        deliverer: str,
        note: str = "",
        answers: Iterable[Answer] = (),
    ) -> Pending:
        """Keep these files in place of those of a delivery, under a new id.

        Where nobody says otherwise its deliverer and its note stay, and what was answered about
        files that stay as they are. Raises UnknownPendingError.
        """
        before, kept = self.get(pending_id), list(uploads)
        files = [described(name, content) for name, content in kept]
        same = {file.name for file in before.files if file in files}
        answered = {(each.file, each.sheet): each for each in before.answers if _of(each) in same}
        answered |= {(each.file, each.sheet): each for each in answers}
        pending = self.put(
            kept,
            deliverer=deliverer or before.deliverer,
            note=note or before.note,
            answers=answered.values(),
        )
        self.remove(pending_id)
        return pending

    def remove(self, pending_id: str) -> None:
        """Delete a delivery, once it is published or given up. Raises UnknownPendingError."""
        with plain_words("待发布的交付未能删除", "The delivery could not be deleted"):
            removed = self._folder / f"{_REMOVED}{secrets.token_hex(6)}"
            try:
                os.rename(self._path(pending_id), removed)
            except FileNotFoundError:
                raise UnknownPendingError(pending_id) from None
            sync_folder(self._folder)
            for left in self._folder.glob(f"{_REMOVED}*"):  # with those of interrupted processes
                remove_tree(left)

    def _path(self, pending_id: str) -> Path:
        if not _ID.fullmatch(pending_id):  # comes from the address: never a way out of the folder
            raise UnknownPendingError(pending_id)
        return self._folder / pending_id


def _new_id(received_at: datetime) -> str:
    moment = received_at.astimezone(UTC)
    return f"{moment:%Y%m%d-%H%M%S-%f}-{secrets.token_hex(2)}"


def _of(answer: Answer) -> str:
    """Return the file that an answer is about: a table inside a zip is named `a.zip/b.csv`."""
    return answer.file.split("/")[0]


def _keep(folder: Path, name: str, content: bytes) -> Original:
    original = described(name, content)
    path = folder / original.sha256
    if not path.exists():
        write_for_good(path, content)
    return original

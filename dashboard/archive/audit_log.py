"""The log of everything that was done with versions: appended to, chained by hash, never edited.

Every line is one entry as JSON. Its `hash` covers the line before and all of its own fields, so a
line that is changed, taken out or put in breaks the chain from there on. A crash may leave the last
line torn; the next append takes the torn end away, says so in an entry of its own, and goes on.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Literal, get_args

import msgspec

from dashboard.archive.disk import sync_folder

Action = Literal["adopt", "publish", "roll_back", "prune", "refuse", "repair"]
# What brings a version into effect.
EFFECTS = ("adopt", "publish", "roll_back")
ACTIONS: tuple[str, ...] = get_args(Action)

_START = "0" * 64


class LogEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One line. `manifest` is the checksum of the manifest of a version that came into effect."""

    number: int
    at: datetime
    actor: str
    action: Action
    version: str | None
    reason: str
    manifest: str | None
    previous: str
    hash: str


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """What there is to say in an entry."""

    at: datetime
    actor: str
    action: Action
    version: str | None = None
    reason: str = ""
    manifest: str | None = None


class Log(msgspec.Struct, frozen=True, kw_only=True):
    """The log as it was read.

    `entries` are the lines that can be read; `broken` is the first line that does not continue
    the chain, None when all do. `torn` is the number of bytes after the last whole line.
    """

    entries: tuple[LogEntry, ...] = ()
    lines: int = 0
    broken: int | None = None
    torn: int = 0

    def effects(self) -> list[LogEntry]:
        """Return the entries that brought a version into effect, oldest first."""
        return [entry for entry in self.entries if entry.action in EFFECTS]


def read_log(path: Path) -> Log:
    """Read the log, whole or not. Raises OSError when there is one that cannot be read."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return Log()
    return _parsed(content)


def append(path: Path, event: Event) -> LogEntry:
    """Write an entry down to the disk and return it; only under the archive's lock.

    Raises OSError, and leaves the log as it was or with a torn end that the next append takes away.
    """
    log = _healed(path)
    entry = _entry(log, event)
    _write(path, [entry])
    return entry


def _healed(path: Path) -> Log:
    """Return the log without a torn end."""
    log = read_log(path)
    if not log.torn:
        return log
    with path.open("r+b") as file:
        kept = file.seek(0, os.SEEK_END) - log.torn
        file.truncate(kept)
        file.flush()
        os.fsync(file.fileno())
    healed = msgspec.structs.replace(log, torn=0)
    said = _entry(
        healed,
        Event(
            at=datetime.now().astimezone(),
            actor="",
            action="repair",
            reason=f"interrupted entry removed, {log.torn} bytes",
        ),
    )
    _write(path, [said])
    return msgspec.structs.replace(healed, entries=(*healed.entries, said), lines=healed.lines + 1)


def _entry(log: Log, event: Event) -> LogEntry:
    previous = log.entries[-1].hash if log.entries else _START
    fields = msgspec.structs.asdict(event)
    entry = LogEntry(number=log.lines + 1, previous=previous, hash="", **fields)
    return msgspec.structs.replace(entry, hash=_hash(entry))


def _hash(entry: LogEntry) -> str:
    bare = msgspec.structs.replace(entry, hash="")
    return hashlib.sha256(msgspec.json.encode(bare, order="deterministic")).hexdigest()


def _write(path: Path, entries: Sequence[LogEntry]) -> None:
    is_new = not path.exists()
    lines = b"".join(msgspec.json.encode(entry) + b"\n" for entry in entries)
    with path.open("ab") as file:
        file.write(lines)
        file.flush()
        os.fsync(file.fileno())
    if is_new:
        sync_folder(path.parent)


def _parsed(content: bytes) -> Log:
    whole, _, torn = content.rpartition(b"\n")
    lines = whole.split(b"\n") if whole else []
    entries: list[LogEntry] = []
    broken: int | None = None
    previous = _START
    for number, line in enumerate(lines, start=1):
        try:
            entry = msgspec.json.decode(line, type=LogEntry)
        except msgspec.DecodeError:  # includes what is no entry
            broken = broken or number
            continue
        is_next = entry.number == number and entry.previous == previous
        is_whole = entry.hash == _hash(entry) and msgspec.json.encode(entry) == line
        if not (is_next and is_whole):
            broken = broken or number
        entries.append(entry)
        previous = entry.hash
    return Log(entries=tuple(entries), lines=len(lines), broken=broken, torn=len(torn))

"""The pointer: which version is in effect, who brought it into effect, when and why.

It holds all that the log's entry will say, so that a process killed between the two loses nothing.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from dashboard.archive.audit_log import Event

POINTER = "current.json"


class Pointer(msgspec.Struct, frozen=True, kw_only=True):
    """`entry` is the number of the line in the log that says the same as `event`."""

    version: str
    entry: int
    event: Event


class PointerError(Exception):
    """The file is there and holds no pointer."""


def read_pointer(folder: Path) -> Pointer | None:
    """Return the pointer as last put in place, None without one. Raises PointerError, OSError."""
    try:
        content = (folder / POINTER).read_bytes()
    except FileNotFoundError:
        return None
    try:
        pointer = msgspec.json.decode(content, type=Pointer)
    except msgspec.DecodeError as error:
        raise PointerError(str(error)) from error
    if not is_version_id(pointer.version):
        raise PointerError(f"{pointer.version} is no version")
    return pointer


def is_version_id(text: str) -> bool:
    """Whether this names a version's folder and nothing else on the disk."""
    digits = text.removeprefix("v")
    return text.startswith("v") and len(digits) >= 4 and digits.isascii() and digits.isdigit()

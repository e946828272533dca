"""Text in files: what XML can hold, and how wide it stands."""

from __future__ import annotations

import re

# Control characters come with names that Excel saved.
_UNPRINTABLE = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def printable(text: str) -> str:
    """Leave out what XML cannot hold."""
    return _UNPRINTABLE.sub("", text)


def text_width(text: str) -> int:
    """Return how wide a text stands, in Latin characters: Chinese ones count twice."""
    return sum(2 if ord(sign) > 0x2E7F else 1 for sign in text)

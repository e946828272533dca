"""What the sheets of a workbook may be called."""

from __future__ import annotations

import re

from dashboard.exports.text import printable

_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
_LONGEST = 31


class SheetNames:
    """The names given in one workbook: within Excel's length, without its forbidden signs."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def free(self, wanted: str) -> str:
        """Return a name that no sheet has yet, as near to the wanted one as Excel allows."""
        clean = _FORBIDDEN.sub(" ", printable(wanted)).strip()[:_LONGEST] or "-"
        name, number = clean, 2
        while name.casefold() in self._taken:
            tail = f" {number}"
            name, number = clean[: _LONGEST - len(tail)] + tail, number + 1
        self._taken.add(name.casefold())
        return name

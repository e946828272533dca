"""Names and texts as SQL writes them."""

from __future__ import annotations


def quoted(identifier: str) -> str:
    """Return an SQL identifier."""
    return '"' + identifier.replace('"', '""') + '"'


def string(value: str) -> str:
    """Return an SQL string."""
    return "'" + value.replace("'", "''") + "'"

"""Names and texts as SQL writes them."""

from __future__ import annotations


def quoted(identifier: str) -> str:
    """An SQL identifier."""
    return '"' + identifier.replace('"', '""') + '"'


def string(value: str) -> str:
    """An SQL string."""
    return "'" + value.replace("'", "''") + "'"

"""Versions of the contract, as texts of three numbers: which came later."""

from __future__ import annotations

import re

_VERSION = re.compile(r"[0-9]+[.][0-9]+[.][0-9]+")


def is_version(text: str) -> bool:
    """Whether a text is a version, such as 1.10.0."""
    return _VERSION.fullmatch(text) is not None


def is_later(version: str, other: str) -> bool:
    """Whether a version came after another one: 1.10.0 after 1.9.0. Raises ValueError."""
    return _numbers(version) > _numbers(other)


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))

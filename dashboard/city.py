"""The city that the dashboard is about: what is written on the frame, on slides and on briefs."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Annotated

import msgspec

from dashboard import settings

_Words = Annotated[str, msgspec.Meta(pattern=r"\S")]


class CityError(Exception):
    """The file that says which city this is cannot be used; says what to do."""


class City(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A city's own words, in both languages."""

    title_zh: _Words
    title_en: _Words
    issuer_zh: _Words
    issuer_en: _Words

    def text(self, field: str, code: str) -> str:
        """Return `title` or `issuer` in the language `zh` or `en`."""
        return str(getattr(self, f"{field}_{code}"))


def city() -> City:
    """Return the city of the settings, read anew when the file changes.

    Raises CityError.
    """
    path = settings.city_file()
    try:
        return _read(path, path.stat().st_mtime_ns)
    except (OSError, UnicodeDecodeError, msgspec.DecodeError) as error:
        raise CityError(
            f"{path.name} 无法使用：{error}。请按 data/city.yaml 的格式改正，或不设 CITY_FILE。\n"
            f"{path.name} cannot be used: {error}. Write it as data/city.yaml, or unset CITY_FILE."
        ) from error


@lru_cache(maxsize=4)
def _read(path: Path, _modified: int) -> City:
    return msgspec.yaml.decode(path.read_bytes(), type=City)

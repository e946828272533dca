"""The pages there are: ``pages/pages.yml`` is read by navigation, catalogue, cards and tests."""

from __future__ import annotations

from functools import cache
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

from dashboard import settings
from dashboard.words.language import Language

FIRST_PAGE = "overview"
_Id = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_]*$")]
_Words = Annotated[str, Meta(pattern=r"\S")]


class PageEntry(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One entry of ``pages.yml``, which says what the fields mean."""

    group: _Id
    id: _Id
    title: _Words
    name: _Words | None = None
    kind: Literal["page", "subject", "hidden"] = "page"
    portrait: Literal[1, 2] = 2

    @property
    def script(self) -> str:
        """The page's file, relative to the folder of ``app.py``."""
        return f"pages/{self.group}/{self.id}.py"


@cache
def pages() -> dict[str, PageEntry]:
    """Return every page by its id, in the order of the navigation."""
    entries = msgspec.yaml.decode(
        (settings.ROOT / "pages" / "pages.yml").read_bytes(), type=list[PageEntry]
    )
    found = {entry.id: entry for entry in entries}
    if len(found) < len(entries):
        raise ValueError("pages.yml: two pages have the same id")
    return found


def subjects() -> tuple[str, ...]:
    """Return the ids of the pages that are homes of indicators."""
    return tuple(entry.id for entry in pages().values() if entry.kind == "subject")


def portrait_halves() -> tuple[tuple[str, ...], ...]:
    """Return the subjects of each half of a county's portrait; a half without any is left out."""
    halves = (
        tuple(page for page in subjects() if pages()[page].portrait == half) for half in (1, 2)
    )
    return tuple(half for half in halves if half)


def page_name(page: str, language: Language) -> str:
    """Return what a page is about, in the reader's language."""
    entry = pages()[page]
    return language(entry.name or entry.title)

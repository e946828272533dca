"""Which cards and headlines the pages show, found by running the pages' own scripts."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any
from unittest.mock import patch

import dashboard.ui  # noqa: F401  (its modules must be there to be recorded)
from dashboard.cards import Context, build_card, build_headline
from dashboard.cards.model import Card
from tests.app_pages import discover_pages
from tests.opened import open_page

TIMEOUT_SECONDS = 120
# A page may show other cards of a single county and of several; some have choices of their own.
CHOICES: tuple[tuple[dict[str, Any], tuple[str, ...]], ...] = (
    ({}, ()),
    ({"counties": "330681"}, ()),
    ({"counties": "330681,330624"}, ()),
    (
        {"indicator": "inclusive_kindergarten_coverage", "counties": "330681"},
        ("county", "indicator"),
    ),
    ({"clause": "6"}, ("plan",)),
    ({"search": "健康"}, ("plan",)),
)

Arguments = tuple[tuple[str, Any], ...]


@dataclass(frozen=True)
class Shown:
    """A card, or the headline of a page, with the arguments that a page gives it."""

    name: str
    arguments: Arguments
    is_headline: bool = False

    def card(self, view: Context) -> Card:
        """Build the card."""
        return build_card(self.name, view, **dict(self.arguments))

    def headline(self, view: Context) -> str:
        """Say the headline."""
        return build_headline(self.name, view, **dict(self.arguments))

    def __str__(self) -> str:
        arguments = ",".join(str(value) for _name, value in self.arguments)
        return f"{self.name}({arguments})" if arguments else self.name


class Record:
    """What was shown, each once for the same arguments, and together with what."""

    def __init__(self) -> None:
        self.runs: list[set[Shown]] = []

    def begin_run(self) -> None:
        """What is noted from now on is shown together."""
        self.runs.append(set())

    def note(self, item: Shown) -> None:
        """Note what a page asks for."""
        self.runs[-1].add(item)


@cache
def shown_together() -> tuple[frozenset[Shown], ...]:
    """The cards and headlines of every run of every page."""
    record = Record()
    with _recording(record):
        for choice, names in CHOICES:
            for page in discover_pages():
                if names and page.name not in names:
                    continue
                record.begin_run()
                open_page(page.script, **choice)
    return tuple(map(frozenset, record.runs))


def shown() -> tuple[Shown, ...]:
    """Every card and headline of every page, each once for the same arguments."""
    return tuple(sorted(frozenset.union(*shown_together()), key=str))


def shown_cards() -> list[Shown]:
    """Every card of every page."""
    return [item for item in shown() if not item.is_headline]


def shown_headlines() -> list[Shown]:
    """Every page's headline."""
    return [item for item in shown() if item.is_headline]


def cards_below(headline: Shown) -> list[Shown]:
    """The cards that stand on a page with a headline."""
    pages = [page for page in shown_together() if headline in page]
    return sorted((i for i in frozenset.union(*pages) if not i.is_headline), key=str)


@contextmanager
def _recording(record: Record) -> Iterator[None]:
    """Note what the interface asks the cards for, wherever it does so."""
    originals = {"build_card": build_card, "build_headline": build_headline}
    with ExitStack() as stack:
        for module_name, module in list(sys.modules.items()):
            if not module_name.startswith("dashboard.ui"):
                continue
            for name, original in originals.items():
                if getattr(module, name, None) is original:
                    recorder = _recorder(record, original, is_headline=name == "build_headline")
                    stack.enter_context(patch.object(module, name, recorder))
        yield


def _recorder(
    record: Record, build: Callable[..., Any], *, is_headline: bool
) -> Callable[..., Any]:
    def recorded(name: str, context: Context, **arguments: Any) -> Any:
        record.note(Shown(name, tuple(sorted(arguments.items())), is_headline))
        return build(name, context, **arguments)

    return recorded

"""Which cards and headlines the pages show, found by running the pages' own scripts."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any
from unittest.mock import patch

from streamlit.testing.v1 import AppTest

import dashboard.ui  # noqa: F401  (its modules must be there to be recorded)
from dashboard.cards import Context, build_card, build_headline
from dashboard.report import Card
from dashboard.settings import ROOT
from tests.app_pages import discover_pages

TIMEOUT_SECONDS = 120
# A page may show other cards of a single county, of several, of a clause and of what is searched.
CHOICES: tuple[dict[str, Any], ...] = (
    {},
    {"counties": "330681"},
    {"counties": "330681,330624"},
    {"indicator": "migrant_public_rate", "counties": "330681"},
    {"clause": "6"},
    {"search": "健康"},
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


@cache
def shown() -> tuple[Shown, ...]:
    """Every card and headline of every page, each once for the same arguments."""
    found: dict[Shown, None] = {}
    with _recording(found):
        for choice in CHOICES:
            app = AppTest.from_file(ROOT / "app.py", default_timeout=TIMEOUT_SECONDS)
            app.query_params.update(choice)
            app.run()
            for page in discover_pages():
                app.switch_page(page.script).run()
    return tuple(sorted(found, key=str))


def shown_cards() -> list[Shown]:
    """Every card of every page."""
    return [item for item in shown() if not item.is_headline]


def shown_headlines() -> list[Shown]:
    """Every page's headline."""
    return [item for item in shown() if item.is_headline]


@contextmanager
def _recording(found: dict[Shown, None]) -> Iterator[None]:
    """Note what the interface asks the cards for, wherever it does so."""
    originals = {"build_card": build_card, "build_headline": build_headline}
    with ExitStack() as stack:
        for module_name, module in list(sys.modules.items()):
            if not module_name.startswith("dashboard.ui"):
                continue
            for name, original in originals.items():
                if getattr(module, name, None) is original:
                    recorder = _recorder(found, original, is_headline=name == "build_headline")
                    stack.enter_context(patch.object(module, name, recorder))
        yield


def _recorder(
    found: dict[Shown, None], build: Callable[..., Any], *, is_headline: bool
) -> Callable[..., Any]:
    def record(name: str, context: Context, **arguments: Any) -> Any:
        found[Shown(name, tuple(sorted(arguments.items())), is_headline)] = None
        return build(name, context, **arguments)

    return record

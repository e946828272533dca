"""Cards on the committed sample: one database for all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest

from dashboard.cards import Context
from dashboard.data import Database
from dashboard.filters import Comparison, Filters
from dashboard.words.language import language

MakeContext = Callable[..., Context]


@pytest.fixture
def context(database: Database) -> MakeContext:
    """A function that makes a reader's view of the sample."""

    def view(
        counties: Iterable[str] = (),
        as_of: str = "2024-09",
        lang: str = "zh",
        comparison: str = Comparison.LAST_YEAR,
    ) -> Context:
        return Context(database, Filters(as_of, tuple(counties), comparison), language(lang))

    return view

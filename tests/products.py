"""Products of parameters: how many of their combinations a run takes.

A test that bears the mark `product` is asked of every combination of its parameters in
`make test-long`. `make test` takes a seeded sample of them in which every value of each parameter
stands, and every combination of the parameters that the mark names:

    @pytest.mark.product("world", "page")  # each page in each world, in some language and month
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from enum import StrEnum

import pytest

SEED = 2024


class Share(StrEnum):
    """How much of a product is run: as `make quick`, `make test` and `make test-long` do."""

    FEW = "few"
    SAMPLE = "sample"
    WHOLE = "whole"


def taken(items: Sequence[pytest.Item], share: Share) -> set[pytest.Item]:
    """Return the items to run: those of no product, and of each product its share."""
    if share is Share.WHOLE:
        return set(items)
    found: set[pytest.Item] = set()
    for combinations in _by_test(items):
        mark = combinations[0].get_closest_marker("product")
        if mark is None:
            found |= set(combinations)
        else:
            found |= set(_sampled(combinations, mark.args if share is Share.SAMPLE else ()))
    return found


def _by_test(items: Iterable[pytest.Item]) -> Iterable[list[pytest.Item]]:
    tests: defaultdict[str, list[pytest.Item]] = defaultdict(list)
    for item in items:
        tests[item.nodeid.partition("[")[0]].append(item)
    return tests.values()


def _sampled(combinations: list[pytest.Item], together: Sequence[str]) -> Iterator[pytest.Item]:
    """Each combination that shows something which none before it did, in a seeded order."""
    random.Random(SEED).shuffle(combinations)
    seen: set[Hashable] = set()
    for item in combinations:
        shown = set(_shown(item, together))
        if not shown <= seen:
            seen |= shown
            yield item


def _shown(item: pytest.Item, together: Iterable[str]) -> Iterator[Hashable]:
    """The values that an item shows, and its combination of those that stand together."""
    parameters: dict[str, object] = item.callspec.params  # type: ignore[attr-defined]
    names = {name: str(value) for name, value in parameters.items()}
    yield from names.items()
    yield tuple(names[name] for name in together)

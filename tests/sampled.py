"""Exhaustive products: a seeded sample in `make test`, all of them in `make test-long`."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Hashable, Iterable
from itertools import groupby
from typing import TypeVar

SEED = 2024
# `make test-long` sets it.
IS_WHOLE = bool(os.environ.get("WHOLE_PRODUCTS"))

_T = TypeVar("_T")


def sampled(products: Iterable[_T], *, each: Callable[[_T], Hashable]) -> list[_T]:
    """Return one product of each group, the same in every run; all of them when asked for.

    `each` names the group that a product belongs to.
    """
    listed = list(products)
    if IS_WHOLE:
        return listed
    names = {each(product): str(each(product)) for product in listed}
    chance = random.Random(SEED)
    ordered = sorted(listed, key=lambda product: names[each(product)])  # stable within a group
    return [
        chance.choice(list(group))
        for _name, group in groupby(ordered, key=lambda product: names[each(product)])
    ]

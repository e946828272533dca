"""Whole numbers out of shares: people and schools come in ones, published rates do not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd


def whole(base: np.ndarray, share: np.ndarray | float, offset: np.ndarray) -> np.ndarray:
    """Return how many of `base` a share makes, as whole numbers between 0 and `base`.

    `offset` (0 ≤ offset < 1) decides the rounding. Drawn once per school it makes sums unbiased
    and lets a school change from year to year only where its share does.
    """
    counts: np.ndarray = np.clip(np.floor(base * share + offset), 0, base).astype(np.int64)
    return counts


def centred(effects: np.ndarray, weights: np.ndarray, groups: Sequence[np.ndarray]) -> np.ndarray:
    """Shift `effects` so that their weighted mean is zero in every group."""
    frame = pd.DataFrame({"weighted": effects * weights, "weight": weights})
    sums = frame.groupby(pd.MultiIndex.from_arrays(groups)).transform("sum")
    means: np.ndarray = (sums["weighted"] / sums["weight"]).to_numpy()
    shifted: np.ndarray = effects - means
    return shifted


def apportion(total: int, shares: Mapping[str, float]) -> dict[str, int]:
    """Split `total` into whole numbers in proportion to `shares` (largest remainder)."""
    weight = sum(shares.values())
    exact = {key: total * share / weight for key, share in shares.items()}
    split = {key: int(value) for key, value in exact.items()}
    by_remainder = sorted(exact, key=lambda key: split[key] - exact[key])
    for key in by_remainder[: total - sum(split.values())]:
        split[key] += 1
    return split


def ranks(order: np.ndarray, groups: np.ndarray) -> np.ndarray:
    """Return each row's rank within its group as a number in (0, 1), lowest `order` first.

    Comparing it with a share picks that share of every group, up to one row.
    """
    values = pd.Series(order).groupby(groups)
    return ((values.rank(method="first") - 0.5) / values.transform("size")).to_numpy()


def grow_set(
    members: set[int], candidates: Sequence[int], weights: Mapping[int, float], target: float
) -> None:
    """Add candidates to `members`, in their order, until their weight is close to `target`.

    Later and lighter candidates fill the gap that a heavy one leaves; a last one may go beyond the
    target where that ends closer to it, for schools come whole.
    """
    held = sum(weight for key, weight in weights.items() if key in members)
    for key in candidates:
        if key not in members and held + weights[key] <= target:
            members.add(key)
            held += weights[key]
    left = [key for key in candidates if key not in members]
    nearest = min(left, key=weights.__getitem__, default=None)
    if nearest is not None and abs(held + weights[nearest] - target) < abs(held - target):
        members.add(nearest)

"""Random streams, one per table, so that a new table does not shift the others."""

from __future__ import annotations

import zlib

import numpy as np


def stream(seed: int, table: str) -> np.random.Generator:
    """Return the random stream of `table`: the same seed and table give the same numbers."""
    key = zlib.crc32(table.encode())
    return np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(key,)))

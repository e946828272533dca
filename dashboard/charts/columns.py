"""What charts read from a frame: numbers with gaps, escaped words, flags and ids."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard.charts.text import is_missing, plain_lines, plain_text, wrapped_text

Objects = npt.NDArray[np.object_]


def numbers(frame: pd.DataFrame, column: str) -> list[float | None]:
    """Return the column as floats; a missing value, and a missing column, is None."""
    if column not in frame:
        return [None] * len(frame)
    return [None if is_missing(value) else float(value) for value in frame[column]]


def words(frame: pd.DataFrame, column: str) -> list[str]:
    """Return the column as escaped text; a missing value, and a missing column, is ''."""
    if column not in frame:
        return [""] * len(frame)
    return [plain_text(value) for value in frame[column]]


def wrapped_words(frame: pd.DataFrame, column: str, width: float) -> list[str]:
    """Return the column as escaped text in lines of at most `width` em."""
    return [wrapped_text(value, width) for value in frame[column]]


def flags(frame: pd.DataFrame, column: str) -> list[bool]:
    """Return the column as booleans; a missing value, and a missing column, is False."""
    if column not in frame:
        return [False] * len(frame)
    return [False if is_missing(value) else bool(value) for value in frame[column]]


def raw_words(frame: pd.DataFrame, column: str) -> list[str]:
    """Return column as it is, unescaped: ids, and words still to be wrapped; '' where missing."""
    if column not in frame:
        return [""] * len(frame)
    return ["" if is_missing(value) else str(value) for value in frame[column]]


def dates(frame: pd.DataFrame, column: str) -> list[str | None]:
    """Return the column as ISO dates; a missing value, and a missing column, is None."""
    if column not in frame:
        return [None] * len(frame)
    return [None if is_missing(value) else str(value)[:10] for value in frame[column]]


def hovers(frame: pd.DataFrame, column: str, *fallback: Sequence[str]) -> list[str]:
    """Ready-made hover text (its lines kept); without such a column the `fallback` texts."""
    if column in frame:
        return [plain_lines(value) for value in frame[column]]
    return ["<br>".join(part for part in parts if part) for parts in zip(*fallback, strict=True)]


def customdata(*identifiers: Sequence[str]) -> Objects:
    """Return the ids of each point, where Streamlit's selection event carries them.

    They are `customdata[0]` and on. Plotly takes an array as it is, but walks through nested lists
    value by value.
    """
    return np.array(list(zip(*identifiers, strict=True)), dtype=object)


def one_or_all(values: Sequence[str]) -> str | Sequence[str]:
    """Return a single value where all are the same: Plotly checks every colour of a list."""
    return values[0] if len(set(values)) == 1 else values

"""How the numbers of a chart are written, and how far its axis reaches."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from dashboard.exports.series import Series
from dashboard.rounding import DUST, rounded

_FIRST_NUMBER = re.compile(r"\d[\d,]*(?:\.(\d+))?")
_MOST_DECIMALS = 2
_STEPS = 5  # of an axis, about


def each_decimals(frame: pd.DataFrame) -> list[int]:
    """Return how many decimals each row's number has on screen, read off what is written there."""
    texts = frame["text"] if "text" in frame else [""] * len(frame)
    found = [
        None if value is None else _decimals_written(str(text), value)
        for text, value in zip(texts, numbers(frame, "value"), strict=True)
    ]
    most = max((places for places in found if places is not None), default=0)
    return [most if places is None else places for places in found]


def most_decimals(frame: pd.DataFrame) -> int:
    """Return the most decimals that a number of the frame has on screen."""
    return max(each_decimals(frame), default=0)


def decimals_needed(frame: pd.DataFrame) -> int:
    """Return what the values need: a part's text may say a number where its length is a share."""
    needed = max(map(_decimals_of, numbers(frame, "value")), default=0)
    return min(needed, 1)


def _decimals_written(text: str, value: float) -> int:
    match = _FIRST_NUMBER.search(text)
    return len(match.group(1) or "") if match else _decimals_of(value)


def _decimals_of(value: float | None) -> int:
    if value is None:
        return 0
    return next(
        (n for n in range(_MOST_DECIMALS) if abs(value - rounded(value, n)) < DUST), _MOST_DECIMALS
    )


def number_format(decimals: int, options: Mapping[str, Any]) -> str:
    """Return an Office number format: values of a percent axis are numbers of percent already."""
    suffix = str(options.get("tick_suffix") or "")
    digits = "#,##0" + ("." + "0" * decimals if decimals else "")
    return f'{digits}"{suffix}"' if suffix else digits


def formats(decimals: int, options: Mapping[str, Any]) -> dict[str, Any]:
    """Return the formats of a chart's numbers and axis, and the unit beside it."""
    suffix = str(options.get("tick_suffix") or "")
    note = str(options.get("axis_note") or "")
    return {
        "number_format": number_format(decimals, options),
        "axis_format": f'General"{suffix}"' if suffix else "General",
        "unit": note,
    }


def axis(series: Iterable[Series], options: Mapping[str, Any]) -> dict[str, Any]:
    """Return an axis of marks: its ends, the step between its numbers, and how those are written.

    It reaches as far as asked for, or a little beyond the marks, and on to round numbers: Office
    writes a number at the lower end and at each step from there.
    """
    asked = options.get("value_range") or (None, None)
    found = [value for one in series for value in one.values if value is not None]
    if not found:
        return {}
    low, high = min(found), max(found)
    room = (high - low) * 0.05 or max(abs(high) * 0.01, 0.5)
    bottom = low - room if asked[0] is None else min(float(asked[0]), low)
    top = high + room if asked[1] is None else max(float(asked[1]), high)
    if low >= 0:
        bottom = max(bottom, 0.0)
    if options.get("tick_suffix") == "%" and high <= 100:
        top = min(top, 100.0)
    step, places = _round_step((top - bottom) / _STEPS)
    return {
        "minimum": round(math.floor(bottom / step + DUST) * step, places),
        "maximum": round(math.ceil(top / step - DUST) * step, places),
        "step": step,
        "axis_format": number_format(places, options),
    }


def _round_step(wanted: float) -> tuple[float, int]:
    """Return the next of 1, 2 and 5 times a power of ten, and the decimals that it needs."""
    power = math.floor(math.log10(wanted) + DUST)
    times = next(times for times in (1, 2, 5, 10) if wanted <= times * 10.0**power * (1 + DUST))
    places = max(-power - (times == 10), 0)
    return round(times * 10.0**power, places), places


def numbers(frame: pd.DataFrame, column: str) -> tuple[float | None, ...]:
    """Return a column's numbers; none where one is missing, or the whole column."""
    if column not in frame:
        return (None,) * len(frame)
    return tuple(None if pd.isna(value) else float(value) for value in frame[column])

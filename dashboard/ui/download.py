"""Tables as files that Excel opens."""

from __future__ import annotations

import io

import pandas as pd

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def csv_of(frame: pd.DataFrame) -> bytes:
    """Return a frame as UTF-8 with BOM; no cell acts as a formula."""
    safe = frame.map(
        lambda cell: (
            f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA_STARTS) else cell
        )
    )
    buffer = io.StringIO()
    safe.to_csv(buffer, index=False)
    return buffer.getvalue().encode("utf-8-sig")

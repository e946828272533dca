"""A month to be added, and what the rules of all tables need to say about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from tools.sample.streams import stream

Tables = Mapping[str, pd.DataFrame]


@dataclass(frozen=True)
class Month:
    """A month, YYYY-MM, and the seed of the sample."""

    name: str
    seed: int

    @property
    def year(self) -> int:
        """The calendar year."""
        return int(self.name[:4])

    @property
    def number(self) -> int:
        """The month of the year, 1 to 12."""
        return int(self.name[5:])

    @property
    def year_before(self) -> str:
        """The same month a year before."""
        return f"{self.year - 1}-{self.number:02d}"

    @property
    def before(self) -> str:
        """The month before."""
        return str(pd.Period(self.name, "M") - 1)

    def draw(self, table: str) -> np.random.Generator:
        """Return the month's own random stream of a table."""
        return stream(self.seed, f"{table} {self.name}")


def joined(*parts: pd.DataFrame) -> pd.DataFrame:
    """Put new rows below the old ones; parts without rows add nothing, nor do they change types."""
    filled = [part for part in parts if len(part)]
    return pd.concat(filled, ignore_index=True)


def shrunk(frame: pd.DataFrame, columns: list[str], factor: pd.Series | float) -> pd.DataFrame:
    """Scale whole numbers and cut them off, so that what was part of another still is."""
    scaled = {
        column: np.floor(frame[column].astype(float) * factor).astype(int) for column in columns
    }
    return frame.assign(**scaled)


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a frame as plain dictionaries."""
    return [{str(key): value for key, value in row.items()} for row in frame.to_dict("records")]

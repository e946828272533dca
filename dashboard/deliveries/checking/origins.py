"""From a row of the candidate back to the row that somebody delivered."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

import msgspec

from dashboard.deliveries.model import Location, RowRange


class RowOrigin(msgspec.Struct, frozen=True):
    """Where a row came from: a delivered place, or None for the base's own file, and its row."""

    place: Location | None
    row: int


class Origins:
    """The sources of the rows of every export."""

    def __init__(self, runs: Sequence[RowRange]) -> None:
        self._runs: dict[str, list[RowRange]] = {}
        for run in sorted(runs, key=lambda run: (run.resource, run.first)):
            self._runs.setdefault(run.resource, []).append(run)
        self._firsts = {
            resource: [run.first for run in found] for resource, found in self._runs.items()
        }

    def of(self, resource: str, row: int) -> RowOrigin:
        """Where that row of the candidate's export came from."""
        runs = self._runs.get(resource)
        if not runs:
            return RowOrigin(None, row)
        run = runs[max(bisect_right(self._firsts[resource], row) - 1, 0)]
        return RowOrigin(run.place, run.source_first + row - run.first)

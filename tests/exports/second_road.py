"""What exported files may say: the rows that ``python -m dashboard values`` prints, as facts."""

from __future__ import annotations

import contextlib
import io
import json
import math
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import Any

import pandas as pd

from dashboard.__main__ import main
from dashboard.cards import Context
from dashboard.catalogue import Indicator
from dashboard.filters import CITY
from dashboard.indicators import Schools, count_targets
from dashboard.indicators.status import Status
from tests.cards.facts import HERE, Fact, Facts, Kind, frame_facts

Row = dict[str, Any]
NUMBERS = (
    *("numerator", "denominator", "value", "target", "expected", "previous"),
    *("gap", "gap_units"),
)


@cache
def printed(as_of: str, *counties: str) -> dict[tuple[str, str], Row]:
    """The command line's rows by indicator and unit; ``all`` are the counties together."""
    out = io.StringIO()
    options = [part for county in counties for part in ("--county", county)]
    with contextlib.redirect_stdout(out):
        assert main(["values", "--as-of", as_of, "--format", "json", *options]) == 0
    rows = json.loads(out.getvalue())
    return {(row["indicator_id"], row["county_id"]): row for row in rows}


@dataclass(frozen=True)
class SecondRoad:
    """The printed rows at a view's month and at the month compared with."""

    view: Context

    def row(self, indicator_id: str, unit: str = HERE, *, then: bool = False) -> Row:
        """An indicator in a unit, with what is missing to its line worked out here."""
        row = self._row_then(indicator_id, unit) if then else self._row_now(indicator_id, unit)
        indicator = self.view.indicator(indicator_id)
        previous = row["expected"] if indicator.kind == "directional" else None
        judged = (row["status"] and self._asked_of(indicator_id, unit)) or row
        gap, units = _gap(indicator, judged, previous)
        return {**row, "previous": previous, "gap": gap, "gap_units": units}

    def facts(self) -> Facts:
        """What sentences about the view's counties may say."""
        chosen = [HERE] if self.view.filters.single_county else [HERE, *self.view.county_ids]
        everywhere = self.view.filters.is_city
        indicators = [
            i
            for i in self.view.database.catalogue.indicators
            if everywhere or not self.view.is_city_only(i)
        ]
        frame = pd.DataFrame([self._said(i, unit) for i in indicators for unit in chosen])
        here = frame[frame["county_id"] == HERE]
        judged = here[here["status_text"] != self.view.status(None)]
        frames = (here, judged, frame[frame["county_id"] != HERE])
        return Facts(
            [
                fact
                for position, one in enumerate(frames)
                if len(one)
                for fact in frame_facts(position, one, self.view)
            ]
            + list(self._of_those_asked(indicators))
        )

    def statuses(self) -> list[int]:
        """How many targets there are, how many have each status, and how many none, if any."""
        rows = [self.row(i) for i in self.view.database.catalogue.indicators]
        found = [row["status"] for row in rows if row["target"] != 0]
        counts = [found.count(status) for status in Status]
        filters = self.view.filters
        total = len(count_targets(self.view.database, filters.as_of, filters.counties))
        unjudged = [total - sum(counts)] if total > sum(counts) else []
        return [total, *counts, *unjudged]

    def _of_those_asked(self, indicators: list[str]) -> Iterator[Fact]:
        """What those have together whom the plan names for a target."""
        for indicator_id in indicators:
            row = self._asked_of(indicator_id, HERE)
            if row is not None and row["value"] is not None:
                asked = map(self.view.county, self._named(indicator_id))
                names = frozenset({self.view.text(indicator_id, "short"), *asked})
                yield Fact(row["value"], names, Kind.VALUE, (-1, "asked"), "asked of together")

    def _named(self, indicator_id: str) -> list[str]:
        plan = self.view.database.plans[int(self.view.filters.as_of[:4])]
        [counties] = [t.counties for t in plan.targets if t.indicator_id == indicator_id]
        return [county for county in counties.split() if county in self.view.chosen]

    def _asked_of(self, indicator_id: str, unit: str) -> Row | None:
        """The row of those together whom the plan names, where it does not ask it of all."""
        named = self._named(indicator_id)
        if unit != HERE or self.view.filters.single_county or not named:
            return None
        return printed(self.view.filters.as_of, *named)[indicator_id, CITY]

    def _said(self, indicator_id: str, unit: str) -> Row:
        row, then = self.row(indicator_id, unit), self.row(indicator_id, unit, then=True)
        schools = self.view.chosen_change(indicator_id).schools if unit == HERE else None
        return {
            **{name: row[name] for name in NUMBERS},
            "compared": then["value"],
            **({} if schools is None else _counts(schools)),
            "county_id": unit,
            "indicator": self.view.text(indicator_id, "short"),
            "status_text": self.view.status(row["status"]),
            "status_then_text": self.view.status(then["status"]),
        }

    def _row_now(self, indicator_id: str, unit: str) -> Row:
        return self._row(self.view.filters.as_of, indicator_id, unit)

    def _row_then(self, indicator_id: str, unit: str) -> Row:
        """Without the counties that one of the two months has no figure of."""
        month, left_out = self.view.filters.compared_month, ()
        if unit == HERE:
            left_out = self.view.chosen_change(indicator_id).left_out
        if not left_out:
            return self._row(month, indicator_id, unit)
        others = [county for county in self.view.chosen if county not in left_out]
        return printed(month, *others)[indicator_id, CITY]

    def _row(self, as_of: str, indicator_id: str, unit: str) -> Row:
        here = self.view.filters.single_county or CITY
        return printed(as_of)[indicator_id, here if unit == HERE else unit]


def _counts(schools: Schools) -> Row:
    """Over how many schools a change is taken; tests of its own hold them to the exports."""
    counts = {**asdict(schools), "left_out": schools.left_out}
    return {f"schools_{name}": count for name, count in counts.items()}


def _gap(
    indicator: Indicator, row: Row, previous: float | None
) -> tuple[float | None, float | None]:
    """What is missing to the target, or to the year before, and how many that are.

    Nothing where nothing is judged, and none where both read the same.
    """
    line = previous if row["target"] is None else row["target"]
    value = row["value"]
    if row["status"] is None or value is None or line is None or indicator.direction == "stable":
        return None, None
    gap = (value - line) if indicator.direction == "lower" else (line - value)
    if gap <= 0 or _written(indicator, value) == _written(indicator, line):
        return 0.0, 0
    counted = gap / indicator.scale
    if indicator.denominator == "base":
        counted *= row["denominator"] or 0.0
    return gap, math.ceil(counted - 1e-6)


def _written(indicator: Indicator, number: float) -> Decimal:
    """A number with the catalogue's decimals, halves up."""
    exact = Decimal(repr(round(number, 9)))
    return exact.quantize(Decimal(1).scaleb(-indicator.decimals), ROUND_HALF_UP)

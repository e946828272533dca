"""Step 3, Preview: what publishing a candidate would change.

Rows and schools were compared when the candidate was built (`changes`); here the indicators of both
data versions are held side by side. They are the numbers that everybody will see: what is withheld
there is withheld here. Rows and schools are shown as they were handed in, to who handed them in.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import msgspec
import pandas as pd

from dashboard.data import Database
from dashboard.deliveries.model import Checked, ExportChanges, SchoolChange
from dashboard.frames import Row, records
from dashboard.indicators import Move, months, move, values

_TOLERANCE = 1e-9


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """Where an indicator stands: value in its unit or why there is none (`missing`: z, x, c)."""

    value: float | None
    missing: str | None
    status: str | None
    period: str | None


class IndicatorChange(msgspec.Struct, frozen=True, kw_only=True):
    """An indicator of a county (`all`: the city) that reads differently at the end of a month."""

    as_of: str
    indicator_id: str
    county_id: str
    before: Standing
    after: Standing

    @property
    def move(self) -> Move | None:
        """What the change of status is: a fall, a gain, a first judgement, one that lapsed."""
        return move(self.before.status, self.after.status)

    @property
    def flips(self) -> bool:
        """Whether the status is another one, or comes or goes."""
        return self.move is not None


class Preview(msgspec.Struct, frozen=True, kw_only=True):
    """What differs between the base and the candidate.

    `is_first` says that nothing was shown before: everything is new. `months` are the months whose
    indicators were compared: the last one of the candidate's data and the reader's own.
    `indicators` are in the order of months, of the catalogue, of counties.
    """

    is_first: bool
    months: tuple[str, ...]
    exports: tuple[ExportChanges, ...]
    indicators: tuple[IndicatorChange, ...]
    schools: tuple[SchoolChange, ...]

    @property
    def flips(self) -> tuple[IndicatorChange, ...]:
        """The changes of status among the indicators."""
        return tuple(change for change in self.indicators if change.flips)

    @property
    def moves(self) -> Mapping[Move, tuple[IndicatorChange, ...]]:
        """The changes of status by what they are, each kind apart."""
        return {kind: tuple(f for f in self.flips if f.move is kind) for kind in Move}

    @property
    def indicator_count(self) -> int:
        """How many indicators read differently anywhere."""
        return len({change.indicator_id for change in self.indicators})


def preview(
    base: Database | None, candidate: Database, checked: Checked, as_of: str | None = None
) -> Preview:
    """Compare the data version that is shown, if any, with the candidate of an errorless check.

    `as_of` is the month a reader has chosen, if any.
    """
    known = months(candidate)
    compared = sorted({*known[-1:], *([as_of] if as_of in known else [])})
    return Preview(
        is_first=base is None,
        months=tuple(compared),
        exports=checked.changes,
        indicators=tuple(
            change for month in compared for change in indicator_changes(base, candidate, month)
        ),
        schools=checked.schools,
    )


def indicator_changes(
    base: Database | None, candidate: Database, as_of: str
) -> list[IndicatorChange]:
    """Every indicator, by county and for the city, that reads differently at a month."""
    before = _standings(base, as_of) if base else {}
    after = _standings(candidate, as_of)
    nothing = Standing(value=None, missing=None, status=None, period=None)
    return [
        IndicatorChange(
            as_of=as_of,
            indicator_id=indicator_id,
            county_id=county_id,
            before=then,
            after=now,
        )
        for (indicator_id, county_id), now in after.items()
        for then in [before.get((indicator_id, county_id), nothing)]
        if _differ(then, now)
    ]


def _standings(database: Database, as_of: str) -> dict[tuple[str, str], Standing]:
    return {
        (row["indicator_id"], row["county_id"]): _standing(row)
        for row in records(values(database, as_of))
    }


def _standing(row: Row) -> Standing:
    return Standing(
        value=None if pd.isna(row["value"]) else float(row["value"]),
        missing=_text(row["missing"]),
        status=_text(row["status"]),
        period=_text(row["period"]),
    )


def _text(cell: object) -> str | None:
    return str(cell) if isinstance(cell, str) and cell else None


def _differ(before: Standing, after: Standing) -> bool:
    if (before.status, before.missing) != (after.status, after.missing):
        return True
    if before.value is None or after.value is None:
        return before.value is not after.value
    return not math.isclose(before.value, after.value, rel_tol=_TOLERANCE, abs_tol=_TOLERANCE)

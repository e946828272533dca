"""可比口径: what a figure measured at schools is compared over, between two moments.

A change compares like with like: the same schools, in the boundaries that the figure now has, or
all schools with those that opened and closed; the catalogue's ``compared`` says which. A school
that another county has since got belongs to that one at both moments, and one that the register has
lost is left out at both. The sums themselves stay what they are: a comparison is what to take out
of them and to put into them. See docs/adr/0019-comparable-changes.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from dashboard.data import Database
from dashboard.filters import shift_month
from dashboard.frames import Row, records
from dashboard.indicators.sums import Schools, Sums


@dataclass(frozen=True)
class Adjustment:
    """What makes the sums of one moment comparable, when it is added to them."""

    numerator: float = 0.0
    denominator: float = 0.0

    def of(
        self, numerator: float | None, denominator: float | None
    ) -> tuple[float | None, float | None]:
        """Return numerator and denominator as they compare; without rows there is nothing."""
        return (
            None if numerator is None else numerator + self.numerator,
            None if denominator is None else denominator + self.denominator,
        )


@dataclass(frozen=True)
class AreaCompared:
    """One area between two moments, ``area`` being a county or the chosen counties together."""

    schools: Schools
    now: Adjustment
    then: Adjustment
    is_unknown: bool  # a withheld school cannot be taken out: nothing compares


Comparisons = Mapping[str, Mapping[str, AreaCompared]]  # by indicator and area


def comparisons(
    database: Database,
    as_of: str,
    compared_month: str,
    indicator_ids: Iterable[str],
    counties: Iterable[str] = (),
    *,
    is_same_season: bool = False,
) -> Comparisons:
    """Return what compares between what stands at a month and what stood at an earlier one.

    ``counties`` are those that the area ``all`` holds together. A level is compared with its latest
    figure at the earlier month, or with that of the same season a year before.
    """
    wanted = [i for i in indicator_ids if database.catalogue.indicator(i).compared is not None]
    if not wanted:
        return {}
    frame = database.run_query(
        "values/comparable",
        as_of=as_of,
        compared_month=compared_month,
        indicator_ids=wanted,
        counties=list(counties),
        is_same_season=is_same_season,
    )
    found: dict[str, dict[str, AreaCompared]] = {}
    for row in records(frame):
        found.setdefault(row["indicator_id"], {})[row["area_id"]] = _comparison(row)
    return found


@dataclass(frozen=True)
class YearsCompared:
    """What compares with the year before, and with the end of last year."""

    year_before: Comparisons
    year_end: Comparisons

    def compare(self, indicator_id: str, area: str, sums: Sums, base: Sums) -> Sums:
        """Make an area's sums comparable; ``base`` is what has figures now and a year before."""
        before = self.year_before.get(indicator_id, {}).get(area)
        end = self.year_end.get(indicator_id, {}).get(area)
        return _with_baseline(_with_previous(sums, base, before), end)


def year_compared(
    database: Database, indicator_id: str, period: str, counties: Iterable[str]
) -> YearsCompared:
    """Return what of one indicator's figure of a period compares with the year before alone."""
    before = shift_month(period, -12)
    found = comparisons(database, period, before, [indicator_id], counties, is_same_season=True)
    return YearsCompared(found, {})


def years_compared(database: Database, as_of: str, counties: tuple[str, ...]) -> YearsCompared:
    """Return what compares at a month, for every county and for ``counties`` together."""
    return database.derived(
        ("years compared", as_of, counties), lambda: _read_years(database, as_of, counties)
    )


def _read_years(database: Database, as_of: str, counties: tuple[str, ...]) -> YearsCompared:
    indicators = database.catalogue.indicators.values()
    last_year_end = f"{int(as_of[:4]) - 1}-12"
    linear = [i.indicator_id for i in indicators if i.trajectory == "linear"]
    return YearsCompared(
        comparisons(
            database,
            as_of,
            shift_month(as_of, -12),
            [i.indicator_id for i in indicators],
            counties,
            is_same_season=True,
        ),
        comparisons(database, as_of, last_year_end, linear, counties),
    )


def _with_previous(sums: Sums, base: Sums, comparison: AreaCompared | None) -> Sums:
    if comparison is not None and comparison.is_unknown:
        return replace(
            sums,
            comparable_numerator=None,
            comparable_denominator=None,
            previous_numerator=None,
            previous_denominator=None,
            is_previous_withheld=True,
            schools=comparison.schools,
        )
    now = comparison.now if comparison else Adjustment()
    then = comparison.then if comparison else Adjustment()
    numerator, denominator = now.of(base.numerator, base.denominator)
    before, among_before = then.of(base.previous_numerator, base.previous_denominator)
    return replace(
        sums,
        comparable_numerator=numerator,
        comparable_denominator=denominator,
        previous_numerator=before,
        previous_denominator=among_before,
        is_previous_withheld=base.is_previous_withheld,
        schools=comparison.schools if comparison else None,
    )


def _with_baseline(sums: Sums, comparison: AreaCompared | None) -> Sums:
    if comparison is None:
        return sums
    baseline, among = comparison.then.of(sums.baseline_numerator, sums.baseline_denominator)
    if comparison.is_unknown:
        return replace(
            sums,
            baseline_numerator=None,
            baseline_denominator=None,
            is_baseline_withheld=True,
        )
    return replace(sums, baseline_numerator=baseline, baseline_denominator=among)


def _comparison(row: Row) -> AreaCompared:
    names = ("compared", "opened", "closed", "unmeasured", "unlisted", "inseparable")
    return AreaCompared(
        schools=Schools(**{name: int(row[name]) for name in names}),
        now=Adjustment(float(row["now_numerator"]), float(row["now_denominator"])),
        then=Adjustment(float(row["then_numerator"]), float(row["then_denominator"])),
        is_unknown=bool(row["is_unknown"]),
    )

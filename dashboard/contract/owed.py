"""What the contract says is owed, as tables that queries/owed/ joins."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from dashboard.contract.descriptor import Owed, Package, Resource

EVERY_MONTH = tuple(range(1, 13))
ROUNDS = ("spring", "autumn")  # of a year, in the order of their months, as staging writes them

# The tables and their columns; all are text but for numbers.
OWED_TABLES: Mapping[str, tuple[str, ...]] = {
    "owed_exports": ("resource", "owed_by", "units", "since", "enough_pct"),
    "owed_units": ("resource", "county_id"),
    "owed_months": ("resource", "season", "month"),
    "owed_school_types": ("resource", "school_type"),
}
_TYPES = {"enough_pct": "float64", "month": "int64"}


def owed_tables(package: Package) -> dict[str, pd.DataFrame]:
    """Return what is owed by whom, for every export that somebody owes.

    `owed_units` names units where they are named one by one, `owed_school_types` the types where
    not all owe, `owed_months` the month of every round (`season`, empty where a year has none).
    """
    declared = [(r, r.owed) for r in package.resources if r.owed is not None]
    rows: dict[str, list[tuple[object, ...]]] = {
        "owed_exports": [
            (r.name, owed.by, _units(owed), owed.since, owed.enough_pct) for r, owed in declared
        ],
        "owed_units": [
            (r.name, unit)
            for r, owed in declared
            if not isinstance(owed.units, str)
            for unit in owed.units
        ],
        "owed_months": [
            (r.name, season, month) for r, owed in declared for season, month in _months(r, owed)
        ],
        "owed_school_types": [
            (r.name, school_type) for r, owed in declared for school_type in owed.school_types
        ],
    }
    return {
        name: pd.DataFrame(rows[name], columns=list(columns)).astype(
            {column: _TYPES.get(column, "str") for column in columns}
        )
        for name, columns in OWED_TABLES.items()
    }


def _units(owed: Owed) -> str:
    return owed.units if isinstance(owed.units, str) else "named"


def _months(resource: Resource, owed: Owed) -> list[tuple[str, int]]:
    if not owed.months:
        return [("", month) for month in EVERY_MONTH]
    has_rounds = any(field.column == "season" for field in resource.fields)
    seasons = ROUNDS if has_rounds else ("",)
    return list(zip(seasons, owed.months, strict=True))

"""Rows for the staging tables, and what comes out of a query."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Row = Mapping[str, Any]
Computed = dict[str, list[tuple[str, str, str, float | None, float | None]]]
Compute = Callable[..., Computed]


def school(school_id: str, school_type: str, county_id: str = "330602", **columns: Any) -> Row:
    """A school that was open in 2024."""
    return {
        "school_id": school_id,
        "school_year": 2024,
        "county_id": county_id,
        "school_type": school_type,
        "school_status": "open",
        **columns,
    }

"""Which columns of the exports count people: those whose unit is 人."""

from __future__ import annotations

from dashboard.contract.descriptor import Package

PERSONS = "人"


def people_columns(package: Package) -> dict[str, tuple[str, ...]]:
    """Return columns of the staging tables that count people, by table; only tables with some."""
    found = {
        resource.name: tuple(f.column for f in resource.fields if f.unit == PERSONS)
        for resource in package.resources
    }
    return {table: columns for table, columns in found.items() if columns}

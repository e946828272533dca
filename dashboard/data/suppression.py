"""Small numbers: how a data version comes by the numbers of people that may be read.

Indicators, breakdowns and figures of schools are computed into the schema ``computed``. The queries
under ``queries/suppression`` copy them out of it without the cells in which so few people are
counted that they could be known. Then the schema is dropped, with every column of the staging
tables that counts people and every shared table made of those: what is not there can be shown by
nobody. See docs/adr/0007-small-numbers.md.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

WITHHELD = "withheld"  # the county, or the unit of a county, that holds what is withheld together

# Shared tables (queries/shared) that count people, and the readable tables made of each.
PEOPLE_TABLES = {
    "school_resources": ("resource_rows", "resource_spreads"),
    "stray_rows": ("stray_counts",),
}

Step = tuple[str, str]  # the query to blame, and the statement


def publishing_steps(queries: Mapping[str, str]) -> Iterator[Step]:
    """Compute, withhold, copy: the statements that make the readable tables, in order.

    Needs the staging tables, the shared ones and those of the catalogue. Makes ``indicator_rows``,
    ``indicator_months``, ``breakdown_rows`` and ``school_people``, the table macro
    ``chosen_breakdown``, and what ``PEOPLE_TABLES`` names where there is such a shared table.
    """
    folder = "suppression"
    yield folder, "create schema computed"
    yield (
        folder,
        "create table computed.indicator_rows (indicator_id varchar not null, county_id varchar"
        " not null, unit_id varchar not null, period varchar not null, numerator double,"
        " denominator double)",
    )
    yield (
        folder,
        "create table computed.breakdown_rows (breakdown varchar not null, level varchar not null,"
        " county_id varchar not null, period varchar not null, people double, among double)",
    )
    yield (
        folder,
        "create table computed.school_people (breakdown varchar not null, figure varchar not null,"
        " part varchar not null, number_name varchar not null, county_id varchar not null,"
        " school_id varchar not null, period varchar not null, people double)",
    )
    for name, query in queries.items():
        if name.startswith("indicators/"):
            yield name, f"insert into computed.indicator_rows by name {query}"
        if name.startswith("breakdowns/"):
            yield name, f"insert into computed.breakdown_rows by name {query}"
        if name.startswith("figures/"):
            yield name, f"insert into computed.school_people by name {query}"
    for table, target in (
        ("withheld_cells", "computed.withheld_cells"),
        ("indicator_rows", "indicator_rows"),
        ("indicator_months", "indicator_months"),
        ("breakdown_rows", "breakdown_rows"),
        ("school_people", "school_people"),
        *(
            (made, made)
            for shared, all_made in PEOPLE_TABLES.items()
            if f"shared/{shared}" in queries
            for made in all_made
        ),
    ):
        name = f"{folder}/{table}"
        yield name, f"create table {target} as {queries[name]}"
    name = f"{folder}/chosen_breakdown"
    yield name, f"create macro chosen_breakdown(wanted, chosen) as table {queries[name]}"
    yield folder, "drop schema computed cascade"


def closing_steps(
    queries: Mapping[str, str], people: Mapping[str, Collection[str]]
) -> Iterator[Step]:
    """Take away what counts people and is no longer needed: columns by table, shared tables."""
    folder = "suppression"
    for table, columns in people.items():
        for column in columns:
            yield folder, f"alter table {table} drop column {column}"
    for shared in PEOPLE_TABLES:
        if f"shared/{shared}" in queries:
            yield folder, f"drop table {shared}"

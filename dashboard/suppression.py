"""Small numbers: how a data version comes by the numbers of people that may be read.

Indicators and breakdowns are computed into the schema ``computed``. The queries under
``queries/suppression`` copy them out of it without the cells in which so few people are counted
that they could be known, and the schema is dropped: what is not there can be shown by nobody. See
docs/adr/0007-small-numbers.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

WITHHELD = "withheld"  # the county, or the unit of a county, that holds what is withheld together

Step = tuple[str, str]  # the query to blame, and the statement


def publishing_steps(queries: Mapping[str, str]) -> Iterator[Step]:
    """Compute, withhold, copy: the statements that make the readable tables, in order.

    Needs the staging tables and those of the catalogue. Makes ``indicator_rows``,
    ``indicator_months`` and ``breakdown_rows``, and the table macro ``chosen_breakdown``.
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
    for name, query in queries.items():
        if name.startswith("indicators/"):
            yield name, f"insert into computed.indicator_rows by name {query}"
        if name.startswith("breakdowns/"):
            yield name, f"insert into computed.breakdown_rows by name {query}"
    for table, target in (
        ("withheld_cells", "computed.withheld_cells"),
        ("indicator_rows", "indicator_rows"),
        ("indicator_months", "indicator_months"),
        ("breakdown_rows", "breakdown_rows"),
    ):
        name = f"{folder}/{table}"
        yield name, f"create table {target} as {queries[name]}"
    name = f"{folder}/chosen_breakdown"
    yield name, f"create macro chosen_breakdown(wanted, chosen) as table {queries[name]}"
    yield folder, "drop schema computed cascade"

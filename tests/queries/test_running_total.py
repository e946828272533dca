"""A count of the year as it grows, on rows small enough to be worked out by hand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import duckdb

from dashboard import settings

NORTH, SOUTH = "330602", "330603"
QUERY = (settings.QUERIES_DIR / "values" / "running_total.sql").read_text("utf-8")


def months(
    rows: Sequence[tuple[str, str, float | None]],
    *,
    cadence: str = "monthly",
    as_of: str = "2024-03",
    counties: Sequence[str] = (NORTH, SOUTH),
) -> dict[str, dict[str, Any]]:
    """The answer by month, for (county, period, number) of an indicator reported as `cadence`."""
    with duckdb.connect() as connection:
        connection.execute(
            "create table indicator_definitions as select 'training' as indicator_id, ? as cadence",
            [cadence],
        )
        connection.execute(
            "create table indicator_months (indicator_id varchar, county_id varchar,"
            " period varchar, numerator double)"
        )
        connection.executemany(
            "insert into indicator_months values ('training', ?, ?, ?)", [list(r) for r in rows]
        )
        parameters = {"indicator_id": "training", "as_of": as_of, "counties": list(counties)}
        result = connection.execute(QUERY, parameters)
        columns = [column[0] for column in result.description]
        found = [dict(zip(columns, row, strict=True)) for row in result.fetchall()]
    return {row["month"]: row for row in found}


def test_months_are_added_up_over_the_chosen_counties() -> None:
    found = months(
        [
            (NORTH, "2024-01", 10),
            (SOUTH, "2024-01", 5),
            (NORTH, "2024-02", 20),
            ("330604", "2024-02", 99),
        ]
    )
    assert list(found) == [f"2024-{month:02d}" for month in range(1, 13)]
    assert (found["2024-01"]["amount"], found["2024-01"]["to_date"]) == (15, 15)
    assert (found["2024-02"]["amount"], found["2024-02"]["to_date"]) == (20, 35)


def test_a_month_nobody_has_reported_has_no_number_nor_has_one_to_come() -> None:
    found = months([(NORTH, "2024-01", 10), (NORTH, "2024-03", 5), (NORTH, "2024-04", 7)])
    assert found["2024-02"]["amount"] is None
    assert found["2024-02"]["to_date"] is None
    assert found["2024-03"]["to_date"] == 15
    assert found["2024-04"]["amount"] is None


def test_in_a_register_a_month_without_an_event_is_a_zero_until_the_month() -> None:
    found = months([(NORTH, "2024-02", 1)], cadence="continuous")
    assert [found[f"2024-0{month}"]["to_date"] for month in (1, 2, 3, 4)] == [0, 1, 1, None]


def test_nothing_is_known_before_the_registers_first_year() -> None:
    first_year = months([(NORTH, "2024-02", 1)], cadence="continuous")
    second_year = months([(NORTH, "2023-02", 1), (NORTH, "2024-02", 1)], cadence="continuous")
    assert first_year["2024-01"]["to_date_before"] is None
    assert second_year["2024-01"]["to_date_before"] == 0


def test_the_year_before_is_whole_and_without_counties_that_have_not_reported_this_year() -> None:
    found = months(
        [
            (NORTH, "2024-01", 10),
            (NORTH, "2023-01", 8),
            (NORTH, "2023-12", 2),
            (SOUTH, "2023-01", 500),
        ]
    )
    assert found["2024-01"]["to_date_before"] == 8
    assert (found["2024-12"]["amount_before"], found["2024-12"]["to_date_before"]) == (2, 10)

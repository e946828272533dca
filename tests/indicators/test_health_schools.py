"""Health-promoting schools: a stock that follows openings, awards and closings."""

from __future__ import annotations

from datetime import date

from tests.indicators.rows import Compute, Row, school


def award(award_id: str, school_id: str, level: str | None, day: date) -> Row:
    return {
        "award_id": award_id,
        "school_id": school_id,
        "county_id": "330602",
        "level": level,
        "award_date": day,
    }


def test_a_school_counts_from_its_first_award_on(compute: Compute) -> None:
    computed = compute(
        "health_schools",
        schools=[
            school("P1", "primary", school_year=2019),
            school("P1", "primary", school_year=2024),
            school("P2", "primary", opened_date=date(2021, 9, 1)),
        ],
        health_schools=[
            award("A1", "P1", "bronze", date(2020, 6, 1)),
            award("A2", "P1", "gold", date(2024, 4, 1)),
        ],
    )
    assert computed["health_school_rate"] == [
        ("330602", "P1", "2019-01", 0, 1),
        ("330602", "P1", "2020-06", 1, 0),
        ("330602", "P2", "2024-09", 0, 1),
    ]
    assert computed["gold_health_schools"] == [("330602", "A2", "2024-04", 1, None)]
    assert computed["silver_health_schools"] == []


def test_a_school_that_another_county_gets_is_there_from_that_register_on(
    compute: Compute,
) -> None:
    computed = compute(
        "health_schools",
        schools=[
            school("P1", "primary", school_year=2022),
            school("P1", "primary", school_year=2023),
            school("P1", "primary", "330603", school_year=2024),
            school("P2", "primary", school_year=2022),
            school("P2", "primary", "330603", school_year=2024, school_status="merged"),
        ],
        health_schools=[award("A1", "P1", "bronze", date(2023, 6, 1))],
    )
    assert computed["health_school_rate"] == [
        ("330602", "P1", "2022-01", 0, 1),
        ("330602", "P1", "2023-06", 1, 0),
        ("330602", "P1", "2024-09", -1, 0),
        ("330602", "P1", "2024-09", 0, -1),
        ("330602", "P2", "2022-01", 0, 1),
        ("330602", "P2", "2024-09", 0, -1),
        ("330603", "P1", "2024-09", 0, 1),
        ("330603", "P1", "2024-09", 1, 0),
    ]


def test_a_school_that_closes_leaves_both_numbers_when_a_register_says_so(
    compute: Compute,
) -> None:
    closing = {"school_status": "merged", "closed_date": date(2024, 7, 31)}
    computed = compute(
        "health_schools",
        schools=[
            school("P1", "primary", school_year=2023),
            school("P1", "primary", **closing),
            school("P2", "primary", school_year=2023),
            school("P2", "primary", **closing),
        ],
        health_schools=[award("A1", "P1", "silver", date(2023, 10, 1))],
    )
    assert computed["health_school_rate"] == [
        ("330602", "P1", "2023-01", 0, 1),
        ("330602", "P1", "2023-10", 1, 0),
        ("330602", "P1", "2024-09", -1, 0),
        ("330602", "P1", "2024-09", 0, -1),
        ("330602", "P2", "2023-01", 0, 1),
        ("330602", "P2", "2024-09", 0, -1),
    ]


def test_an_award_without_level_counts_nowhere(compute: Compute) -> None:
    computed = compute(
        "health_schools",
        schools=[school("P1", "primary")],
        health_schools=[award("A1", "P1", None, date(2024, 4, 1))],
    )
    assert computed["health_school_rate"] == [("330602", "P1", "2024-01", 0, 1)]
    assert computed["gold_health_schools"] == []


def test_kindergartens_and_vocational_schools_are_not_in_the_rate(compute: Compute) -> None:
    computed = compute(
        "health_schools",
        schools=[school("K1", "kindergarten"), school("V1", "vocational")],
        health_schools=[award("A1", "K1", "bronze", date(2024, 4, 1))],
    )
    assert computed["health_school_rate"] == []

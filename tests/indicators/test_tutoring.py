"""Tutoring providers by month, counties with a model case, outside resources by term."""

from __future__ import annotations

from datetime import date

from tests.indicators.rows import Compute


def test_each_rate_is_of_all_providers_of_the_month(compute: Compute) -> None:
    computed = compute(
        "tutoring",
        tutoring_months=[
            {
                "county_id": "330602",
                "month": "2024-08",
                "providers": 200,
                "managed": 199,
                "on_platform": 195,
                "registered": 190,
            },
        ],
    )
    assert computed["tutoring_managed_rate"] == [("330602", "330602", "2024-08", 199, 200)]
    assert computed["tutoring_platform_rate"] == [("330602", "330602", "2024-08", 195, 200)]
    assert computed["tutoring_registration_rate"] == [("330602", "330602", "2024-08", 190, 200)]


def test_a_missing_month_stays_missing(compute: Compute) -> None:
    month = {"county_id": "330602", "on_platform": 10, "registered": 10}
    computed = compute(
        "tutoring",
        tutoring_months=[
            {**month, "month": "2024-07", "providers": 10, "managed": None},
            {**month, "month": "2024-08", "providers": None, "managed": 10},
            {**month, "month": "2024-09", "providers": 0, "managed": 0},
        ],
    )
    assert computed["tutoring_managed_rate"] == []
    assert computed["tutoring_platform_rate"] == [("330602", "330602", "2024-07", 10, 10)]


def test_a_county_counts_once_a_year_from_its_first_case(compute: Compute) -> None:
    case = {"category": "clean_cases"}
    computed = compute(
        "tutoring",
        accreditations=[
            {**case, "county_id": "330681", "event_date": date(2023, 11, 1)},
            {**case, "county_id": "330681", "event_date": date(2024, 6, 1)},
            {**case, "county_id": "330681", "event_date": date(2024, 4, 1)},
            {**case, "county_id": "330600", "event_date": date(2024, 4, 1)},
        ],
    )
    rows = computed["clean_case_counties"]
    assert [row for row in rows if row[3] == 1] == [
        ("330681", "330681", "2023-11", 1, None),
        ("330681", "330681", "2024-04", 1, None),
    ]
    assert {row[0] for row in rows if row[2:4] == ("2024-01", 0)} == {
        "330602",
        "330603",
        "330604",
        "330624",
        "330681",
        "330683",
    }


def test_terms_end_in_june_and_december(compute: Compute) -> None:
    term = {"county_id": "330602", "year": 2023, "schools": 80}
    computed = compute(
        "tutoring",
        after_school=[
            {**term, "season": "spring", "schools_with_resources": 40},
            {**term, "season": "autumn", "schools_with_resources": 44},
        ],
    )
    assert computed["external_resource_rate"] == [
        ("330602", "330602", "2023-06", 40, 80),
        ("330602", "330602", "2023-12", 44, 80),
    ]

"""Senior-secondary education: quality senior highs by county, general against vocational."""

from __future__ import annotations

from tests.indicators.rows import Compute, school


def test_a_county_needs_an_open_quality_senior_high_of_its_own(compute: Compute) -> None:
    computed = compute(
        "senior_secondary",
        schools=[
            school("S1", "senior", "330602", is_quality_senior_high=True),
            school("S2", "senior", "330602", is_quality_senior_high=True),
            school("S3", "senior", "330603", is_quality_senior_high=False),
            school("S4", "senior", "330604", is_quality_senior_high=True, school_status="closed"),
            school("S5", "senior", "330600", is_quality_senior_high=True),
        ],
    )
    assert computed["quality_high_school_counties"] == [
        ("330602", "330602", "2024-09", 1, None),
        ("330603", "330603", "2024-09", 0, None),
        ("330604", "330604", "2024-09", 0, None),
    ]


def test_the_general_share_is_of_all_intake(compute: Compute) -> None:
    computed = compute(
        "senior_secondary",
        senior_intake=[
            {"county_id": "330602", "year": 2024, "general": 5200, "vocational": 4800},
            {"county_id": "330600", "year": 2024, "general": 3000, "vocational": 0},
            {"county_id": "330603", "year": 2024, "general": 100, "vocational": None},
            {"county_id": "330604", "year": 2024, "general": 0, "vocational": 0},
        ],
    )
    assert computed["general_vocational_ratio"] == [
        ("330600", "330600", "2024-09", 3000, 3000),
        ("330602", "330602", "2024-09", 5200, 10000),
    ]


def test_an_intake_that_was_not_reported_is_no_row_and_none_is_nought(compute: Compute) -> None:
    intake = {"year": 2024, "general": 5200, "vocational": 4800}
    computed = compute(
        "senior_secondary",
        senior_intake=[
            {
                "county_id": "330602",
                **intake,
                "technician": 340,
                "five_year": 900,
                "to_bachelor": 0,
            },
            {"county_id": "330603", **intake, "technician": 410, "five_year": None},
            {"county_id": "330600", **intake},
        ],
    )
    assert computed["technician_intake"] == [
        ("330602", "330602", "2024-09", 340, None),
        ("330603", "330603", "2024-09", 410, None),
    ]
    assert computed["five_year_intake"] == [("330602", "330602", "2024-09", 900, None)]
    assert computed["bachelor_track_intake"] == [("330602", "330602", "2024-09", 0, None)]
    # technician schools stand beside the vocational ones, the courses are a part of these
    assert {row[4] for row in computed["general_vocational_ratio"]} == {10000}

"""The school network: size, mergers, education communities, labour classrooms."""

from __future__ import annotations

from datetime import date

from tests.indicators.rows import Compute, Row, school


def pupils(school_id: str, stage: str, number: int | None) -> Row:
    return {"school_id": school_id, "school_year": 2024, "stage": stage, "pupils": number}


def test_a_school_is_oversized_above_the_line_of_its_type(compute: Compute) -> None:
    computed = compute(
        "school_network",
        schools=[
            school("P1", "primary"),
            school("P2", "primary"),
            school("N1", "nine_year"),
            school("N2", "nine_year"),
            school("S1", "senior", "330600"),
            school("V1", "vocational"),
        ],
        enrolment=[
            pupils("P1", "primary", 2000),
            pupils("P1", "kindergarten", 150),
            pupils("P2", "primary", 2001),
            pupils("N1", "primary", 1500),
            pupils("N1", "junior", 1000),
            pupils("N2", "primary", 1500),
            pupils("N2", "junior", 1001),
            pupils("S1", "senior", 2600),
            pupils("V1", "vocational", 5000),
        ],
    )
    assert computed["large_schools"] == [
        ("330600", "S1", "2024-09", 1, None),
        ("330602", "N1", "2024-09", 0, None),
        ("330602", "N2", "2024-09", 1, None),
        ("330602", "P1", "2024-09", 0, None),
        ("330602", "P2", "2024-09", 1, None),
    ]


def test_the_size_line_comes_from_the_catalogue(compute: Compute) -> None:
    computed = compute(
        "school_network",
        thresholds={"large_school_pupils": 1500},
        schools=[school("P1", "primary")],
        enrolment=[pupils("P1", "primary", 1600)],
    )
    assert computed["large_schools"] == [("330602", "P1", "2024-09", 1, None)]


def test_a_school_without_reported_pupils_has_no_size(compute: Compute) -> None:
    computed = compute(
        "school_network",
        schools=[school("P1", "primary"), school("P2", "primary")],
        enrolment=[pupils("P1", "primary", None)],
    )
    assert computed["large_schools"] == []


def test_a_merged_school_counts_once_when_the_register_says_so_and_kindergartens_do_not(
    compute: Compute,
) -> None:
    closing = {"closed_date": date(2024, 7, 31)}
    computed = compute(
        "school_network",
        schools=[
            school("P1", "primary", school_year=2023),
            school("P1", "primary", school_status="merged", **closing),
            school("J1", "junior", school_status="closed", **closing),
            school("J1", "junior", school_year=2025, school_status="closed", **closing),
            school("K1", "kindergarten", school_status="closed", **closing),
            school("P2", "primary"),
        ],
    )
    assert computed["small_schools_merged"] == [
        ("330602", "J1", "2024-09", 1, None),
        ("330602", "P1", "2024-09", 1, None),
    ]


def test_only_compulsory_schools_should_share(compute: Compute) -> None:
    computed = compute(
        "school_network",
        schools=[
            school("P1", "primary", education_community="镜湖教共体"),
            school("J1", "junior"),
            school("S1", "senior"),
            school("J2", "junior", school_status="closed"),
        ],
    )
    assert computed["education_community_share"] == [
        ("330602", "J1", "2024-09", 0, 1),
        ("330602", "P1", "2024-09", 1, 1),
    ]


def test_an_unreported_labour_classroom_is_not_a_missing_one(compute: Compute) -> None:
    computed = compute(
        "school_network",
        schools=[
            school("P1", "primary", has_labour_classroom=True),
            school("P2", "primary", has_labour_classroom=False),
            school("P3", "primary"),
            school("V1", "vocational", has_labour_classroom=True),
        ],
    )
    assert computed["labour_classroom_coverage"] == [
        ("330602", "P1", "2024-09", 1, 1),
        ("330602", "P2", "2024-09", 0, 1),
    ]

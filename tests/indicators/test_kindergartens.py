"""Kindergarten coverage: children, not kindergartens; nobody is guessed."""

from __future__ import annotations

from typing import Any

from tests.indicators.rows import Compute, Row, school


def kindergarten(school_id: str, county_id: str = "330602", **columns: Any) -> Row:
    return school(school_id, "kindergarten", county_id, **columns)


def children(school_id: str, pupils: int | None) -> Row:
    return {
        "school_id": school_id,
        "school_year": 2024,
        "stage": "kindergarten",
        "pupils": pupils,
    }


def test_children_are_counted_not_kindergartens(compute: Compute) -> None:
    computed = compute(
        "kindergartens",
        schools=[
            kindergarten("K1", is_public=True, is_inclusive=True, kindergarten_grade=1),
            kindergarten("K2", is_public=False, is_inclusive=True, kindergarten_grade=3),
            kindergarten("K3", is_public=False, is_inclusive=False),
        ],
        enrolment=[children("K1", 300), children("K2", 90), children("K3", 60)],
    )
    assert computed["inclusive_kindergarten_coverage"] == [
        ("330602", "K1", "2024-09", 300, 300),
        ("330602", "K2", "2024-09", 90, 90),
        ("330602", "K3", "2024-09", 0, 60),
    ]
    assert computed["quality_kindergarten_coverage"] == [
        ("330602", "K1", "2024-09", 300, 300),
        ("330602", "K2", "2024-09", 0, 90),
        ("330602", "K3", "2024-09", 0, 60),
    ]
    assert computed["public_kindergarten_coverage"] == [
        ("330602", "K1", "2024-09", 300, 300),
        ("330602", "K2", "2024-09", 0, 90),
        ("330602", "K3", "2024-09", 0, 60),
    ]


def test_closed_empty_and_unreported_kindergartens_give_no_row(compute: Compute) -> None:
    computed = compute(
        "kindergartens",
        schools=[
            kindergarten("K1", is_public=True, school_status="closed"),
            kindergarten("K2", is_public=True),
            kindergarten("K3", is_public=True),
            kindergarten("K4", is_public=True),
        ],
        enrolment=[children("K1", 100), children("K2", 0), children("K3", None)],
    )
    assert computed["public_kindergarten_coverage"] == []
    assert computed["quality_kindergarten_counties"] == []


def test_a_private_kindergarten_without_reported_recognition_is_in_neither_number(
    compute: Compute,
) -> None:
    computed = compute(
        "kindergartens",
        schools=[
            kindergarten("K1", is_public=False, is_inclusive=None),
            kindergarten("K2", is_public=True, is_inclusive=None),
        ],
        enrolment=[children("K1", 100), children("K2", 80)],
    )
    assert computed["inclusive_kindergarten_coverage"] == [("330602", "K2", "2024-09", 80, 80)]


def test_children_in_attached_classes_count_by_their_host_school(compute: Compute) -> None:
    computed = compute(
        "kindergartens",
        schools=[
            kindergarten("K1", is_public=True, kindergarten_grade=2),
            school("P1", "primary", is_public=True),
            school("N1", "nine_year", is_public=False),
            school("P2", "primary", is_public=True, school_status="closed"),
        ],
        enrolment=[
            children("K1", 100),
            children("P1", 50),
            children("N1", 30),
            children("P2", 20),
            {"school_id": "P1", "school_year": 2024, "stage": "primary", "pupils": 400},
        ],
    )
    # 150 of 180 in public places; the private host is recognised as nothing
    for coverage in ("public_kindergarten_coverage", "inclusive_kindergarten_coverage"):
        assert computed[coverage] == [
            ("330602", "K1", "2024-09", 100, 100),
            ("330602", "N1", "2024-09", 0, 30),
            ("330602", "P1", "2024-09", 50, 50),
        ]
    # a school has no kindergarten grade: 100 of 180
    assert computed["quality_kindergarten_coverage"] == [
        ("330602", "K1", "2024-09", 100, 100),
        ("330602", "N1", "2024-09", 0, 30),
        ("330602", "P1", "2024-09", 0, 50),
    ]
    assert computed["quality_kindergarten_counties"] == [("330602", "330602", "2024-09", 0, None)]
    # kindergartens are counted here, and a school is none
    assert computed["group_kindergarten_coverage"] == [("330602", "K1", "2024-09", 0, 1)]


def test_children_attached_to_a_village_school_are_rural_children(compute: Compute) -> None:
    computed = compute(
        "kindergartens",
        schools=[
            kindergarten("K1", area_type="rural", kindergarten_grade=1),
            school("P1", "primary", is_public=True, area_type="rural"),
        ],
        enrolment=[children("K1", 60), children("P1", 20)],
    )
    assert computed["rural_quality_kindergarten_counties"] == [
        ("330602", "330602", "2024-09", 0, None)
    ]


def test_a_kindergarten_that_does_not_say_whether_it_is_in_a_community_is_in_neither_number(
    compute: Compute,
) -> None:
    computed = compute(
        "kindergartens",
        schools=[
            kindergarten("K1", in_preschool_community=True),
            kindergarten("K2", in_preschool_community=False),
            kindergarten("K3", in_preschool_community=None),
            kindergarten("K4", in_preschool_community=True, school_status="closed"),
            school("P1", "primary", in_preschool_community=None),
        ],
    )
    assert computed["preschool_community_coverage"] == [
        ("330602", "K1", "2024-09", 1, 1),
        ("330602", "K2", "2024-09", 0, 1),
    ]


def test_a_county_is_basically_covered_from_95_percent_on(compute: Compute) -> None:
    computed = compute(
        "kindergartens",
        schools=[
            kindergarten("K1", "330602", kindergarten_grade=2),
            kindergarten("K2", "330602", kindergarten_grade=3),
            kindergarten("K3", "330603", kindergarten_grade=1),
            kindergarten("K4", "330603"),
            kindergarten("K5", "330600", kindergarten_grade=1),
        ],
        enrolment=[
            children("K1", 95),
            children("K2", 5),
            children("K3", 94),
            children("K4", 6),
            children("K5", 100),
        ],
    )
    assert computed["quality_kindergarten_counties"] == [
        ("330602", "330602", "2024-09", 1, None),
        ("330603", "330603", "2024-09", 0, None),
    ]


def test_a_rural_child_is_reached_through_the_group_of_a_quality_kindergarten(
    compute: Compute,
) -> None:
    computed = compute(
        "kindergartens",
        schools=[
            kindergarten("K1", "330602", area_type="urban", kindergarten_grade=1),
            kindergarten("K2", "330602", area_type="rural", group_lead_id="K1"),
            kindergarten("K3", "330602", area_type="rural", kindergarten_grade=2),
            kindergarten("K4", "330603", area_type="rural", kindergarten_grade=2),
            kindergarten("K5", "330603", area_type="rural", kindergarten_grade=3),
            kindergarten("K6", "330604", area_type="urban", kindergarten_grade=1),
        ],
        enrolment=[children(f"K{number}", 30) for number in range(1, 7)],
    )
    assert computed["rural_quality_kindergarten_counties"] == [
        ("330602", "330602", "2024-09", 1, None),
        ("330603", "330603", "2024-09", 0, None),
    ]


def test_a_group_counts_when_a_grade_1_kindergarten_leads_it(compute: Compute) -> None:
    computed = compute(
        "kindergartens",
        schools=[
            kindergarten("K1", kindergarten_grade=1, group_lead_id="K1"),
            kindergarten("K2", group_lead_id="K1"),
            kindergarten("K3", kindergarten_grade=2, group_lead_id="K3"),
            kindergarten("K4"),
        ],
    )
    assert computed["group_kindergarten_coverage"] == [
        ("330602", "K1", "2024-09", 1, 1),
        ("330602", "K2", "2024-09", 1, 1),
        ("330602", "K3", "2024-09", 0, 1),
        ("330602", "K4", "2024-09", 0, 1),
    ]

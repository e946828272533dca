"""Equal access: home teaching, migrant children, student aid."""

from __future__ import annotations

from typing import Any

import pytest

from tests.indicators.rows import Compute, Row, school


def stage(school_id: str, name: str, **columns: Any) -> Row:
    return {"school_id": school_id, "school_year": 2024, "stage": name, **columns}


def test_home_teaching_counts_the_compulsory_stage_with_special_schools(compute: Compute) -> None:
    computed = compute(
        "equal_access",
        schools=[
            school("P1", "primary"),
            school("X1", "special"),
            school("S1", "senior"),
            school("P2", "primary"),
            school("P3", "primary"),
        ],
        enrolment=[
            stage("P1", "primary", disabled=8, home_taught=1),
            stage("X1", "special", disabled=60, home_taught=12),
            stage("S1", "senior", disabled=3, home_taught=0),
            stage("P2", "primary", disabled=0, home_taught=0),
            stage("P3", "primary", disabled=5, home_taught=None),
        ],
    )
    assert computed["home_teaching_share"] == [
        ("330602", "P1", "2024-09", 1, 8),
        ("330602", "X1", "2024-09", 12, 60),
    ]


@pytest.mark.parametrize(("flag", "private_places"), [(0, 0), (1, 30)])
def test_the_flag_says_whether_purchased_places_count(
    compute: Compute, flag: int, private_places: int
) -> None:
    computed = compute(
        "equal_access",
        thresholds={"count_purchased_places": flag},
        schools=[school("N1", "nine_year", is_public=True), school("P1", "primary")],
        enrolment=[
            stage("N1", "primary", migrants=50, migrants_in_public=50, migrants_purchased=0),
            stage("N1", "junior", migrants=30, migrants_in_public=30, migrants_purchased=0),
            stage("P1", "primary", migrants=40, migrants_in_public=0, migrants_purchased=30),
        ],
    )
    assert computed["migrant_public_rate"] == [
        ("330602", "N1", "2024-09", 80, 80),
        ("330602", "P1", "2024-09", private_places, 40),
    ]


def test_schools_without_migrants_and_other_stages_give_no_row(compute: Compute) -> None:
    computed = compute(
        "equal_access",
        schools=[school("P1", "primary"), school("S1", "senior"), school("P2", "primary")],
        enrolment=[
            stage("P1", "primary", migrants=0, migrants_in_public=0),
            stage("S1", "senior", migrants=10, migrants_in_public=10),
            stage("P2", "primary", migrants=10, migrants_in_public=None),
        ],
    )
    assert computed["migrant_public_rate"] == []


def test_aid_covers_all_stages_of_a_school(compute: Compute) -> None:
    computed = compute(
        "equal_access",
        schools=[
            school("K1", "kindergarten"),
            school("N1", "nine_year"),
            school("P1", "primary", school_status="closed"),
        ],
        enrolment=[
            stage("K1", "kindergarten", aid_eligible=10, aided=9),
            stage("N1", "primary", aid_eligible=20, aided=20),
            stage("N1", "junior", aid_eligible=15, aided=14),
            stage("P1", "primary", aid_eligible=5, aided=5),
        ],
    )
    assert computed["student_aid_coverage"] == [
        ("330602", "K1", "2024-09", 9, 10),
        ("330602", "N1", "2024-09", 34, 35),
    ]

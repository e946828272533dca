"""Teachers: staffing ratios of the compulsory stage, and rates of teachers by school."""

from __future__ import annotations

from typing import Any

from tests.indicators.rows import Compute, Row, school


def staff(school_id: str, **columns: Any) -> Row:
    return {"school_id": school_id, "school_year": 2024, **columns}


def stage(school_id: str, name: str, **columns: Any) -> Row:
    return {"school_id": school_id, "school_year": 2024, "stage": name, **columns}


def test_ratios_put_a_schools_stages_over_its_teachers(compute: Compute) -> None:
    computed = compute(
        "teachers",
        schools=[school("N1", "nine_year"), school("S1", "senior")],
        enrolment=[
            stage("N1", "primary", pupils=600, classes=15),
            stage("N1", "junior", pupils=300, classes=7),
            stage("N1", "kindergarten", pupils=80, classes=3),
            stage("S1", "senior", pupils=1000, classes=20),
        ],
        teachers=[staff("N1", full_time=60), staff("S1", full_time=80)],
    )
    assert computed["pupil_teacher_ratio"] == [("330602", "N1", "2024-09", 900, 60)]
    assert computed["teachers_per_class"] == [("330602", "N1", "2024-09", 60, 22)]


def test_rates_are_of_the_teachers_they_concern(compute: Compute) -> None:
    computed = compute(
        "teachers",
        schools=[school("P1", "primary"), school("K1", "kindergarten")],
        teachers=[
            staff(
                "P1",
                full_time=50,
                rotation_eligible=20,
                rotated=4,
                it_trained=48,
                degree_graduate=5,
                new_top_titles=1,
            ),
            staff(
                "K1",
                full_time=12,
                rotation_eligible=3,
                rotated=1,
                it_trained=12,
                degree_graduate=0,
                new_top_titles=0,
            ),
        ],
    )
    assert computed["teacher_rotation_rate"] == [("330602", "P1", "2024-09", 4, 20)]
    assert computed["it_training_coverage"] == [
        ("330602", "K1", "2024-09", 12, 12),
        ("330602", "P1", "2024-09", 48, 50),
    ]
    assert computed["graduate_degree_rate"] == [
        ("330602", "K1", "2024-09", 0, 12),
        ("330602", "P1", "2024-09", 5, 50),
    ]
    assert computed["senior_title_teachers"] == [
        ("330602", "K1", "2024-09", 0, None),
        ("330602", "P1", "2024-09", 1, None),
    ]


def test_nothing_to_divide_by_or_nothing_reported_gives_no_row(compute: Compute) -> None:
    computed = compute(
        "teachers",
        schools=[
            school("P1", "primary"),
            school("P2", "primary"),
            school("P3", "primary", school_status="closed"),
        ],
        enrolment=[stage("P1", "primary", pupils=100, classes=0)],
        teachers=[
            staff("P1", full_time=0, rotation_eligible=0, rotated=0, it_trained=0),
            staff("P2", full_time=10, rotation_eligible=5, rotated=None, it_trained=None),
            staff("P3", full_time=10, rotation_eligible=5, rotated=1, it_trained=9),
        ],
    )
    assert all(rows == [] for rows in computed.values())

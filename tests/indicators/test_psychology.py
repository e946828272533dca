"""Mental health: teachers, centres, and certificates that include one another or not."""

from __future__ import annotations

from typing import Any

import pytest

from tests.indicators.rows import Compute, Row, school


def staff(school_id: str, **columns: Any) -> Row:
    return {"school_id": school_id, "school_year": 2024, **columns}


def test_a_school_has_a_psychology_teacher_or_not_or_has_not_said(compute: Compute) -> None:
    computed = compute(
        "psychology",
        schools=[
            school("P1", "primary"),
            school("J1", "junior"),
            school("S1", "senior"),
            school("V1", "vocational"),
            school("K1", "kindergarten"),
        ],
        teachers=[
            staff("P1", psychology_full_time=2),
            staff("J1", psychology_full_time=0),
            staff("S1", psychology_full_time=None),
            staff("V1", psychology_full_time=1),
            staff("K1", psychology_full_time=1),
        ],
    )
    assert computed["psychology_teacher_coverage"] == [
        ("330602", "J1", "2024-09", 0, 1),
        ("330602", "P1", "2024-09", 1, 1),
    ]


def test_centres_come_from_the_register(compute: Compute) -> None:
    computed = compute(
        "psychology",
        schools=[
            school("P1", "primary", has_psychology_centre=True),
            school("P2", "primary", has_psychology_centre=False),
            school("P3", "primary"),
            school("P4", "primary", has_psychology_centre=True, school_status="closed"),
        ],
    )
    assert computed["psychology_center_coverage"] == [
        ("330602", "P1", "2024-09", 1, 1),
        ("330602", "P2", "2024-09", 0, 1),
    ]


@pytest.mark.parametrize(("flag", "holders_of_c"), [(1, 97), (0, 80)])
def test_the_flag_says_whether_higher_certificates_count_as_c(
    compute: Compute, flag: int, holders_of_c: int
) -> None:
    computed = compute(
        "psychology",
        thresholds={"count_higher_certificates_as_c": flag},
        schools=[school("P1", "primary")],
        teachers=[staff("P1", full_time=100, cert_a=2, cert_b=15, cert_c=80)],
    )
    assert computed["psychology_cert_c_rate"] == [("330602", "P1", "2024-09", holders_of_c, 100)]
    assert computed["psychology_cert_b_rate"] == [("330602", "P1", "2024-09", 17, 100)]


def test_schools_without_teachers_or_certificates_reported_give_no_row(compute: Compute) -> None:
    computed = compute(
        "psychology",
        schools=[school("P1", "primary"), school("P2", "primary")],
        teachers=[
            staff("P1", full_time=0, cert_a=0, cert_b=0, cert_c=0),
            staff("P2", full_time=50, cert_a=None, cert_b=5, cert_c=40),
        ],
    )
    assert computed["psychology_cert_b_rate"] == []
    assert computed["psychology_cert_c_rate"] == []

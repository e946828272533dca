"""Physical fitness: one row per school and year, exempt pupils left out."""

from __future__ import annotations

from typing import Any

from tests.indicators.rows import Compute, Row, school


def marks_of(school_id: str, sex: str, stage: str = "primary", **columns: Any) -> Row:
    return {"school_id": school_id, "year": 2023, "stage": stage, "sex": sex, **columns}


def test_sexes_and_stages_add_up_within_a_school(compute: Compute) -> None:
    computed = compute(
        "fitness",
        schools=[school("N1", "nine_year", school_year=2023)],
        fitness=[
            marks_of("N1", "male", tested=100, excellent=10, good=50, **{"pass": 38}, exempt=3),
            marks_of("N1", "female", tested=90, excellent=20, good=45, **{"pass": 25}, exempt=1),
            marks_of("N1", "male", "junior", tested=40, excellent=4, good=20, **{"pass": 14}),
        ],
    )
    assert computed["fitness_pass_rate"] == [("330602", "N1", "2023-11", 226, 230)]
    assert computed["fitness_good_rate"] == [("330602", "N1", "2023-11", 149, 230)]


def test_untested_closed_and_unreported_schools_give_no_row(compute: Compute) -> None:
    marks = {"excellent": 0, "good": 0, "pass": 0}
    computed = compute(
        "fitness",
        schools=[
            school("P1", "primary", school_year=2023),
            school("P2", "primary", school_year=2023, school_status="closed"),
            school("P3", "primary", school_year=2023),
        ],
        fitness=[
            marks_of("P1", "male", tested=0, **marks),
            marks_of("P2", "male", tested=50, **marks),
            marks_of("P3", "male", tested=50, excellent=10, good=None, **{"pass": 30}),
        ],
    )
    assert computed["fitness_pass_rate"] == []


def test_only_primary_and_secondary_pupils_count_not_vocational_ones(compute: Compute) -> None:
    everybody = {"excellent": 10, "good": 30, "pass": 9}
    computed = compute(
        "fitness",
        schools=[
            school("S1", "senior", school_year=2023),
            school("V1", "vocational", school_year=2023),
        ],
        fitness=[
            marks_of("S1", "male", "senior", tested=50, **everybody),
            marks_of("S1", "female", "vocational", tested=40, excellent=0, good=0, **{"pass": 40}),
            marks_of("V1", "male", "vocational", tested=60, **everybody),
        ],
    )
    assert computed["fitness_pass_rate"] == [("330602", "S1", "2023-11", 49, 50)]
    assert computed["fitness_good_rate"] == [("330602", "S1", "2023-11", 40, 50)]

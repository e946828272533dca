"""City figures: entered once, dated by their cut-off, never a county's."""

from __future__ import annotations

from datetime import date

from tests.indicators.rows import Compute, Row, school


def figure(name: str, value: float | None, cut_off_date: date) -> Row:
    return {
        "figure": name,
        "year": cut_off_date.year,
        "value": value,
        "cut_off_date": cut_off_date,
    }


def test_figures_are_dated_by_their_cut_off(compute: Compute) -> None:
    computed = compute(
        "city_figures",
        city_figures=[
            figure("gross_enrolment_pct", 69.2, date(2023, 12, 31)),
            figure("olympiad_awards", 14, date(2023, 12, 31)),
            figure("retention_staying", 8320, date(2024, 8, 31)),
            figure("retention_graduates", 32000, date(2024, 8, 31)),
            figure("double_high_passed", 11, date(2024, 6, 30)),
            figure("double_high_due", 12, date(2024, 6, 30)),
        ],
    )
    assert computed["tertiary_gross_enrolment"] == [("all", "all", "2023-12", 69.2, None)]
    assert computed["olympiad_awards"] == [("all", "all", "2023-12", 14, None)]
    assert computed["graduate_retention"] == [("all", "all", "2024-08", 8320, 32000)]
    assert computed["vocational_double_high_passed"] == [("all", "all", "2024-06", 11, 12)]


def test_half_a_rate_or_nothing_due_gives_no_row(compute: Compute) -> None:
    computed = compute(
        "city_figures",
        city_figures=[
            figure("retention_staying", 8320, date(2024, 8, 31)),
            figure("double_high_passed", 0, date(2024, 6, 30)),
            figure("double_high_due", 0, date(2024, 6, 30)),
            figure("gross_enrolment_pct", None, date(2024, 12, 31)),
        ],
    )
    assert all(rows == [] for rows in computed.values())


def test_deaths_are_over_the_citys_pupils_with_each_school_counted_once(compute: Compute) -> None:
    enrolled = {"school_year": 2023}
    computed = compute(
        "city_figures",
        city_figures=[figure("student_deaths", 6, date(2023, 12, 31))],
        schools=[
            school("P1", "primary", "330602", **enrolled),
            school("S1", "senior", "330600", **enrolled),
            school("K1", "kindergarten", **enrolled),
            school("T1", "special", **enrolled),
            school("P2", "primary", school_status="closed", **enrolled),
        ],
        enrolment=[
            {"school_id": "P1", "stage": "primary", "pupils": 900, **enrolled},
            {"school_id": "P1", "stage": "kindergarten", "pupils": 50, **enrolled},
            {"school_id": "S1", "stage": "senior", "pupils": 1100, **enrolled},
            {"school_id": "K1", "stage": "kindergarten", "pupils": 300, **enrolled},
            {"school_id": "T1", "stage": "special", "pupils": 80, **enrolled},
            {"school_id": "P2", "stage": "primary", "pupils": 100, **enrolled},
        ],
    )
    # 900 + 1100 + 80: the deaths of a special school's pupils are reported with the others
    assert computed["unnatural_death_rate"] == [("all", "all", "2023-12", 6, 2080)]

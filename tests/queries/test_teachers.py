"""The teachers page's questions on rows small enough to be worked out by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.indicators.rows import Row, school

Ask = Callable[..., list[dict[str, Any]]]

YUECHENG, KEQIAO, SHANGYU = "330602", "330603", "330604"
IN_AUTUMN = {"as_of": "2024-09", "counties": [YUECHENG]}


def staff(school_id: str, full_time: int | None, school_year: int = 2024, **columns: Any) -> Row:
    """A school's teachers; nobody has a degree or title that is not given."""
    return {
        "school_id": school_id,
        "school_year": school_year,
        "full_time": full_time,
        **dict.fromkeys(
            (
                "degree_graduate",
                "degree_bachelor",
                "degree_college",
                "degree_below",
                "title_professor",
                "title_senior",
                "title_middle",
                "title_junior",
                "title_none",
                "new_top_titles",
            ),
            0,
        ),
        **columns,
    }


def taught(
    school_id: str, stage: str, pupils: int | None, classes: int | None, school_year: int = 2024
) -> Row:
    return {
        "school_id": school_id,
        "school_year": school_year,
        "stage": stage,
        "pupils": pupils,
        "classes": classes,
    }


def open_school(
    school_id: str, school_type: str = "primary", county_id: str = YUECHENG, **columns: Any
) -> Row:
    return school(school_id, school_type, county_id, **columns)


# --- staffing -----------------------------------------------------------------------------------


def test_pupils_per_teacher_is_the_ratio_of_the_sums_of_a_type(ask: Ask) -> None:
    (primary,) = ask(
        "teachers/staffing",
        IN_AUTUMN,
        schools=[open_school("A"), open_school("B")],
        teachers=[staff("A", 10), staff("B", 30)],
        enrolment=[taught("A", "primary", 200, 5), taught("B", "primary", 480, 12)],
    )
    assert (primary["pupils"], primary["teachers"], primary["classes"]) == (680, 40, 17)
    assert primary["pupils_per_teacher"] == 17
    assert primary["teachers_per_class"] == pytest.approx(40 / 17)


def test_a_school_is_above_its_standard_only_when_it_passes_it(ask: Ask) -> None:
    (primary,) = ask(
        "teachers/staffing",
        IN_AUTUMN,
        schools=[open_school("A"), open_school("B")],
        teachers=[staff("A", 10), staff("B", 10)],
        enrolment=[taught("A", "primary", 190, 5), taught("B", "primary", 191, 5)],
        thresholds={"pupils_per_teacher_primary": 19},
    )
    assert primary["standard_pupils_per_teacher"] == 19
    assert (primary["schools"], primary["schools_above_standard"]) == (2, 1)


def test_a_nine_year_school_is_a_type_of_its_own_without_a_standard(ask: Ask) -> None:
    rows = ask(
        "teachers/staffing",
        IN_AUTUMN,
        schools=[
            open_school("S", "senior"),
            open_school("N", "nine_year"),
            open_school("J", "junior"),
            open_school("V", "vocational"),
        ],
        teachers=[staff(school_id, 10) for school_id in "SNJV"],
        enrolment=[
            taught("N", "primary", 100, 3),
            taught("N", "junior", 60, 2),
            taught("J", "junior", 120, 3),
            taught("S", "senior", 110, 3),
            taught("V", "vocational", 150, 4),
        ],
    )
    assert [row["school_type"] for row in rows] == ["junior", "nine_year", "senior"]
    nine_year = rows[1]
    assert nine_year["pupils_per_teacher"] == 16
    assert nine_year["standard_pupils_per_teacher"] is None
    assert nine_year["schools_above_standard"] is None


def test_kindergarten_classes_of_a_primary_school_do_not_count(ask: Ask) -> None:
    (primary,) = ask(
        "teachers/staffing",
        IN_AUTUMN,
        schools=[open_school("A")],
        teachers=[staff("A", 10)],
        enrolment=[taught("A", "primary", 150, 4), taught("A", "kindergarten", 90, 3)],
    )
    assert (primary["pupils"], primary["classes"]) == (150, 4)


def test_a_school_without_teachers_or_pupils_counts_on_neither_side(ask: Ask) -> None:
    (primary,) = ask(
        "teachers/staffing",
        IN_AUTUMN,
        schools=[open_school(school_id) for school_id in ("A", "none", "zero", "pupils")],
        teachers=[staff("A", 10), staff("zero", 0), staff("pupils", 7)],
        enrolment=[
            taught("A", "primary", 150, 4),
            taught("none", "primary", 500, 10),
            taught("zero", "primary", 500, 10),
            taught("pupils", "primary", None, 10),
        ],
    )
    assert (primary["schools"], primary["pupils"], primary["teachers"]) == (1, 150, 10)


def test_staffing_is_of_the_chosen_counties_open_schools_up_to_the_month(ask: Ask) -> None:
    tables = {
        "schools": [
            open_school("A", school_year=2023),
            open_school("A"),
            open_school("K", county_id=KEQIAO),
            open_school("closed", school_status="closed"),
        ],
        "teachers": [staff("A", 10, 2023), *(staff(s, 10) for s in ("A", "K", "closed"))],
        "enrolment": [
            taught("A", "primary", 160, 4, 2023),
            taught("A", "primary", 150, 4),
            taught("K", "primary", 900, 4),
            taught("closed", "primary", 900, 4),
        ],
    }
    by_year = {row["school_year"]: row for row in ask("teachers/staffing", IN_AUTUMN, **tables)}
    assert {year: row["pupils"] for year, row in by_year.items()} == {2023: 160, 2024: 150}
    in_august = ask("teachers/staffing", {**IN_AUTUMN, "as_of": "2024-08"})
    assert {row["school_year"] for row in in_august} == {2023}


# --- degrees, titles ----------------------------------------------------------------------------


def by_level(rows: list[dict[str, Any]], qualification: str) -> dict[str, Any]:
    return {
        row["level"]: (row["holders"], row["share_pct"])
        for row in rows
        if row["qualification"] == qualification
    }


def test_shares_are_of_all_full_time_teachers(ask: Ask) -> None:
    rows = ask(
        "teachers/qualifications",
        IN_AUTUMN,
        schools=[open_school("A"), open_school("G", "kindergarten")],
        teachers=[
            staff(
                "A",
                60,
                degree_graduate=10,
                degree_bachelor=44,
                degree_college=6,
                title_professor=1,
                title_senior=14,
                title_middle=25,
                title_junior=12,
                title_none=8,
            ),
            staff("G", 40, degree_bachelor=26, degree_college=9, degree_below=5, title_none=40),
        ],
    )
    assert by_level(rows, "degree") == {
        "graduate": (10, 10.0),
        "bachelor": (70, 70.0),
        "college_or_below": (20, 20.0),
    }
    assert by_level(rows, "title") == {
        "senior_or_professor": (15, 15.0),
        "middle": (25, 25.0),
        "junior": (12, 12.0),
        "untitled": (48, 48.0),
    }
    assert [row["level"] for row in rows] == [
        *by_level(rows, "degree"),
        *by_level(rows, "title"),
    ]


def test_a_county_in_which_few_hold_a_level_is_withheld_with_the_next_smallest(ask: Ask) -> None:
    def graduates(*counties: str, **tables: Any) -> float | None:
        asked = {**IN_AUTUMN, "counties": list(counties)}
        return by_level(ask("teachers/qualifications", asked, **tables), "degree")["graduate"][0]

    city = graduates(
        YUECHENG,
        KEQIAO,
        SHANGYU,
        schools=[
            open_school("A"),
            open_school("K", county_id=KEQIAO),
            open_school("S", county_id=SHANGYU),
        ],
        teachers=[
            staff("A", 50, degree_graduate=4, degree_bachelor=46, title_middle=50),
            staff("K", 60, degree_graduate=20, degree_bachelor=40, title_middle=60),
            staff("S", 70, degree_graduate=10, degree_bachelor=60, title_middle=70),
        ],
        thresholds={"suppressed_below_people": 5},
    )
    assert city == 34
    assert graduates(YUECHENG) is None
    assert graduates(KEQIAO) == 20
    assert graduates(SHANGYU) is None  # less the others, the city's 34 would tell Yuecheng's
    assert graduates(KEQIAO, SHANGYU) is None  # so would the city less these two
    assert graduates(YUECHENG, SHANGYU) == 14


def test_a_county_is_withheld_with_all_levels_and_in_one_breakdown_only(ask: Ask) -> None:
    rows = ask(
        "teachers/qualifications",
        IN_AUTUMN,
        schools=[open_school("A"), open_school("K", county_id=KEQIAO)],
        teachers=[
            staff("A", 50, degree_graduate=4, degree_bachelor=46, title_middle=50),
            staff("K", 60, degree_graduate=20, degree_bachelor=40, title_middle=60),
        ],
        thresholds={"suppressed_below_people": 5},
    )
    assert by_level(rows, "degree")["bachelor"] == (None, None)
    assert by_level(rows, "title")["middle"] == (50, 100.0)


def test_qualifications_go_year_by_year_up_to_the_month(ask: Ask) -> None:
    rows = ask(
        "teachers/qualifications",
        {**IN_AUTUMN, "as_of": "2024-08"},
        schools=[open_school("A", school_year=year) for year in (2022, 2023, 2024)],
        teachers=[staff("A", 20, year, degree_bachelor=20) for year in (2022, 2023, 2024)],
    )
    assert [row["school_year"] for row in rows if row["level"] == "bachelor"] == [2022, 2023]

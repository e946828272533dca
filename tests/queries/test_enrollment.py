"""The enrollment page's questions on rows small enough to be worked out by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dashboard import settings
from dashboard.catalogue import Catalogue
from tests.indicators.conftest import Staging
from tests.indicators.rows import Row, school
from tests.queries.conftest import publish

Ask = Callable[..., list[dict[str, Any]]]

YUECHENG, KEQIAO = "330602", "330603"
IN_AUTUMN = {"as_of": "2024-09", "counties": [YUECHENG]}
YEARS = range(2019, 2025)
GRADES = {"kindergarten": 3, "primary": 6, "junior": 3, "senior": 3}


def schools(*school_ids: str, county_id: str = YUECHENG) -> list[Row]:
    """Schools listed in every school year."""
    return [
        school(school_id, "primary", county_id, school_year=year)
        for school_id in school_ids
        for year in YEARS
    ]


def counted(school_id: str, stage: str, school_year: int = 2024, **columns: Any) -> Row:
    return {"school_id": school_id, "stage": stage, "school_year": school_year, **columns}


def steady(stage: str, size: int, school_id: str = "A") -> list[Row]:
    """Years in which a stage takes in and lets go as many pupils as each of its grades has."""
    return [
        counted(
            school_id,
            stage,
            year,
            pupils=size * GRADES[stage],
            classes=GRADES[stage],
            intake=size,
            graduates=size,
        )
        for year in YEARS
    ]


def pupils(rows: list[dict[str, Any]], stage: str) -> dict[int, float]:
    """Pupils of a stage by the years that are projected."""
    return {
        row["school_year"]: row["pupils"]
        for row in rows
        if row["stage"] == stage and row["is_projected"]
    }


# --- pupils and their cohorts -------------------------------------------------------------------


def test_years_are_the_sums_of_the_chosen_counties_schools(ask: Ask) -> None:
    rows = ask(
        "enrollment/pupils",
        IN_AUTUMN,
        schools=[*schools("A", "B"), *schools("C", county_id=KEQIAO)],
        enrolment=[
            counted("A", "primary", pupils=200, classes=5),
            counted("B", "primary", pupils=100, classes=3),
            counted("C", "primary", pupils=999, classes=9),
        ],
    )
    assert [(row["pupils"], row["classes"], row["is_projected"]) for row in rows] == [
        (300, 8, False)
    ]


def test_general_and_vocational_pupils_are_one_stage(ask: Ask) -> None:
    (upper,) = ask(
        "enrollment/pupils",
        IN_AUTUMN,
        schools=schools("A"),
        enrolment=[
            counted("A", "senior", pupils=60, classes=2),
            counted("A", "vocational", pupils=40, classes=1),
        ],
    )
    assert (upper["stage"], upper["pupils"], upper["classes"]) == ("upper", 100, 3)


def test_where_nothing_changes_nothing_is_projected_to_change(ask: Ask) -> None:
    rows = ask(
        "enrollment/pupils",
        IN_AUTUMN,
        schools=schools("A"),
        enrolment=[row for stage in GRADES for row in steady(stage, 30)],
    )
    for stage, grades in (("kindergarten", 3), ("primary", 6), ("junior", 3), ("upper", 3)):
        assert pupils(rows, stage) == dict.fromkeys((2025, 2026, 2027), 30 * grades)
    assert not any(row["has_estimated_grade"] for row in rows)


def test_a_small_kindergarten_intake_reaches_primary_school_three_years_later(ask: Ask) -> None:
    kindergarten = [
        {**row, "intake": intake}
        for row, intake in zip(steady("kindergarten", 40), (80, 80, 80, 40, 40, 40), strict=True)
    ]
    rows = ask(
        "enrollment/pupils",
        IN_AUTUMN,
        schools=schools("A"),
        enrolment=[*kindergarten, *steady("primary", 40)],
    )
    # Intake halved in three years: by 0.5 ** (1/3) a year to 31.7, 25.2 and 20.
    assert pupils(rows, "kindergarten") == {2025: 112, 2026: 97, 2027: 77}
    # One new pupil for each leaver; 40 who entered in 2022 to 2024 leave in 2025 to 2027.
    assert pupils(rows, "primary") == dict.fromkeys((2025, 2026, 2027), 240)


def test_a_stage_takes_in_the_share_of_leavers_that_moved_on_before(ask: Ask) -> None:
    rows = ask(
        "enrollment/pupils",
        IN_AUTUMN,
        schools=schools("A"),
        enrolment=[*steady("primary", 40), *steady("junior", 30)],
    )
    # 30 of 40 leavers move on, as they did; the 40 pupils of each grade are the cohorts to come.
    assert pupils(rows, "junior") == dict.fromkeys((2025, 2026, 2027), 90)
    assert pupils(rows, "primary") == {}  # nobody knows who comes from kindergarten


def test_present_grades_are_scaled_to_the_pupils_there_are(ask: Ask) -> None:
    primary = [{**row, "pupils": 264} for row in steady("primary", 40)]
    rows = ask(
        "enrollment/pupils",
        IN_AUTUMN,
        schools=schools("A"),
        enrolment=[*primary, *steady("junior", 40)],
    )
    # 264 pupils in six grades of equal intake are 44 each, and 44 a year enter junior school.
    assert pupils(rows, "junior") == {2025: 124, 2026: 128, 2027: 132}


def test_one_grade_from_before_the_exports_is_taken_to_be_as_large_as_the_next(ask: Ask) -> None:
    # Those of 2018 are unknown: 60 like those of 2019, which makes the 240 pupils there are.
    primary = [
        {**row, "intake": intake}
        for row, intake in zip(steady("primary", 40), (60, 30, 30, 30, 30, 30), strict=True)
    ]
    in_2023 = {"as_of": "2024-01", "counties": [YUECHENG]}
    rows = ask(
        "enrollment/pupils",
        in_2023,
        schools=schools("A"),
        enrolment=[*primary, *steady("junior", 40)],
    )
    assert max(row["school_year"] for row in rows if not row["is_projected"]) == 2023
    assert pupils(rows, "junior") == {2024: 140, 2025: 160, 2026: 150}
    assert all(row["has_estimated_grade"] for row in rows if row["is_projected"])


def test_a_county_that_is_late_is_in_no_year(ask: Ask) -> None:
    rows = ask(
        "enrollment/pupils",
        {"as_of": "2024-09", "counties": [YUECHENG, KEQIAO]},
        schools=[*schools("A"), *schools("B", county_id=KEQIAO)],
        enrolment=[
            counted("A", "primary", 2023, pupils=100, classes=3),
            counted("A", "primary", 2024, pupils=110, classes=3),
            counted("B", "primary", 2023, pupils=500, classes=9),
        ],
    )
    assert [(row["school_year"], row["pupils"]) for row in rows] == [(2023, 100), (2024, 110)]


# --- large classes and schools ------------------------------------------------------------------


def test_large_classes_are_counted_by_stage_beside_last_years(ask: Ask) -> None:
    rows = ask(
        "enrollment/class_sizes",
        IN_AUTUMN,
        schools=[*schools("A", "B"), *schools("C", county_id=KEQIAO)],
        enrolment=[
            counted("A", "junior", classes=9, classes_56_65=2, classes_over_65=1),
            counted("A", "primary", classes=5, classes_56_65=1, classes_over_65=0),
            counted("B", "primary", classes=6, classes_56_65=0, classes_over_65=0),
            counted("A", "primary", 2023, classes=5, classes_56_65=3, classes_over_65=2),
            counted("A", "kindergarten", classes=4, classes_56_65=0, classes_over_65=0),
            counted("C", "primary", classes=7, classes_56_65=7, classes_over_65=0),
        ],
    )
    primary, junior = rows
    assert primary == {
        "stage": "primary",
        "school_year": 2024,
        "classes": 11,
        "classes_56_65": 1,
        "classes_over_65": 0,
        "classes_56_65_before": 3,
        "classes_over_65_before": 2,
    }
    assert (junior["classes_56_65"], junior["classes_over_65"]) == (2, 1)
    assert junior["classes_56_65_before"] is None


def test_oversized_schools_are_named_with_all_their_pupils_but_kindergarten(
    staging: Staging, catalogue: Catalogue
) -> None:
    named = {"A": "甲校", "B": "乙校", "C": "丙校", "D": "丁校"}
    connection = staging(
        schools=[{**row, "school_name": named[row["school_id"]]} for row in schools(*named)],
        enrolment=[
            counted("A", "primary", pupils=2100, classes=50),
            counted("B", "primary", pupils=1500, classes=36),
            counted("B", "junior", pupils=1200, classes=25),
            counted("B", "kindergarten", pupils=90, classes=3),
            counted("C", "primary", pupils=800, classes=20),
            counted("D", "primary", pupils=3000, classes=70),
        ],
    )
    publish(connection, catalogue)
    connection.execute(
        "insert into indicator_rows"
        " select 'large_schools' as indicator_id, listed.*, null, false"
        " from (values ('330602', 'A', '2024-09', 1), ('330602', 'B', '2024-09', 1),"
        " ('330602', 'C', '2024-09', 0), ('330603', 'D', '2024-09', 1))"
        " as listed (county_id, unit_id, period, numerator)"
    )
    query = (settings.QUERIES_DIR / "enrollment" / "large_schools.sql").read_text("utf-8")
    rows = connection.execute(query, {"county_id": YUECHENG, "period": "2024-09"}).fetchall()
    assert [row[1:] for row in rows] == [("乙校", 2700, 61), ("甲校", 2100, 50)]


# --- quality senior highs -----------------------------------------------------------------------


def test_every_unit_has_its_open_quality_highs_of_the_school_year_or_an_empty_row(ask: Ask) -> None:
    def high(school_id: str, county_id: str = YUECHENG, **columns: Any) -> Row:
        quality = {"school_name": school_id, "is_quality_senior_high": True}
        return school(school_id, "senior", county_id, **{**quality, **columns})

    rows = ask(
        "enrollment/quality_highs",
        {"school_year": 2024},
        schools=[
            high("A"),
            high("B"),
            high("closed", school_status="merged"),
            high("ordinary", is_quality_senior_high=False),
            high("of last year", KEQIAO, school_year=2023),
        ],
    )
    named = [(row["county_id"], row["school_name"]) for row in rows]
    assert [name for county, name in named if county == YUECHENG] == ["A", "B"]
    assert (KEQIAO, None) in named
    assert len(named) == 8

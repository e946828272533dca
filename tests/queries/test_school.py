"""The school page's questions on rows small enough to be worked out by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.indicators.rows import Row, school
from tests.queries.conftest import Ask

YUECHENG, KEQIAO = "330602", "330603"
SCOPES = ("school", "county", "city")
Figures = dict[tuple[str, int, str], dict[str, Any]]


def open_schools(year: int = 2024) -> list[Row]:
    """Two primary schools of one county, one of another, and a junior one."""
    return [
        school("P1", "primary", YUECHENG, school_year=year),
        school("P2", "primary", YUECHENG, school_year=year),
        school("P3", "primary", KEQIAO, school_year=year),
        school("J1", "junior", YUECHENG, school_year=year),
    ]


def enrolled(school_id: str, pupils: int, classes: int, year: int = 2024, **columns: Any) -> Row:
    return {
        "school_id": school_id,
        "school_year": year,
        "stage": "primary",
        "pupils": pupils,
        "classes": classes,
        **columns,
    }


def staffed(school_id: str, full_time: int, graduates: int, year: int = 2024) -> Row:
    return {
        "school_id": school_id,
        "school_year": year,
        "full_time": full_time,
        "degree_graduate": graduates,
    }


def fitness(school_id: str, year: int, good: int = 60, tested: int = 100) -> Row:
    return {
        "school_id": school_id,
        "year": year,
        "stage": "primary",
        "sex": "male",
        "tested": tested,
        "excellent": 0,
        "good": good,
        "pass": tested - good,
        "fail": 0,
        "exempt": 50,
    }


def figures(ask: Ask, as_of: str = "2024-09", school_id: str = "P1", **tables: Any) -> Figures:
    rows = ask("school/figures", {"school_id": school_id, "as_of": as_of}, **tables)
    return {(row["figure"], row["year"], row["scope"]): row for row in rows}


# --- figures ------------------------------------------------------------------------------------


def test_a_school_stands_beside_ratios_of_sums_over_schools_of_its_type(ask: Ask) -> None:
    found = figures(
        ask,
        schools=open_schools(),
        enrolment=[
            enrolled("P1", 400, 10),
            enrolled("P2", 100, 5),
            enrolled("P3", 900, 20),
            enrolled("J1", 999, 9, stage="junior"),
        ],
    )
    values = {scope: found["pupils_per_class", 2024, scope]["value"] for scope in SCOPES}
    assert values == {"school": 40.0, "county": 500 / 15, "city": 1400 / 35}
    # a number of pupils is a school's mean there
    assert found["pupils", 2024, "county"]["value"] == 250.0
    assert found["pupils", 2024, "city"]["value"] == pytest.approx(1400 / 3)


def test_a_year_is_known_from_the_month_in_which_it_is_measured(ask: Ask) -> None:
    tables = {
        "schools": [*open_schools(2023), *open_schools(2024)],
        "enrolment": [enrolled("P1", 300, 10, 2023), enrolled("P1", 400, 10, 2024)],
        "fitness": [fitness("P1", 2023), fitness("P1", 2024)],
    }
    in_august = figures(ask, "2024-08", **tables)
    assert {year for figure, year, _ in in_august if figure == "pupils"} == {2023}
    in_october = figures(ask, "2024-10")
    assert {year for figure, year, _ in in_october if figure == "pupils"} == {2023, 2024}
    assert {year for figure, year, _ in in_october if figure == "fitness_good"} == {2023}


def test_exempt_pupils_are_not_among_those_tested(ask: Ask) -> None:
    found = figures(
        ask,
        "2024-12",
        schools=open_schools(),
        fitness=[fitness("P1", 2024), fitness("P2", 2024, 20)],
    )
    assert found["fitness_good", 2024, "school"]["value"] == 60.0
    assert found["fitness_good", 2024, "county"]["value"] == 40.0


def test_attached_kindergarten_classes_are_left_out_but_not_of_a_kindergarten(ask: Ask) -> None:
    tables = {
        "schools": [
            school("P1", "primary", YUECHENG),
            school("K1", "kindergarten", YUECHENG),
        ],
        "enrolment": [
            enrolled("P1", 400, 10),
            enrolled("P1", 60, 2, stage="kindergarten"),
            enrolled("K1", 90, 3, stage="kindergarten"),
        ],
    }
    assert figures(ask, **tables)["pupils", 2024, "school"]["value"] == 400
    assert figures(ask, school_id="K1")["pupils", 2024, "school"]["value"] == 90


def test_resources_are_per_pupil_and_per_hundred_pupils(ask: Ask) -> None:
    found = figures(
        ask,
        schools=open_schools(),
        enrolment=[enrolled("P1", 1000, 25)],
        school_conditions=[
            {
                "school_id": "P1",
                "school_year": 2024,
                "backbone_teachers": 15,
                "teaching_area_m2": 4500.0,
                "equipment_yuan": 2_500_000,
            }
        ],
    )
    own = {figure: row["value"] for (figure, _, scope), row in found.items() if scope == "school"}
    assert own["backbone_teachers"] == 1.5
    assert own["teaching_area_m2"] == 4.5
    assert own["equipment_yuan"] == 2500.0
    assert "sports_area_m2" not in own  # not reported is not zero


def test_a_closed_school_has_no_figures_in_the_year_it_closed(ask: Ask) -> None:
    found = figures(
        ask,
        schools=[
            school("P1", "primary", YUECHENG, school_year=2023),
            school("P1", "primary", YUECHENG, school_status="closed"),
        ],
        enrolment=[enrolled("P1", 300, 10, 2023), enrolled("P1", 1, 1, 2024)],
    )
    assert {year for _, year, scope in found if scope == "school"} == {2023}


# --- small numbers ------------------------------------------------------------------------------


def backbone_figures(ask: Ask, *teachers: int) -> dict[str, dict[str, Any]]:
    """The backbone teachers of P1, P2 (the same county) and P3; 600 pupils each ask for 6."""
    schools = ("P1", "P2", "P3")
    found = figures(
        ask,
        schools=open_schools(),
        enrolment=[enrolled(name, 600, 15) for name in schools],
        school_conditions=[
            {"school_id": school_id, "school_year": 2024, "backbone_teachers": count}
            for school_id, count in zip(schools, teachers, strict=True)
        ],
    )
    return {scope: found["backbone_teachers", 2024, scope] for scope in SCOPES}


def test_a_sum_is_of_the_schools_that_are_not_withheld(ask: Ask) -> None:
    shares = backbone_figures(ask, 3, 12, 18)
    assert shares["school"]["is_withheld"] and shares["school"]["value"] is None
    # without P1: of a county with a withheld school the coefficient is not shown, so P2 may be
    assert [(shares[s]["value"], shares[s]["withheld_schools"]) for s in ("county", "city")] == [
        (12 / 600 * 100, 1),
        ((12 + 18) / 1200 * 100, 1),
    ]


def test_nobody_is_no_small_number(ask: Ask) -> None:
    shares = backbone_figures(ask, 0, 12, 18)
    assert shares["school"]["value"] == 0.0
    assert shares["county"]["value"] == 1.0  # 12 / 1200 pupils
    assert shares["city"]["value"] == pytest.approx(100 * 30 / 1800)


def test_few_pupils_are_withheld_in_all_that_is_made_of_them(ask: Ask) -> None:
    found = figures(
        ask,
        schools=open_schools(),
        enrolment=[enrolled("P1", 4, 1), enrolled("P2", 300, 8), enrolled("P3", 500, 10)],
        teachers=[staffed("P1", 6, 0), staffed("P2", 20, 5), staffed("P3", 25, 5)],
    )
    own = {figure: row for (figure, _, scope), row in found.items() if scope == "school"}
    for figure in ("pupils", "pupils_per_class", "pupils_per_teacher"):
        assert own[figure]["is_withheld"] and own[figure]["value"] is None, figure
    assert own["classes"]["value"] == 1
    # P2 is withheld with it; the city's other school is shown
    assert found["pupils", 2024, "city"]["value"] == 500
    assert found["pupils_per_teacher", 2024, "city"]["value"] == 20


# --- facts, awards, projects --------------------------------------------------------------------


def test_a_school_is_found_as_it_was_last_listed_with_what_it_merged_into(ask: Ask) -> None:
    rows = ask(
        "school/facts",
        {"school_id": "P1", "school_year": 2024, "as_of": "2024-09"},
        schools=[
            school("P1", "primary", YUECHENG, school_year=2022, school_name="Old name"),
            school(
                "P1",
                "primary",
                YUECHENG,
                school_year=2023,
                school_name="New name",
                school_status="merged",
                merged_into_id="P2",
            ),
            school("P2", "primary", YUECHENG, school_name="The other"),
        ],
        health_schools=[
            {"school_id": "P1", "level": "silver", "award_date": date(2023, 5, 1)},
            {"school_id": "P1", "level": "bronze", "award_date": date(2024, 5, 1)},
            {"school_id": "P1", "level": "gold", "award_date": date(2024, 10, 1)},
        ],
    )
    assert len(rows) == 1
    assert rows[0]["school_name"] == "New name"
    assert rows[0]["merged_into_name"] == "The other"
    assert rows[0]["health_level"] == "silver"  # the gold award is still to come


def test_a_school_younger_than_the_month_is_known_and_an_unknown_one_is_not(ask: Ask) -> None:
    tables = {"schools": [school("P1", "primary", YUECHENG, school_year=2024)]}
    parameters = {"school_year": 2022, "as_of": "2023-01"}
    assert len(ask("school/facts", {**parameters, "school_id": "P1"}, **tables)) == 1
    assert ask("school/facts", {**parameters, "school_id": "' or 1=1 --"}) == []


def test_recognitions_are_found_by_name_within_the_county(ask: Ask) -> None:
    def event(event_id: str, county_id: str, day: date) -> Row:
        return {
            "event_id": event_id,
            "category": "sports_schools",
            "name": "Same name",
            "county_id": county_id,
            "event_date": day,
        }

    rows = ask(
        "school/recognitions",
        {"school_id": "P1", "as_of": "2024-09"},
        schools=[school("P1", "primary", YUECHENG, school_name="Same name")],
        accreditations=[
            event("RD1", YUECHENG, date(2023, 4, 1)),
            event("RD2", KEQIAO, date(2023, 4, 1)),
            event("RD3", YUECHENG, date(2024, 10, 1)),
        ],
        health_schools=[
            {
                "award_id": "JK1",
                "school_id": "P1",
                "level": "bronze",
                "award_date": date(2024, 5, 1),
            }
        ],
    )
    assert [row["recognition_id"] for row in rows] == ["JK1", "RD1"]


def test_closed_schools_can_be_chosen_too(ask: Ask) -> None:
    rows = ask(
        "school/choices",
        {"school_year": 2024},
        counties=[{"county_id": YUECHENG, "sort_order": 1}, {"county_id": KEQIAO, "sort_order": 2}],
        schools=[
            school("K1", "kindergarten", KEQIAO, school_name="Ke"),
            school("P2", "primary", YUECHENG, school_name="Yi"),
            school("P1", "primary", YUECHENG, school_year=2022, school_name="Er"),
            school("P1", "primary", YUECHENG, school_name="Er", school_status="closed"),
            school("N1", "primary", YUECHENG, school_year=2025),
        ],
    )
    assert [(row["school_id"], row["school_status"]) for row in rows] == [
        ("P1", "closed"),
        ("P2", "open"),
        ("K1", "open"),
    ]

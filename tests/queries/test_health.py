"""The health page's questions on rows small enough to be worked out by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from tests.indicators.rows import Row, school

Ask = Callable[..., list[dict[str, Any]]]

YUECHENG, KEQIAO, SHENGZHOU = "330602", "330603", "330683"
COUNTIES = [YUECHENG, KEQIAO, SHENGZHOU]


def years(school_id: str, school_type: str, county_id: str) -> list[Row]:
    """A school that was open in the school years 2022 to 2024."""
    return [
        school(school_id, school_type, county_id, school_year=year) for year in (2022, 2023, 2024)
    ]


def screened(
    school_id: str, period: str, examined: int | None, myopic: int | None, **columns: Any
) -> Row:
    """A school's screening in the round of a month: May is spring, September autumn."""
    return {
        "school_id": school_id,
        "year": int(period[:4]),
        "season": "spring" if period[5:] == "05" else "autumn",
        "stage": "primary",
        "enrolled": examined,
        "examined": examined,
        "myopic": myopic,
        "severe": 0,
        **columns,
    }


def by(rows: list[dict[str, Any]], *keys: str) -> dict[Any, dict[str, Any]]:
    return {
        row[keys[0]] if len(keys) == 1 else tuple(row[key] for key in keys): row for row in rows
    }


# --- myopia by county ---------------------------------------------------------------------------


def test_myopia_is_compared_with_the_same_season_and_not_the_round_before(ask: Ask) -> None:
    rows = ask(
        "health/myopia_by_county",
        {"as_of": "2024-10", "counties": COUNTIES},
        schools=years("P1", "primary", YUECHENG),
        enrolment=[{"school_id": "P1", "school_year": 2024, "stage": "primary", "pupils": 100}],
        vision=[
            screened("P1", "2023-09", 100, 45),
            screened("P1", "2024-05", 100, 48),
            screened("P1", "2024-09", 200, 86),
        ],
    )
    yuecheng = by(rows, "county_id")[YUECHENG]
    assert (yuecheng["period"], yuecheng["myopic_pct"], yuecheng["myopic_before_pct"]) == (
        "2024-09",
        43.0,
        45.0,
    )
    assert yuecheng["change_pp"] == pytest.approx(-2.0)


def test_the_month_decides_which_round_is_the_latest(ask: Ask) -> None:
    tables = {
        "schools": years("P1", "primary", YUECHENG),
        "enrolment": [
            {"school_id": "P1", "school_year": year, "stage": "primary", "pupils": 100}
            for year in (2023, 2024)
        ],
        "vision": [
            screened("P1", "2023-05", 100, 50),
            screened("P1", "2024-05", 100, 49),
            screened("P1", "2024-09", 100, 40),
        ],
    }
    rows = ask("health/myopia_by_county", {"as_of": "2024-08", "counties": COUNTIES}, **tables)
    yuecheng = by(rows, "county_id")[YUECHENG]
    assert (yuecheng["period"], yuecheng["change_pp"]) == ("2024-05", pytest.approx(-1.0))


def test_a_late_county_has_no_rate_and_the_total_compares_only_the_others(ask: Ask) -> None:
    rows = ask(
        "health/myopia_by_county",
        {"as_of": "2024-09", "counties": COUNTIES},
        schools=[*years("P1", "primary", YUECHENG), *years("P2", "primary", SHENGZHOU)],
        enrolment=[{"school_id": "P1", "school_year": 2024, "stage": "primary", "pupils": 100}],
        vision=[
            screened("P1", "2023-09", 100, 50),
            screened("P2", "2023-09", 300, 270),
            screened("P1", "2024-09", 100, 48),
        ],
    )
    units = by(rows, "county_id")
    assert units[SHENGZHOU]["myopic_pct"] is None
    assert units[SHENGZHOU]["myopic_before_pct"] == 90.0
    assert units[SHENGZHOU]["change_pp"] is None
    assert units["all"]["myopic_before_pct"] == 50.0
    assert units["all"]["change_pp"] == pytest.approx(-2.0)
    assert units[KEQIAO]["myopic_pct"] is None


def test_a_change_of_myopia_is_over_the_same_schools_in_todays_boundaries(ask: Ask) -> None:
    def listed(school_id: str, year: int, county: str) -> Row:
        return {**school(school_id, "primary", county), "school_year": year}

    rows = ask(
        "health/myopia_by_county",
        {"as_of": "2024-09", "counties": COUNTIES},
        schools=[
            *years("P1", "primary", YUECHENG),
            listed("P2", 2023, YUECHENG),  # moves
            listed("P2", 2024, KEQIAO),
            *years("P3", "primary", KEQIAO),
            listed("P4", 2024, KEQIAO),  # opens
        ],
        enrolment=[{"school_id": "P1", "school_year": 2024, "stage": "primary", "pupils": 100}],
        vision=[
            screened("P1", "2023-09", 100, 50),
            screened("P2", "2023-09", 100, 80),
            screened("P3", "2023-09", 100, 40),
            screened("P1", "2024-09", 100, 48),
            screened("P2", "2024-09", 100, 78),
            screened("P3", "2024-09", 100, 40),
            screened("P4", "2024-09", 100, 10),
        ],
    )
    units = by(rows, "county_id")
    assert [units[c]["change_pp"] for c in (YUECHENG, KEQIAO)] == pytest.approx([-2.0, -1.0])
    assert units[KEQIAO]["myopic_pct"] == pytest.approx(128 / 3)
    assert units[KEQIAO]["myopic_before_pct"] == pytest.approx(60)
    assert units["all"]["change_pp"] == pytest.approx(-4 / 3)


def test_the_total_is_over_the_chosen_counties(ask: Ask) -> None:
    rows = ask(
        "health/myopia_by_county",
        {"as_of": "2024-09", "counties": [YUECHENG]},
        schools=[*years("P1", "primary", YUECHENG), *years("P2", "primary", KEQIAO)],
        enrolment=[{"school_id": "P1", "school_year": 2024, "stage": "primary", "pupils": 100}],
        vision=[
            screened(p, period, 100, myopic)
            for p, period, myopic in (
                ("P1", "2023-09", 50),
                ("P1", "2024-09", 48),
                ("P2", "2023-09", 60),
                ("P2", "2024-09", 59),
            )
        ],
    )
    units = by(rows, "county_id")
    assert units["all"]["myopic_pct"] == 48.0
    assert units[KEQIAO]["myopic_pct"] == 59.0


def test_the_weighted_rate_has_the_citys_stages_and_the_same_weights_in_both_rounds(
    ask: Ask,
) -> None:
    """Weights 300 to 100: (40 × 300 + 80 × 100) / 400 = 50, and a year before 41 and 81: 51."""
    rows = ask(
        "health/myopia_by_county",
        {"as_of": "2024-09", "counties": COUNTIES},
        schools=[
            *years("N1", "nine_year", YUECHENG),
            *years("P2", "primary", KEQIAO),
        ],
        enrolment=[
            {"school_id": "N1", "school_year": 2024, "stage": "primary", "pupils": 100},
            {"school_id": "N1", "school_year": 2024, "stage": "junior", "pupils": 100},
            {"school_id": "P2", "school_year": 2024, "stage": "primary", "pupils": 200},
            {"school_id": "P2", "school_year": 2023, "stage": "primary", "pupils": 9000},
            {"school_id": "P2", "school_year": 2024, "stage": "kindergarten", "pupils": 500},
        ],
        vision=[
            screened("N1", "2023-09", 100, 41),
            screened("N1", "2023-09", 300, 243, stage="junior"),
            screened("N1", "2024-09", 100, 40),
            screened("N1", "2024-09", 100, 80, stage="junior"),
            screened("P2", "2023-09", 100, 20),
            screened("P2", "2024-09", 100, 20),
        ],
    )
    units = by(rows, "county_id")
    assert units[YUECHENG]["myopic_pct"] == 60.0
    assert units[YUECHENG]["change_pp"] == pytest.approx(60.0 - 71.0)
    assert units[YUECHENG]["weighted_pct"] == pytest.approx(50.0)
    assert units[YUECHENG]["weighted_before_pct"] == pytest.approx(51.0)
    assert units[YUECHENG]["weighted_change_pp"] == pytest.approx(-1.0)
    assert units[KEQIAO]["weighted_pct"] is None  # no junior stage: not like the others
    assert units["all"]["weighted_pct"] == pytest.approx((30 * 300 + 80 * 100) / 400)


def test_without_any_round_every_unit_is_there_and_empty(ask: Ask) -> None:
    rows = ask("health/myopia_by_county", {"as_of": "2024-09", "counties": COUNTIES})
    assert len(rows) == 8
    assert {row["period"] for row in rows} == {None}
    assert {row["myopic_pct"] for row in rows} == {None}


# --- myopia by stage ----------------------------------------------------------------------------


def test_stages_go_back_over_one_season_and_the_counties_that_reported_both(ask: Ask) -> None:
    rows = ask(
        "health/myopia_by_stage",
        {"as_of": "2024-09", "counties": COUNTIES},
        schools=[*years("P1", "primary", YUECHENG), *years("P2", "primary", SHENGZHOU)],
        vision=[
            screened("P1", "2022-09", 100, 52, severe=10),
            screened("P1", "2023-09", 100, 50, severe=10),
            screened("P1", "2024-05", 100, 90, severe=10),
            screened("P1", "2024-09", 200, 96, severe=12),
            screened("P2", "2022-09", 100, 95, severe=50),
            screened("P2", "2023-09", 100, 95, severe=50),
        ],
    )
    assert [(r["period"], r["myopic_pct"], r["severe_pct"]) for r in rows] == [
        ("2022-09", 52.0, 10.0),
        ("2023-09", 50.0, 10.0),
        ("2024-09", 48.0, 6.0),
    ]


def test_fewer_than_five_severely_myopic_pupils_are_not_told(ask: Ask) -> None:
    rows = ask(
        "health/myopia_by_stage",
        {"as_of": "2024-09", "counties": COUNTIES},
        schools=years("P1", "primary", YUECHENG),
        vision=[
            screened("P1", "2023-09", 100, 50, severe=5),
            screened("P1", "2024-09", 100, 48, severe=4),
        ],
    )
    assert [(r["severe"], r["severe_pct"], r["myopic_pct"]) for r in rows] == [
        (5, 5.0, 50.0),
        (None, None, None),
    ]


# --- screening rounds ---------------------------------------------------------------------------


def test_coverage_is_examined_over_enrolled_and_a_round_not_reported_is_missing(ask: Ask) -> None:
    rows = ask(
        "health/screening_rounds",
        {"as_of": "2024-09"},
        schools=[*years("P1", "primary", YUECHENG), *years("P2", "primary", SHENGZHOU)],
        vision=[
            screened("P1", "2022-09", 90, 40, enrolled=100),
            screened("P1", "2024-05", 90, 40, enrolled=100),
            screened("P2", "2024-05", 178, 40, enrolled=200),
            screened("P1", "2024-09", 99, 40, enrolled=100),
        ],
    )
    rounds = by(rows, "county_id", "period")
    assert {period for _, period in rounds} == {"2024-05", "2024-09"}
    assert (rounds[YUECHENG, "2024-05"]["coverage_pct"], True) == (
        90.0,
        rounds[YUECHENG, "2024-05"]["is_done"],
    )
    assert rounds[SHENGZHOU, "2024-05"]["coverage_pct"] == 89.0
    assert not rounds[SHENGZHOU, "2024-05"]["is_done"]
    assert rounds[SHENGZHOU, "2024-09"]["coverage_pct"] is None
    assert not rounds[SHENGZHOU, "2024-09"]["is_done"]
    assert rounds["all", "2024-05"]["coverage_pct"] == pytest.approx(268 / 300 * 100)
    assert rounds["all", "2024-09"]["coverage_pct"] == 99.0


def test_rounds_after_the_chosen_month_are_not_shown(ask: Ask) -> None:
    rows = ask(
        "health/screening_rounds",
        {"as_of": "2024-08"},
        schools=years("P1", "primary", YUECHENG),
        vision=[screened("P1", "2024-05", 90, 40), screened("P1", "2024-09", 90, 40)],
    )
    assert {row["period"] for row in rows} == {"2024-05"}


# --- vision stations ----------------------------------------------------------------------------


def test_stations_are_counted_to_the_end_of_each_year_and_of_the_month(ask: Ask) -> None:
    def station(station_id: str, level: str, day: date, county_id: str = YUECHENG) -> Row:
        return {
            "station_id": station_id,
            "county_id": county_id,
            "level": level,
            "award_date": day,
        }

    rows = ask(
        "health/vision_stations",
        {"as_of": "2024-06"},
        vision_stations=[
            station("S1", "city_model", date(2022, 3, 1)),
            station("S2", "county", date(2022, 3, 1)),
            station("S3", "city_model", date(2024, 6, 30)),
            station("S4", "city_model", date(2024, 7, 1)),
            station("S5", "city_model", date(2023, 3, 1), KEQIAO),
        ],
    )
    counts = {
        (row["county_id"], row["year"]): (row["model_stations"], row["county_stations"])
        for row in rows
    }
    assert [counts[YUECHENG, year] for year in (2022, 2023, 2024)] == [(1, 1), (1, 1), (2, 1)]
    assert [counts[KEQIAO, year] for year in (2022, 2023, 2024)] == [(0, 0), (1, 0), (1, 0)]
    assert [counts["all", year] for year in (2022, 2023, 2024)] == [(1, 1), (2, 1), (3, 1)]


# --- fitness ------------------------------------------------------------------------------------


def marks(stage: str, sex: str, tested: int, good: int, passed: int, year: int = 2023) -> Row:
    """`good` pupils are good or better, `passed` pass or better."""
    return {
        "school_id": "N1",
        "year": year,
        "stage": stage,
        "sex": sex,
        "tested": tested,
        "excellent": 0,
        "good": good,
        "pass": passed - good,
    }


def test_stages_and_sexes_stand_alone_and_together(ask: Ask) -> None:
    rows = ask(
        "health/fitness_by_stage_and_sex",
        {"as_of": "2024-09", "counties": COUNTIES},
        schools=years("N1", "nine_year", YUECHENG),
        fitness=[
            marks("primary", "male", 100, 60, 90),
            marks("primary", "female", 300, 240, 290),
            marks("junior", "male", 100, 50, 80),
        ],
    )
    rates = {(r["stage"], r["sex"]): (r["good_pct"], r["pass_pct"]) for r in rows}
    assert rates["primary", "male"] == (60.0, 90.0)
    assert rates["primary", "all"] == (75.0, 95.0)
    assert rates["all", "male"] == (55.0, 85.0)
    assert rates["all", "all"] == (70.0, 92.0)
    assert ("junior", "female") not in rates


def test_this_years_tests_are_not_shown_before_november(ask: Ask) -> None:
    tables = {
        "schools": years("N1", "nine_year", YUECHENG),
        "fitness": [
            marks("primary", "male", 100, 60, 90),
            marks("primary", "male", 100, 61, 91, year=2024),
        ],
    }
    question = "health/fitness_by_stage_and_sex"
    rows = ask(question, {"as_of": "2024-10", "counties": COUNTIES}, **tables)
    assert {row["year"] for row in rows} == {2023}


def test_a_year_in_which_few_pupils_of_a_group_reach_or_miss_it_is_not_told(ask: Ask) -> None:
    rows = ask(
        "health/fitness_by_stage_and_sex",
        {"as_of": "2024-09", "counties": COUNTIES},
        schools=years("N1", "nine_year", YUECHENG),
        fitness=[
            marks("primary", "male", 100, 60, 96),
            marks("primary", "female", 100, 60, 95),
            marks("junior", "male", 100, 4, 90),
        ],
    )
    rates = {(r["stage"], r["sex"]): (r["good_pct"], r["pass_pct"]) for r in rows}
    # the other groups and the county's rate would tell: they are withheld with it
    assert set(rates.values()) == {(None, None)}


# --- health-promoting schools -------------------------------------------------------------------


def test_a_school_counts_once_at_its_highest_level_while_it_exists(ask: Ask) -> None:
    def award(school_id: str, level: str, day: date) -> Row:
        return {
            "award_id": f"{school_id}{level}",
            "school_id": school_id,
            "county_id": YUECHENG,
            "level": level,
            "award_date": day,
        }

    closed = {"school_status": "closed", "closed_date": date(2024, 7, 1)}
    rows = ask(
        "health/health_school_levels",
        {"as_of": "2024-09"},
        schools=[
            school("P1", "primary", school_year=2022),
            school("P2", "primary", school_year=2022),
            school("P3", "junior", school_year=2022),
            school("P4", "senior", KEQIAO, school_year=2022),
            school("P5", "primary", school_year=2023, **closed),
            school("P6", "primary", school_year=2024, opened_date=date(2024, 10, 1)),
            school("V1", "vocational", school_year=2022),
        ],
        health_schools=[
            award("P1", "bronze", date(2020, 5, 1)),
            award("P1", "silver", date(2022, 5, 1)),
            award("P1", "gold", date(2024, 9, 30)),
            award("P2", "bronze", date(2020, 5, 1)),
            award("P2", "silver", date(2024, 10, 1)),
            award("P5", "bronze", date(2020, 5, 1)),
        ],
    )
    units = by(rows, "county_id")
    yuecheng = units[YUECHENG]
    assert [yuecheng[f"{level}_schools"] for level in ("gold", "silver", "bronze", "other")] == [
        1,
        0,
        1,
        1,
    ]
    assert yuecheng["schools"] == 3
    assert yuecheng["awarded_pct"] == pytest.approx(200 / 3)
    assert (units["all"]["schools"], units["all"]["awarded_pct"]) == (4, 50.0)
    assert (units[KEQIAO]["other_schools"], units[KEQIAO]["awarded_pct"]) == (1, 0.0)
    assert units[SHENGZHOU]["awarded_pct"] is None

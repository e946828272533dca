"""Eyesight: rounds, myopia by season, growth of model stations."""

from __future__ import annotations

from datetime import date

from tests.indicators.rows import Compute, Row, school


def screened(
    school_id: str,
    year: int,
    season: str,
    examined: int | None,
    myopic: int | None,
    *,
    enrolled: int = 100,
    stage: str = "primary",
) -> Row:
    return {
        "school_id": school_id,
        "year": year,
        "season": season,
        "stage": stage,
        "enrolled": enrolled,
        "examined": examined,
        "myopic": myopic,
    }


def test_spring_belongs_to_the_school_year_that_began_the_autumn_before(compute: Compute) -> None:
    computed = compute(
        "vision",
        schools=[
            school("P1", "primary", school_year=2023),
            school("P1", "primary", school_year=2024, school_status="merged"),
        ],
        vision=[
            screened("P1", 2024, "spring", 98, 40),
            screened("P1", 2024, "autumn", 97, 41),
        ],
    )
    assert computed["myopia_decline"] == [("330602", "P1", "2024-05", 40, 98)]


def test_stages_add_up_and_an_unexamined_school_gives_no_row(compute: Compute) -> None:
    computed = compute(
        "vision",
        schools=[school("N1", "nine_year"), school("P1", "primary"), school("P2", "primary")],
        vision=[
            screened("N1", 2024, "autumn", 98, 40),
            screened("N1", 2024, "autumn", 95, 70, stage="junior"),
            screened("P1", 2024, "autumn", 0, 0),
            screened("P2", 2024, "autumn", 90, None),
        ],
    )
    assert computed["myopia_decline"] == [("330602", "N1", "2024-09", 110, 193)]


def test_a_round_is_done_once_nine_tenths_are_examined(compute: Compute) -> None:
    computed = compute(
        "vision",
        schools=[school("P1", "primary", "330602"), school("P2", "primary", "330603")],
        vision=[
            screened("P1", 2024, "autumn", 90, 40),
            screened("P2", 2024, "autumn", 89, 40),
        ],
    )
    rounds = computed["vision_screening_rounds"]
    assert [row for row in rounds if row[3] is not None] == [
        ("330602", "330602", "2024-09", 1, 0),
        ("330603", "330603", "2024-09", 0, 0),
    ]


def test_rounds_are_counted_over_all_units_that_owe_them(compute: Compute) -> None:
    computed = compute(
        "vision",
        schools=[school("P1", "primary", "330602")],
        vision=[screened("P1", 2024, "autumn", 90, 40)],
    )
    rows = computed["vision_screening_rounds"]
    counted = [row for row in rows if row[2] == "2024-01"]
    # six counties and 市直, of which five and 市直 have sent nothing in
    assert len(counted) == 7
    assert {row[3:] for row in counted} == {(None, 1)}


def test_station_growth_is_over_the_stock_at_the_end_of_last_year(compute: Compute) -> None:
    station = {"level": "city_model", "county_id": "330602"}
    computed = compute(
        "vision",
        vision_stations=[
            {**station, "station_id": "A", "award_date": date(2022, 6, 1)},
            {**station, "station_id": "B", "award_date": date(2023, 6, 1)},
            {**station, "station_id": "C", "award_date": date(2024, 4, 1)},
            {
                "station_id": "D",
                "level": "county",
                "county_id": "330602",
                "award_date": date(2024, 4, 1),
            },
        ],
    )
    assert computed["vision_stations_growth"] == [
        ("330602", "330602", "2023-01", None, 1),
        ("330602", "330602", "2024-01", None, 2),
        ("330602", "330602", "2025-01", None, 3),
        ("330602", "A", "2022-06", 1, 0),
        ("330602", "B", "2023-06", 1, 0),
        ("330602", "C", "2024-04", 1, 0),
    ]

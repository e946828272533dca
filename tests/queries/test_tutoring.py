"""The tutoring page's questions on rows small enough to be worked out by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from tests.indicators.rows import Row

Ask = Callable[..., list[dict[str, Any]]]

YUECHENG, KEQIAO, XINCHANG, CITY_RUN = "330602", "330603", "330624", "330600"
IN_MARCH = {"as_of": "2024-03"}


def providers(month: str, county_id: str = YUECHENG, **columns: Any) -> Row:
    return {
        "county_id": county_id,
        "month": month,
        "providers": 200,
        "managed": 199,
        "on_platform": 190,
        "registered": 150,
        **columns,
    }


# --- the three rates by month -------------------------------------------------------------------


def test_the_rates_are_shares_of_the_months_providers(ask: Ask) -> None:
    (row,) = ask("tutoring/rates_by_month", IN_MARCH, tutoring_months=[providers("2024-03")])
    assert (row["managed_pct"], row["on_platform_pct"], row["registered_pct"]) == (99.5, 95.0, 75.0)


def test_a_county_that_is_late_has_a_row_without_numbers(ask: Ask) -> None:
    rows = ask(
        "tutoring/rates_by_month",
        IN_MARCH,
        tutoring_months=[
            providers("2024-02"),
            providers("2024-03"),
            providers("2024-02", XINCHANG),
        ],
    )
    late = next(r for r in rows if r["county_id"] == XINCHANG and r["month"] == "2024-03")
    assert (late["providers"], late["managed_pct"], late["registered_pct"]) == (None, None, None)
    assert CITY_RUN not in {row["county_id"] for row in rows}


def test_the_months_reach_from_the_same_month_of_the_year_before(ask: Ask) -> None:
    months = ["2023-02", "2023-03", "2023-12", "2024-03", "2024-04"]
    rows = ask(
        "tutoring/rates_by_month", IN_MARCH, tutoring_months=[providers(month) for month in months]
    )
    assert [row["month"] for row in rows] == ["2023-03", "2023-12", "2024-03"]


def test_a_county_without_providers_has_no_rate(ask: Ask) -> None:
    nobody = {"providers": 0, "managed": 0, "on_platform": 0, "registered": 0}
    (row,) = ask(
        "tutoring/rates_by_month", IN_MARCH, tutoring_months=[providers("2024-03", **nobody)]
    )
    assert (row["providers"], row["managed_pct"]) == (0, None)


# --- model cases and online classes -------------------------------------------------------------


def case(county_id: str, name: str, day: date | None, category: str = "clean_cases") -> Row:
    return {
        "event_id": name,
        "category": category,
        "name": name,
        "county_id": county_id,
        "event_date": day,
    }


def test_every_county_has_its_cases_of_the_year_or_an_empty_row(ask: Ask) -> None:
    rows = ask(
        "tutoring/clean_cases",
        IN_MARCH,
        accreditations=[
            case(YUECHENG, "second", date(2024, 3, 31)),
            case(YUECHENG, "first", date(2024, 1, 1)),
            case(KEQIAO, "of last year", date(2023, 12, 31)),
            case(KEQIAO, "of next month", date(2024, 4, 1)),
            case(KEQIAO, "a school", date(2024, 2, 1), category="sports_schools"),
            case(CITY_RUN, "of no county", date(2024, 2, 1)),
        ],
    )
    named = [(row["county_id"], row["case_name"]) for row in rows]
    assert named.count((YUECHENG, "first")) == named.count((YUECHENG, "second")) == 1
    assert {name for county, name in named if county != YUECHENG} == {None}
    assert len({county for county, _ in named}) == 6
    assert CITY_RUN not in dict(named)
    assert [name for county, name in named if county == YUECHENG] == ["first", "second"]


def test_the_online_classes_are_the_years_latest_first(ask: Ask) -> None:
    def session(name: str, day: date, category: str = "online_master_classes") -> Row:
        return {"event_id": name, "category": category, "name": name, "event_date": day}

    rows = ask(
        "tutoring/online_classes",
        IN_MARCH,
        activities=[
            session("one", date(2024, 1, 9)),
            session("two", date(2024, 3, 9)),
            session("to come", date(2024, 4, 9)),
            session("of last year", date(2023, 3, 9)),
            session("a lecture", date(2024, 2, 9), category="scientist_lectures"),
        ],
    )
    assert [row["class_name"] for row in rows] == ["two", "one"]

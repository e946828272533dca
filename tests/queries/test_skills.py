"""The skills page's questions on rows small enough to be worked out by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from tests.indicators.rows import Row

Ask = Callable[..., list[dict[str, Any]]]

YUECHENG, KEQIAO = "330602", "330603"
BOTH = [YUECHENG, KEQIAO]


def trained(month: str, person_times: int | None, county_id: str = YUECHENG, **columns: Any) -> Row:
    return {
        "county_id": county_id,
        "month": month,
        "training_kind": "farmer",
        "person_times": person_times,
        **columns,
    }


def by_month(rows: list[dict[str, Any]], kind: str = "farmer") -> dict[str, tuple[Any, Any]]:
    return {
        row["month"]: (row["person_times"], row["person_times_before"])
        for row in rows
        if row["training_kind"] == kind
    }


# --- training by kind and month -----------------------------------------------------------------


def test_the_chosen_units_are_added_up_kind_by_kind(ask: Ask) -> None:
    rows = ask(
        "skills/training_kinds",
        {"as_of": "2024-02", "counties": BOTH},
        training_months=[
            trained("2024-01", 10),
            trained("2024-01", 5, KEQIAO),
            trained("2024-01", 7, training_kind="veteran"),
            trained("2024-01", 99, "330604"),
        ],
    )
    assert by_month(rows)["2024-01"] == (15, None)
    assert by_month(rows, "veteran")["2024-01"] == (7, None)


def test_the_year_has_twelve_months_and_those_to_come_are_empty(ask: Ask) -> None:
    rows = ask(
        "skills/training_kinds",
        {"as_of": "2024-02", "counties": BOTH},
        training_months=[trained("2024-02", 8), trained("2024-03", 9), trained("2023-03", 4)],
    )
    months = by_month(rows)
    assert list(months) == [f"2024-{month:02d}" for month in range(1, 13)]
    assert months["2024-02"] == (8, None)
    assert months["2024-03"] == (None, 4)


def test_a_month_without_a_report_has_no_number_and_is_not_zero(ask: Ask) -> None:
    rows = ask(
        "skills/training_kinds",
        {"as_of": "2024-02", "counties": [YUECHENG]},
        training_months=[trained("2024-01", None), trained("2024-02", 0)],
    )
    assert by_month(rows)["2024-01"] == (None, None)
    assert by_month(rows)["2024-02"] == (0, None)


def test_a_unit_without_any_report_this_year_is_left_out_of_the_year_before(ask: Ask) -> None:
    rows = ask(
        "skills/training_kinds",
        {"as_of": "2024-01", "counties": BOTH},
        training_months=[
            trained("2024-01", 10),
            trained("2023-01", 6),
            trained("2023-01", 500, KEQIAO),
        ],
    )
    assert by_month(rows)["2024-01"] == (10, 6)


# --- cut-off dates ------------------------------------------------------------------------------


def test_the_cut_off_dates_are_those_of_the_figure_up_to_the_month(ask: Ask) -> None:
    def figure(name: str, day: date, value: float | None = 1.0) -> Row:
        return {"figure": name, "year": day.year, "value": value, "cut_off_date": day}

    rows = ask(
        "skills/cut_off_dates",
        {"figure": "retention_graduates", "as_of": "2024-08"},
        city_figures=[
            figure("retention_graduates", date(2023, 8, 31)),
            figure("retention_graduates", date(2024, 8, 20)),
            figure("retention_graduates", date(2022, 8, 31), None),
            figure("retention_graduates", date(2025, 8, 31)),
            figure("gross_enrolment_pct", date(2023, 12, 31)),
        ],
    )
    assert [(row["period"], row["cut_off_date"]) for row in rows] == [
        ("2023-08", date(2023, 8, 31)),
        ("2024-08", date(2024, 8, 20)),
    ]

"""Vocational training: kinds add up, a month without report is no zero."""

from __future__ import annotations

from tests.indicators.rows import Compute


def test_all_kinds_of_a_month_add_up(compute: Compute) -> None:
    month = {"county_id": "330602", "month": "2024-03"}
    computed = compute(
        "vocational_training",
        training_months=[
            {**month, "training_kind": "enterprise", "person_times": 1200},
            {**month, "training_kind": "farmer", "person_times": 300},
            {**month, "training_kind": "veteran", "person_times": None},
            {
                "county_id": "330602",
                "month": "2024-04",
                "training_kind": "farmer",
                "person_times": None,
            },
        ],
    )
    assert computed["vocational_training"] == [("330602", "330602", "2024-03", 1500, None)]

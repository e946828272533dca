"""Accreditation counts: one row per event, the rural ones a second time under their own name."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.indicators.rows import Compute, Row


def event(event_id: str, category: str, **columns: Any) -> Row:
    return {
        "event_id": event_id,
        "category": category,
        "county_id": "330602",
        "event_date": date(2024, 4, 18),
        **columns,
    }


def test_an_event_counts_under_its_category_in_its_month(compute: Compute) -> None:
    computed = compute(
        "accreditations",
        accreditations=[
            event("E1", "modern_schools_created"),
            event("E2", "sports_schools", county_id="330600"),
            event("E3", "clean_cases"),
            event("E4", "balanced_national_assessment"),
            event("E5", "smart_campuses", event_date=None),
        ],
    )
    assert {indicator_id for indicator_id, rows in computed.items() if rows} == {
        "modern_schools_created",
        "sports_schools",
    }
    assert computed["modern_schools_created"] == [("330602", "E1", "2024-04", 1, None)]
    assert computed["sports_schools"] == [("330600", "E2", "2024-04", 1, None)]


def test_rural_arts_bases_are_part_of_the_arts_bases(compute: Compute) -> None:
    computed = compute(
        "accreditations",
        accreditations=[
            event("E1", "arts_bases", is_rural=True),
            event("E2", "arts_bases", is_rural=False),
            event("E3", "arts_bases", is_rural=None),
            event("E4", "smart_campuses", is_rural=True),
        ],
    )
    assert [row[1] for row in computed["arts_bases"]] == ["E1", "E2", "E3"]
    assert [row[1] for row in computed["rural_arts_bases"]] == ["E1"]


def test_what_is_asked_for_by_the_batch_counts_like_the_rest(compute: Compute) -> None:
    batches = (
        "clean_schools",
        "civilised_campuses",
        "study_travel_bases",
        "national_double_excellence",
        "myopia_model_schools",
        "model_canteens",
    )
    computed = compute(
        "accreditations",
        accreditations=[
            *(event(f"E{number}", category) for number, category in enumerate(batches)),
            event("E6", "campus_started"),
        ],
    )
    for number, category in enumerate(batches):
        assert computed[category] == [("330602", f"E{number}", "2024-04", 1, None)]
    assert sum(len(rows) for rows in computed.values()) == len(batches)

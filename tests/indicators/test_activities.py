"""Sessions held, with those of the city counted once."""

from __future__ import annotations

from datetime import date

from tests.indicators.rows import Compute


def test_a_session_counts_once_where_it_is_entered(compute: Compute) -> None:
    computed = compute(
        "activities",
        activities=[
            {
                "event_id": "A1",
                "category": "scientist_lectures",
                "county_id": "330681",
                "event_date": date(2024, 3, 7),
            },
            {
                "event_id": "A2",
                "category": "scientist_lectures",
                "county_id": "330600",
                "event_date": date(2024, 3, 8),
            },
            {
                "event_id": "A3",
                "category": "online_master_classes",
                "county_id": "330600",
                "event_date": date(2024, 5, 1),
            },
        ],
    )
    assert computed["scientist_lectures"] == [
        ("330600", "A2", "2024-03", 1, None),
        ("330681", "A1", "2024-03", 1, None),
    ]
    assert computed["online_master_classes"] == [("330600", "A3", "2024-05", 1, None)]

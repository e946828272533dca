"""The months that a reader's choice stands for."""

from __future__ import annotations

import pytest

from dashboard.filters import Comparison, Filters


@pytest.mark.parametrize(
    ("comparison", "month"),
    [
        (Comparison.LAST_YEAR, "2023-01"),
        (Comparison.LAST_MONTH, "2023-12"),
        ("last_month", "2023-12"),
        ("2023-05", "2023-05"),
    ],
)
def test_the_month_compared_with(comparison: str, month: str) -> None:
    assert Filters("2024-01", comparison=comparison).compared_month == month

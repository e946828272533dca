"""One rounding for everything that is printed or judged: half up, on decimal digits."""

from __future__ import annotations

import pytest

from dashboard.rounding import rounded, rounded_down, rounded_up, written
from dashboard.words.language import language


@pytest.mark.parametrize(
    ("value", "decimals", "right"),
    [
        (7.5, 0, 8),  # Python's round agrees
        (4.5, 0, 5),  # … and here says 4
        (37.5, 0, 38),
        (2.5, 0, 3),
        (-2.5, 0, -3),
        (2.675, 2, 2.68),  # 2.67499999999999982… in binary
        (0.285, 2, 0.29),
        (0.145 * 100, 0, 15),  # 14.499999999999998
        (98.5 - 98.45, 1, 0.1),  # 0.04999999999999716
        (99.949, 1, 99.9),
        (99.95, 1, 100.0),
        (12_345_678_901_234.5, 0, 12_345_678_901_235),
    ],
)
def test_numbers_round_half_up_as_by_hand(value: float, decimals: int, right: float) -> None:
    assert rounded(value, decimals) == right


def test_nothing_is_minus_nothing() -> None:
    assert str(rounded(-0.04, 1)) == "0.0"
    assert written(-0.04, 1) == "0.0"
    assert written(-1234.25, 1) == "-1,234.3"


@pytest.mark.parametrize(
    ("value", "down", "up"),
    [(7.5, 7, 8), (22.999999999999996, 23, 23), (7.0000000001, 7, 7), (30 * 0.75, 22, 23)],
)
def test_what_is_whole_lets_the_dust_of_arithmetic_pass(value: float, down: int, up: int) -> None:
    assert (rounded_down(value), rounded_up(value)) == (down, up)


@pytest.mark.parametrize(("value", "text"), [(4.5, "5"), (2.5, "3"), (-2.5, "−3"), (0.5, "1")])
def test_words_round_by_the_same_rule(value: float, text: str) -> None:
    assert language("en").number(value) == text

from __future__ import annotations

from typing import Any

import pytest

from dashboard.charts.theme import (
    COLOURS,
    COUNTY_COLOURS,
    STATUS_MARKS,
    KeyEntry,
    key_lines,
    letters,
)
from tests.charts.colours import contrast

WHITE = "#FFFFFF"


@pytest.mark.parametrize("mark", STATUS_MARKS.values(), ids=STATUS_MARKS)
def test_status_marks_stand_out_from_white(mark: Any) -> None:
    assert contrast(mark.colour, WHITE) >= 3


def test_no_two_statuses_share_a_shape() -> None:
    assert len({mark.symbol for mark in STATUS_MARKS.values()}) == len(STATUS_MARKS)
    assert len({mark.glyph for mark in STATUS_MARKS.values()}) == len(STATUS_MARKS)


@pytest.mark.parametrize("colour", COLOURS)
def test_palette_colours_stand_out_from_white_and_their_letters_can_be_read(colour: str) -> None:
    assert contrast(colour, WHITE) >= 2.95
    assert contrast(letters(colour), WHITE) >= 4.5


def test_ten_colours_and_a_colour_of_its_own_for_each_county() -> None:
    assert len(set(COLOURS)) == 10
    assert len(set(COUNTY_COLOURS.values())) == 7
    assert next(iter(COUNTY_COLOURS)) == "330602"


def test_a_key_wraps_at_phone_width_and_skips_nameless_entries() -> None:
    entries = [KeyEntry("●", "#12436D", name) for name in ("已达成", "", "未到监测期")]

    assert key_lines(entries) == [
        '<span style="color:#12436D">●</span> 已达成\u2003'
        '<span style="color:#12436D">●</span> 未到监测期'
    ]
    assert len(key_lines([KeyEntry("■", "#12436D", "很长很长很长的名字")] * 4)) > 1

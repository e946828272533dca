"""Which mark was clicked, told from what a chart has selected."""

from __future__ import annotations

import pytest

from dashboard.ui.chart import _clicked

ZHUJI, KEQIAO = {"330681"}, {"330603"}


@pytest.mark.parametrize(
    ("before", "selected", "clicked"),
    [
        (set(), ZHUJI, "330681"),
        (ZHUJI, set(), "330681"),  # the second click on the same mark
        (ZHUJI, KEQIAO, "330603"),
        (ZHUJI, ZHUJI | KEQIAO, "330603"),  # with the shift key held
        (ZHUJI, ZHUJI, "330681"),  # another mark of the county, or a chart drawn anew
        (set(), set(), None),
    ],
)
def test_a_click_is_what_has_changed(
    before: set[str], selected: set[str], clicked: str | None
) -> None:
    assert _clicked(before, selected) == clicked

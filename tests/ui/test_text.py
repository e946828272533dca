"""Text from data stays text."""

from __future__ import annotations

import pytest

from dashboard.cards.model import Emphasis, Passage, Run
from dashboard.ui.text import coloured_status, markdown, passage


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("越城区第一小学", "越城区第一小学"),
        ("<b>x</b>", r"\<b\>x\</b\>"),
        ("**粗**", r"\*\*粗\*\*"),
        ("$x^2$", r"\$x^2\$"),
        (":red[x]", r"\:red\[x\]"),
        ("[x](y)", r"\[x\]\(y\)"),
        ("a\nb", "a b"),
    ],
)
def test_nothing_in_a_name_is_taken_for_markup(text: str, escaped: str) -> None:
    assert markdown(text) == escaped


def test_only_the_symbol_of_a_status_is_coloured() -> None:
    assert coloured_status("● 已达成") == ":green[●] 已达成"
    assert coloured_status("▼ *x*") == r":orange[▼] \*x\*"
    assert coloured_status("没有状态") == "没有状态"


def test_words_that_are_brought_out_are_bold_and_stay_words() -> None:
    text = Passage((Run("前", sign="▼"), Run("达]95%", Emphasis.TARGET), Run(":red[后]")))
    assert passage(text) == r":orange[▼]前:blue-background[**达\]95%**]\:red\[后\]"
    assert str(text) == "前达]95%:red[后]"

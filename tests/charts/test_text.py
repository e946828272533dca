from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from dashboard.charts.text import plain_lines, plain_text, text_width, wrapped, wrapped_text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("<b>越城</b>", "&lt;b&gt;越城&lt;/b&gt;"),
        ("甲 & 乙", "甲 &amp; 乙"),
        ("$x$", "&#36;x&#36;"),
        ("两\n行  字", "两 行 字"),
        (12, "12"),
        (None, ""),
        (np.nan, ""),
        (pd.NA, ""),
        (pd.NaT, ""),
    ],
)
def test_plain_text_leaves_nothing_to_interpret(value: object, text: str) -> None:
    assert plain_text(value) == text


def test_plain_lines_keeps_lines() -> None:
    assert plain_lines("诸暨市\n<68%") == "诸暨市<br>&lt;68%"


def test_a_latin_letter_is_about_half_as_wide_as_a_chinese_character() -> None:
    assert text_width("诸暨") == 2
    assert text_width("ab") == pytest.approx(1.1)


def test_long_names_are_wrapped_into_even_lines_and_never_cut() -> None:
    name = "诸暨市暨阳街道浣纱初级中学"

    lines = wrapped(name, 12)

    assert "".join(lines) == name
    assert [len(line) for line in lines] == [7, 6]


def test_latin_words_stay_whole() -> None:
    assert wrapped("Mental-health centres", 8) == ["Mental-health", "centres"]


def test_no_line_begins_with_a_closing_or_ends_with_an_opening_mark() -> None:
    lines = wrapped("实验小学集团城西校区(新校区)", 10.5)

    assert not any(line.startswith((")", ")")) for line in lines)
    assert not any(line.endswith(("(", "(")) for line in lines)


def test_wrapping_comes_before_escaping() -> None:
    assert wrapped_text("甲&乙丙", 2.6) == "甲&amp;<br>乙丙"

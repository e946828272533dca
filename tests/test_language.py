"""Words, numbers and dates in both languages, and no message without its Chinese."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po

from dashboard.pages import pages
from dashboard.settings import ROOT
from dashboard.words.language import LOCALE_DIR, Language, language

KEYWORDS = {
    "_": None,
    "language": None,
    "words": None,
    "plural": (1, 2),
    "section": None,
    "search_box": None,
}
CODE = sorted([*(ROOT / "dashboard").rglob("*.py"), *(ROOT / "pages").rglob("*.py")])
PLACEHOLDER = re.compile(r"{(\w*)}")
# Streamlit's and our own calls whose text argument a reader sees.
SHOWING = {
    "badge",
    "button",
    "caption",
    "download_button",
    "error",
    "header",
    "info",
    "markdown",
    "metric",
    "popover",
    "selectbox",
    "subheader",
    "title",
    "warning",
    "write",
}


def used_messages() -> dict[str | tuple[str, ...], str]:
    """Every message in the code with the place it stands in."""
    messages: dict[str | tuple[str, ...], str] = {}
    for path in CODE:
        for line, message, _comments, _context in extract_from_file(
            "python", path, keywords=KEYWORDS
        ):
            messages[message] = f"{path.relative_to(ROOT)}:{line}"
    for page in pages().values():
        messages |= dict.fromkeys(filter(None, (page.title, page.name)), "pages/pages.yml")
    return messages


def chinese() -> dict[str | tuple[str, ...], str | tuple[str, ...]]:
    with (LOCALE_DIR / "zh" / "LC_MESSAGES" / "dashboard.po").open("rb") as file:
        catalogue = read_po(file, locale="zh_CN")
    return {message.id: message.string for message in catalogue if message.id}


def test_every_message_has_its_chinese() -> None:
    translated = {key for key, text in chinese().items() if all(text)}
    missing = {m: place for m, place in used_messages().items() if m not in translated}
    assert not missing


def test_no_translation_is_left_over() -> None:
    assert set(chinese()) <= set(used_messages())


def test_translations_keep_the_placeholders() -> None:
    for message, text in chinese().items():
        sources = [message] if isinstance(message, str) else list(message)
        texts = [text] if isinstance(text, str) else list(text)
        wanted = {name for source in sources for name in PLACEHOLDER.findall(source)}
        for translation in texts:
            assert set(PLACEHOLDER.findall(translation)) == wanted, message


def shown_literals(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Text literals given straight to a call that shows them."""
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        if node.func.attr not in SHOWING or not node.args:
            continue
        for part in ast.walk(node.args[0]):
            if isinstance(part, ast.Call):
                break  # a translated or formatted text
            if isinstance(part, ast.Constant) and isinstance(part.value, str):
                yield node.lineno, part.value


@pytest.mark.parametrize("path", CODE, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_text_is_shown_untranslated(path: Path) -> None:
    literals = shown_literals(ast.parse(path.read_text(encoding="utf-8")))
    words = [(line, text) for line, text in literals if re.search(r"[A-Za-z一-鿿]{2}", text)]
    assert not words


@pytest.mark.parametrize(
    ("code", "value", "unit", "decimals", "text"),
    [
        ("zh", 95.24, "%", 1, "95.2%"),
        ("en", 95.24, "%", 1, "95.2%"),
        ("zh", 24, "所", 0, "24所"),
        ("en", 1234, "schools", 0, "1,234 schools"),
        ("en", 1, "schools", 0, "1 school"),
        ("en", 1, "counties", 0, "1 county"),
        ("en", 1, "children", 0, "1 child"),
        ("en", 1, "classes", 0, "1 class"),
        ("en", 1, "bn yuan", 2, "1.00 bn yuan"),
        ("en", 1.0, "percentage points", 1, "1.0 percentage points"),
        ("zh", None, "所", 0, ""),
        ("zh", float("nan"), "%", 1, ""),
        ("en", -0.04, "%", 1, "0.0%"),
    ],
)
def test_quantities_read_as_people_write_them(
    code: str, value: float | None, unit: str, decimals: int, text: str
) -> None:
    assert language(code).quantity(value, unit, decimals) == text


def test_a_signed_number_uses_the_minus_sign() -> None:
    assert language("zh").quantity(-1.1, "个百分点", 1, sign=True) == "−1.1个百分点"
    assert language("en").number(1.1, 1, sign=True) == "+1.1"


def test_money_and_people_are_told_in_wan_and_yi() -> None:
    assert language("zh").yuan(1_360_000_000) == "13.60亿元"
    assert language("zh").yuan(25_000_000) == "2,500万元"
    assert language("en").yuan(1_360_000_000) == "1.36 bn yuan"
    assert language("zh").people(118_000) == "11.8万人"
    assert language("en").people(118_000) == "118,000 people"


def test_months_dates_and_school_years() -> None:
    assert language("zh").month("2024-09") == "2024年9月"
    assert language("en").month("2024-09") == "Sept 2024"
    assert language("zh").date(date(2024, 9, 3)) == "2024年9月3日"
    assert language("zh").school_year(2024) == "2024学年"
    assert language("en").school_year(2024) == "2024/25"


def test_lists_are_joined_in_the_language() -> None:
    assert language("zh").listed(["甲", "乙", "丙"]) == "甲、乙和丙"
    assert language("en").listed(["A", "B", "C"]) == "A, B and C"
    assert language("en").listed(["A"]) == "A"


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(ValueError, match="fr"):
        Language("fr")

"""The words a reader of a page sees, and which of them are not in the page's language."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import msgspec
import yaml
from playwright.sync_api import Page

from dashboard.catalogue import load_catalogue
from dashboard.settings import DATAPACKAGE, PLAN_DIR, QUERIES_DIR, SAMPLE_DIR

# File formats and encodings, the switch to the other language, and the link Streamlit shows to
# keyboards only.
LATIN_ON_CHINESE_PAGES = (
    "Skip to main content",
    "English",
    ".csv",
    "BOM",
    "CSV",
    "DOCX",
    "PNG",
    "PPTX",
    "TSV",
    "UTF-16",
    "UTF-8",
    "XLSX",
    "ZIP",
    ".zip",
)
CHINESE_ON_ENGLISH_PAGES = ("中文",)

# Text nodes that show, and the text by which a table drawn on a canvas is read aloud. Icons are
# ligatures: their words are never seen.
_VISIBLE_TEXT = """
() => {
  const walker = document.createTreeWalker(
    document.querySelector('[data-testid="stApp"]'), NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    const icons = '[data-testid="stIconMaterial"], [data-testid="stAlertDynamicIcon"]';
    if (element.closest(`${icons}, style, script`)) continue;
    if (element.closest('canvas') || element.checkVisibility({visibilityProperty: true}))
      texts.push(walker.currentNode.nodeValue.trim());
  }
  return texts.filter(text => text);
}
"""
_CHINESE = re.compile(r"[\u4e00-\u9fff]+")
_LATIN = re.compile(r"\b[A-Za-z]{2,}(?![A-Za-z0-9])")  # codes such as JS2024008 are data


def visible_texts(page: Page) -> list[str]:
    """Every piece of text on the page, charts and tables included."""
    texts: list[str] = page.evaluate(_VISIBLE_TEXT)
    return texts


def foreign_words(page: Page, language: str) -> list[str]:
    """The pieces of text that are not in ``language`` ('zh' or 'en') and are not data."""
    if language == "zh":
        expected = _either(LATIN_ON_CHINESE_PAGES)
        return [text for text in visible_texts(page) if _LATIN.search(expected.sub("", text))]
    expected = _either((*CHINESE_ON_ENGLISH_PAGES, *data_words()))
    return [
        text
        for text in visible_texts(page)
        if _CHINESE.search(expected.sub("", text)) and not _is_quoted(text)
    ]


def _is_quoted(text: str) -> bool:
    """Whether a piece of text is part of what the data say: marks cut a text into pieces."""
    return any(text in word for word in data_words())


@cache
def data_words() -> tuple[str, ...]:
    """What the exports and the plan call things in Chinese: names, reports, the plan's own words.

    An English page shows these as they are. Codes with a fixed list of values, and the counties,
    have English words.
    """
    found = set(_free_text_of_exports()) | set(_words_of_plans()) | set(_terms_of_definitions())
    return tuple(word for word in found if _CHINESE.search(word))


def _either(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))


def _free_text_of_exports() -> Iterator[str]:
    for resource in yaml.safe_load(DATAPACKAGE.read_text(encoding="utf-8"))["resources"]:
        yield resource["path"]
        if resource["name"] == "counties":
            continue
        for field in resource["schema"]["fields"]:
            if field["type"] == "string" and "enum" not in field.get("constraints", {}):
                yield from _column(SAMPLE_DIR / resource["path"], field["name"])


def _terms_of_definitions() -> Iterator[str]:
    """The Chinese terms and documents that English definitions name as they are."""
    catalogue = load_catalogue(QUERIES_DIR / "indicators")
    entries = (*catalogue.indicators.values(), *catalogue.thresholds.values())
    for entry in entries:
        for field, text in msgspec.structs.asdict(entry).items():
            if field.endswith("_en"):
                yield from _CHINESE.findall(text)


def _words_of_plans() -> Iterator[str]:
    for path in PLAN_DIR.glob("*/*.csv"):
        for header in ("quote_zh", "text_zh"):
            yield from _column(path, header)


def _column(path: Path, header: str) -> Iterator[str]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            if value := row.get(header):
                yield value

"""One function counts: pages, slides and files say its numbers, for the city and every county."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator

import openpyxl
import pytest
from docx import Document
from pptx import Presentation

from dashboard import settings
from dashboard.cards import Context
from dashboard.data import Database
from dashboard.filters import Filters
from dashboard.indicators import Counts, count_targets
from dashboard.indicators.status import Status
from dashboard.meeting.decks import agendas, deck_of
from dashboard.meeting.handout import Format, handout_bytes
from dashboard.words.language import language
from tests.counts import said

pytestmark = pytest.mark.slow

MONTHS = ("2024-02", "2024-06", "2024-09")
COUNTIES = ("330602", "330603", "330604", "330681", "330683", "330624", "330600")
ZHUJI = "330681"


def view_of(database: Database, month: str, *counties: str) -> Context:
    return Context(database, Filters(month, counties), language("zh"))


def words_of(view: Context) -> dict[str, str]:
    """The names of what is counted by the words that a sentence has for it."""
    return {**{view.status_word(s): str(s) for s in Status}, "无状态": "unjudged"}


def expected(counts: Counts) -> dict[str, int]:
    by_status = {str(status): count for status, count in counts.by_status.items()}
    return {
        **by_status,
        "total": len(counts),
        "unjudged": counts.unjudged,
        "judged": sum(by_status.values()),
    }


def wrong(found: Iterator[said.Said], counts: Counts) -> list[str]:
    right = expected(counts)
    return [
        f"{place}: {name} {count}, not {right[name]}"
        for place, name, count in found
        if count != right[name]
    ]


@pytest.mark.product
@pytest.mark.parametrize("month", MONTHS)
@pytest.mark.parametrize("county", (*COUNTIES, ""))
def test_pages_say_what_is_counted(database: Database, month: str, county: str) -> None:
    view = view_of(database, month, *([county] if county else []))
    counts, words = count_targets(database, month, view.filters.counties), words_of(view)
    assert len(counts) > 40
    pages = [said.overview(view, words), said.plan(view, words)]
    pages.append(said.county_page(view, words) if county else said.offices(view, words))
    assert [fault for page in pages for fault in wrong(page, counts)] == []


@pytest.mark.parametrize("agenda", ["monthly", "county-talk"])
def test_slides_and_files_say_what_is_counted(database: Database, agenda: str) -> None:
    county = ZHUJI if agenda == "county-talk" else ""
    view = view_of(database, "2024-09", *([county] if county else []))
    counts, words = count_targets(database, "2024-09", view.filters.counties), words_of(view)
    names = dict(database.run_query("values/counties")[["county_id", "name_zh"]].to_numpy())
    deck = deck_of(
        agendas(settings.AGENDAS_DIR)[agenda], view.language, names, [county] if county else []
    )
    files = {kind: handout_bytes(kind, database, deck, "2024-09", view.language) for kind in Format}

    assert wrong(in_workbook(files[Format.XLSX], view), counts) == []
    assert wrong(in_slides(files[Format.PPTX], view), counts) == []

    summary, *annexes = in_docx(files[Format.DOCX])
    assert wrong(said.in_sentence("brief", summary), counts) == []
    assert len(annexes) == (0 if county else len(COUNTIES))
    for unit, text in zip(view.county_ids, annexes, strict=False):
        own = count_targets(database, "2024-09", [unit])
        assert wrong(said.in_sentence(f"brief, {unit}", text), own) == []
    assert set(words.values()) <= set(expected(counts))


def in_workbook(content: bytes, view: Context) -> Iterator[said.Said]:
    """The statuses of the sheet of all targets."""
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    cells = Counter(cell.value for row in sheet.iter_rows() for cell in row)
    for status in Status:
        yield "workbook", str(status), cells[view.status(status)]


def in_slides(content: bytes, view: Context) -> Iterator[said.Said]:
    """The figures that stand on the slide of the counts by status."""
    slides = Presentation(io.BytesIO(content)).slides
    texts = [
        shape.text_frame.text for slide in slides for shape in slide.shapes if shape.has_text_frame
    ]
    for status in Status:
        figure = re.compile(rf"(?:^|\s){view.status(status)} (\d+)(?:\s|$)")
        [count] = {count for text in texts for count in figure.findall(text)}
        yield "slide", str(status), int(count)


def in_docx(content: bytes) -> list[str]:
    """The paragraphs that count targets: the summary's, then each county's annex."""
    paragraphs = Document(io.BytesIO(content)).paragraphs
    return [p.text for p in paragraphs if said.SENTENCE.search(p.text)]

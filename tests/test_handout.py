"""One deck as three files."""

from __future__ import annotations

import io
import zipfile

import pytest
from docx import Document

from dashboard.data import Database
from dashboard.meeting.decks import Deck, Slide, new_deck_id
from dashboard.meeting.handout import Format, handout_bytes
from dashboard.words.language import language


def deck(*counties: str) -> Deck:
    slides = [Slide(card="overview.status_counts", counties=(c,) if c else ()) for c in counties]
    return Deck(deck_id=new_deck_id(), name="例会", slides=tuple(slides))


@pytest.mark.parametrize(
    ("kind", "part"),
    [
        (Format.PPTX, "ppt/presentation.xml"),
        (Format.DOCX, "word/document.xml"),
        (Format.XLSX, "xl/workbook.xml"),
    ],
)
def test_each_format_is_an_office_file(database: Database, kind: Format, part: str) -> None:
    content = handout_bytes(kind, database, deck("330681"), "2024-09", language("zh"))
    assert part in zipfile.ZipFile(io.BytesIO(content)).namelist()


@pytest.mark.parametrize(
    ("counties", "about"),
    [
        (("330681", "330681"), "诸暨市"),
        (("330681", "330602"), "全市"),
        (("",), "全市"),
        ((), "全市"),
    ],
)
def test_the_brief_is_about_what_all_slides_share(
    database: Database, counties: tuple[str, ...], about: str
) -> None:
    content = handout_bytes(Format.DOCX, database, deck(*counties), "2024-09", language("zh"))
    assert about in Document(io.BytesIO(content)).paragraphs[1].text


def test_progress_is_told(database: Database) -> None:
    told: list[int] = []
    handout_bytes(
        Format.XLSX,
        database,
        deck("330681", "330602"),
        "2024-09",
        language("zh"),
        progress=lambda done, of: told.append(done),
    )
    assert told == [0, 1]

"""Counties and schools with names that would break a careless writer, from data to file."""

from __future__ import annotations

import csv
import io
import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from docx import Document
from pptx import Presentation

from dashboard.data import Database, open_database
from dashboard.meeting.decks import Deck, Slide, new_deck_id
from dashboard.meeting.handout import Format, handout_bytes
from dashboard.settings import SAMPLE_DIR
from dashboard.words.language import language
from tests.cards.shown import shown_cards

pytestmark = pytest.mark.slow

COUNTIES = {
    "330602": "<b>越城</b>&amp;",
    "330603": "=1+1",
    "330604": "\"双\"引'号'",
    "330681": "诸暨😀",
    "330683": "嵊" * 60,
    "330624": "-2+3|cmd",
}
SCHOOLS = ("<i>校</i> & 园", "=1+1", "“引”\"'", "学校😀", "校" * 60, "@SUM(A1)")
RENAMED = {"学校名录.csv": "学校名称", "建设项目.csv": "项目名称", "创建认定.csv": "名称"}


def rewrite(path: Path, change: Any) -> None:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    for number, row in enumerate(rows):
        change(number, row)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Database:
    exports = tmp_path_factory.mktemp("hostile") / "exports"
    shutil.copytree(SAMPLE_DIR, exports)

    def rename_county(_number: int, row: dict[str, str]) -> None:
        name = COUNTIES.get(row["区县代码"], row["名称"])
        row["名称"] = row["英文名称"] = name
        row["简称"] = name[:4]

    rewrite(exports / "区县.csv", rename_county)
    for file, column in RENAMED.items():

        def rename(number: int, row: dict[str, str], column: str = column) -> None:
            row[column] = SCHOOLS[number % len(SCHOOLS)]

        rewrite(exports / file, rename)
    return open_database(exports)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_names_survive_in_every_format(database: Database, lang: str) -> None:
    each_once = {shown.name: dict(shown.arguments) for shown in shown_cards()}
    slides = tuple(
        Slide(card=name, arguments=arguments)
        for name, arguments in each_once.items()
        if not name.startswith(("methods.", "plan."))
    )
    deck = Deck(deck_id=new_deck_id(), name='=1+1 <"&😀', slides=slides)
    files = {
        kind: handout_bytes(kind, database, deck, "2024-09", language(lang)) for kind in Format
    }
    deck_words = _words_of_slides(Presentation(io.BytesIO(files[Format.PPTX])))
    brief_words = _words_of_document(Document(io.BytesIO(files[Format.DOCX])))
    book = openpyxl.load_workbook(io.BytesIO(files[Format.XLSX]))
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert not any(cell.data_type == "f" or cell.hyperlink for cell in cells)
    book_words = [str(cell.value) for cell in cells if cell.value is not None]
    for county in COUNTIES.values():
        for words in (deck_words, brief_words, book_words):
            assert any(county in text for text in words), county
    for school in SCHOOLS:
        for words in (deck_words, book_words):
            assert any(school in text for text in words), school
    assert deck.name in deck_words
    assert deck.name in book_words


def _words_of_slides(presentation: Any) -> list[str]:
    """Texts, cells, and the categories in the workbooks of charts, none of them a formula."""
    found = []
    for slide in presentation.slides:
        for shape in slide.shapes:
            if shape.has_text_frame:
                found.append(shape.text_frame.text)
            elif shape.has_table:
                found += [cell.text for row in shape.table.rows for cell in row.cells]
            elif shape.has_chart:
                blob = shape.chart.part.chart_workbook.xlsx_part.blob
                [sheet] = openpyxl.load_workbook(io.BytesIO(blob)).worksheets
                cells = [cell for row in sheet.iter_rows() for cell in row]
                assert not any(cell.data_type == "f" or cell.hyperlink for cell in cells)
                found += [str(cell.value) for cell in cells]
                found += [str(c) for plot in shape.chart.plots for c in plot.categories]
    return found


def _words_of_document(document: Any) -> list[str]:
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [paragraph.text for paragraph in document.paragraphs] + cells

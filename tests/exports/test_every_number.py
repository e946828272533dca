"""Every number of every exported file comes from somewhere; a changed one is found out."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from typing import Any

import openpyxl
import pytest
from docx import Document
from pptx import Presentation

from dashboard import settings
from dashboard.data import Database
from dashboard.exports.documents import Report
from dashboard.meeting.decks import agendas, deck_of
from dashboard.meeting.handout import Format, handout_bytes
from dashboard.meeting.report import build_report
from dashboard.words.language import language
from tests.exports.conftest import AS_OF
from tests.exports.reading import Reading, Road, read_brief, read_slides, read_workbook, roads_of

pytestmark = pytest.mark.slow

MONTHLY, TALK, HEALTH = "monthly", "county-talk", "health"
ZHUJI = "330681"
# How many numbers were read of each file at least, so that a reader gone blind is noticed.
LEAST = {
    (Format.PPTX, "text"): 30,
    (Format.PPTX, "drawn"): 15,
    (Format.XLSX, "cell"): 1000,
    (Format.XLSX, "values"): 200,
    (Format.DOCX, "text"): 150,
    (Format.DOCX, "cell"): 200,
}


class Handout:
    """A deck's three files as they are taken home, and what they are read against."""

    def __init__(self, database: Database, agenda: str, lang: str) -> None:
        self.database, self.lang = database, lang
        self.counties = (ZHUJI,) if agenda == TALK else ()
        words, found = language(lang), agendas(settings.AGENDAS_DIR)
        frame = database.run_query("values/counties")[
            ["county_id", words.pick("name_zh", "name_en")]
        ]
        deck = deck_of(found[agenda], words, dict(frame.to_numpy()), self.counties)
        self.report: Report = build_report(database, deck, AS_OF, words)
        self.roads: list[Road] = roads_of(database, deck.slides, self.report)
        self.files = {kind: handout_bytes(kind, database, deck, AS_OF, words) for kind in Format}

    def read(self, kind: Format, content: bytes | None = None) -> Reading:
        """Read one of the files, or one that was made from it."""
        content = self.files[kind] if content is None else content
        if kind is Format.PPTX:
            return read_slides(content, self.report, self.roads)
        if kind is Format.XLSX:
            return read_workbook(content, self.report, self.roads)
        return read_brief(content, self.database, AS_OF, self.counties, self.lang)


@pytest.fixture(scope="module")
def handout(database: Database, request: pytest.FixtureRequest) -> Handout:
    return Handout(database, *request.param)


@pytest.fixture(scope="module")
def monthly(database: Database) -> Handout:
    return Handout(database, MONTHLY, "zh")


@pytest.mark.parametrize(
    "handout", [(MONTHLY, "zh"), (MONTHLY, "en"), (TALK, "zh"), (HEALTH, "zh")], indirect=True
)
@pytest.mark.parametrize("kind", Format)
def test_every_number_comes_from_somewhere(handout: Handout, kind: Format) -> None:
    reading = handout.read(kind)
    assert not reading.problems, "\n".join(reading.problems)
    for (of, numbers), least in LEAST.items():
        assert of is not kind or reading.read[numbers] >= least, reading.read


# ---- what is changed in a file ------------------------------------------------------------------


def _next(text: str) -> str:
    """A text with the last digit of its last number changed."""
    return re.sub(r"\d(?=\D*$)", lambda found: str((int(found[0]) + 1) % 10), text)


def _runs(paragraphs: Any) -> Iterator[Any]:
    return (run for paragraph in paragraphs for run in paragraph.runs)


def _first(runs: Iterator[Any], pattern: str) -> None:
    """Change a number in the first stretch of text that a pattern is found in."""
    run = next(run for run in runs if re.search(pattern, run.text))
    run.text = re.sub(pattern, lambda found: _next(found[0]), run.text, count=1)


def _of_slides(change: Callable[[list[Any]], None]) -> Callable[[bytes], bytes]:
    return _of(lambda file: Presentation(file), lambda deck: change(list(deck.slides)))


def _of_workbook(change: Callable[[list[Any]], None]) -> Callable[[bytes], bytes]:
    return _of(openpyxl.load_workbook, lambda book: change(book.worksheets))


def _of_brief(change: Callable[[Any], None]) -> Callable[[bytes], bytes]:
    return _of(lambda file: Document(file), change)


def _of(opened: Callable[[Any], Any], change: Callable[[Any], None]) -> Callable[[bytes], bytes]:
    def changed(content: bytes) -> bytes:
        document = opened(io.BytesIO(content))
        change(document)
        buffer = io.BytesIO()
        document.save(buffer)
        return buffer.getvalue()

    return changed


def _title(slides: list[Any]) -> None:
    titles = (slide.shapes.title.text_frame.paragraphs for slide in slides)
    _first((run for title in titles for run in _runs(title)), r"\d项")


def _fact(slides: list[Any]) -> None:
    frames = (
        shape.text_frame for slide in slides for shape in slide.shapes if shape.has_text_frame
    )
    _first((run for frame in frames for run in _runs(frame.paragraphs)), r"^比.*增加\d+项")


def _table(slides: list[Any]) -> None:
    grids = (shape.table for slide in slides for shape in slide.shapes if shape.has_table)
    cells = (cell for grid in grids for row in grid.rows for cell in row.cells)
    _first((run for cell in cells for run in _runs(cell.text_frame.paragraphs)), r"\d%")


def _charts(slides: list[Any]) -> Iterator[Any]:
    return (shape.chart for slide in slides for shape in slide.shapes if shape.has_chart)


def _chart_workbook(slides: list[Any]) -> None:
    part = next(_charts(slides)).part.chart_workbook.xlsx_part
    part._blob = _of_workbook(lambda sheets: _add_one(sheets[0]["B2"]))(part.blob)


def _drawn(slides: list[Any]) -> None:
    value = next(next(_charts(slides))._chartSpace.iter("{*}val"))
    number = next(value.iter("{*}v"))
    number.text = str(float(number.text) + 1)


def _slide_number(slides: list[Any]) -> None:
    boxes = (shape.text_frame for shape in slides[2].shapes if shape.has_text_frame)
    _first((run for box in boxes for run in _runs(box.paragraphs)), r"^\d+$")


def _add_one(cell: Any) -> None:
    cell.value += 1


def _cell(sheet: int, heading: str) -> Callable[[list[Any]], None]:
    def change(sheets: list[Any]) -> None:
        rows = list(sheets[sheet].iter_rows())
        place = next(n for n, row in enumerate(rows) if heading in [cell.value for cell in row])
        column = [cell.value for cell in rows[place]].index(heading)
        numbers = (row[column] for row in rows[place + 1 :])
        _add_one(next(cell for cell in numbers if isinstance(cell.value, int | float)))

    return change


def _head(sheets: list[Any]) -> None:
    cell = next(cell for cell in sheets[1]["A"] if re.search(r"\d项|\d+$", str(cell.value)))
    cell.value = _next(cell.value)


CHANGES: dict[str, tuple[Format, Callable[[bytes], bytes]]] = {
    "a finding": (Format.PPTX, _of_slides(_title)),
    "a fact": (Format.PPTX, _of_slides(_fact)),
    "a table on a slide": (Format.PPTX, _of_slides(_table)),
    "the workbook of a chart": (Format.PPTX, _of_slides(_chart_workbook)),
    "what a chart draws": (Format.PPTX, _of_slides(_drawn)),
    "the number of a slide": (Format.PPTX, _of_slides(_slide_number)),
    "a target's value": (Format.XLSX, _of_workbook(_cell(0, "数值"))),
    "what is missing": (Format.XLSX, _of_workbook(_cell(0, "差距"))),
    "a clause": (Format.XLSX, _of_workbook(_cell(0, "条目"))),
    "a slide's table": (Format.XLSX, _of_workbook(_cell(1, "数值"))),
    "a slide's finding": (Format.XLSX, _of_workbook(_head)),
    "the rows of an export": (Format.XLSX, _of_workbook(_cell(-1, "行数"))),
    "a sentence": (Format.DOCX, _of_brief(lambda d: _first(_runs(d.paragraphs), r"还差\d+"))),
    "a count": (Format.DOCX, _of_brief(lambda d: _first(_runs(d.paragraphs), r"未到监测期\d+项"))),
    "the issue": (Format.DOCX, _of_brief(lambda d: _first(_runs(d.paragraphs[:2]), r"第\d期"))),
    "an annex": (Format.DOCX, _of_brief(lambda d: _first(_runs(d.paragraphs), r"^附件 3"))),
    **{
        name: (
            Format.DOCX,
            _of_brief(
                lambda d, table=table: _first(
                    (
                        run
                        for row in d.tables[table].rows[1:]
                        for cell in row.cells[2:]
                        for run in _runs(cell.paragraphs)
                    ),
                    r"^\d+\.\d+",
                )
            ),
        )
        for name, table in {"the table of targets": 0, "a county's table": 3}.items()
    },
}


@pytest.mark.parametrize(("kind", "change"), CHANGES.values(), ids=CHANGES.keys())
def test_a_number_that_is_changed_is_found_out(
    monthly: Handout, kind: Format, change: Callable[[bytes], bytes]
) -> None:
    changed = change(monthly.files[kind])
    assert monthly.read(kind, changed).problems

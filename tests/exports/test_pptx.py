"""The slides, opened again: native charts with the very numbers, words, fonts, notes."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import pytest
from lxml import etree
from pptx import Presentation
from pptx.oxml.ns import qn
from pptx.util import Pt

from dashboard.data import Database
from dashboard.exports.cells import em
from dashboard.exports.documents import Report
from dashboard.exports.native import native_charts
from dashboard.exports.pptx import pptx_bytes
from dashboard.exports.text import printable
from dashboard.filters import CITY
from dashboard.indicators import values
from dashboard.meeting.decks import Slide
from tests.cards.shown import shown_cards
from tests.exports.conftest import AS_OF, MakeReport
from tests.exports.made import HOSTILE_NAMES, made_report
from tests.exports.workbook import read_workbook

CHINESE = re.compile("[\u3400-\u9fff]")


def opened(report: Report) -> Any:
    return Presentation(io.BytesIO(pptx_bytes(report)))


def card_slides(presentation: Any) -> list[Any]:
    """The slides that show cards: those with a footer, which titles and sections lack."""
    return [slide for slide in presentation.slides if slide.has_notes_slide]


def charts(slide: Any) -> list[Any]:
    return [shape.chart for shape in slide.shapes if shape.has_chart]


def texts(slide: Any) -> list[str]:
    return [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]


def every_part(presentation: Any) -> Iterator[Any]:
    for slide in presentation.slides:
        yield slide._element
        yield from (chart._chartSpace for chart in charts(slide))
        if slide.has_notes_slide:
            yield slide.notes_slide._element


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_deck_of_every_card_of_every_page_opens(report_of: MakeReport, lang: str) -> None:
    slides = [Slide(card=c.name, arguments=dict(c.arguments)) for c in shown_cards()]
    report = report_of(*slides, lang=lang)
    presentation = opened(report)
    shown = card_slides(presentation)
    assert len(shown) == len(slides) == len(report.pages)
    for slide, page in zip(shown, report.pages, strict=True):
        assert slide.shapes.title.text_frame.text == page.title
        expected = sum(len(native_charts(page, chart)) for chart in page.card.charts)
        assert len(charts(slide)) == expected, page.card.card_id
        for shape in slide.shapes:
            if shape.has_chart or shape.has_table:
                assert shape._element.nvGraphicFramePr.cNvPr.get("descr"), page.card.card_id
            assert shape.left >= 0 and shape.left + shape.width <= presentation.slide_width
    for part in every_part(presentation):
        for run in part.iter(qn("a:r")):
            if CHINESE.search(run.findtext(qn("a:t")) or ""):
                assert run.find(f"{qn('a:rPr')}/{qn('a:ea')}") is not None
        if part.tag == qn("c:chartSpace"):
            assert part.find(f"{qn('c:txPr')}//{qn('a:ea')}") is not None


def test_a_chart_holds_the_numbers_that_values_prints(
    report_of: MakeReport, database: Database
) -> None:
    asked = {"myopia_decline": 1, "fitness_good_rate": 1, "projects_completed": 0}
    report = report_of(*[Slide(card="standing", arguments={"indicator_id": i}) for i in asked])
    frame = values(database, AS_OF, (), list(asked)).set_index(["indicator_id", "county_id"])
    slides = card_slides(opened(report))
    for (indicator_id, position), slide in zip(asked.items(), slides, strict=True):
        [chart] = charts(slide)
        [sheet] = read_workbook(chart.part.chart_workbook.xlsx_part.blob)
        second_road = [
            None if value != value else value for value in frame.loc[indicator_id]["value"]
        ]
        if indicator_id == "projects_completed":  # counts, without the city's among them
            second_road.pop()
        assert frame.loc[indicator_id].index[-1] == CITY
        in_chart = list(
            next(s for s in chart.series if s.name == sheet.cells[0, position + 1].value).values
        )
        assert in_chart == pytest.approx(second_road)
        assert sheet.column(1, position + 1, len(second_road)) == pytest.approx(second_road)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_matrix_lies_beside_itself_and_its_key_beside_the_subtitle(
    report_of: MakeReport, lang: str
) -> None:
    """Three tables with a line's height for every row, above the facts; nothing over another."""
    report = report_of(Slide(card="overview.status_matrix"), lang=lang)
    [slide], [page] = card_slides(opened(report)), report.pages
    tables = [shape for shape in slide.shapes if shape.has_table]
    assert len(tables) == 3
    ends = [table.left + sum(column.width for column in table.table.columns) for table in tables]
    assert all(end <= table.left for end, table in zip(ends, tables[1:], strict=False))
    boxes = {shape.text_frame.text: shape for shape in slide.shapes if shape.has_text_frame}
    for table in tables:
        rows = list(table.table.rows)
        assert table.top + sum(row.height for row in rows) <= boxes[page.facts[0]].top
        size = table.table.cell(1, 0).text_frame.paragraphs[0].runs[0].font.size
        assert size >= Pt(9) and min(row.height for row in rows) >= 1.4 * size - Pt(0.1)
    lines = (page.card.subtitle, page.key)
    wide = [em(t) * boxes[t].text_frame.paragraphs[0].runs[0].font.size for t in lines]
    assert sum(wide) <= boxes[page.key].width


def test_targets_of_each_county_are_marks_over_the_columns(report_of: MakeReport) -> None:
    report = report_of(Slide(card="standing", arguments={"indicator_id": "projects_completed"}))
    [slide] = card_slides(opened(report))
    [chart] = charts(slide)
    bars, lines = chart.plots
    assert [series.name for series in bars.series] == ["已完成"]
    assert [series.name for series in lines.series] == ["序时应达", "目标"]
    assert all(
        series._element.find(f"{qn('c:spPr')}/{qn('a:ln')}/{qn('a:noFill')}") is not None
        for series in lines.series
    )


def test_a_missing_number_is_an_empty_cell() -> None:
    report = made_report(["甲", "乙", "丙"], [1.5, None, 0.0])
    [slide] = card_slides(opened(report))
    [chart] = charts(slide)
    [sheet] = read_workbook(chart.part.chart_workbook.xlsx_part.blob)
    assert list(chart.plots[0].series[0].values) == [1.5, None, 0.0]
    assert sheet.column(1, 1, 3) == [1.5, None, 0.0]


@pytest.mark.parametrize("shape", ["county_dot", "bar"])
def test_names_from_data_stay_text(shape: str) -> None:
    report = made_report(shape=shape)
    [slide] = card_slides(opened(report))
    [chart] = charts(slide)
    [sheet] = read_workbook(chart.part.chart_workbook.xlsx_part.blob)
    safe = [printable(name) for name in HOSTILE_NAMES]
    assert [str(category) for category in chart.plots[0].categories] == safe
    assert sheet.column(1, 0, len(safe)) == safe
    assert not any(cell.is_formula for cell in sheet.cells.values())
    assert slide.shapes.title.text_frame.text == "=结论"


def test_names_in_tables_stay_text() -> None:
    report = made_report(shape="no such shape")
    [slide] = card_slides(opened(report))
    [grid] = [shape.table for shape in slide.shapes if shape.has_table]
    assert grid.cell(1, 0).text == "=1+1"
    assert grid.cell(8, 0).text == "控制符"


def test_notes_hold_definition_filters_sources_and_version(report_of: MakeReport) -> None:
    report = report_of(
        Slide(
            card="standing",
            arguments={"indicator_id": "fitness_good_rate"},
            counties=("330681",),
            note="先说这一句",
        )
    )
    [slide] = card_slides(opened(report))
    notes = slide.notes_slide.notes_text_frame.text
    assert notes.startswith("先说这一句\n")
    for part in (
        "体质健康优良率",
        "诸暨市 · 2024年9月",
        "来源：",
        "2023年9月",
        f"数据版本{report.data_version}",
        "合成",
    ):
        assert part in notes
    assert "第" in notes and "条" in notes  # the clause


def test_the_synthetic_note_and_the_version_are_on_the_first_slide_and_every_footer(
    agenda_report: MakeReport,
) -> None:
    report = agenda_report("health")
    presentation = opened(report)
    first, *_rest = presentation.slides
    assert f"数据版本{report.data_version} · 示例数据（合成）" in texts(first)
    assert "绍兴市教育局" in texts(first)
    for slide, page in zip(card_slides(presentation), report.pages, strict=True):
        assert page.footer in texts(slide)
        assert "示例数据（合成）" in page.footer


def test_sections_are_powerpoints_own(agenda_report: MakeReport) -> None:
    presentation = opened(agenda_report("health"))
    root = etree.fromstring(etree.tostring(presentation.part._element))
    named = [e.get("name") for e in root.iter() if etree.QName(e).localname == "section"]
    members = [e for e in root.iter() if etree.QName(e).localname == "sldId" and not e.get("name")]
    assert named == ["健康专题", "视力", "体质", "心理与健康促进"]
    assert len(members) == 2 * len(presentation.slides)  # once in the list, once in its section


def test_a_county_is_named_on_every_slide(agenda_report: MakeReport) -> None:
    for slide in card_slides(opened(agenda_report("county-talk", county="330681"))):
        assert "诸暨市" in slide.shapes.title.text_frame.text


def test_a_place_without_rank_says_so_instead_of_an_empty_table(report_of: MakeReport) -> None:
    report = report_of(Slide(card="county.strengths", counties=("330600",)))
    [slide] = card_slides(opened(report))
    assert "此处无可列内容。" in texts(slide)
    assert not any(shape.has_table for shape in slide.shapes)


def test_no_slide_tells_what_a_click_does(agenda_report: MakeReport) -> None:
    for slide in card_slides(opened(agenda_report("monthly"))):
        assert not any("点击" in text for text in texts(slide))


def test_a_few_rows_are_written_large(report_of: MakeReport) -> None:
    report = report_of(Slide(card="county.strengths", counties=("330602",)))
    [slide] = card_slides(opened(report))
    [grid] = [shape.table for shape in slide.shapes if shape.has_table]
    sizes = {run.font.size.pt for p in grid.cell(1, 1).text_frame.paragraphs for run in p.runs}
    assert min(sizes) >= 18

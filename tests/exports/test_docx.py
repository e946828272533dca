"""The brief, opened again: the form of a bureau's paper, every sentence ended once."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import RGBColor

from dashboard.cards import Context
from dashboard.data import Database
from dashboard.exports.documents import Annex, Brief, BriefHeadings, BriefSection
from dashboard.exports.docx import docx_bytes
from dashboard.exports.text import printable
from dashboard.filters import Comparison, Filters
from dashboard.indicators import count_targets, values
from dashboard.meeting.brief import build_brief
from dashboard.words.language import language
from tests.exports.conftest import AS_OF
from tests.exports.made import HOSTILE_NAMES, made_table
from tests.plan_of_2024 import TARGETS

CHINESE = re.compile("[\u3400-\u9fff]")
DOUBLED = re.compile(r"[。，；：、.;,:]\s*[。；，、]|\.\.|；$")


def brief_of(database: Database, lang: str, *counties: str) -> Any:
    filters = Filters(AS_OF, counties, Comparison.LAST_MONTH)
    return build_brief(Context(database, filters, language(lang)))


def opened(brief: Brief) -> Any:
    return Document(io.BytesIO(docx_bytes(brief)))


def paragraphs(document: Any) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs]


@pytest.mark.parametrize(("lang", "counties"), [("zh", ()), ("en", ()), ("zh", ("330681",))])
def test_every_sentence_ends_once_and_no_paragraph_is_blank(
    database: Database, lang: str, counties: tuple[str, ...]
) -> None:
    document = opened(brief_of(database, lang, *counties))
    for paragraph in document.paragraphs:
        is_break = paragraph._p.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None
        assert paragraph.text.strip() or is_break
        assert not DOUBLED.search(paragraph.text), paragraph.text
        if paragraph.paragraph_format.first_line_indent and paragraph.style.name == "Normal":
            assert paragraph.text.endswith(("。", ".")), paragraph.text


def test_the_form_of_a_bureaus_paper(database: Database) -> None:
    document = opened(brief_of(database, "zh"))
    lines = paragraphs(document)
    assert lines[0] == "绍兴市教育局"
    assert lines[1] == "第9期　全市 · 2024年9月"
    assert lines[2] == "2024年工作要点推进情况"
    headings = [p.text for p in document.paragraphs if p.style.name == "Heading 2"]
    assert headings[0] == "一、总体情况"
    assert headings[1].startswith("二、")
    assert headings[-1] == "附件 8　市直"
    counted = len(count_targets(database, AS_OF))
    assert any(line.startswith(f"截至2024年9月，{counted}项指标中") for line in lines)


def test_fonts_and_colours(database: Database) -> None:
    document = opened(brief_of(database, "zh"))
    fonts = {"Heading 1": "方正小标宋简体", "Heading 2": "黑体", "Heading 3": "楷体_GB2312"}
    for paragraph in document.paragraphs:
        for run in paragraph.runs:
            if CHINESE.search(run.text):
                font = run._r.rPr.rFonts.get(qn("w:eastAsia"))
                assert font == fonts.get(paragraph.style.name, font)
                assert font
    for name in fonts:
        style = document.styles[name]
        assert style.font.color.rgb == RGBColor(0, 0, 0)
        assert not style.font.bold
        assert not [a for a in style.element.rPr.rFonts.attrib if a.endswith("Theme")]


def test_first_lines_are_indented_by_two_characters(database: Database) -> None:
    document = opened(brief_of(database, "zh"))
    text = next(p for p in document.paragraphs if p.text.startswith("截至"))
    indent = text._p.pPr.ind
    assert indent.get(qn("w:firstLineChars")) == "200"
    assert indent.get(qn("w:firstLine")) == "640"  # twips: two characters of 16 points


def test_the_annex_of_targets_lies_and_the_counties_stand(database: Database) -> None:
    document = opened(brief_of(database, "zh"))
    assert [section.orientation for section in document.sections] == [
        WD_ORIENT.PORTRAIT,
        WD_ORIENT.LANDSCAPE,
        WD_ORIENT.PORTRAIT,
    ]
    assert len(document.tables) == 8
    for section in document.sections:
        assert "示例数据（合成）" in section.header.paragraphs[0].text


def test_a_single_countys_brief_has_no_county_annexes(database: Database) -> None:
    document = opened(brief_of(database, "zh", "330681"))
    assert len(document.tables) == 1
    assert "诸暨市" in paragraphs(document)[1]


def test_the_table_of_targets_is_what_values_prints(database: Database) -> None:
    document = opened(brief_of(database, "zh"))
    context = Context(database, Filters(AS_OF, ()), language("zh"))
    together = values(database, AS_OF)
    together = together[together["county_id"] == "all"].set_index("indicator_id")
    grid = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    head = grid[0].index("数值")
    printed = {row[1]: row[head] for row in grid[1:]}
    assert len(printed) == TARGETS
    for indicator_id, value in together["value"].items():
        name = context.text(indicator_id, "name")
        number = "–" if value != value else context.number(indicator_id, value)
        assert printed[name].replace("-", "−") == number


def test_what_is_missing_is_counted(database: Database) -> None:
    document = opened(brief_of(database, "zh"))
    grid = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    gap = grid[0].index("差距")
    by_name = {row[1]: (row[gap], row[gap + 1]) for row in grid[1:]}
    assert by_name["职业教育培训人次"] == ("1.70", "万人次")  # 62,997 of 80,000
    assert by_name["完成投资"] == ("–", "–")  # 诸暨's July is not in: nobody knows
    assert by_name["体质健康优良率"][1] == "名学生"


def test_names_from_data_stay_text() -> None:
    annex = Annex("=表", made_table(HOSTILE_NAMES, [None, *map(float, range(1, 9))]))
    brief = Brief(
        title="=标题",
        subtitle="全市",
        issue="第1期",
        issuer="局",
        headings=BriefHeadings("总体", "进展", "问题", "下一步", "附件"),
        summary=('<b>甲 & "乙"</b>。',),
        sections=(BriefSection("控制\x0b符\x00", ("甲。",), (), ()),),
        targets=annex,
        counties=(),
        about=("版本", "示例数据（合成）"),
        language="zh",
    )
    document = opened(brief)
    cells = [row.cells[0].text for row in document.tables[0].rows][1:]
    assert cells == [printable(name) for name in HOSTILE_NAMES]
    assert document.tables[0].cell(1, 1).text == "–"
    assert '<b>甲 & "乙"</b>。' in paragraphs(document)
    assert "二、控制符" in paragraphs(document)

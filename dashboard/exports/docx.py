"""The brief as a Word document in the form that bureaus use (GB/T 9704): all of it can be edited.

Type: 方正小标宋 for the title, 黑体 and 楷体 for headings, 仿宋 for the text; the font table names
what stands in where they are not installed. Paragraphs are indented by two characters.
"""

from __future__ import annotations

import io
from typing import Any

import pandas as pd
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.opc.oxml import serialize_part_xml
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from dashboard.report import Annex, Brief, BriefSection, Table

TITLE_FONT = "方正小标宋简体"
TEXT_FONT = "仿宋_GB2312"
HEADING_FONT = "黑体"
SUBHEADING_FONT = "楷体_GB2312"
FALLBACKS = {
    TITLE_FONT: "SimSun",
    TEXT_FONT: "FangSong",
    HEADING_FONT: "SimHei",
    SUBHEADING_FONT: "KaiTi",
}
_LATIN_FONT = "Times New Roman"
_RED = RGBColor(0xC0, 0x00, 0x00)
_TITLE_SIZE, _TEXT_SIZE, _TABLE_SIZE = Pt(22), Pt(16), Pt(9)  # 二号, 三号, 小五
_LINE = Pt(28)
_NUMERALS = "一二三四五六七八九十"


def docx_bytes(brief: Brief) -> bytes:
    """Write a brief as a Word document."""
    document = Document()
    _set_up(document, brief)
    _masthead(document, brief)
    _heading(document, _numbered(1, brief.headings.summary, brief), HEADING_FONT)
    for text in brief.summary:
        _paragraph(document, text)
    for number, section in enumerate(brief.sections, start=2):
        _heading(document, _numbered(number, section.title, brief), HEADING_FONT)
        _section(document, section, brief)
    _annex(document, f"{brief.headings.annex}1", brief.targets, brief)
    for number, county in enumerate(brief.counties, start=2):
        name = f"{brief.headings.annex}{number} {county.title}"
        _annex(document, name, county.behind, brief, county.summary)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _set_up(document: Any, brief: Brief) -> None:
    """A4 with the margins of the standard, the text's style, page numbers, what the data are."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    properties = document.core_properties
    properties.title, properties.author = brief.title, ""
    properties.comments = " · ".join(brief.about)
    _set_font(document.styles["Normal"], TEXT_FONT, _TEXT_SIZE)
    _page_number(section.footer.paragraphs[0])
    _name_fallbacks(document)


def _masthead(document: Any, brief: Brief) -> None:
    """Issuer in red, issue and month on one line, a red rule, the title."""
    issuer = document.add_paragraph()
    issuer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = issuer.add_run(brief.issuer)
    _set_font(run, TITLE_FONT, Pt(30))
    run.font.color.rgb = _RED
    line = document.add_paragraph()
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _set_font(line.add_run(f"{brief.issue}　{brief.subtitle}"), TEXT_FONT, _TEXT_SIZE)
    _red_rule(line)
    title = document.add_heading(level=1)
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.paragraph_format.space_before = title.paragraph_format.space_after = Pt(18)
    _set_font(title.add_run(brief.title), TITLE_FONT, _TITLE_SIZE)
    for note in brief.about[1:]:  # that the figures are made up has to stand on the first page
        _paragraph(document, note)


def _section(document: Any, section: BriefSection, brief: Brief) -> None:
    parts = (
        (brief.headings.progress, section.progress),
        (brief.headings.problems, section.problems),
        (brief.headings.next_steps, section.next_steps),
    )
    number = 0
    for heading, texts in parts:
        if not texts:
            continue
        number += 1
        mark = f"（{_NUMERALS[number - 1]}）" if brief.language == "zh" else f"{number}. "
        _heading(document, mark + heading, SUBHEADING_FONT, level=3)
        for text in texts:
            _paragraph(document, text)


def _annex(document: Any, name: str, annex: Annex, brief: Brief, text: str = "") -> None:
    """A table on a page of its own, with its heading repeated on every page."""
    document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    _heading(document, name, HEADING_FONT)
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _set_font(title.add_run(annex.title), TITLE_FONT, Pt(18))
    if text:
        _paragraph(document, text)
    if len(annex.table.frame):
        _table(document, annex.table)


def _heading(document: Any, text: str, font: str, *, level: int = 2) -> None:
    heading = document.add_heading(level=level)
    run = heading.add_run(text)
    _set_font(run, font, _TEXT_SIZE)
    run.font.color.rgb = RGBColor(0, 0, 0)
    run.bold = False
    heading.paragraph_format.line_spacing = _LINE
    heading.paragraph_format.space_before = heading.paragraph_format.space_after = Pt(0)
    _indent(heading)


def _paragraph(document: Any, text: str) -> None:
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.line_spacing = _LINE
    paragraph.paragraph_format.space_after = Pt(0)
    _set_font(paragraph.add_run(text), TEXT_FONT, _TEXT_SIZE)
    _indent(paragraph)


def _table(document: Any, table: Table) -> None:
    labelled = table.labelled()
    drawn = document.add_table(rows=1, cols=len(table.columns), style="Table Grid")
    drawn.autofit = True
    for position, column in enumerate(table.columns):
        _cell(drawn.rows[0].cells[position], column.label, HEADING_FONT)
    _repeat_on_every_page(drawn.rows[0])
    decimals = [column.decimals for column in table.columns]
    for cells in labelled.astype(object).to_numpy().tolist():
        row = drawn.add_row()
        _keep_together(row)
        for position, (cell, places) in enumerate(zip(cells, decimals, strict=True)):
            _cell(row.cells[position], _text(cell, places), TEXT_FONT)


def _cell(cell: Any, text: str, font: str) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(0)
    _set_font(paragraph.add_run(text), font, _TABLE_SIZE)


def _text(cell: object, decimals: int | None) -> str:
    if cell is None or (not isinstance(cell, str) and pd.isna(cell)):  # type: ignore[call-overload]
        return "–"
    if isinstance(cell, float):
        return (
            f"{cell:,.{decimals}f}"
            if decimals is not None
            else f"{cell:,.2f}".rstrip("0").rstrip(".")
        )
    return str(cell)


def _numbered(number: int, text: str, brief: Brief) -> str:
    """一、 in Chinese, 1 in English."""
    if brief.language == "zh":
        return f"{_NUMERALS[number - 1]}、{text}"
    return f"{number} {text}"


def _set_font(styled: Any, font: str, size: Any) -> None:
    """Set the Latin and the East Asian font of a run or a style."""
    styled.font.name, styled.font.size = _LATIN_FONT, size
    properties = styled.element.get_or_add_rPr()
    fonts = properties.find(qn("w:rFonts"))
    fonts.set(qn("w:eastAsia"), font)


def _indent(paragraph: Any) -> None:
    """Indent the first line by two characters, whatever the size of the type."""
    properties = paragraph._p.get_or_add_pPr()
    indent = OxmlElement("w:ind")
    indent.set(qn("w:firstLineChars"), "200")
    properties.append(indent)


def _page_number(paragraph: Any) -> None:
    """Put — 1 — in the middle of the footer."""
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.add_run("— ")
    run = paragraph.add_run()
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        if kind:
            part = OxmlElement("w:fldChar")
            part.set(qn("w:fldCharType"), kind)
        else:
            part = OxmlElement("w:instrText")
            part.text = text
        run._r.append(part)
    paragraph.add_run(" —")


def _red_rule(paragraph: Any) -> None:
    borders = OxmlElement("w:pBdr")
    rule = OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "18"), ("space", "6"), ("color", "C00000")):
        rule.set(qn(f"w:{name}"), value)
    borders.append(rule)
    paragraph._p.get_or_add_pPr().append(borders)


def _repeat_on_every_page(row: Any) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _keep_together(row: Any) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _name_fallbacks(document: Any) -> None:
    """Say in the font table what stands in for a font that a reader has not installed."""
    table = next(
        part for part in document.part.package.iter_parts() if "fontTable" in str(part.partname)
    )
    root = parse_xml(table.blob)
    for font, fallback in FALLBACKS.items():
        entry = OxmlElement("w:font")
        entry.set(qn("w:name"), font)
        alternative = OxmlElement("w:altName")
        alternative.set(qn("w:val"), fallback)
        entry.append(alternative)
        root.append(entry)
    table._blob = serialize_part_xml(root)

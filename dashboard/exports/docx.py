"""The brief as a Word document in the form that bureaus use (GB/T 9704): all of it can be edited.

Type: 方正小标宋 for the title, 黑体 and 楷体 for headings, 仿宋 for the text; the font table names
what stands in where they are not installed. Paragraphs are indented by two characters.
"""

from __future__ import annotations

import io
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.oxml import serialize_part_xml
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from dashboard.cards.model import Table
from dashboard.exports.cells import MISSING, column_widths, heading, table_rows
from dashboard.exports.documents import Annex, Brief, BriefSection
from dashboard.exports.text import printable

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
_RED, _BLACK = RGBColor(0xC0, 0x00, 0x00), RGBColor(0, 0, 0)
_TITLE_SIZE, _TEXT_SIZE, _TABLE_SIZE = Pt(22), Pt(16), Pt(9)  # 二号, 三号, 小五
_WIDE_TABLE_SIZE, _FEW_COLUMNS = Pt(12), 5  # 小四, for tables with room
_LINE = Pt(28)
_PADDING = 1.4  # em beside a cell's text
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
    _turn_page(document, is_landscape=True)
    _annex(document, f"{brief.headings.annex} 1", brief.targets)
    if brief.counties:
        _turn_page(document, is_landscape=False)
    for number, county in enumerate(brief.counties, start=2):
        name = f"{brief.headings.annex} {number}　{county.title}"
        _annex(document, name, county.behind, county.summary, on_new_page=number > 2)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _set_up(document: Any, brief: Brief) -> None:
    """A4 with the margins of the standard, the text's style, page numbers, what the data are."""
    section = document.sections[0]
    _lay_out(section, is_landscape=False)
    properties = document.core_properties
    properties.title, properties.author = printable(brief.title), printable(brief.issuer)
    properties.comments = " · ".join(brief.about)
    _set_font(document.styles["Normal"], TEXT_FONT, _TEXT_SIZE)
    for level, font in ((1, TITLE_FONT), (2, HEADING_FONT), (3, SUBHEADING_FONT)):
        style = document.styles[f"Heading {level}"]
        _set_font(style, font, _TEXT_SIZE)
        style.font.color.rgb, style.font.bold = _BLACK, False
    note = section.header.paragraphs[0]
    note.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _run(note, " · ".join(brief.about), TEXT_FONT, _TABLE_SIZE)
    _page_number(section.footer.paragraphs[0])
    _name_fallbacks(document)


def _lay_out(section: Any, *, is_landscape: bool) -> None:
    """A4 with the margins of the standard; narrower ones on a page of tables that lies."""
    if is_landscape:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Mm(297), Mm(210)
        section.top_margin = section.bottom_margin = Mm(25)
        section.left_margin = section.right_margin = Mm(20)
    else:
        section.orientation = WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.top_margin, section.bottom_margin = Mm(37), Mm(35)
        section.left_margin, section.right_margin = Mm(28), Mm(26)


def _turn_page(document: Any, *, is_landscape: bool) -> None:
    _lay_out(document.add_section(WD_SECTION.NEW_PAGE), is_landscape=is_landscape)


def _masthead(document: Any, brief: Brief) -> None:
    """Issuer in red, issue and month on one line, a red rule, the title."""
    issuer = document.add_paragraph()
    issuer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _run(issuer, brief.issuer, TITLE_FONT, Pt(30)).font.color.rgb = _RED
    line = document.add_paragraph()
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _run(line, f"{brief.issue}　{brief.subtitle}", TEXT_FONT, _TEXT_SIZE)
    _red_rule(line)
    title = document.add_heading(level=1)
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.paragraph_format.space_before = title.paragraph_format.space_after = Pt(18)
    _run(title, brief.title, TITLE_FONT, _TITLE_SIZE)
    for note in brief.about[1:]:  # that the figures are made up has to stand on the first page
        paragraph = document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _run(paragraph, note, TEXT_FONT, _TEXT_SIZE)


def _section(document: Any, section: BriefSection, brief: Brief) -> None:
    parts = (
        (brief.headings.progress, section.progress),
        (brief.headings.problems, section.problems),
        (brief.headings.next_steps, section.next_steps),
    )
    number = 0
    for name, texts in parts:
        if not texts:
            continue
        number += 1
        mark = f"（{_numeral(number)}）" if brief.language == "zh" else f"{number}. "
        _heading(document, mark + name, SUBHEADING_FONT, level=3)
        for text in texts:
            _paragraph(document, text)


def _annex(
    document: Any, name: str, annex: Annex, text: str = "", *, on_new_page: bool = False
) -> None:
    """Add a table under its heading; the table's own heading is repeated on every page."""
    start = _heading(document, name, HEADING_FONT, is_indented=False)
    start.paragraph_format.page_break_before = on_new_page
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.paragraph_format.keep_with_next = True
    _run(title, annex.title, TITLE_FONT, Pt(18))
    if text:
        _paragraph(document, text)
    if len(annex.table.frame):
        _table(document, annex.table)


def _heading(
    document: Any, text: str, font: str, *, level: int = 2, is_indented: bool = True
) -> Any:
    drawn = document.add_heading(level=level)
    _run(drawn, text, font, _TEXT_SIZE)
    drawn.paragraph_format.line_spacing = _LINE
    drawn.paragraph_format.space_before = drawn.paragraph_format.space_after = Pt(0)
    if is_indented:
        _indent(drawn)
    return drawn


def _paragraph(document: Any, text: str) -> None:
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.line_spacing = _LINE
    paragraph.paragraph_format.space_after = Pt(0)
    _run(paragraph, text, TEXT_FONT, _TEXT_SIZE)
    _indent(paragraph)


def _table(document: Any, table: Table) -> None:
    """Add a table across the page; numbers to the right, with their own decimals."""
    section = document.sections[-1]
    width = section.page_width - section.left_margin - section.right_margin
    rows = list(table_rows(table))
    texts = [heading(table), *([str(cell) for cell in row] for row in rows)]
    size = _TABLE_SIZE if len(table.columns) > _FEW_COLUMNS else _WIDE_TABLE_SIZE
    shares = column_widths(texts, width / size, _PADDING)
    widths = [int(width * share / sum(shares)) for share in shares]
    drawn = document.add_table(rows=len(texts), cols=len(widths), style="Table Grid")
    drawn.autofit = False
    drawn.alignment = WD_TABLE_ALIGNMENT.CENTER
    for column, column_width in zip(drawn.columns, widths, strict=True):
        column.width = column_width
    _repeat_on_every_page(drawn.rows[0])
    for number, (row, line) in enumerate(zip(drawn.rows, texts, strict=True)):
        _keep_together(row)
        for position, (cell, text) in enumerate(zip(row.cells, line, strict=True)):
            cell.width = widths[position]
            is_number = number > 0 and rows[number - 1][position].is_number
            font = HEADING_FONT if number == 0 else TEXT_FONT
            _cell(cell, text, font, size, to_the_right=is_number)


def _cell(cell: Any, text: str, font: str, size: Any, *, to_the_right: bool) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(0)
    if to_the_right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _run(paragraph, text or MISSING, font, size)  # an empty cell would be as high as the text


def _numbered(number: int, text: str, brief: Brief) -> str:
    """一、 in Chinese, 1 in English."""
    if brief.language == "zh":
        return f"{_numeral(number)}、{text}"
    return f"{number} {text}"


def _numeral(number: int) -> str:
    """Return a Chinese numeral, up to 十九."""
    return ("十" if number > 10 else "") + _NUMERALS[(number - 1) % 10]


def _run(paragraph: Any, text: str, font: str, size: Any) -> Any:
    run = paragraph.add_run(printable(text))
    _set_font(run, font, size)
    return run


def _set_font(styled: Any, font: str, size: Any) -> None:
    """Set the Latin and the East Asian font of a run or a style, whatever the theme says."""
    styled.font.name, styled.font.size = _LATIN_FONT, size
    fonts = styled.element.get_or_add_rPr().find(qn("w:rFonts"))
    for name in [name for name in fonts.attrib if name.endswith("Theme")]:
        del fonts.attrib[name]
    fonts.set(qn("w:eastAsia"), font)


def _indent(paragraph: Any) -> None:
    """Indent the first line by two characters; Word counts them, others take the length."""
    paragraph.paragraph_format.first_line_indent = 2 * _TEXT_SIZE
    indent = paragraph._p.pPr.find(qn("w:ind"))
    indent.set(qn("w:firstLineChars"), "200")


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
    paragraph._p.get_or_add_pPr().insert_element_before(borders, "w:spacing", "w:ind", "w:jc")


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

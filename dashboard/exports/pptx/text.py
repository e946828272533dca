"""Text on slides: Chinese type needs an East Asian font beside the Latin one."""

from __future__ import annotations

from typing import Any

from lxml import etree
from pptx.dml.color import RGBColor
from pptx.oxml.ns import qn
from pptx.util import Pt

from dashboard import palette
from dashboard.exports.text import printable

LATIN_FONT = "Arial"
EAST_ASIAN_FONT = "Microsoft YaHei"
_STATUS_OF_GLYPH = {glyph: status for status, glyph in palette.STATUS_GLYPHS.items()}


def rgb(colour: str) -> RGBColor:
    """Return a #RRGGBB colour as PowerPoint takes it."""
    return RGBColor.from_string(colour.removeprefix("#"))


def write(
    frame: Any,
    lines: list[str],
    *,
    size: float,
    colour: str,
    bold: bool = False,
    spacing: float = 0,
) -> None:
    """Fill a text frame with paragraphs, all in one style; `spacing` in points after each.

    A status's sign at the start of a line has the status's colour.
    """
    frame.word_wrap = True
    for number, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.space_after = Pt(spacing)
        status = status_of(line)
        parts = [(line, colour)]
        if status and colour == palette.INK:
            parts = [(line[:1], palette.STATUS_COLOURS[status]), (line[1:], colour)]
        for text, letters in parts:
            run = paragraph.add_run()
            run.text = printable(text)
            style(run.font, size=size, colour=letters, bold=bold)


def status_of(text: str) -> str:
    """Return the status whose sign a text begins with, or nothing."""
    return _STATUS_OF_GLYPH.get(text[:1], "")


def style(font: Any, *, size: float, colour: str, bold: bool = False) -> None:
    """Set size in points, colour and both fonts of a run, a chart's text or a cell."""
    font.size = Pt(size)
    font.bold = bold
    font.color.rgb = rgb(colour)
    font.name = LATIN_FONT
    properties = font._rPr
    for tag in ("a:ea", "a:cs"):
        for old in properties.findall(qn(tag)):
            properties.remove(old)
    latin = properties.find(qn("a:latin"))
    east_asian = etree.SubElement(properties, qn("a:ea"), typeface=EAST_ASIAN_FONT)
    latin.addnext(east_asian)

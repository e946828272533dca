"""The template's theme: the bureau's colours and fonts for whatever people add to a deck."""

from __future__ import annotations

from typing import Any

from lxml import etree
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml.ns import qn

from dashboard import palette
from dashboard.exports.pptx.text import EAST_ASIAN_FONT, LATIN_FONT

_ACCENTS = 6


def set_up(presentation: Any) -> None:
    """Put the colours and fonts into the theme of a new presentation."""
    part = presentation.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme = etree.fromstring(part.blob)
    for number, colour in enumerate(palette.SERIES_COLOURS[:_ACCENTS], start=1):
        accent = next(theme.iter(qn(f"a:accent{number}")))
        accent.clear()
        etree.SubElement(accent, qn("a:srgbClr"), val=colour.removeprefix("#"))
    for tag in ("a:majorFont", "a:minorFont"):
        fonts = next(theme.iter(qn(tag)))
        fonts.find(qn("a:latin")).set("typeface", LATIN_FONT)
        fonts.find(qn("a:ea")).set("typeface", EAST_ASIAN_FONT)
    part._blob = etree.tostring(theme, xml_declaration=True, encoding="UTF-8", standalone=True)

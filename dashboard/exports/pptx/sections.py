"""PowerPoint's own sections, so that a meeting's parts can be folded, moved and printed apart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import NAMESPACE_OID, uuid5

from lxml import etree
from pptx.oxml.ns import qn

from dashboard.exports.text import printable

_EXTENSION = "{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"
_P14 = "http://schemas.microsoft.com/office/powerpoint/2010/main"


def add_sections(presentation: Any, starts: Sequence[tuple[str, int]]) -> None:
    """Cut a presentation into sections, each with its name and the place of its first slide."""
    slide_ids = [slide.slide_id for slide in presentation.slides]
    root = presentation.part._element
    extensions = root.find(qn("p:extLst"))
    if extensions is None:
        extensions = etree.SubElement(root, qn("p:extLst"))
    extension = etree.SubElement(extensions, qn("p:ext"), uri=_EXTENSION)
    sections = etree.SubElement(extension, f"{{{_P14}}}sectionLst", nsmap={"p14": _P14})
    ends = [start for _name, start in starts[1:]] + [len(slide_ids)]
    for (name, start), end in zip(starts, ends, strict=True):
        guid = f"{{{uuid5(NAMESPACE_OID, f'{start} {name}')}}}".upper()
        section = etree.SubElement(sections, f"{{{_P14}}}section", name=printable(name), id=guid)
        members = etree.SubElement(section, f"{{{_P14}}}sldIdLst")
        for slide_id in slide_ids[start:end]:
            etree.SubElement(members, f"{{{_P14}}}sldId", id=str(slide_id))

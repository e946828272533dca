"""The deck: a title slide, sections, and a slide for each card."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import partial
from math import ceil
from typing import Any

from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Emu, Inches, Pt

from dashboard import palette
from dashboard.cards.model import Card, Chart
from dashboard.exports.cells import em
from dashboard.exports.documents import Report, SlidePage
from dashboard.exports.native import native_charts
from dashboard.exports.pptx.charts import add_chart
from dashboard.exports.pptx.gantt import add_gantt
from dashboard.exports.pptx.map import add_map
from dashboard.exports.pptx.master import set_up
from dashboard.exports.pptx.matrix import add_matrix, add_track
from dashboard.exports.pptx.sections import add_sections
from dashboard.exports.pptx.shapes import flatten
from dashboard.exports.pptx.tables import add_table
from dashboard.exports.pptx.text import rgb, write
from dashboard.exports.series import NativeChart
from dashboard.words.language import language

_WIDTH, _HEIGHT = Inches(13.333), Inches(7.5)
_MARGIN = Inches(0.55)
_CONTENT = _WIDTH - 2 * _MARGIN
_TITLE = Inches(0.3)
_TITLE_HEIGHT = Inches(0.95)
_SUBTITLE = Inches(1.28)
_BODY = Inches(1.75)
_FOOTER = Inches(7.0)
_FACTS_WIDTH = Inches(3.2)
_LINE = Inches(0.32)  # of a fact below a body that takes the whole width
_TITLE_ONLY = 5  # the layout of the default template

_FACT_SIZE = 14  # points, of a fact below the body
LONG_FACTS = 110  # characters beside a chart, from which they are set smaller
_TITLE_SIZES = (26, 24, 20, 18)  # points; the first in which a finding takes two lines

Box = tuple[int, int, int, int]  # left, top, width, height in EMU

# What PowerPoint has no chart for.
OWN_DRAWINGS: dict[str, Callable[[Any, Chart, Box], None]] = {
    "county_map": add_map,
    "gantt": add_gantt,
    "status_matrix": add_matrix,
    "track": add_track,
}


def pptx_bytes(report: Report) -> bytes:
    """Write a report as a 16:9 PowerPoint file."""
    presentation = Presentation()
    presentation.slide_width, presentation.slide_height = _WIDTH, _HEIGHT
    set_up(presentation)
    presentation.core_properties.title = report.title
    presentation.core_properties.author = report.issuer
    presentation.core_properties.comments = " · ".join(report.about)
    _title_slide(presentation, report)
    section, starts = "", [(report.title, 0)]
    for number, page in enumerate(report.pages, start=1):
        if page.section and page.section != section:
            section = page.section
            starts.append((section, len(presentation.slides)))
            _section_slide(presentation, section)
        _card_slide(presentation, page, number)
    add_sections(presentation, starts)
    buffer = io.BytesIO()
    presentation.save(buffer)
    return buffer.getvalue()


def _title_slide(presentation: Any, report: Report) -> None:
    """Issuer, title, place and month, and which data these are, on the bureau's colour."""
    slide = _new_slide(presentation, report.title, top=Inches(2.7), size=40, colour=_PAPER)
    _ground(slide)
    for top, size, line in (
        (Inches(0.9), 18, report.issuer),
        (Inches(3.9), 22, report.subtitle),
        (Inches(6.5), 14, " · ".join(report.about)),
    ):
        box = slide.shapes.add_textbox(_MARGIN, top, _CONTENT, Inches(0.5))
        write(box.text_frame, [line], size=size, colour=_PAPER)


def _section_slide(presentation: Any, section: str) -> None:
    slide = _new_slide(presentation, section, top=Inches(3.2), size=36, colour=_PAPER)
    _ground(slide)


_PAPER = "#FFFFFF"


def _ground(slide: Any) -> None:
    """Paint the slide in the bureau's colour, with a band in its second one above the title."""
    slide.background.fill.solid()
    slide.background.fill.fore_color.rgb = rgb(palette.SERIES_COLOURS[0])
    title = slide.shapes.title
    band = slide.shapes.add_shape(
        MSO_SHAPE.RECTANGLE, _MARGIN, title.top - Inches(0.2), Inches(1.2), Pt(6)
    )
    flatten(band)
    band.fill.solid()
    band.fill.fore_color.rgb = rgb(palette.SERIES_COLOURS[1])
    band.line.fill.background()


def _card_slide(presentation: Any, page: SlidePage, number: int) -> None:
    card = page.card
    slide = _new_slide(presentation, page.title, top=_TITLE, size=_title_size(page.title))
    box = slide.shapes.add_textbox(_MARGIN, _SUBTITLE, _CONTENT, Inches(0.4))
    write(box.text_frame, [card.subtitle], size=14, colour=palette.QUIET_INK)
    _draw_key(slide, page.key, _CONTENT - Pt(14 * em(card.subtitle)))
    tiles = [f"{tile.label} {tile.value}" for tile in card.tiles]
    facts = [*tiles, *page.facts]
    height = _FOOTER - _BODY - Inches(0.1)
    if not facts:
        _draw_body(slide, page, (_MARGIN, _BODY, _CONTENT, height))
    elif _is_wide(card) or (len(facts) == 1):
        below = [*(["　".join(tiles)] if tiles else []), *page.facts]
        strip = _LINE * _lines(below)
        _draw_body(slide, page, (_MARGIN, _BODY, _CONTENT, height - strip))
        place = (_MARGIN, _BODY + height - strip, _CONTENT, strip)
        _draw_facts(slide, below, place, _FACT_SIZE, 0)
    else:
        width = _CONTENT - _FACTS_WIDTH - Inches(0.3)
        _draw_body(slide, page, (_MARGIN, _BODY, width, height))
        size = 16 if sum(map(len, facts)) <= LONG_FACTS else 13
        left = _WIDTH - _MARGIN - _FACTS_WIDTH
        _draw_facts(slide, facts, (left, _BODY, _FACTS_WIDTH, Inches(4.5)), size, 10)
    _draw_footer(slide, page.footer, number)
    notes = [*([page.note] if page.note else []), *page.background]
    write(slide.notes_slide.notes_text_frame, notes, size=12, colour=palette.INK)


def _title_size(title: str) -> float:
    room = 2 * _CONTENT / Pt(1) * 0.97  # a line breaks before its last sign
    return next((size for size in _TITLE_SIZES if em(title) * size <= room), _TITLE_SIZES[-1])


def _lines(facts: list[str]) -> int:
    """How many lines facts take across the slide."""
    room = _CONTENT / Pt(_FACT_SIZE)
    return sum(ceil(em(fact) / room) for fact in facts)


def _is_wide(card: Card) -> bool:
    """Whether what the card shows needs the slide's whole width."""
    return not card.charts or any(chart.shape in OWN_DRAWINGS for chart in card.charts)


def _new_slide(
    presentation: Any,
    title: str,
    *,
    top: int,
    size: float,
    colour: str = palette.SERIES_COLOURS[0],
) -> Any:
    slide = presentation.slides.add_slide(presentation.slide_layouts[_TITLE_ONLY])
    shape = slide.shapes.title
    shape.left, shape.top = _MARGIN, top
    shape.width, shape.height = _CONTENT, _TITLE_HEIGHT
    shape.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    write(shape.text_frame, [title], size=size, colour=colour, bold=True)
    for paragraph in shape.text_frame.paragraphs:
        paragraph.alignment = PP_ALIGN.LEFT
    return slide


def _draw_key(slide: Any, key: str, room: int) -> None:
    """Explain the signs of a matrix once, in the room right of the card's second line."""
    if key:
        box = slide.shapes.add_textbox(_MARGIN, _SUBTITLE, _CONTENT, Inches(0.4))
        size = min(13, room / Pt(1) / (em(key) + 2))  # and a gap between the two
        write(box.text_frame, [key], size=size, colour=palette.QUIET_INK)
        box.text_frame.paragraphs[0].alignment = PP_ALIGN.RIGHT


def _draw_body(slide: Any, page: SlidePage, place: Box) -> None:
    """Add the charts side by side; a card without any shows its listing, or its table."""
    card = page.card
    drawings = [drawing for chart in card.charts for drawing in _drawings(page, chart)]
    if drawings:
        for cell, draw in zip(_grid(place, len(drawings)), drawings, strict=True):
            draw(slide.shapes, cell)
        return
    table = card.listing or card.table
    _ = language(page.language)
    left, top, width, height = place
    if table.frame.empty:
        _draw_facts(slide, [_("Nothing to list here.")], place, 18, 0)
        return
    height -= _LINE
    shown = add_table(slide.shapes, table, (left, top, width, height), card.finding)
    if shown < len(table.frame):
        text = _(
            "The first {shown} of {count} are shown; the workbook lists them all.",
            shown=shown,
            count=len(table.frame),
        )
        _draw_facts(slide, [text], (left, top + height, width, _LINE), 12, 0)


def _drawings(page: SlidePage, chart: Chart) -> list[Callable[[Any, Box], None]]:
    """Return what to draw for one chart: shapes, a table, or one or more native charts."""
    if chart.frame.empty:
        return []
    own = OWN_DRAWINGS.get(chart.shape)
    if own is not None:
        return [lambda shapes, place: own(shapes, chart, place)]
    return [partial(_add_native, native, chart.alt) for native in native_charts(page, chart)]


def _add_native(native: NativeChart, alt: str, shapes: Any, place: Box) -> None:
    add_chart(shapes, native, place, alt)


def _grid(place: Box, count: int) -> list[Box]:
    """Cut a place into as many cells, at most three side by side."""
    left, top, width, height = place
    columns = 1 if count == 1 else 2 if count in (2, 4) else 3
    rows = -(-count // columns)
    return [
        (
            Emu(left + width * (i % columns) // columns),
            Emu(top + height * (i // columns) // rows),
            Emu(width // columns),
            Emu(height // rows),
        )
        for i in range(count)
    ]


def _draw_facts(slide: Any, lines: list[str], place: Box, size: float, spacing: float) -> None:
    box = slide.shapes.add_textbox(*place)
    write(box.text_frame, lines, size=size, colour=palette.INK, spacing=spacing)


def _draw_footer(slide: Any, footer: str, number: int) -> None:
    box = slide.shapes.add_textbox(_MARGIN, _FOOTER, Inches(11), Inches(0.35))
    write(box.text_frame, [footer], size=11, colour=palette.QUIET_INK)
    box = slide.shapes.add_textbox(_WIDTH - _MARGIN - Inches(1), _FOOTER, Inches(1), Inches(0.35))
    write(box.text_frame, [str(number)], size=12, colour=palette.QUIET_INK)
    box.text_frame.paragraphs[0].alignment = PP_ALIGN.RIGHT

"""The deck: a title slide, sections, and a slide for each card."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import partial
from typing import Any

from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import PP_ALIGN
from pptx.util import Emu, Inches, Pt

from dashboard import palette
from dashboard.exports.native import NativeChart, native_charts
from dashboard.exports.pptx.charts import add_chart
from dashboard.exports.pptx.gantt import add_gantt
from dashboard.exports.pptx.map import add_map
from dashboard.exports.pptx.matrix import add_matrix, add_track
from dashboard.exports.pptx.tables import add_table
from dashboard.exports.pptx.text import rgb, write
from dashboard.report import Card, Chart, Report, SlidePage

_WIDTH, _HEIGHT = Inches(13.333), Inches(7.5)
_MARGIN = Inches(0.55)
_TITLE = Inches(0.45)
_BODY = Inches(1.75)
_FOOTER = Inches(7.0)
_FACTS_WIDTH = Inches(3.2)
_TITLE_ONLY = 5  # the layout of the default template

LONG_FACTS = 110  # characters beside a chart, from which they are set smaller

Place = tuple[int, int, int, int]  # left, top, width, height in EMU

# What PowerPoint has no chart for.
_OWN_DRAWINGS: dict[str, Callable[[Any, Chart, Place], None]] = {
    "county_map": add_map,
    "gantt": add_gantt,
    "status_matrix": add_matrix,
    "track": add_track,
}


def pptx_bytes(report: Report) -> bytes:
    """Write a report as a 16:9 PowerPoint file."""
    presentation = Presentation()
    presentation.slide_width, presentation.slide_height = _WIDTH, _HEIGHT
    presentation.core_properties.title = report.title
    presentation.core_properties.author = ""
    presentation.core_properties.comments = report.data_version
    _title_slide(presentation, report)
    section = ""
    for number, page in enumerate(report.pages, start=1):
        if page.section and page.section != section:
            section = page.section
            _section_slide(presentation, section)
        _card_slide(presentation, page, number)
    buffer = io.BytesIO()
    presentation.save(buffer)
    return buffer.getvalue()


def _title_slide(presentation: Any, report: Report) -> None:
    slide = _new_slide(presentation, report.title, top=Inches(2.6), size=36)
    _band(slide, Inches(2.35))
    lines = [report.subtitle]
    box = slide.shapes.add_textbox(_MARGIN, Inches(3.7), _WIDTH - 2 * _MARGIN, Inches(1))
    write(box.text_frame, lines, size=20, colour=palette.QUIET_INK)


def _section_slide(presentation: Any, section: str) -> None:
    slide = _new_slide(presentation, section, top=Inches(3.0), size=32)
    _band(slide, Inches(2.75))


def _card_slide(presentation: Any, page: SlidePage, number: int) -> None:
    card = page.card
    slide = _new_slide(presentation, card.finding, top=_TITLE, size=24)
    box = slide.shapes.add_textbox(_MARGIN, Inches(1.25), _WIDTH - 2 * _MARGIN, Inches(0.4))
    write(box.text_frame, [card.subtitle], size=14, colour=palette.QUIET_INK)
    has_facts = bool(page.facts or card.tiles) and not _is_wide(card)
    width = _WIDTH - 2 * _MARGIN - (_FACTS_WIDTH + Inches(0.3) if has_facts else 0)
    _draw_body(slide, card, (_MARGIN, _BODY, width, _FOOTER - _BODY - Inches(0.1)))
    if has_facts:
        _draw_facts(slide, page, _WIDTH - _MARGIN - _FACTS_WIDTH)
    _draw_footer(slide, page.footer, number)
    notes = [*([page.note] if page.note else []), *page.background]
    slide.notes_slide.notes_text_frame.text = "\n".join(notes)


def _is_wide(card: Card) -> bool:
    """Whether what the card shows needs the slide's whole width."""
    return not card.charts or any(chart.shape in _OWN_DRAWINGS for chart in card.charts)


def _new_slide(presentation: Any, title: str, *, top: int, size: float) -> Any:
    slide = presentation.slides.add_slide(presentation.slide_layouts[_TITLE_ONLY])
    shape = slide.shapes.title
    shape.left, shape.top = _MARGIN, top
    shape.width, shape.height = _WIDTH - 2 * _MARGIN, Inches(0.8)
    shape.text_frame.text = ""
    write(shape.text_frame, [title], size=size, colour=palette.SERIES_COLOURS[0], bold=True)
    for paragraph in shape.text_frame.paragraphs:
        paragraph.alignment = PP_ALIGN.LEFT
    return slide


def _band(slide: Any, top: int) -> None:
    """The bureau's colour across a title or section slide."""
    band = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, _MARGIN, top, Inches(1.2), Pt(6))
    band.fill.solid()
    band.fill.fore_color.rgb = rgb(palette.SERIES_COLOURS[0])
    band.line.fill.background()


def _draw_body(slide: Any, card: Card, place: Place) -> None:
    """The charts side by side; a card without any shows its listing, or its table."""
    drawings = [drawing for chart in card.charts for drawing in _drawings(card, chart)]
    if not drawings:
        add_table(slide.shapes, card.listing or card.table, place, card.finding)
        return
    for cell, draw in zip(_grid(place, len(drawings)), drawings, strict=True):
        draw(slide.shapes, cell)


def _drawings(card: Card, chart: Chart) -> list[Callable[[Any, Place], None]]:
    """What to draw for one chart: shapes, a table, or one or more native charts."""
    if chart.frame.empty:
        return []
    if chart.shape in _OWN_DRAWINGS:
        return [lambda shapes, place: _OWN_DRAWINGS[chart.shape](shapes, chart, place)]
    measure = card.subtitle.split(" · ", 1)[0]
    return [
        partial(_add_native, native=native, alt=chart.alt)
        for native in native_charts(chart, measure)
    ]


def _add_native(shapes: Any, place: Place, *, native: NativeChart, alt: str) -> None:
    add_chart(shapes, native, place, alt)


def _grid(place: Place, count: int) -> list[Place]:
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


def _draw_facts(slide: Any, page: SlidePage, left: int) -> None:
    lines = [f"{tile.label} {tile.value}" for tile in page.card.tiles]
    lines += page.facts
    size = 16 if sum(map(len, lines)) <= LONG_FACTS else 13
    box = slide.shapes.add_textbox(left, _BODY, _FACTS_WIDTH, Inches(4.5))
    write(box.text_frame, lines, size=size, colour=palette.INK, spacing=10)


def _draw_footer(slide: Any, footer: str, number: int) -> None:
    box = slide.shapes.add_textbox(_MARGIN, _FOOTER, Inches(11), Inches(0.35))
    write(box.text_frame, [footer], size=10, colour=palette.QUIET_INK)
    box = slide.shapes.add_textbox(_WIDTH - _MARGIN - Inches(1), _FOOTER, Inches(1), Inches(0.35))
    write(box.text_frame, [str(number)], size=12, colour=palette.QUIET_INK)
    box.text_frame.paragraphs[0].alignment = PP_ALIGN.RIGHT

"""Drawing a slide: one finding, its chart, three facts at most, and where the numbers come from.

A slide is laid out on a ground of 1280×720, of which slides.css makes the screen's or the paper's
size, so that it looks the same everywhere and nothing has to be drawn anew. Charts are drawn on a
smaller ground than they take and enlarged: that makes their type readable from the back of a room.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import ceil
from pathlib import Path

import pandas as pd
import streamlit as st

from dashboard.cards.model import ROWS_ON_A_SLIDE, Card, Chart, Selects, Table
from dashboard.exports.documents import SlidePage
from dashboard.rounding import written
from dashboard.ui.chart import draw_chart, drawn_light
from dashboard.ui.text import coloured_status, markdown, passage
from dashboard.words.language import Language, language

STYLE = Path(__file__).parent / "slides.css"
BODY_WIDTH, BODY_HEIGHT = 1200, 470  # pixels of the 1280×720 between title and footer
TILES_HEIGHT = 150  # large figures with a name and what stood before, both of which may wrap
FACTS_WIDTH = 300  # … of which the facts take this, beside a chart
FACT_LINE = 34  # … or this for each line of facts, below a table or across the slide
FACT_LENGTH = 64  # Chinese characters in such a line
CHART_TITLE = 34
GAP = 20
LARGEST, SMALLEST = 1.7, 0.75  # of the enlargement of charts
NARROWEST = 340  # pixels that a chart is drawn on: a phone's
TITLE_SIZES = (("short", 60), ("long", 80))  # by how many Chinese characters a title has
SPACE = "\N{EM SPACE}" * 2
TABLE_SIZES = (("large", 20), ("medium", 17), ("small", 15))  # pixels of the type, of 1280×720
CELL_PADDING = 7  # pixels above and below a row's lines together


@dataclass(frozen=True)
class ChartPlace:
    """A chart's ground in pixels, and how much it is enlarged: on screen, and on paper to fit."""

    width: int
    height: int
    zoom: float
    paper_zoom: float


def show_slide(
    page: SlidePage,
    number: int,
    total: int,
    *,
    on_county: Callable[[str], None] | None = None,
    tools: Callable[[], None] | None = None,
) -> None:
    """Draw a slide.

    ``on_county`` is told the county whose mark was clicked; ``tools`` draws buttons in the footer.
    """
    words = language(page.language)
    card = page.card
    with st.container(key=f"head-{_title_size(page.title)}-{number}"):
        st.markdown(markdown(page.section) or "\N{NO-BREAK SPACE}")
        st.header(markdown(page.title), anchor=False)
        st.markdown(markdown(card.subtitle) + _signs(page))
    with st.container(key=f"body-{'split' if page.has_facts_beside else 'wide'}-{number}"):
        with st.container(key=f"shown-{number}"):
            _show_content(page, number, words, on_county)
        if page.facts:
            with st.container(key=f"facts-{number}"):
                for fact in page.facts:
                    st.markdown(markdown(fact))
    with st.container(key=f"foot-{number}"):
        st.markdown(markdown(page.footer))
        if tools is not None:
            tools()
        st.markdown(f"{number + 1} / {total}")


def _show_content(
    page: SlidePage, number: int, words: Language, on_county: Callable[[str], None] | None
) -> None:
    card = page.card
    if card.tiles:
        with st.grid(len(card.tiles), min_column_width=95):
            for tile in card.tiles:
                st.metric(
                    coloured_status(tile.label),
                    tile.value,
                    tile.detail or None,
                    delta_color="off",
                    delta_arrow="off",
                )
    if card.charts:
        _show_charts(page, number, words, on_county)
    if card.passage is not None:
        st.markdown(passage(card.passage))
    for table in _tables(card):
        _show_table(table, page, number, words)


def _show_charts(
    page: SlidePage, number: int, words: Language, on_county: Callable[[str], None] | None
) -> None:
    places = chart_places(page)
    keys = [f"drawing-{number}-{position}" for position in range(len(places))]
    rules = "".join(map(_rule, keys, places))
    st.html(f"<style>{rules}</style>")
    with st.container(key=f"charts-{number}-in-{page.card.chart_columns}"):
        for chart, place, key in zip(page.card.charts, places, keys, strict=True):
            with st.container(key=f"place-{key}"):
                if any(other.title for other in page.card.charts):
                    st.markdown(f"**{markdown(chart.title)}**")
                draw_chart(
                    page.card,
                    chart,
                    key,
                    words,
                    on_click=on_county if chart.selects is Selects.COUNTY else None,
                    width=place.width,
                    height=place.height,
                    is_light=True,
                )


def chart_places(page: SlidePage) -> list[ChartPlace]:
    """How large each of a slide's charts is drawn; a chart too high for its place scrolls."""
    card = page.card
    rows = ceil(len(card.charts) / card.chart_columns)
    width = (_content_width(page) - GAP * (card.chart_columns - 1)) / card.chart_columns
    height = (_content_height(page) - GAP * (rows - 1)) / rows
    if any(chart.title for chart in card.charts):
        height -= CHART_TITLE
    return [_place(chart, width, height) for chart in card.charts]


def _place(chart: Chart, width: float, height: float) -> ChartPlace:
    natural = float(drawn_light(chart).to_dict()["layout"]["height"])
    zoom = max(min(height / natural, width / NARROWEST, LARGEST), SMALLEST)
    ground = max(natural, height / zoom)
    return ChartPlace(
        width=int(width / zoom),
        height=int(ground),
        zoom=round(zoom, 3),
        paper_zoom=round(min(zoom, height / ground), 3),
    )


def _rule(key: str, place: ChartPlace) -> str:
    """Enlarge one chart and keep room for what that takes."""
    ground = f"--wide:{place.width};--high:{place.height}"
    return (
        f".st-key-place-{key}{{{ground};--zoom:{place.zoom}}}"
        f"@media print{{.st-key-place-{key}{{--zoom:{place.paper_zoom}}}}}"
    )


def _content_width(page: SlidePage) -> int:
    return BODY_WIDTH - (FACTS_WIDTH + GAP if page.has_facts_beside else 0)


def _content_height(page: SlidePage) -> float:
    """Pixels for the charts: what tiles, a table below and facts leave."""
    height = BODY_HEIGHT
    if not page.has_facts_beside:
        height -= FACT_LINE * sum(map(_lines, page.facts))
    if page.card.tiles:
        height -= TILES_HEIGHT
    return max(height, BODY_HEIGHT / 3)


def _signs(page: SlidePage) -> str:
    """Return what the signs of a matrix mean, where the chart does not say so itself."""
    if any(chart.options.get("status_texts") for chart in page.card.charts):
        return ""
    return "".join(f"{SPACE}{coloured_status(sign)}" for sign in page.key.split("　") if sign)


def _title_size(title: str) -> str:
    """Return a title's size, so that it takes two lines: the body needs the rest."""
    width = _width(title)
    return next((size for size, room in TITLE_SIZES if width <= room), "longest")


def _lines(fact: str) -> int:
    """How many lines a fact takes across the slide."""
    return ceil(_width(fact) / FACT_LENGTH)


def _width(text: str) -> float:
    """How wide a text stands, in Chinese characters."""
    return sum(1.0 if ord(sign) > 0x2E7F else 0.55 for sign in text)


def _tables(card: Card) -> Iterator[Table]:
    """Yield what a card without charts says in rows: its listing, or the table behind its lines."""
    if card.listing is not None and not card.charts:
        yield card.listing
    elif not (card.charts or card.tiles or card.passage):
        yield card.table


def _show_table(table: Table, page: SlidePage, number: int, words: Language) -> None:
    """Draw a table's first rows, smaller the more there are."""
    cells = {
        column.label: [_cell(cell, table.decimals(column)) for cell in table.frame[column.name]]
        for column in table.columns
    }
    shown, size = _fitting(pd.DataFrame(cells, dtype=object), _content_height(page))
    with st.container(key=f"table-{size}-{number}"):
        st.table(shown, hide_index=True)
        if len(table.frame) > len(shown):
            st.markdown(
                words(
                    "The first {shown} of {count} are shown; the workbook lists them all.",
                    shown=len(shown),
                    count=len(table.frame),
                )
            )


def _fitting(cells: pd.DataFrame, room: float) -> tuple[pd.DataFrame, str]:
    """Return first rows in the largest type in which they fit; in the smallest, as many as fit."""
    shown = cells.head(ROWS_ON_A_SLIDE)
    for size, pixels in TABLE_SIZES:
        heights = _row_heights(shown, pixels)
        if sum(heights) <= room - (FACT_LINE if len(shown) < len(cells) else 0):
            return shown, size
    while len(shown) > 1 and sum(heights[: len(shown) + 1]) > room - FACT_LINE:
        shown = shown.head(len(shown) - 1)
    return shown, size


def _row_heights(shown: pd.DataFrame, pixels: int) -> list[float]:
    """How high the heading and each row are, some of them in several lines."""
    widths = {
        name: [_width(str(cell)) + 1 for cell in (name, *shown[name])] for name in shown.columns
    }
    natural = sum(max(column) for column in widths.values())
    squeeze = max(natural * pixels / BODY_WIDTH, 1.0)
    lines = [
        max(ceil(column[row] * squeeze / max(column)) for column in widths.values())
        for row in range(len(shown) + 1)
    ]
    return [count * pixels * 1.3 + CELL_PADDING for count in lines]


def _cell(cell: object, decimals: int | None) -> str:
    if cell is None or cell is pd.NA or (isinstance(cell, float) and pd.isna(cell)):
        return "–"
    if isinstance(cell, int | float) and decimals is not None:
        return written(cell, decimals)
    return coloured_status(str(cell))

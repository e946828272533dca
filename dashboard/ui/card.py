"""Drawing a card: the finding, the chart, and within one click its numbers and their meaning."""

from __future__ import annotations

from dataclasses import replace
from math import ceil

import pandas as pd
import streamlit as st

from dashboard.cards import Context, card_view, together_table
from dashboard.cards.model import Card, Column, Passage, Selects, Table
from dashboard.indicators import definitions
from dashboard.meeting.decks import Slide
from dashboard.rounding import written
from dashboard.ui import links
from dashboard.ui.chart import show_chart
from dashboard.ui.download import csv_of
from dashboard.ui.entries import show_entries
from dashboard.ui.lineage import show_lineage, show_version
from dashboard.ui.meeting.working_deck import collect
from dashboard.ui.text import coloured_status, markdown, passage
from dashboard.words.language import Language

LINKED_INDICATORS = 3  # more would fill the card's last line
LINKED_CLAUSES = 5
TILES_IN_TWO_LINES = 5


def show_card(card: Card, context: Context, slide: Slide, *, page_of: str | None = None) -> None:
    """Draw a card: finding, measure · geography · period, charts, notes, and what is behind it.

    ``slide`` is what the card becomes in a deck. ``page_of`` is the indicator whose own page this
    is: a card there does not lead to it.
    """
    with st.container(border=True, key=f"card-{_key(card.card_id)}"):
        st.subheader(markdown(card.finding), anchor=False)
        st.caption(_second_line(card))
        _show_tiles(card)
        _show_charts(card, context.language)
        if card.passage is not None:
            with st.container(key=f"passage-{_key(card.card_id)}"):
                st.markdown(passage(card.passage))
        if card.entries is not None:
            show_entries(card.entries, _key(card.card_id))
        more = 0
        if card.listing is not None and len(card.listing.frame):
            shown = card.listing.frame.head(card.listing_rows or len(card.listing.frame))
            more = len(card.listing.frame) - len(shown)
            _show_listing(replace(card.listing, frame=shown), card.listing_height)
        rest = context.language("{count} more in the table", count=more) if more else ""
        for line in filter(None, (rest, *card.notes, card.hint)):
            st.caption(markdown(line))
        with st.container(
            horizontal=True, vertical_alignment="center", key=f"footer-{_key(card.card_id)}"
        ):
            _show_details(card, context)
            st.button(
                context.language("Add to deck"),
                icon=":material/playlist_add:",
                key=f"collect-{_key(card.card_id)}",
                type="tertiary",
                on_click=collect,
                args=(slide, context),
            )
            _show_links(card, context, page_of)


def _second_line(card: Card) -> str:
    """Return what is measured, and below it, in the text's own colour, what has changed."""
    if not card.change:
        return markdown(card.subtitle)
    return f"{markdown(card.subtitle)}  \n**{markdown(card.change)}**"


def _show_tiles(card: Card) -> None:
    if not card.tiles:
        return
    count = len(card.tiles)
    # beside another card five do not fit a line: two lines of three and two, none left alone
    columns = count if count < TILES_IN_TWO_LINES else ceil(count / 2)
    with st.grid(columns, min_column_width=95):
        for tile in card.tiles:
            st.metric(
                coloured_status(tile.label),
                tile.value,
                tile.detail or None,
                delta_color="off",
                delta_arrow="off",
            )


def _show_charts(card: Card, language: Language) -> None:
    columns = st.columns(card.chart_columns) if card.chart_columns > 1 else [st.container()]
    for position, chart in enumerate(card.charts):
        with columns[position % len(columns)]:
            if chart.title:
                st.markdown(f"**{markdown(chart.title)}**")
            show_chart(card, chart, _key(f"chart-{card.card_id}-{position}"), language)


def _show_listing(listing: Table, height: int | None) -> None:
    """Draw a table of words: short as plain HTML, which wraps and prints; a long one scrolls."""
    if height is not None:
        st.dataframe(listing.labelled(), height=height, hide_index=True, placeholder="–")
        return
    cells = {column.label: _listing_cells(listing, column) for column in listing.columns}
    st.table(pd.DataFrame(cells), hide_index=True)


def _listing_cells(listing: Table, column: Column) -> list[object]:
    """Return a column's cells as Markdown, each a link where the column leads somewhere."""
    cells = [_listing_cell(cell, column.decimals) for cell in listing.frame[column.name]]
    if column.leads_to is None:
        return cells
    return [
        f"[{cell}]({links.page_url(column.leads_to, str(target_id))})"
        for cell, target_id in zip(cells, listing.frame[column.id_column], strict=True)
    ]


def _listing_cell(cell: object, decimals: int | None) -> object:
    """Return a cell as it reads; a number that is missing makes floats of those beside it."""
    if isinstance(cell, Passage):
        return passage(cell)
    if isinstance(cell, float) and pd.isna(cell):
        return "–"
    if isinstance(cell, float) and decimals is not None:
        return written(cell, decimals)
    return coloured_status(cell) if isinstance(cell, str) else cell


def _show_details(card: Card, context: Context) -> None:
    """Table, definitions with clause and source, and download, behind one click.

    The content is sent only once it is opened: a page holds a dozen tables nobody looks at. A
    dialog takes the keyboard with it; a popover would leave it on the page.
    """
    _ = context.language
    if st.button(
        _("Data and definition"),
        icon=":material/table_view:",
        key=f"details-{_key(card.card_id)}",
        type="tertiary",
    ):
        st.dialog(_("Data and definition"), width="large")(_details)(card, context)


def _details(card: Card, context: Context) -> None:
    _ = context.language
    st.markdown(f"**{markdown(card.finding)}**")
    decimals = {column.label: card.table.decimals(column) for column in card.table.columns}
    st.dataframe(
        card.table.written(),  # rounded here: a browser rounds by a rule of its own
        hide_index=True,
        placeholder="–",
        column_config={
            label: st.column_config.NumberColumn(format=f"%.{places}f")
            for label, places in decimals.items()
            if places is not None
        },
    )
    if card.indicator_ids:  # what the card's sentences say of the chosen counties together
        together = together_table(card_view(card.card_id, context), card.indicator_ids)
        st.dataframe(together.labelled(), hide_index=True)
    st.download_button(
        _("Download CSV"),
        data=csv_bytes(card, context),
        file_name=f"{card.card_id}-{context.filters.as_of}.csv",
        mime="text/csv",
        on_click="ignore",
        icon=":material/download:",
        key=f"csv-{_key(card.card_id)}",
    )
    for indicator_id in card.indicator_ids:
        _show_definition(indicator_id, context)
    _show_sources(card, context)
    show_lineage(context, card.indicator_ids, _key(card.card_id))


def _show_links(card: Card, context: Context, page_of: str | None) -> None:
    """From the card's numbers to the plan's clauses, and to the pages of its indicators.

    A card of many indicators is a summary: its rows lead on, and its definitions.
    """
    _ = context.language
    clauses = _clauses(card, context)
    if len(clauses) <= LINKED_CLAUSES:
        for clause, indicator_ids in clauses.items():
            links.link(
                Selects.CLAUSE,
                str(clause),
                _("Plan, clause {number}", number=clause),
                icon=":material/menu_book:",
                marked=indicator_ids,
            )
    if len(card.indicator_ids) > LINKED_INDICATORS:
        return
    for indicator_id in card.indicator_ids:
        if indicator_id == page_of:
            continue
        links.link(
            Selects.INDICATOR,
            indicator_id,
            markdown(context.text(indicator_id, "short")),
            icon=":material/query_stats:",
        )


def _clauses(card: Card, context: Context) -> dict[int, list[str]]:
    """Return the plan's clauses that a card belongs to, each with the indicators that say so."""
    clauses: dict[int, list[str]] = {}
    for indicator_id in dict.fromkeys((*card.indicator_ids, *card.clauses_of)):
        clause = context.clause(indicator_id)
        if clause is not None:
            clauses.setdefault(int(clause["clause"]), []).append(indicator_id)
    return clauses


def csv_bytes(card: Card, context: Context) -> bytes:
    """Return a card's table as Excel opens it: UTF-8 with BOM, no cell that acts as a formula.

    Rows of the sample say so themselves, wherever they are copied to.
    """
    _ = context.language
    table = card.table.labelled()
    if context.database.is_sample:
        table = table.assign(**{_("Nature of the data"): _("Synthetic sample data")})
    return csv_of(table)


def _show_definition(indicator_id: str, context: Context) -> None:
    """Draw the definition (口径): formula, clause with its words, certainty and caveats."""
    _ = context.language
    indicator = context.indicator(indicator_id)
    entries = [
        (_("Definition"), context.text(indicator_id, "formula")),
        (_("Certainty"), definitions.certainty_words(_, indicator.certainty)),
        (_("Mind"), context.text(indicator_id, "caveats")),
    ]
    clause = context.clause(indicator_id)
    if clause is not None:
        quote = _("clause {number}: “{quote}”", number=clause["clause"], quote=clause["quote_zh"])
        office = context.language.pick(clause["office_zh"], clause["office_en"])
        entries += [(_("Plan"), quote), (_("Responsible"), office)]
    lines = [f"**{markdown(context.text(indicator_id, 'name'))}**"]
    lines += [f"{label}: {markdown(text)}" for label, text in entries if text]
    st.markdown("\n\n".join(lines))


def _show_sources(card: Card, context: Context) -> None:
    """Draw the exports the numbers come from, with the date of their data."""
    _ = context.language
    for source in context.sources(card):
        st.caption(markdown(source))
    show_version(context)
    if context.database.is_sample:
        st.caption(_("Synthetic sample data"))


def _key(card_id: str) -> str:
    return card_id.replace(".", "-").replace("_", "-")

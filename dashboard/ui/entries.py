"""Lines that lead on: links whose figures stand in columns, as in a table."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

import streamlit as st

from dashboard.cards.model import Entries, Entry
from dashboard.ui import links
from dashboard.ui.text import coloured_symbols, markdown


def show_entries(entries: Entries, key: str) -> None:
    """Draw the lines in columns of about the same length; style.css lays out each line."""
    with st.container(key=f"entries-{key}"):
        parts = in_columns(entries.lines, entries.columns)
        columns = st.columns(len(parts)) if len(parts) > 1 else [st.container()]
        for column, part in zip(columns, parts, strict=True):
            with column:
                for group, lines in groupby(part, key=lambda line: line.group):
                    if group:
                        st.caption(f"**{markdown(group)}**")
                    for line in lines:
                        links.link(entries.selects, line.target_id, _label(line), width="stretch")


def in_columns(lines: Sequence[Entry], count: int) -> list[list[Entry]]:
    """Share lines out over columns in their order, groups whole; fewer columns for few groups."""
    groups = [list(group) for _, group in groupby(lines, key=lambda line: line.group)]
    total = sum(len(group) + 1 for group in groups)  # a heading takes a line
    columns: list[list[Entry]] = [[]]
    before = 0
    for group in groups:
        middle = before + (len(group) + 1) / 2
        if columns[-1] and middle > total * len(columns) / count:
            columns.append([])
        columns[-1] += group
        before += len(group) + 1
    return columns


def _label(line: Entry) -> str:
    parts = [f"**{markdown(line.label)}**", f":small[:gray[{markdown(line.detail)}]]"]
    return "".join([*parts, *(f":small[{coloured_symbols(cell)}]" for cell in line.cells)])

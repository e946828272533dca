"""What every file was taken for, what had to be put right, and what is not clear."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard.archive import Archive
from dashboard.deliveries.model import DeliveredTable, Question, ReadDelivery
from dashboard.deliveries.periods import periods_words
from dashboard.ui.deliveries.desk import Desk
from dashboard.ui.deliveries.view import View
from dashboard.ui.text import markdown


def show(view: View, desk: Desk, archive: Archive, reading: ReadDelivery) -> None:
    """Draw the tables, the questions, and quietly what was put right."""
    _ = view.language
    with st.container(border=True, key="card-recognised"):
        st.subheader(_sentence(view, reading), anchor=False)
        for number, question in enumerate(reading.questions):
            _ask(view, desk, archive, question, number)
        if reading.tables:
            cells = [_cells(view, table) for table in reading.tables]
            st.table(pd.DataFrame(cells), hide_index=True)
        _put_right(view, reading)


def _sentence(view: View, reading: ReadDelivery) -> str:
    _ = view.language
    if not reading.tables:
        return _("Nothing is recognised yet")
    return _.plural(
        "Recognised: {count} table with {rows} rows",
        "Recognised: {count} tables with {rows} rows",
        len(reading.tables),
        rows=_.number(sum(len(table.frame) for table in reading.tables)),
    )


def _ask(view: View, desk: Desk, archive: Archive, question: Question, number: int) -> None:
    _ = view.language
    package = view.package
    key = f"answer-{number}-{question.place.file}-{question.place.sheet}"
    sheet = f" · {question.place.sheet}" if question.place.sheet else ""

    def answer() -> None:
        chosen = st.session_state[key]
        if chosen is not None:
            desk.answer(archive, question.place, chosen)

    st.selectbox(
        _("Which export is {file}?", file=markdown(f"{question.place.file}{sheet}")),
        question.choices,
        index=None,
        format_func=lambda name: package.resource(name).title,
        placeholder=_("Several fit: choose one"),
        key=key,
        on_change=answer,
    )


def _cells(view: View, table: DeliveredTable) -> dict[str, str]:
    _ = view.language
    resource = view.package.resource(table.resource)
    return {
        _("File"): markdown(table.place.file),
        _("Sheet"): markdown(table.place.sheet or "–"),
        _("Export"): markdown(resource.title),
        _("Periods"): markdown(periods_words(_, table.periods)) or _("whole export"),
        _("Encoding"): markdown(table.encoding),
        _("Rows"): _.number(len(table.frame)),
    }


def _put_right(view: View, reading: ReadDelivery) -> None:
    _ = view.language
    if not reading.normalised:
        return
    cells = sum(found.count for found in reading.normalised)
    words = _.plural(
        "Understood and put into the agreed form: {count} place",
        "Understood and put into the agreed form: {count} places",
        cells,
    )
    with st.expander(words):
        lines = [_.pick(found.message_zh, found.message_en) for found in reading.normalised]
        st.markdown("\n".join(f"- {markdown(line)}" for line in lines))

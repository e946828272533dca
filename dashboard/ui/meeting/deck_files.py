"""A deck's files: slides, brief and workbook to take home, and a deck that comes in as a file."""

from __future__ import annotations

import msgspec
import streamlit as st

from dashboard.cards import Context
from dashboard.meeting.decks import Deck, DeckFileError
from dashboard.meeting.decks.deck import MAX_FILE_BYTES
from dashboard.ui.meeting.working_deck import WorkingDeck

_MADE = "made_handout"
_MIME = {
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

# Streamlit's own file uploader speaks English only.
_picker = st.components.v2.component(
    "deck_file_picker",
    html='<label><span></span><input type="file" accept=".json,application/json"></label>',
    css="""
    label {
      display: inline-block; padding: 0.45rem 0.75rem; cursor: pointer; font-size: 0.9rem;
      border: 1px solid var(--st-border-color); border-radius: var(--st-button-radius);
      color: var(--st-text-color);
    }
    label:focus-within { outline: 3px solid #2073BC; outline-offset: 1px; }
    input { position: absolute; opacity: 0; width: 1px; height: 1px; }
    """,
    js="""
    export default function ({ data, parentElement, setTriggerValue }) {
      const input = parentElement.querySelector("input")
      parentElement.querySelector("span").textContent = data.label
      input.onchange = async () => {
        const file = input.files[0]
        if (file) setTriggerValue("content", await file.slice(0, data.most + 1).text())
        input.value = ""
      }
    }
    """,
)


def show_files(working: WorkingDeck, context: Context) -> None:
    """Draw the files to take home, and the deck's own file, out and in."""
    _ = context.language
    st.subheader(_("Take home"), anchor=False)
    unnamed = _("Unnamed deck")
    offer_handouts(working.deck, working.deck.name or unnamed, context)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.download_button(
            _("Export the deck"),
            data=lambda: working.as_file(unnamed),
            file_name=f"{working.deck.name or unnamed}.json",
            mime="application/json",
            on_click="ignore",
            icon=":material/download:",
            key="export_deck",
            disabled=not working.deck.slides,
        )
        content = file_picker(_("Import a deck"))
    if content is None:
        return
    try:
        working.take_file(content)
    except DeckFileError:
        st.error(_("This file is no deck, or it is damaged; nothing has been changed."))
    else:
        st.rerun()


def file_picker(label: str) -> bytes | None:
    """Offer to choose a file; return the content of the one that has just been chosen."""
    chosen = _picker(
        key="import_deck",
        data={"label": label, "most": MAX_FILE_BYTES},
        width="content",
        height="content",
        on_content_change=lambda: None,
    )
    content: str | None = chosen.content
    return None if content is None else content.encode()


def offer_handouts(deck: Deck, name: str, context: Context) -> None:
    """Draw a button for each file; a file is made when it is asked for, and then offered."""
    _ = context.language
    labels = {
        "pptx": _("Slides (PPTX)"),
        "docx": _("Brief (DOCX)"),
        "xlsx": _("Workbook (XLSX)"),
    }
    with st.container(horizontal=True, key="handouts"):
        asked = [
            kind
            for kind, label in labels.items()
            if st.button(label, key=f"make-{kind}", disabled=not deck.slides)
        ]
    about = (deck, context.database.version, context.filters.as_of, context.language.code)
    for kind in asked:
        st.session_state[_MADE] = (about, kind, _make(kind, deck, name, context))
    made = st.session_state.get(_MADE)
    if made is None or made[0] != about:
        return
    _about, kind, content = made
    st.download_button(
        _("Download {file}", file=labels[kind]),
        data=content,
        file_name=f"{name}-{context.filters.as_of}.{kind}",
        mime=_MIME[kind],
        on_click="ignore",
        icon=":material/download:",
        key="download_handout",
        type="primary",
    )


def _make(kind: str, deck: Deck, name: str, context: Context) -> bytes:
    """Make a file while a bar says how far it is. The writers are loaded at the first file."""
    from dashboard.meeting.handout import Format, handout_bytes

    _ = context.language
    words = _("Making the file …")
    bar = st.progress(0.0, text=words)

    def advance(done: int, total: int) -> None:
        bar.progress(done / max(total, 1), text=words)

    content = handout_bytes(
        Format(kind),
        context.database,
        msgspec.structs.replace(deck, name=name),
        context.filters.as_of,
        context.language,
        progress=advance,
    )
    bar.empty()
    return content

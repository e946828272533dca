"""Where files are dropped. Streamlit's own uploader speaks English: style.css puts our words there.

A file is kept as a pending delivery the moment it has arrived, and the uploader is empty again.
"""

from __future__ import annotations

import json
from collections.abc import Callable

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from dashboard.words.language import Language

_COUNT = "uploads_taken"


def uploader(label: str, language: Language, take: Callable[[list[UploadedFile]], None]) -> None:
    """Draw the field; ``take`` is called once with the files that have arrived."""
    _ = language
    words = {
        "choose-files": _("Choose files"),
        "drop-files": _("or drop them here"),
        "not-taken": _("not taken: the file is too large, or the connection broke"),
    }
    texts = "".join(
        f"--{name}: {json.dumps(text, ensure_ascii=False)};" for name, text in words.items()
    )
    st.html(f"<style>:root {{ {texts} }}</style>")
    key = f"delivered_files_{st.session_state.get(_COUNT, 0)}"
    with st.container(key="uploader"):
        st.file_uploader(
            label,
            accept_multiple_files=True,
            key=key,
            on_change=_arrived,
            args=(key, take),
        )


def _arrived(key: str, take: Callable[[list[UploadedFile]], None]) -> None:
    files = st.session_state[key]
    if files:
        st.session_state[_COUNT] = st.session_state.get(_COUNT, 0) + 1
        take(files)

"""Light or dark: the server draws charts for the reader's theme, so it has to hear of a turn."""

from __future__ import annotations

import streamlit as st

# Streamlit hears the same news; the run that follows must find what it has made of it.
_watch = st.components.v2.component(
    "theme_watch",
    js="""
    export default function ({ setTriggerValue }) {
      const dark = matchMedia("(prefers-color-scheme: dark)")
      const tell = () => setTimeout(() => setTriggerValue("turned", true), 100)
      dark.addEventListener("change", tell)
      return () => dark.removeEventListener("change", tell)
    }
    """,
)


def follow_theme() -> None:
    """Run the page again when the reader's system turns light or dark while it is open."""
    _watch(key="theme-watch", on_turned_change=lambda: None)

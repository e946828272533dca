"""The page's address: filters live in it, so that a link opens what its sender saw.

The address holds codes, not labels, so that one link works in both languages. (Streamlit's own
``bind="query-params"`` writes the labels, which differ between the languages.)
"""

from __future__ import annotations

import streamlit as st


def read(name: str) -> list[str]:
    """Return the values of one parameter, given as ``?a=1,2`` or ``?a=1&a=2``."""
    return [
        part.strip()
        for text in st.query_params.get_all(name)
        for part in text.split(",")
        if part.strip()
    ]


def write(name: str, values: list[str], default: list[str]) -> None:
    """Put one parameter into the address; a default leaves it out."""
    wanted = ",".join(values)
    current = ",".join(read(name))
    if values == default:
        if current:
            del st.query_params[name]
    elif current != wanted:
        st.query_params[name] = wanted

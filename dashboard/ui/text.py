"""Text from data, made safe for the places it is shown in."""

from __future__ import annotations

import re

from dashboard.cards.model import Emphasis, Passage, Run

# The colours are named in .streamlit/config.toml, the same as the charts' status marks.
_STATUS_COLOURS = {"●": "green", "▲": "blue", "◆": "yellow", "▼": "orange", "○": "gray"}
# Bold as well, so that nothing hangs on the colour alone.
_MARKS = {Emphasis.TARGET: "blue", Emphasis.ASKED: "orange", Emphasis.MATCH: "yellow"}
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~$:&])")


def markdown(text: str) -> str:
    """Escape text so that Markdown, math and Streamlit's own directives show it as it is."""
    return _MARKDOWN.sub(r"\\\1", text).replace("\n", " ")


def coloured_status(text: str) -> str:
    """Escape text and colour the symbol of a status it begins with."""
    colour = _STATUS_COLOURS.get(text[:1])
    return markdown(text) if colour is None else f":{colour}[{text[0]}]{markdown(text[1:])}"


def coloured_symbols(text: str) -> str:
    """Escape text and colour every symbol of a status in it."""
    return "".join(
        f":{_STATUS_COLOURS[sign]}[{sign}]" if sign in _STATUS_COLOURS else markdown(sign)
        for sign in text
    )


def passage(text: Passage) -> str:
    """Escape a text run by run, bring out what is marked, and put signs before their words."""
    return "".join(map(_run, text.runs))


def _run(run: Run) -> str:
    words = markdown(run.text)
    if run.mark is not None:
        words = f":{_MARKS[run.mark]}-background[**{words}**]"
    return f"{coloured_status(run.sign)}{words}"

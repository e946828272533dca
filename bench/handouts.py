"""How long a deck of thirty slides takes as each file, as a Markdown section."""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from dashboard import settings
from dashboard.data import open_database
from dashboard.indicators import county_ids, months
from dashboard.meeting.decks import Deck, Slide, agendas, deck_of, new_deck_id
from dashboard.meeting.handout import Format, handout_bytes
from dashboard.words.language import CHINESE, language

SLIDES = 30
BAR_SECONDS = 3.0


def handouts_section(data_dir: Path) -> str:
    """Measure each format on data opened anew, and return the section."""
    rows = [_row(kind, data_dir) for kind in Format]
    return "\n".join(
        (
            "## Files of a deck",
            "",
            f"A deck of {SLIDES} slides out of the agendas, on opened data; at first, none of its "
            f"cards was built before. The bar: PPTX ≤ {BAR_SECONDS:g} s.",
            "",
            "| file | first, s | again, s | kB |",
            "|---|--:|--:|--:|",
            *rows,
            "",
        )
    )


def _row(kind: Format, data_dir: Path) -> str:
    database = open_database(data_dir)
    words = language(CHINESE)
    names = {county: county for county in county_ids(database)}
    slides = tuple(islice(_slides(names), SLIDES))
    deck = Deck(deck_id=new_deck_id(), name="bench", slides=slides)
    month = months(database)[-1]
    taken = []
    for _again in range(2):
        begun = time.perf_counter()
        content = handout_bytes(kind, database, deck, month, words)
        taken.append(time.perf_counter() - begun)
    first, again = taken
    return f"| {kind} | {first:.1f} | {again:.1f} | {len(content) / 1000:.0f} |"


def _slides(names: dict[str, str]) -> Iterator[Slide]:
    for agenda in agendas(settings.AGENDAS_DIR).values():
        if not agenda.needs_county:
            yield from deck_of(agenda, language(CHINESE), names).slides

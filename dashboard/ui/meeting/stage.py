"""The presentation's page: all slides drawn at once, one of them visible, moved by keys.

``?of=<token>`` is an open presentation, ``?deck=<id>`` a saved deck, ``?agenda=<id>`` one of the
ready-made agendas; ``&view=notes`` is the presenter's second window. See stage.js for the keys and
docs/adr/0010-presentation.md for why it is so.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import NoReturn

import streamlit as st

from dashboard.cards import Context
from dashboard.exports.documents import SlidePage
from dashboard.meeting.decks import Deck, DeckFileError, UnknownDeckError
from dashboard.pages import pages
from dashboard.ui import address, links
from dashboard.ui.data import data_state
from dashboard.ui.frame import current_context
from dashboard.ui.meeting import presentation
from dashboard.ui.meeting.agendas import DEFAULT_AGENDA, agenda_deck, shipped_agendas
from dashboard.ui.meeting.drill import drill, return_from_drill
from dashboard.ui.meeting.presentation import Presentation
from dashboard.ui.meeting.slide import STYLE as SLIDES_STYLE
from dashboard.ui.meeting.slide import show_slide
from dashboard.ui.meeting.working_deck import store
from dashboard.ui.text import markdown
from dashboard.words.language import Language

OF, DECK, AGENDA, VIEW = "of", "deck", "agenda", "view"
NOTES = "notes"
DECK_PAGE = pages()["deck"].script
_HERE = Path(__file__).parent
_LOOK_FOR_NEWS_SECONDS = 20

_keys = st.components.v2.component(
    "presentation_keys",
    html='<div class="black" hidden></div><div class="typed" role="status" hidden></div>',
    css="""
    .black { position: fixed; inset: 0; z-index: 1000; background: #000; cursor: none; }
    .typed {
      position: fixed; left: 24px; bottom: 56px; z-index: 1001; padding: 4px 18px;
      font: 600 40px var(--st-font); background: #12436D; color: #fff; border-radius: 6px;
    }
    """,
    js=(_HERE / "stage.js").read_text(encoding="utf-8"),
)


class Stage:
    """The page of a presentation, or of its notes."""

    def __init__(self) -> None:
        self.context: Context = current_context()
        links.open_asked()
        return_from_drill()
        st.html(SLIDES_STYLE)
        st.html(_HERE / "stage.css")
        self.presentation = _presentation(self.context)
        self.is_notes = NOTES in address.read(VIEW)

    def slides(self) -> None:
        """Draw every slide on top of the one before."""
        count = len(self.presentation.deck.slides)
        view = "stage-notes-view" if self.is_notes else "stage-view"
        with st.container(key=view), st.container(key="stage"):
            for number in range(count):
                if self.is_notes:
                    _draw(self.presentation, number)
                else:
                    _slide(self.presentation, number)

    def notes(self) -> None:
        """In the presenter's window, draw the notes of every slide."""
        if not self.is_notes:
            return
        _ = self.context.language
        with st.container(key="stage-notes"):
            for number, slide in enumerate(self.presentation.deck.slides):
                with st.container(key=f"stage-note-{number}"):
                    lines = slide.note.splitlines() or [_("No notes")]
                    st.markdown("  \n".join(map(markdown, lines)))

    def keys(self) -> None:
        """Take the keys; buttons for leaving and refreshing are there for the mouse as well."""
        slides = self.presentation.deck.slides
        _keys(
            key="stage-keys",
            data={
                "token": self.presentation.token,
                "count": len(slides),
                "start": 0,
                "isNotes": self.is_notes,
                "language": self.presentation.language.code,
                "version": self.presentation.database.version,
            },
        )
        if self.is_notes:
            _follow(self.presentation)
        else:
            _bar(self.presentation)
            _news(self.presentation)


def _presentation(context: Context) -> Presentation:
    """Return the presentation in the address; what it names for the first time is opened now."""
    for token in address.read(OF):
        found = presentation.find(token)
        if found is not None:
            return found
    opened = presentation.begin(_asked_deck(context), context)
    st.query_params[OF] = opened.token
    return opened


def _asked_deck(context: Context) -> Deck:
    _ = context.language
    asked = address.read(DECK)
    if asked:
        try:
            deck = store().load(asked[0])
        except (UnknownDeckError, DeckFileError):
            _stop(_("There is no such deck; it may have been deleted."), context.language)
        if not deck.slides:
            _stop(_("This deck has no slides yet."), context.language)
        return deck
    agenda_id = next(iter(address.read(AGENDA)), DEFAULT_AGENDA)
    if agenda_id not in shipped_agendas():
        _stop(_("There is no such agenda."), context.language)
    return agenda_deck(agenda_id, context)


def _stop(message: str, words: Language) -> NoReturn:
    st.warning(message)
    st.page_link(DECK_PAGE, label=words("Decks"), icon=":material/arrow_back:")
    st.stop()


@st.fragment
def _slide(shown: Presentation, number: int) -> None:
    """One slide, drawn anew for itself when it is narrowed."""
    _draw(shown, number, is_live=True)


def _draw(shown: Presentation, number: int, *, is_live: bool = False) -> None:
    page = shown.page(number)
    with st.container(key=f"stage-slide-{number}"):
        if page is None:
            st.header(shown.language("This slide cannot be shown on these data."), anchor=False)
            return
        show_slide(
            page,
            number,
            len(shown.deck.slides),
            on_county=partial(shown.toggle, number) if is_live else None,
            tools=partial(_tools, shown, number, page) if is_live else None,
        )


def _tools(shown: Presentation, number: int, page: SlidePage) -> None:
    """Draw the way back from a county, and the way on to the indicator's page."""
    _ = shown.language
    with st.container(key=f"stage-tools-{number}"):
        if number in shown.narrowed:
            st.button(
                _("Lift the county"),
                icon=":material/undo:",
                key=f"stage-lift-{number}",
                type="tertiary",
                on_click=shown.lift,
                args=(number,),
            )
        for indicator_id in page.card.indicator_ids[:1]:
            if st.button(
                _("Indicator"),
                icon=":material/query_stats:",
                key=f"stage-drill-{number}",
                type="tertiary",
            ):
                drill(shown, number, indicator_id)
                st.rerun()


def _bar(shown: Presentation) -> None:
    with st.container(key="stage-bar"):
        is_left = st.button(
            shown.language("End the presentation"),
            icon=":material/close:",
            key="stage-leave",
            type="tertiary",
        )
    if is_left:
        is_saved = shown.deck.revision > 0
        st.switch_page(DECK_PAGE, query_params={DECK: shown.deck.deck_id} if is_saved else None)


@st.fragment(run_every=_LOOK_FOR_NEWS_SECONDS)
def _news(shown: Presentation) -> None:
    """Offer newer data; until then the numbers stay those of the opening."""
    current = data_state(shown.language).database
    if current is None or current.version == shown.database.version:
        return
    with st.container(key="stage-news"):
        if st.button(
            shown.language("Newer data have arrived: refresh (R)"),
            icon=":material/refresh:",
            key="stage-refresh",
        ):
            shown.database = current
            st.rerun()


def _follow(shown: Presentation) -> None:
    """In the presenter's window: stage.js presses it once the room has gone on to newer data."""
    with st.container(key="stage-following"):
        if st.button(shown.language("Newer data have arrived: refresh (R)"), key="stage-refresh"):
            shown.database = data_state(shown.language).database or shown.database
            st.rerun()

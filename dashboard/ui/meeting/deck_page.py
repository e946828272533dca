"""The page of decks: the collected slides in order, the chosen one, saved decks and files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from urllib.parse import urlencode, urlsplit, urlunsplit

import streamlit as st

from dashboard.cards import Context
from dashboard.exports.documents import SlidePage
from dashboard.meeting.decks import Deck
from dashboard.ui import address
from dashboard.ui.frame import current_context
from dashboard.ui.meeting import presentation
from dashboard.ui.meeting.agendas import agenda_deck, shipped_agendas
from dashboard.ui.meeting.deck_files import show_files
from dashboard.ui.meeting.drill import STAGE
from dashboard.ui.meeting.slide import STYLE as SLIDES_STYLE
from dashboard.ui.meeting.slide import show_slide
from dashboard.ui.meeting.working_deck import WorkingDeck, store, working_deck
from dashboard.ui.text import markdown
from dashboard.words.language import Language

DECK = "deck"
_NAME, _CHOSEN, _SECTION, _NOTE = "deck_name", "deck_slide", "slide_section", "slide_note"
_AGENDA, _SAVED = "chosen_agenda", "chosen_deck"
_ASKED, _LACKS_NAME = "asked_deck", "deck_lacks_name"
_LONGEST_NAME = 100
_LIST_HEIGHT = 560


class DeckPage:
    """The page; its methods draw in the order in which they are called."""

    def __init__(self) -> None:
        self.context: Context = current_context()
        self.working: WorkingDeck = working_deck()
        st.html(SLIDES_STYLE)
        self._open_asked()

    def _open_asked(self) -> None:
        """Open the deck in the address, unless it is open already; then name the open one there."""
        _ = self.context.language
        asked = "".join(address.read(DECK)[:1])
        known = {self.working.deck.deck_id, st.session_state.get(_ASKED)}
        if asked and asked not in known and not self.working.open(asked):
            st.warning(_("There is no such deck; it may have been deleted."))
        shown = [self.working.saved.deck_id] if self.working.saved else []
        address.write(DECK, shown, [])
        st.session_state[_ASKED] = "".join(shown)

    def headline(self) -> None:
        """Say what the deck is and whether it is saved."""
        _ = self.context.language
        deck = self.working.deck
        count = len(deck.slides)
        with st.container(key="headline"):
            st.title(
                _.plural("{name}: {count} slide", "{name}: {count} slides", count, name=self._name)
                if count
                else _("Nothing is collected yet: add cards to the deck, or begin with an agenda"),
                anchor=False,
            )

    @property
    def _name(self) -> str:
        return markdown(self.working.deck.name) or self.context.language("Unnamed deck")

    def bar(self) -> None:
        """Name and save, present, take back."""
        _ = self.context.language
        st.session_state[_NAME] = self.working.deck.name
        with st.container(horizontal=True, vertical_alignment="center", key="deck_bar"):
            st.text_input(
                _("Name of the deck"),
                placeholder=_("Name of the deck"),
                max_chars=100,
                key=_NAME,
                on_change=self._rename,
                label_visibility="collapsed",
                width=300,
            )
            self._button("save", _("Save"), "save", self._save, is_off=not self.working.is_changed)
            self._button(
                "save-as-a-copy",
                _("Save as a copy"),
                "content_copy",
                self._save_copy,
                is_off=not self.working.deck.name,
            )
            self._button("undo", _("Undo"), "undo", self.working.undo, is_off=not self.working.past)
            self._button(
                "new-deck",
                _("New deck"),
                "add",
                self.working.begin_anew,
                is_off=not self.working.deck.slides,
            )
            is_presented = st.button(
                _("Present"),
                icon=":material/slideshow:",
                key="present",
                type="primary",
                disabled=not self.working.deck.slides,
            )
        if is_presented:
            deck = self.working.deck
            opened = presentation.begin(deck, self.context)
            st.switch_page(STAGE, query_params={"of": opened.token})

    def notices(self) -> None:
        """Say what went wrong with saving and what can be taken back."""
        _ = self.context.language
        working = self.working
        if st.session_state.pop(_LACKS_NAME, False):
            st.warning(_("Give the deck a name before you save it."))
        if working.theirs is not None:
            with st.container(border=True, key="conflict"):
                st.warning(
                    _(
                        "Somebody else saved “{name}” meanwhile; yours is not saved yet.",
                        name=markdown(working.theirs.name),
                    )
                )
                with st.container(horizontal=True):
                    self._button("open-theirs", _("Open theirs"), "file_open", working.open_theirs)
                    self._button(
                        "save-mine-as-a-copy",
                        _("Save mine as a copy"),
                        "content_copy",
                        self._save_copy,
                    )
        if working.is_refused:
            st.error(_("The server could not save the deck; export it as a file meanwhile."))
        if working.is_gone:
            with st.container(border=True, key="gone"):
                st.warning(_("Somebody deleted this deck meanwhile; yours is still here."))
                self._button(
                    "save-mine-as-a-copy", _("Save mine as a copy"), "content_copy", self._save_copy
                )
        if working.deleted is not None:
            with st.container(horizontal=True, vertical_alignment="center", key="deleted"):
                st.info(_("“{name}” is deleted.", name=markdown(working.deleted.name)))
                self._button("bring-it-back", _("Bring it back"), "undo", working.restore_deleted)

    def slides(self) -> None:
        """Draw the list of slides, and beside it the chosen one with what can be done to it."""
        if not self.working.deck.slides:
            return
        left, right = st.columns([2, 5])
        with left:
            self._list()
        with right:
            self._chosen()

    def _list(self) -> None:
        _ = self.context.language
        pages = [self._page(number) for number in range(len(self.working.deck.slides))]
        st.session_state[_CHOSEN] = self.working.chosen
        with st.container(height=_LIST_HEIGHT, key="slide_list"):
            st.radio(
                _("Slides in order"),
                range(len(pages)),
                format_func=lambda number: f"{number + 1}\\. {_finding(pages[number], _)}",
                captions=[
                    _caption(page, slide.section)
                    for page, slide in zip(pages, self.working.deck.slides, strict=True)
                ],
                key=_CHOSEN,
                on_change=self._choose,
                label_visibility="collapsed",
            )

    def _page(self, number: int) -> SlidePage | None:
        slide = self.working.deck.slides[number]
        context = self.context
        return presentation.page_of(
            slide, context.database, context.filters.as_of, context.language
        )

    def _chosen(self) -> None:
        _ = self.context.language
        working, slide = self.working, self.working.slide
        if slide is None:
            return
        last = len(working.deck.slides) - 1
        st.session_state[_SECTION], st.session_state[_NOTE] = slide.section, slide.note
        with st.container(horizontal=True, vertical_alignment="center", key="slide_bar"):
            self._button("up", _("Up"), "arrow_upward", self._move(-1), is_off=working.chosen == 0)
            self._button(
                "down", _("Down"), "arrow_downward", self._move(1), is_off=working.chosen == last
            )
            self._button(
                "duplicate", _("Duplicate"), "control_point_duplicate", working.duplicate_slide
            )
            self._button("remove", _("Remove"), "delete", working.remove_slide)
            st.text_input(
                _("Section"),
                placeholder=_("Section"),
                max_chars=100,
                key=_SECTION,
                on_change=lambda: working.change_slide(section=st.session_state[_SECTION].strip()),
                label_visibility="collapsed",
                width=200,
            )
        with st.container(key="preview"), st.container(key="stage-slide-preview"):
            page = self._page(working.chosen)
            if page is None:
                st.warning(_("This slide cannot be shown on these data."))
            else:
                show_slide(page, working.chosen, last + 1)
        st.text_area(
            _("Presenter's notes"),
            placeholder=_("Presenter's notes: only the presenter sees them"),
            max_chars=5_000,
            key=_NOTE,
            on_change=lambda: working.change_slide(note=st.session_state[_NOTE]),
            label_visibility="collapsed",
        )

    def _move(self, by: int) -> Callable[[], None]:
        return lambda: self.working.move(by)

    def more(self) -> None:
        """Draw what begins a deck, the saved ones, and files."""
        begin, saved, files = st.columns(3)
        with begin, st.container(border=True, key="card-agendas"):
            self._agendas()
        with saved, st.container(border=True, key="card-decks"):
            self._decks()
        with files, st.container(border=True, key="card-files"):
            show_files(self.working, self.context)

    def _agendas(self) -> None:
        _ = self.context.language
        agendas = shipped_agendas()
        st.subheader(_("Begin with an agenda"), anchor=False)
        st.caption(_("For the counties chosen above; a talk with a county is about one of them."))
        st.selectbox(
            _("Agenda"),
            list(agendas),
            format_func=lambda name: _.pick(agendas[name].title_zh, agendas[name].title_en),
            key=_AGENDA,
            label_visibility="collapsed",
        )
        needs_county = agendas[st.session_state[_AGENDA]].needs_county
        is_off = needs_county and self.context.filters.single_county is None
        if is_off:
            st.caption(_("Choose one county above."))
        self._button(
            "lay-out-the-slides",
            _("Lay out the slides"),
            "playlist_add",
            self._lay_out,
            is_off=is_off,
        )

    def _decks(self) -> None:
        _ = self.context.language
        decks = {deck.deck_id: deck for deck in store().decks()}
        st.subheader(_("Saved decks"), anchor=False)
        if not decks:
            st.caption(_("No deck is saved yet."))
            return
        st.selectbox(
            _("Saved decks"),
            list(decks),
            format_func=lambda deck_id: decks[deck_id].name,
            key=_SAVED,
            label_visibility="collapsed",
        )
        with st.container(horizontal=True):
            self._button("open", _("Open"), "file_open", self._open_saved)
            self._button("delete", _("Delete"), "delete", self._delete_saved(decks))
        if self.working.saved is not None:
            st.caption(_("Whoever has this address opens the deck:"))
            st.code(_address(self.working.saved), language=None, wrap_lines=True)

    # --- what the buttons do ------------------------------------------------------------------

    def _button(
        self,
        key: str,
        label: str,
        icon: str,
        on_click: Callable[[], None],
        *,
        is_off: bool = False,
    ) -> None:
        st.button(
            label,
            icon=f":material/{icon}:",
            key=f"deck-{key}",
            on_click=on_click,
            disabled=is_off,
        )

    def _rename(self) -> None:
        name = st.session_state[_NAME].strip()
        if name:
            self.working.change(name=name)

    def _save(self) -> None:
        if self.working.deck.name:
            self.working.save()
        else:
            st.session_state[_LACKS_NAME] = True

    def _save_copy(self) -> None:
        _ = self.context.language
        self.working.save_copy(_("{name} (copy)", name=self.working.deck.name)[:_LONGEST_NAME])

    def _choose(self) -> None:
        chosen = st.session_state[_CHOSEN]
        # Streamlit hands on the words of a choice that is no longer offered: the slide has gone.
        if isinstance(chosen, int):
            self.working.chosen = chosen

    def _lay_out(self) -> None:
        self.working.replace(agenda_deck(st.session_state[_AGENDA], self.context))

    def _open_saved(self) -> None:
        self.working.open(st.session_state[_SAVED])

    def _delete_saved(self, decks: Mapping[str, Deck]) -> Callable[[], None]:
        return lambda: self.working.delete(decks[st.session_state[_SAVED]])


def _finding(page: SlidePage | None, words: Language) -> str:
    if page is None:
        return words("This slide cannot be shown on these data.")
    return markdown(page.title)


def _caption(page: SlidePage | None, section: str) -> str:
    """Section, geography and period of a slide."""
    parts = [section] if section else []
    if page is not None:
        parts.append(page.card.subtitle.partition(" · ")[2] or page.card.subtitle)
    return markdown(" · ".join(parts))


def _address(deck: Deck) -> str:
    """Return what to send to somebody: the page with this deck and nothing else."""
    here = urlsplit(st.context.url or "")
    return urlunsplit(here._replace(query=urlencode({DECK: deck.deck_id}), fragment=""))

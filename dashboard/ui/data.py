"""The data version that a run works on, and what the reader has to know about it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard import settings
from dashboard.archive import Archive, configured_archive
from dashboard.cards.strays import stray_sentence, strays
from dashboard.contract import Problem
from dashboard.data import Database
from dashboard.data.live import ARCHIVE, State, Versions
from dashboard.deliveries.model import MISSING_EXPORT
from dashboard.pages import pages
from dashboard.ui.deliveries.publisher import may_publish
from dashboard.ui.filter_bar import rejected_parameters
from dashboard.ui.text import markdown
from dashboard.words.language import Language

DELIVERIES = pages()["deliveries"].script
_SHOWN_PROBLEMS = 5


@st.cache_resource(show_spinner=False)
def archive() -> Archive:
    """Return the published versions and the deliveries that wait."""
    return configured_archive()


@st.cache_resource(show_spinner=False)
def _versions() -> Versions:
    return Versions(archive=archive())


def hand_over(built: Database) -> None:
    """Show a data version that was built for a preview, as soon as its files are published."""
    _versions().hand_over(built)


def data_state(language: Language) -> State:
    """Return the newest usable data version, and what is wrong with a newer one, if anything.

    New files take a second or more to read and check; then the page says what it is doing.
    """
    with st.spinner(language("Reading and checking the data…")):
        return _versions().current()


def show_no_data(state: State, language: Language) -> None:
    """Say why there is nothing to show, and lead to where data are handed in and brought back."""
    _ = language
    st.header(no_data_words(language))
    show_why(state.problems, language)
    if not nothing_is_published():
        label = _("To the versions that were published")
        st.page_link(DELIVERIES, label=label, icon=":material/arrow_forward:")
    elif may_publish():
        st.markdown(_("On the page Data, exports are handed in, checked and published."))
        label = _("Hand in the first exports")
        st.page_link(DELIVERIES, label=label, icon=":material/arrow_forward:")
        st.caption(
            _("IT can also put the exports into the data folder: see the guide to installation.")
        )


def no_data_words(language: Language) -> str:
    """Why there is nothing to show, in a few words."""
    _ = language
    if nothing_is_published():
        return _("No data yet")
    return _("The published data cannot be shown")


def nothing_is_published() -> bool:
    """Whether there is no version yet; not where there are and all are damaged."""
    shown = archive().shown()
    return shown.manifest is None and not shown.troubles


def show_why(problems: Sequence[Problem], language: Language) -> None:
    """Say which exports there are not, and what is wrong with those that there are."""
    _ = language
    lacking = [problem for problem in problems if problem.kind == MISSING_EXPORT]
    if lacking:
        if nothing_is_published() and not settings.data_dir().is_dir():
            st.markdown(_("The data folder does not exist; data can be handed in all the same."))
        names = markdown(export_names(lacking, language))
        st.markdown(
            _.plural(
                "{count} export is lacking: {names}",
                "{count} exports are lacking: {names}",
                len(lacking),
                names=names,
            )
        )
    _list_problems([problem for problem in problems if problem.kind != MISSING_EXPORT], language)


def show_strays(database: Database, language: Language) -> None:
    """Warn of rows in the data shown that count nowhere, for no register has their school."""
    found = strays(database)
    if found:
        lines = [f"- {markdown(stray_sentence(database, language, stray))}" for stray in found]
        st.warning("\n".join(lines), icon=":material/person_search:")


def export_names(problems: Sequence[Problem], language: Language) -> str:
    """Return exports that problems are about: their titles, in English the files as they are."""
    files = [problem.file for problem in problems]
    return language.pick("、".join(file.removesuffix(".csv") for file in files), ", ".join(files))


def show_notices(state: State, language: Language) -> None:
    """Tell about unusable new files and about values in the address that mean nothing."""
    _ = language
    if state.problems:
        with st.container(border=True):
            if all(problem.kind == ARCHIVE for problem in state.problems):
                said = _("The published data need attention; a good version is shown.")
            else:
                said = _("The newest files cannot be used; the last good version is shown.")
            st.error(said, icon=":material/error:")
            _list_problems(state.problems, language)
    for value in rejected_parameters():
        st.warning(
            _(
                "The address asks for “{value}”, which does not exist; the default is shown.",
                value=markdown(value[:40]),
            )
        )


def _list_problems(problems: Sequence[Problem], language: Language) -> None:
    for problem in problems[:_SHOWN_PROBLEMS]:
        message = language.pick(problem.message_zh, problem.message_en)
        st.markdown(f"- {markdown(message)}")
    hidden = len(problems) - _SHOWN_PROBLEMS
    if hidden > 0:
        st.caption(language("{count} more problems", count=hidden))

"""The data version that a run works on, and what the reader has to know about it."""

from __future__ import annotations

import streamlit as st

from dashboard.archive import Archive, configured_archive
from dashboard.contract import Problem
from dashboard.language import Language
from dashboard.ui.filter_bar import language_switch, rejected_parameters
from dashboard.ui.text import markdown
from dashboard.versions import ARCHIVE, State, Versions

_SHOWN_PROBLEMS = 5


@st.cache_resource(show_spinner=False)
def archive() -> Archive:
    """The published versions and the deliveries that wait."""
    return configured_archive()


@st.cache_resource(show_spinner=False)
def _versions() -> Versions:
    return Versions(archive=archive())


def data_state(language: Language) -> State:
    """Return the newest usable data version, and what is wrong with a newer one, if anything.

    New files take a second or more to read and check; then the page says what it is doing.
    """
    with st.spinner(language("Reading and checking the data…")):
        return _versions().current()


def show_no_data(state: State, language: Language) -> None:
    """Say why there is nothing to show and how to get data."""
    _ = language
    language_switch(language)
    if any(problem.kind == ARCHIVE for problem in state.problems):
        st.header(_("The published data cannot be shown"))
        _list_problems(state.problems, language)
        return
    st.header(_("No data yet"))
    st.markdown(_("Put the monthly exports into the data folder, or create the synthetic sample:"))
    st.code("python -m dashboard sample --out data/sample", language="bash")
    st.markdown(
        _(
            "The environment variable DATA_DIR names another folder. "
            "The page picks the files up on its next refresh."
        )
    )
    _list_problems(state.problems, language)


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


def _list_problems(problems: list[Problem], language: Language) -> None:
    for problem in problems[:_SHOWN_PROBLEMS]:
        message = language.pick(problem.message_zh, problem.message_en)
        st.markdown(f"- {markdown(message)}")
    hidden = len(problems) - _SHOWN_PROBLEMS
    if hidden > 0:
        st.caption(language("{count} more problems", count=hidden))

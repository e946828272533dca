"""What there is to do next, in one sentence."""

from __future__ import annotations

import streamlit as st

from dashboard.deliveries.checking.publish import nothing_new
from dashboard.ui.data import no_data_words, nothing_is_published
from dashboard.ui.deliveries.candidates import Candidate
from dashboard.ui.deliveries.desk import Desk
from dashboard.ui.deliveries.names import version_words
from dashboard.ui.deliveries.publisher import may_publish
from dashboard.ui.deliveries.view import View
from dashboard.ui.text import markdown
from dashboard.words.language import Language


def show(view: View, desk: Desk, candidate: Candidate | None, *, is_outdated: bool) -> None:
    """Draw the sentence, and where on the way the open delivery is."""
    with st.container(key="headline"):
        if candidate is None:
            st.title(markdown(_at_rest(view)), anchor=False)
        else:
            sentence = _next_step(view, candidate, is_outdated=is_outdated)
            st.title(markdown(sentence), anchor=False)
    if may_publish():
        st.caption(_way(view.language, candidate))


def _at_rest(view: View) -> str:
    _ = view.language
    published = view.published
    if view.database is None:
        first = nothing_is_published() and may_publish()
        return _("No data yet: hand in the exports") if first else no_data_words(_)
    if published is None:
        return _("Nothing is published yet: the exports of the data folder are shown")
    return _("Shown now: {version}", version=version_words(_, published))


def _next_step(view: View, candidate: Candidate, *, is_outdated: bool) -> str:
    _ = view.language
    checked = candidate.checked
    questions = len(checked.reading.questions)
    if is_outdated and view.published is None:
        return _("The data folder has changed meanwhile: check this delivery again")
    if is_outdated:
        return _("Somebody has published meanwhile: check this delivery again")
    if questions:
        return _.plural(
            "{count} table fits several exports: say which one it is",
            "{count} tables fit several exports: say which ones they are",
            questions,
        )
    if checked.is_incomplete:
        return _.plural(
            "{count} export is still lacking: hand it in as well",
            "{count} exports are still lacking: hand them in as well",
            len(checked.lacking),
        )
    if checked.errors:
        return _.plural(
            "{count} error: correct it and hand the file in again",
            "{count} errors: correct them and hand the files in again",
            len(checked.errors),
        )
    if checked.changes_nothing:
        return _.pick(*nothing_new(checked))
    if checked.warnings:
        return _.plural(
            "No errors; {count} warning needs a reason before you publish",
            "No errors; {count} warnings need a reason before you publish",
            len(checked.warnings),
        )
    return _("Nothing is wrong: look at what changes, then publish")


def _way(language: Language, candidate: Candidate | None) -> str:
    """Return the four steps; the one to do now is bold."""
    _ = language
    steps = [_("1 Hand in"), _("2 Correct"), _("3 Look at what changes"), _("4 Publish")]
    if candidate is None or candidate.checked.is_incomplete:
        now = 0
    elif candidate.checked.errors or candidate.checked.reading.questions:
        now = 1
    else:
        now = 2
    return " → ".join(f"**{step}**" if place == now else step for place, step in enumerate(steps))

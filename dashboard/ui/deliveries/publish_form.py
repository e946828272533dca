"""Who publishes and why; what came of it; and what somebody else did meanwhile."""

from __future__ import annotations

import streamlit as st

from dashboard.archive import Archive
from dashboard.ui.deliveries import findings
from dashboard.ui.deliveries.candidates import Candidate
from dashboard.ui.deliveries.desk import Desk
from dashboard.ui.deliveries.names import delivered_words, moment
from dashboard.ui.deliveries.publisher import name_field
from dashboard.ui.deliveries.troubles import show_trouble
from dashboard.ui.deliveries.view import View
from dashboard.ui.text import markdown

_WHY = "why_published"
_LONGEST_REASON = 200


def show(view: View, desk: Desk, archive: Archive, candidate: Candidate) -> None:
    """Draw who, why and the button."""
    _ = view.language
    st.session_state[_WHY] = desk.why

    def remember() -> None:
        desk.why = st.session_state[_WHY].strip()

    def publish() -> None:
        given = findings.reasons(desk, candidate.checked)
        desk.publish(archive, candidate, given, view.package)

    with st.container(border=True, key="card-publish"):
        st.subheader(_("Publish"), anchor=False)
        with st.container(horizontal=True, vertical_alignment="bottom"):
            name_field(_, "publish")
            st.text_input(
                _("Why"),
                placeholder=_("Such as: fitness tests of November"),
                max_chars=_LONGEST_REASON,
                key=_WHY,
                on_change=remember,
            )
            st.button(
                _("Publish"),
                icon=":material/publish:",
                key="publish",
                type="primary",
                on_click=publish,
            )
        show_trouble(view, desk, "publish")
        st.caption(_("Everybody sees the new version at the next click; you can go back."))


def show_news(view: View, desk: Desk) -> None:
    """Say what this person has just published or brought back."""
    _ = view.language
    package = view.package
    if desk.published is not None:
        parts = [delivered_words(_, table, package) for table in desk.published.delivered]
        said = _("{version} is published and shown from now on.", version=desk.published.id)
        st.info(
            f"**{said}** " + markdown(_.pick("；", "; ").join(parts)),
            icon=":material/check_circle:",
        )
    if desk.rolled_back is not None:
        said = _("{version} is shown again.", version=desk.rolled_back.id)
        st.info(f"**{said}**", icon=":material/check_circle:")


def show_conflict(view: View, desk: Desk, archive: Archive) -> None:
    """Say who brought another version into effect, and offer to check against it."""
    _ = view.language
    current = view.published
    effects = [e for e in archive.audit() if current and e.version == current.id]
    with st.container(border=True, key="conflict"):
        if current is not None and effects:
            said = _(
                "Since you checked, {who} has brought {version} into effect ({when}: {why}). "
                "Your delivery is kept; check it against that version.",
                who=effects[-1].actor or _("the system"),
                version=current.id,
                when=moment(_, effects[-1].at),
                why=effects[-1].reason or "–",
            )
        else:
            said = _("Other data are shown since you checked; check your delivery against them.")
        st.warning(markdown(said), icon=":material/sync_problem:")
        st.button(
            _("Check again"),
            icon=":material/refresh:",
            key="check-again",
            type="primary",
            on_click=desk.check_again,
        )

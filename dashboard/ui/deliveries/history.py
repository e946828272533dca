"""Which versions were shown when, by whom and why, and the way back to one."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard.archive import Archive, ArchiveError, LogEntry, Manifest
from dashboard.ui.deliveries.desk import Desk
from dashboard.ui.deliveries.names import delivered_words, moment, version_words
from dashboard.ui.deliveries.publisher import may_publish, name, name_field
from dashboard.ui.deliveries.troubles import show_trouble
from dashboard.ui.deliveries.view import View
from dashboard.ui.text import coloured_status, markdown

_LISTED = 10
_EFFECTS = ("adopt", "publish", "roll_back")
_ALL = "whole_history"
_LONGEST_REASON = 200


def show(view: View, desk: Desk, archive: Archive) -> None:
    """Draw the list of versions, what the log is worth, and the way back."""
    _ = view.language
    with st.container(border=True, key="card-history"):
        st.subheader(_("Versions, the newest first"), anchor=False)
        try:
            effects = [e for e in reversed(archive.audit()) if e.version and e.action in _EFFECTS]
        except ArchiveError as error:
            st.error(markdown(_.pick(error.message_zh, error.message_en)), icon=":material/error:")
            return
        if not effects:
            if view.database is None:
                st.caption(_("None yet. What is published first becomes version v0001."))
            else:
                st.caption(
                    _(
                        "None yet. The first one takes up the exports of the data folder "
                        "as they are."
                    )
                )
            return
        known = {manifest.id: manifest for manifest in archive.manifests()}
        listed = effects if st.session_state.get(_ALL) else effects[:_LISTED]
        cells = [
            _cells(
                view,
                entry,
                known.get(entry.version or ""),
                is_shown=place == 0 and view.database is not None,
            )
            for place, entry in enumerate(listed)
        ]
        st.table(pd.DataFrame(cells), hide_index=True)
        show_trouble(view, desk, "history")
        with st.container(horizontal=True, vertical_alignment="center"):
            if len(effects) > _LISTED:
                st.toggle(_("All {count}", count=len(effects)), key=_ALL)
            if may_publish() and any(version != view.base for version in known):
                _way_back(view, desk, archive, known)
            _audit(view, archive)


def _cells(
    view: View, entry: LogEntry, manifest: Manifest | None, *, is_shown: bool
) -> dict[str, str]:
    _ = view.language
    package = view.package
    brought = (
        [delivered_words(_, table, package) for table in manifest.delivered] if manifest else []
    )
    passed = len(manifest.passed) if manifest and entry.action == "publish" else 0
    if entry.action != "publish":
        brought = []
    if passed:
        brought.append(_.plural("{count} warning passed", "{count} warnings passed", passed))
    version = entry.version or ""
    return {
        _("Version"): coloured_status(_("● {version} shown", version=version))
        if is_shown
        else markdown(version),
        _("What was done"): {
            "adopt": _("taken up"),
            "publish": _("published"),
            "roll_back": _("gone back to"),
        }[entry.action],
        _("When"): moment(_, entry.at),
        _("Who"): markdown(entry.actor or _("the system")),
        _("Why"): _("the data of the beginning")
        if entry.action == "adopt"
        else markdown(entry.reason),
        _("What came"): markdown(_.pick("；", "; ").join(brought) or "–"),
    }


def _way_back(view: View, desk: Desk, archive: Archive, known: dict[str, Manifest]) -> None:
    _ = view.language
    if st.button(_("Go back to a version"), icon=":material/history:", key="go-back"):
        st.dialog(_("Go back to a version"))(_choose_version)(view, desk, archive, known)


def _choose_version(view: View, desk: Desk, archive: Archive, known: dict[str, Manifest]) -> None:
    _ = view.language
    current = view.base
    kept = [v for v in known if v != current and archive.is_kept(v)]
    chosen = st.selectbox(
        _("Version"),
        kept,
        format_func=lambda version: version_words(_, known[version]),
        key="version_to_go_back_to",
    )
    if chosen is None:
        st.caption(_("No other version is kept."))
        return
    st.caption(markdown(known[chosen].reason))
    name_field(_, "history")
    why = st.text_input(_("Why"), max_chars=_LONGEST_REASON, key="why_back")
    st.caption(_("Nothing is deleted: the version of now stays in the list."))
    lacks_words = st.empty()
    if st.button(_("Show {version} again", version=chosen), key="confirm-go-back", type="primary"):
        if not (why.strip() and name()):
            lacks_words.warning(_("Say who goes back and why."))
            return
        desk.roll_back(archive, chosen, why.strip(), current)
        st.rerun()


def _audit(view: View, archive: Archive) -> None:
    """Whether the log continues line by line, and all files are as they were published."""
    _ = view.language
    report = archive.verify_audit()
    if report.is_sound:
        st.markdown(
            coloured_status("● ")
            + _.plural(
                "audit log verified: {count} entry",
                "audit log verified: {count} entries",
                report.entries,
            )
        )
    for trouble in report.troubles:
        st.error(markdown(_.pick(trouble.message_zh, trouble.message_en)), icon=":material/error:")
    if st.button(
        _("Verify all files"), icon=":material/fact_check:", key="verify-files", type="tertiary"
    ):
        try:
            damages = archive.verify()
        except ArchiveError as error:
            st.error(markdown(_.pick(error.message_zh, error.message_en)))
            return
        if not damages:
            st.markdown(coloured_status("● ") + _("all files are as they were published"))
        for damage in damages:
            st.error(
                markdown(
                    _("{version}: {file} is damaged", version=damage.version, file=damage.file)
                )
            )

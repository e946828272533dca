"""Where files come in: dropped here, or waiting because they came another way."""

from __future__ import annotations

import streamlit as st

from dashboard.archive import Archive, Pending
from dashboard.deliveries.workbooks.template import template_workbook
from dashboard.ui.deliveries.desk import Desk
from dashboard.ui.deliveries.names import pending_words
from dashboard.ui.deliveries.troubles import show_trouble
from dashboard.ui.deliveries.uploader import uploader
from dashboard.ui.deliveries.view import View
from dashboard.ui.text import markdown

_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WAITING = 6


def show(view: View, desk: Desk, archive: Archive, pending: Pending | None) -> None:
    """Draw the field for files, and beside it what is in the delivery, or what else there is."""
    if pending is not None:
        _open_delivery(view, desk, archive, pending)
        return
    _ = view.language
    left, right = st.columns([3, 2])
    with left, st.container(border=True, key="card-hand-in"):
        st.subheader(_("Hand in files"), anchor=False)
        label = _("CSV, TSV, XLSX or ZIP, as the systems export them; several at once")
        uploader(label, _, lambda files: desk.hand_in(archive, files))
        show_trouble(view, desk, "files")
        st.caption(_("Nothing that is shown changes before you publish; what you hand in is kept."))
    with right, st.container(border=True, key="card-waiting"):
        _waiting(view, desk, archive)
        _template(view)


def _open_delivery(view: View, desk: Desk, archive: Archive, pending: Pending) -> None:
    """Low, so that what is wrong with it stands on the same screen."""
    _ = view.language
    with st.container(border=True, key="card-hand-in"):
        left, right = st.columns([3, 2])
        with left:
            label = _("Corrected or further files; the same name takes the place of the old file")
            uploader(label, _, lambda files: desk.hand_in(archive, files))
            show_trouble(view, desk, "files")
        with right:
            _files(view, desk, archive, pending)


def _files(view: View, desk: Desk, archive: Archive, pending: Pending) -> None:
    _ = view.language
    with st.container(horizontal=True, key="delivered"):
        for number, file in enumerate(pending.files):
            st.button(
                markdown(file.name),
                icon=":material/close:",
                help=_("Leave {file} out", file=markdown(file.name)),
                key=f"take-out-{number}",
                on_click=desk.take_out,
                args=(archive, file.name),
            )
    with st.container(horizontal=True):
        st.button(
            _("Put aside"),
            icon=":material/schedule:",
            key="put-aside",
            type="tertiary",
            help=_("It stays among the deliveries that wait."),
            on_click=desk.open,
            args=(None,),
        )
        st.button(
            _("Delete this delivery"),
            icon=":material/delete:",
            key="delete-delivery",
            type="tertiary",
            on_click=desk.delete,
            args=(archive,),
        )


def _waiting(view: View, desk: Desk, archive: Archive) -> None:
    _ = view.language
    st.subheader(_("Waiting to be published"), anchor=False)
    waiting = archive.pending.all()
    if not waiting:
        st.caption(_("No delivery waits."))
    for found in waiting[:_WAITING]:
        st.button(
            markdown(pending_words(_, found)),
            icon=":material/inventory_2:",
            key=f"open-{found.id}",
            on_click=desk.open,
            args=(found.id,),
            width="stretch",
        )
    if len(waiting) > _WAITING:
        st.caption(_("{count} older ones wait as well", count=len(waiting) - _WAITING))


def _template(view: View) -> None:
    """Offer an empty workbook for an export, to be filled in where no system writes one."""
    _ = view.language
    package = view.package
    exports = {resource.name: resource for resource in package.resources}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            _("Template to fill in"),
            list(exports),
            format_func=lambda name: exports[name].title,
            key="template_export",
        )
        st.download_button(
            _("Download"),
            data=lambda: template_workbook(package, exports[chosen], _),
            file_name=f"{exports[chosen].title}.xlsx",
            mime=_WORKBOOK,
            on_click="ignore",
            icon=":material/download:",
            key="download_template",
        )

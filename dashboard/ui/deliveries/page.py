"""The page: hand in, see what was recognised, what is wrong and what would change, publish."""

from __future__ import annotations

import streamlit as st

from dashboard.archive import Archive, ArchiveError
from dashboard.cards import Context
from dashboard.data import UnusableData
from dashboard.ui import address
from dashboard.ui.data import archive, show_strays, show_why
from dashboard.ui.deliveries import findings, handing_in, headline, history, preview, recognised
from dashboard.ui.deliveries import publish_form as publishing
from dashboard.ui.deliveries.candidates import Candidate, candidates
from dashboard.ui.deliveries.desk import Desk, desk
from dashboard.ui.deliveries.publisher import may_publish
from dashboard.ui.deliveries.view import View, view_of
from dashboard.ui.frame import NoData, current_run

DELIVERY = "delivery"
_ASKED = "asked_delivery"


class DeliveriesPage:
    """The page; its methods draw in the order in which they are called."""

    def __init__(self) -> None:
        self.archive = archive()
        self.view = _view(current_run(), self.archive)
        self.desk: Desk = desk()
        self._open_asked()
        self.pending = self.desk.pending(self.archive) if may_publish() else None
        self.candidate: Candidate | None = self._checked()

    def _open_asked(self) -> None:
        """Open the delivery in the address; then name the open one there."""
        asked = "".join(address.read(DELIVERY)[:1])
        if asked and asked not in {self.desk.open_id, st.session_state.get(_ASKED)}:
            self.desk.open(asked)
            self.desk.pending(self.archive)  # closes it again when there is none
        shown = [self.desk.open_id] if self.desk.open_id else []
        address.write(DELIVERY, shown, [])
        st.session_state[_ASKED] = "".join(shown)

    def _checked(self) -> Candidate | None:
        """Return the open delivery, checked once; a bar says how far that is."""
        if self.pending is None or self.archive.shown().folder is None:
            return None  # where no version is good, there is none to hold it against
        _ = self.view.language
        basis = self.desk.basis if self.desk.is_checked else self.view.basis
        found = candidates().get(self.pending, basis)
        if found is None:
            place = st.empty()
            bar = place.progress(0.0, text=_("Reading the files …"))

            def advance(done: float, is_read: bool) -> None:
                words = _("Checking …") if is_read else _("Reading the files …")
                bar.progress(done, text=words)

            try:
                found = candidates().work_out(self.archive, self.pending, self.view, advance)
            except (ArchiveError, OSError) as error:
                self.desk.cannot_check(error)
                return None
            finally:
                place.empty()
            basis = self.view.basis
        self.desk.basis, self.desk.is_checked = basis, True
        return found

    @property
    def _is_outdated(self) -> bool:
        """Whether another version has come into effect since the delivery was checked."""
        return self.desk.is_checked and self.desk.basis != self.view.basis

    # ---- what is drawn -------------------------------------------------------------------------

    def headline(self) -> None:
        """Say what there is to do next."""
        headline.show(self.view, self.desk, self.candidate, is_outdated=self._is_outdated)

    def notices(self) -> None:
        """Say what was done, and what somebody else did meanwhile."""
        if self.view.database is None and self.candidate is None:
            show_why(self.view.problems, self.view.language)
        if self.view.database is not None:
            show_strays(self.view.database, self.view.language)
        publishing.show_news(self.view, self.desk)
        if self.candidate is not None and self._is_outdated:
            publishing.show_conflict(self.view, self.desk, self.archive)

    def hand_in(self) -> None:
        """Take files, or open what waits."""
        if may_publish():
            handing_in.show(self.view, self.desk, self.archive, self.pending)

    def recognised(self) -> None:
        """Show what every file was taken for, and ask where that is not clear."""
        reading = self.candidate.checked.reading if self.candidate else None
        if reading and (reading.tables or reading.questions or reading.normalised):
            recognised.show(self.view, self.desk, self.archive, reading)

    def findings(self) -> None:
        """Show what is lacking, errors and warnings; ask for a reason for each kind of warning."""
        if self.candidate is not None and self.candidate.checked.findings:
            findings.show(self.view, self.desk, self.candidate.checked)

    def preview(self) -> None:
        """Show what publishing would change."""
        if self._can_be_published:
            assert self.candidate is not None
            preview.show(self.view, self.candidate)

    def publish(self) -> None:
        """Ask who and why, and publish."""
        if self._can_be_published:
            assert self.candidate is not None
            publishing.show(self.view, self.desk, self.archive, self.candidate)

    @property
    def _can_be_published(self) -> bool:
        candidate = self.candidate
        return (
            candidate is not None
            and candidate.checked.folder is not None
            and not candidate.checked.errors
            and not candidate.checked.changes_nothing
            and not self._is_outdated
        )

    def history(self) -> None:
        """Show the versions, and the way back to one."""
        history.show(self.view, self.desk, self.archive)


def _view(run: Context | NoData, archive: Archive) -> View:
    try:
        return view_of(run, archive)
    except UnusableData as error:  # without the contract nothing can be read
        show_why(error.problems, run.language)
        st.stop()

"""What somebody works on at the page of deliveries, and what happened to it last.

Which delivery is open stands in the address (``?delivery=…``), so that it can be sent to a
colleague. A session stays with the version that it has checked a delivery against: what it shows
as changes are changes of that version, until it is told to check again.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Literal

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from dashboard.archive import (
    Answer,
    Archive,
    ArchiveError,
    Manifest,
    Pending,
    UnknownPendingError,
    VersionConflictError,
)
from dashboard.contract import Package
from dashboard.data.live import bring_back
from dashboard.deliveries.checking.publish import UnpublishableError, publish_delivery
from dashboard.deliveries.model import Finding, Location
from dashboard.ui.data import hand_over
from dashboard.ui.deliveries.candidates import Candidate, candidates
from dashboard.ui.deliveries.publisher import may_publish, name

_KEY = "deliveries_desk"


@dataclass(frozen=True)
class Refusal:
    """Why something was not done, said beside the button that was pressed."""

    part: Literal["files", "publish", "history"]
    message_zh: str
    message_en: str


@dataclass
class Desk:
    """The open delivery and the last news; lives in the session."""

    open_id: str | None = None
    basis: Hashable = None  # what the open delivery was checked against …
    is_checked: bool = False  # … if it was
    reasons: dict[str, str] = field(default_factory=dict)  # by group of warnings
    why: str = ""
    published: Manifest | None = None
    rolled_back: Manifest | None = None
    conflict: VersionConflictError | None = None
    trouble: Refusal | None = None

    # --- the open delivery ----------------------------------------------------------------------

    def open(self, pending_id: str | None) -> None:
        """Open a delivery, or none; what was said of another one is forgotten."""
        self.open_id, self.is_checked, self.basis = pending_id, False, None
        self.reasons, self.why = {}, ""
        self.conflict, self.trouble = None, None
        self.published, self.rolled_back = None, None

    def pending(self, archive: Archive) -> Pending | None:
        """Return the open delivery as it waits; None when it was published or deleted elsewhere."""
        if self.open_id is None:
            return None
        try:
            return archive.pending.get(self.open_id)
        except UnknownPendingError as error:
            self.open(None)
            self.trouble = Refusal("files", error.message_zh, error.message_en)
            return None

    def cannot_check(self, error: ArchiveError | OSError) -> None:
        """Say that the open delivery cannot be read, or its candidate not be written."""
        if isinstance(error, ArchiveError):
            self.trouble = Refusal("files", error.message_zh, error.message_en)
            return
        reason = error.strerror or type(error).__name__
        self.trouble = Refusal(
            "files",
            f"服务器无法检查这份交付（{reason}）。文件仍在，请稍后重试。",
            f"The server cannot check this delivery ({reason}). It is kept; try again later.",
        )

    def check_again(self) -> None:
        """Hold the delivery against the version that is current now."""
        self.is_checked, self.conflict, self.trouble = False, None, None

    # --- what buttons do ------------------------------------------------------------------------

    def hand_in(self, archive: Archive, files: Sequence[UploadedFile]) -> None:
        """Keep files that have arrived: with the open delivery where there is one.

        A file of the same name takes the place of the one before.
        """
        with self._told():
            new = {file.name: file.getvalue() for file in files}
            kept = dict(archive.pending.uploads(self.open_id)) if self.open_id else {}
            self._replace(archive, {**kept, **new})

    def take_out(self, archive: Archive, file: str) -> None:
        """Leave a file out of the open delivery."""
        assert self.open_id is not None
        with self._told():
            kept = dict(archive.pending.uploads(self.open_id))
            kept.pop(file, None)
            if kept:
                self._replace(archive, kept)
            else:
                self.delete(archive)

    def _replace(self, archive: Archive, files: dict[str, bytes]) -> None:
        before, why = self.open_id, self.why
        if before is None:
            pending = archive.pending.put(files.items(), deliverer=name())
        else:
            pending = archive.pending.replace(before, files.items(), deliverer=name())
            candidates().forget(before)
        self.open(pending.id)
        self.why = why

    def delete(self, archive: Archive) -> None:
        """Give the open delivery up."""
        assert self.open_id is not None
        with self._told():
            archive.pending.remove(self.open_id)
            candidates().forget(self.open_id)
            self.open(None)

    def answer(self, archive: Archive, place: Location, resource: str) -> None:
        """Say which export a table is."""
        pending = self.pending(archive)
        if pending is None:
            return
        others = [a for a in pending.answers if (a.file, a.sheet) != (place.file, place.sheet)]
        answered = Answer(file=place.file, sheet=place.sheet, resource=resource)
        with self._told():
            archive.pending.answer(pending.id, [*others, answered])
            self.check_again()

    def publish(
        self, archive: Archive, candidate: Candidate, reasons: dict[Finding, str], package: Package
    ) -> None:
        """Publish what was checked and looked at."""
        if not may_publish():
            return
        if candidate.checked.base is None and self.basis != archive.data_folder_state():
            return  # the page says in this run that it is outdated
        with self._told("publish"):
            try:
                built = candidate.built
                published = publish_delivery(
                    archive, candidate.checked, name(), self.why, reasons, package, built
                )
            except VersionConflictError as conflict:
                self.conflict = conflict
                return
            self.open(None)
            self.published = published
            if built:
                hand_over(built)
            candidates().forget(candidate.pending.id)
            archive.pending.remove(candidate.pending.id)

    def roll_back(self, archive: Archive, version_id: str, why: str, expected: str | None) -> None:
        """Bring an earlier version back into effect."""
        if not may_publish():
            return
        self.published, self.rolled_back = None, None
        with self._told("history"):
            self.rolled_back, opened = bring_back(
                archive, version_id, publisher=name(), reason=why, expected=expected
            )
            hand_over(opened)

    @contextmanager
    def _told(self, part: Literal["files", "publish", "history"] = "files") -> Iterator[None]:
        """Remember what the archive refuses, to be told on the page."""
        self.trouble = None
        try:
            yield
        except (ArchiveError, UnpublishableError) as error:
            self.trouble = Refusal(part, error.message_zh, error.message_en)


def desk() -> Desk:
    """Return the session's desk."""
    if _KEY not in st.session_state:
        st.session_state[_KEY] = Desk()
    found: Desk = st.session_state[_KEY]
    return found

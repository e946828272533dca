"""Checked deliveries of this process: each is read, checked and compared once, not at every run.

People at different deliveries do not wait for each other; two at the same one do.

A candidate has a folder of its own on the disk. It goes with the candidate: when it is published or
given up, when others have taken its place, when the process ends, or, after a crash, the day after.
"""

from __future__ import annotations

import atexit
import shutil
import tempfile
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from pathlib import Path
from weakref import WeakValueDictionary

import streamlit as st

from dashboard.archive import Archive, Pending
from dashboard.data import Database, open_database
from dashboard.deliveries.checking.check import check
from dashboard.deliveries.checking.preview import Preview, preview
from dashboard.deliveries.checking.publish import discard, read_pending
from dashboard.deliveries.model import Checked
from dashboard.ui.deliveries.view import View

# People who work on deliveries at the same time; each candidate holds a few 10 MB.
_KEPT = 6
_FOLDERS = "dashboard-candidate-*"
_DAY_SECONDS = 24 * 3600

Progress = Callable[[float, bool], None]  # how much is done, and whether reading is


@dataclass
class Candidate:
    """A delivery held against the version that was current when it was checked."""

    pending: Pending
    checked: Checked
    _previews: dict[str | None, Preview] = field(default_factory=dict)
    _database: Database | None = None
    _lock: threading.RLock = field(default_factory=threading.RLock)

    @property
    def database(self) -> Database:
        """The data version that publishing would make, built once. Raises UnusableData."""
        with self._lock:
            if self._database is None:
                assert self.checked.folder is not None
                self._database = open_database(self.checked.folder, written=self.checked.written)
            return self._database

    @property
    def built(self) -> Database | None:
        """The same, if a preview has built it."""
        return self._database

    def preview(self, base: Database | None, as_of: str | None) -> Preview:
        """Return what publishing would change, worked out once a month. Raises UnusableData."""
        with self._lock:
            if as_of not in self._previews:
                self._previews[as_of] = preview(base, self.database, self.checked, as_of)
            return self._previews[as_of]


class Candidates:
    """The candidates that people work on; may be shared between threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()  # only ever held for a moment
        # By delivery, for as long as somebody is at it or waits.
        self._at_work: WeakValueDictionary[str, threading.Lock] = WeakValueDictionary()
        self._found: OrderedDict[tuple[Pending, Hashable], Candidate] = OrderedDict()
        _sweep()
        atexit.register(self.clear)

    def get(self, pending: Pending, basis: Hashable) -> Candidate | None:
        """Return the candidate, if it was checked against that already: see `View.basis`."""
        with self._lock:
            found = self._found.get((pending, basis))
            if found is not None:
                self._found.move_to_end((pending, basis))
            return found

    def work_out(
        self,
        archive: Archive,
        pending: Pending,
        view: View,
        progress: Progress,
    ) -> Candidate:
        """Read and check a delivery against a version. Raises ArchiveError, OSError."""
        with self._lock:
            at_work = self._at_work.setdefault(pending.id, threading.Lock())
        with at_work:
            found = self.get(pending, view.basis)
            if found is not None:  # somebody else opened it meanwhile
                return found
            progress(0.0, False)
            reading = read_pending(archive, pending, view.package)
            checked = check(
                reading,
                archive.exports_of(view.base),
                view.published,
                view.package,
                progress=lambda done, of: progress(done / of, True),
            )
            found = Candidate(pending, checked)
            with self._lock:
                self._found[pending, view.basis] = found
                while len(self._found) > _KEPT:
                    discard(self._found.popitem(last=False)[1].checked)
            return found

    def forget(self, pending_id: str) -> None:
        """Remove what was made of a delivery."""
        with self._lock:
            for key in [key for key in self._found if key[0].id == pending_id]:
                discard(self._found.pop(key).checked)

    def clear(self) -> None:
        """Remove everything."""
        with self._lock:
            while self._found:
                discard(self._found.popitem()[1].checked)


def _sweep() -> None:
    """Remove what processes left behind that were killed; a running one's is younger."""
    for folder in Path(tempfile.gettempdir()).glob(_FOLDERS):
        try:
            is_old = folder.stat().st_mtime < time.time() - _DAY_SECONDS
        except OSError:
            continue
        if is_old:
            shutil.rmtree(folder, ignore_errors=True)


@st.cache_resource(show_spinner=False)
def candidates() -> Candidates:
    """Those of this process."""
    return Candidates()

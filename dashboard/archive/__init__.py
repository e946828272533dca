"""Published versions of the exports on disk: immutable folders, a pointer, a log.

Knows files and nothing of what is in them: checks come before (`dashboard.deliveries`), reading
after (`dashboard.database`). See docs/adr/0011-published-versions.md.
"""

from dashboard.archive.archive import Archive, configured_archive
from dashboard.archive.audit import ACTIONS, Action, Entry
from dashboard.archive.building import adopted_segments
from dashboard.archive.errors import (
    ArchiveError,
    BusyError,
    ConflictError,
    Trouble,
    UnknownPendingError,
    UnknownVersionError,
)
from dashboard.archive.manifest import (
    ADOPTED,
    THIS_VERSION,
    Delivered,
    Manifest,
    Original,
    Passed,
    Segment,
    StoredFile,
)
from dashboard.archive.pending import Answer, Pending, PendingStore
from dashboard.archive.retention import Lease
from dashboard.archive.showing import Shown
from dashboard.archive.verifying import AuditReport
from dashboard.archive.versions import Damage

__all__ = [
    "ACTIONS",
    "ADOPTED",
    "THIS_VERSION",
    "Action",
    "Answer",
    "Archive",
    "ArchiveError",
    "AuditReport",
    "BusyError",
    "ConflictError",
    "Damage",
    "Delivered",
    "Entry",
    "Lease",
    "Manifest",
    "Original",
    "Passed",
    "Pending",
    "PendingStore",
    "Segment",
    "Shown",
    "StoredFile",
    "Trouble",
    "UnknownPendingError",
    "UnknownVersionError",
    "adopted_segments",
    "configured_archive",
]

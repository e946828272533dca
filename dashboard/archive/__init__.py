"""Published versions of the exports on disk: immutable folders, a pointer, a log.

Knows files and nothing of what is in them: checks come before (`dashboard.deliveries`), reading
after (`dashboard.data`). See docs/adr/0011-published-versions.md.
"""

from dashboard.archive.archive import Archive, configured_archive
from dashboard.archive.audit_log import ACTIONS, Action, LogEntry
from dashboard.archive.building import adopted_segments
from dashboard.archive.errors import (
    ArchiveError,
    BusyError,
    Trouble,
    UnknownPendingError,
    UnknownVersionError,
    VersionConflictError,
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
    "Damage",
    "Delivered",
    "Lease",
    "LogEntry",
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
    "VersionConflictError",
    "adopted_segments",
    "configured_archive",
]

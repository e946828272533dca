"""Published versions: what is shown, what was shown before, and how the one follows the other."""

from __future__ import annotations

import threading
from collections.abc import Hashable, Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

import msgspec

from dashboard import settings
from dashboard.archive import retention
from dashboard.archive.audit_log import LogEntry, read_log
from dashboard.archive.building import MANIFEST, ORIGINALS, Contents, read_segments, tables
from dashboard.archive.errors import ArchiveError, UnknownVersionError, plain_words
from dashboard.archive.manifest import Delivered, Manifest, Passed, Segment
from dashboard.archive.pending import PendingStore
from dashboard.archive.pointer import PointerError, is_version_id, read_pointer
from dashboard.archive.showing import (
    LOG,
    VERSIONS,
    Look,
    Shown,
    Signature,
    log_or_nothing,
    look,
    manifest_or_none,
    signature,
)
from dashboard.archive.verifying import AuditReport, verify_log
from dashboard.archive.versions import Damage, damage, is_pruned, number, version_ids
from dashboard.archive.writer import Opens, writing


class Archive:
    """The versions in a folder; may be shared between threads and processes.

    While nothing was published, the exports in `data_dir` are shown, if there are any; the first
    publish takes them up as the first version. `data_dir` is never written to. Whatever the disk
    refuses is raised as ArchiveError in plain words.
    """

    def __init__(self, folder: Path, data_dir: Path) -> None:
        self._folder = folder
        self._data_dir = data_dir
        self._versions = folder / VERSIONS
        self._looking = threading.Lock()
        self._look: Look | None = None
        self._seen: Signature = ()
        self.pending = PendingStore(folder / "pending")

    # ---- what there is --------------------------------------------------------------------------

    def shown(self) -> Shown:
        """Return what there is to show now.

        Cheap while no file has changed since it was last asked.
        """
        with self._looking:
            last = self._look
            if last is None or signature(last.paths) != self._seen:
                last = self._look = look(self._folder, self._data_dir)
                self._seen = signature(last.paths)
            return last.shown

    def shown_folder(self) -> Path:
        """Return the folder of exports to show. Raises ArchiveError when no version is good."""
        shown = self.shown()
        if shown.folder is None:
            trouble = shown.troubles[0]
            raise ArchiveError(trouble.message_zh, trouble.message_en)
        return shown.folder

    def current(self) -> Manifest | None:
        """Return the version that is shown, None while nothing was published."""
        return self.shown().manifest

    def manifests(self) -> list[Manifest]:
        """Return versions that came into effect, newest first. Damaged manifests are left out."""
        known = self._in_effect()
        return [manifest for manifest in self._manifests() if manifest.id in known]

    def unpublished(self) -> list[Manifest]:
        """Complete versions that a crash kept from coming into effect, newest first."""
        known = self._in_effect()
        return [manifest for manifest in self._manifests() if manifest.id not in known]

    def manifest(self, version_id: str) -> Manifest:
        """Raise UnknownVersionError where there is none."""
        manifest = manifest_or_none(self._path(version_id))
        if manifest is None:
            raise UnknownVersionError(version_id)
        return manifest

    def folder(self, version_id: str) -> Path:
        """Return exports of a version. Raises UnknownVersionError, also when they were pruned."""
        path = self._path(version_id)
        if is_pruned(path) or not (path / MANIFEST).is_file():
            raise UnknownVersionError(version_id)
        return path

    def exports_of(self, version_id: str | None) -> Path:
        """Return the exports of a version; None stands for those of the data folder.

        Raises UnknownVersionError.
        """
        return self._data_dir if version_id is None else self.folder(version_id)

    def data_folder_state(self) -> Hashable:
        """Different as soon as an export in the data folder is replaced, changed, added or gone."""
        paths = tables(self._data_dir)
        return tuple(zip(paths, signature(paths), strict=True))

    def is_kept(self, version_id: str) -> bool:
        """Whether a version still has its exports. Raises UnknownVersionError."""
        self.manifest(version_id)
        return not is_pruned(self._path(version_id))

    def segments(self, version_id: str) -> tuple[Segment, ...]:
        """Where a version's rows came from. Raises UnknownVersionError."""
        with plain_words("数据来源记录无法读取", "The lineage cannot be read"):
            try:
                return read_segments(self._path(version_id))
            except (FileNotFoundError, msgspec.DecodeError):
                raise UnknownVersionError(version_id) from None

    def original(self, version_id: str, sha256: str) -> bytes:
        """Return a file as it was delivered with a version. Raises UnknownVersionError."""
        if sha256 not in {original.sha256 for original in self.manifest(version_id).originals}:
            raise UnknownVersionError(version_id)
        with plain_words("原始文件无法读取", "The original cannot be read"):
            return (self._path(version_id) / ORIGINALS / sha256).read_bytes()

    def audit(self) -> tuple[LogEntry, ...]:
        """Return the log's entries, oldest first."""
        with plain_words("审计日志无法读取", "The log cannot be read"):
            return read_log(self._folder / LOG).entries

    def verify_audit(self) -> AuditReport:
        """Hold the log against itself, against the pointer and against the versions."""
        with plain_words("审计日志无法读取", "The log cannot be read"):
            return verify_log(self._folder)

    def verify(self) -> list[Damage]:
        """Recompute all checksums: every file of every version that is not as it was published."""
        logged = {entry.version for entry in log_or_nothing(self._folder).effects()}
        ids = sorted({*version_ids(self._versions), *filter(None, logged)}, key=number)
        return [found for version_id in ids for found in damage(self._versions / version_id)]

    def hold(self, version_id: str) -> retention.Lease:
        """Keep a version's exports from being pruned while this process reads them."""
        return retention.hold(self._folder, version_id)

    # ---- what is done ---------------------------------------------------------------------------

    def publish(
        self,
        candidate: Path,
        *,
        expected: str | None,
        publisher: str,
        reason: str,
        resources: Mapping[str, str],
        contract: str,
        older: Mapping[str, str] | None = None,
        takes_up: bool = True,
        segments: Sequence[Segment] = (),
        delivered: Iterable[Delivered] = (),
        passed: Iterable[Passed] = (),
        checks: Iterable[str] = (),
        originals: Sequence[tuple[str, bytes]] = (),
    ) -> Manifest:
        """Make the exports in `candidate` the current version and return its manifest.

        `expected` is the version the candidate was made from (None: the data folder). In
        `segments`, THIS_VERSION stands for the new version and ADOPTED for the one that takes up
        the data folder. `resources` names the exports by file name. `originals` are names and
        bytes as they were delivered. `contract` is the contract's version that the rows keep, but
        for those of the exports that `older` names with theirs. `takes_up` is false when what lies
        in the data folder could not be shown: then it becomes no version of its own.

        Raises ConflictError when `expected` is no longer shown, BusyError while somebody else is
        publishing, ArchiveError when the disk refuses; then everything is as before.
        """
        asked = Manifest(
            id="",
            published_at=datetime.now().astimezone(),
            publisher=publisher,
            reason=reason,
            base=expected,
            files={},
            delivered=tuple(delivered),
            passed=tuple(passed),
            checks=tuple(checks),
            contract=contract,
            older=dict(older or {}),
        )
        contents = Contents(folder=candidate, segments=segments, originals=originals)
        with writing(self._folder, self._data_dir) as writer:
            published = writer.publish(
                asked, contents, expected=expected, resources=resources, takes_up=takes_up
            )
        self._prune_by_settings()
        return published

    def roll_back(
        self,
        version_id: str,
        *,
        publisher: str,
        reason: str,
        expected: str | None = None,
        opens: Opens | None = None,
    ) -> Manifest:
        """Bring a version into effect that is there already, and return its manifest.

        Nothing is copied or deleted, so this can be undone in the same way. With `expected`, only
        while that version is shown. `opens` tries whether what is about to come into effect can be
        shown, and raises ArchiveError when it cannot (`dashboard.data.live.bring_back`). This also
        writes a new pointer in place of a damaged one.

        Raises UnknownVersionError, also for a version that was pruned; ConflictError; ArchiveError
        when the version is in effect already, or damaged.
        """
        self._path(version_id)
        with writing(self._folder, self._data_dir) as writer:
            return writer.roll_back(
                version_id, actor=publisher, reason=reason, expected=expected, opens=opens
            )

    def prune(self, keep_versions: int, keep_months: int) -> list[str]:
        """Delete the exports of versions that are beyond both limits; return which.

        Never those of the current version, of the newest other one that is good, of a version in
        use, and of the first, whose exports are its originals. Nothing while there is trouble.
        """
        with writing(self._folder, self._data_dir) as writer:
            return writer.prune(keep_versions, keep_months)

    def record_refusal(self, actor: str, reason: str) -> None:
        """Write into the log that a delivery was refused, and why."""
        with writing(self._folder, self._data_dir) as writer:
            writer.record_refusal(actor, reason)

    def _prune_by_settings(self) -> None:
        keep_versions, keep_months = settings.keep_versions(), settings.keep_months()
        if keep_versions is None or keep_months is None:
            return
        try:
            self.prune(keep_versions, keep_months)
        except ArchiveError:  # what was published is published; the next publish prunes
            return

    def _path(self, version_id: str) -> Path:
        if not is_version_id(version_id):  # comes from the address: never a way out of the folder
            raise UnknownVersionError(version_id)
        return self._versions / version_id

    def _manifests(self) -> list[Manifest]:
        found = (manifest_or_none(self._versions / name) for name in version_ids(self._versions))
        return [manifest for manifest in found if manifest]

    def _in_effect(self) -> set[str | None]:
        """Return versions that ever came into effect: all of them where no log says otherwise."""
        known: set[str | None] = {e.version for e in log_or_nothing(self._folder).effects()}
        try:
            pointer = read_pointer(self._folder)
        except (PointerError, OSError):
            pointer = None
        if not known and self.shown().wanted and not pointer:
            known.update(version_ids(self._versions))
        if pointer:
            known.add(pointer.version)
        return known


def configured_archive() -> Archive:
    """Return the archive of the settings."""
    return Archive(settings.deliveries_dir(), settings.data_dir())

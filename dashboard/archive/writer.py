"""Whatever changes the archive: one process at a time, and so that a crash at any moment is safe.

A version is built out of sight and synced to disk, gets its name by one rename, comes into effect
by one rename of the pointer, and then gets into the log. Whoever looks sees the version before or
the one after. A crash between the two renames leaves a complete version that never came into
effect: it is listed as such, its number is not used again, and a roll back can bring it into
effect. A crash before the log is made good by whoever writes next, from the pointer.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import msgspec
from filelock import FileLock, Timeout

from dashboard.archive import retention
from dashboard.archive.audit_log import Action, Event, LogEntry, append, read_log
from dashboard.archive.building import (
    MANIFEST,
    Contents,
    adopted_segments,
    build,
    dated,
    read_manifest,
    sweep,
    tables,
)
from dashboard.archive.disk import checksum, remove_tree, sync_folder, write_beside
from dashboard.archive.errors import (
    ArchiveError,
    BusyError,
    UnknownVersionError,
    VersionConflictError,
    plain_words,
)
from dashboard.archive.manifest import ADOPTED, THIS_VERSION, Manifest
from dashboard.archive.pointer import POINTER, Pointer, PointerError, read_pointer
from dashboard.archive.showing import LOG, VERSIONS, Shown, log_or_nothing, look, manifest_or_none
from dashboard.archive.versions import damage_of_exports, is_pruned, number, version_ids

ADOPTION_REASON = "初始数据"
# Building a version takes a second or two; whoever waits longer is told.
_LOCK_SECONDS = 20.0

# Opens a version as it will be shown; raises ArchiveError where that fails.
Opens = Callable[[Path, Manifest], None]


class Writer:
    """The one who writes, as long as the block of `writing` lasts."""

    def __init__(self, folder: Path, data_dir: Path) -> None:
        self._folder = folder
        self._data_dir = data_dir
        self._versions = folder / VERSIONS
        self._log = folder / LOG

    def publish(
        self,
        manifest: Manifest,
        contents: Contents,
        *,
        expected: str | None,
        resources: Mapping[str, str],
        takes_up: bool,
    ) -> Manifest:
        """Publish what `manifest` says but for its id, base, time and files: `Archive.publish`."""
        shown = self._shown()
        current = shown.manifest.id if shown.manifest else None
        if current != expected:
            self._refuse(shown, manifest.publisher, manifest.reason)
        base = current or (self._adopt(resources, manifest.contract) if takes_up else None)
        version_id = self._next_id()
        segments = dated(contents.segments, {THIS_VERSION: version_id, ADOPTED: base or version_id})
        return self._publish(
            msgspec.structs.replace(manifest, id=version_id, base=base, published_at=_now()),
            msgspec.structs.replace(
                contents, segments=segments, base=self._versions / base if base else None
            ),
            "publish",
        )

    def roll_back(
        self,
        version_id: str,
        *,
        actor: str,
        reason: str,
        expected: str | None,
        opens: Opens | None,
    ) -> Manifest:
        """See `Archive.roll_back`."""
        shown = look(self._folder, self._data_dir).shown
        if expected is not None and (shown.manifest is None or shown.manifest.id != expected):
            self._refuse(shown, actor, reason)
        folder = self._versions / version_id
        manifest = manifest_or_none(folder)
        if manifest is None or is_pruned(folder):
            raise UnknownVersionError(version_id)
        if shown.wanted == version_id and not shown.troubles:
            raise ArchiveError(
                f"{version_id} 已是当前版本。", f"{version_id} is the current version."
            )
        if damage_of_exports(folder):
            raise ArchiveError(
                f"{version_id} 的文件已受损，不能回退到该版本。",
                f"The files of {version_id} are damaged; it cannot be brought back.",
            )
        if opens:
            opens(folder, manifest)
        self._bring_into_effect(_event("roll_back", actor, version_id, reason, folder))
        return manifest

    def prune(self, keep_versions: int, keep_months: int) -> list[str]:
        """See `Archive.prune`."""
        shown = look(self._folder, self._data_dir).shown
        if shown.manifest is None or shown.troubles:
            return []  # while anything is wrong every version may be needed
        manifests = self._complete_manifests()
        keep = {shown.manifest.id, *retention.in_use(self._folder)}
        keep.update(self._good_one_besides(shown.manifest, manifests))
        done = retention.beyond(
            manifests, keep, versions=keep_versions, months=keep_months, today=_now()
        )
        for version_id in done:
            reason = f"keep versions {keep_versions}, months {keep_months}"
            append(self._log, _event("prune", "", version_id, reason))
            retention.prune(self._versions / version_id, _now())
        return done

    def record_refusal(self, actor: str, reason: str) -> None:
        """See `Archive.record_refusal`."""
        append(self._log, _event("refuse", actor, None, reason))

    # ---- a version comes into effect ------------------------------------------------------------

    def _adopt(self, resources: Mapping[str, str], contract: str) -> str | None:
        """Take the data folder's exports up as a version; None when there are none."""
        exports = tables(self._data_dir)
        if not exports:
            return None
        version_id = self._next_id()
        manifest = Manifest(
            id=version_id,
            published_at=_now(),
            publisher="",
            reason=ADOPTION_REASON,
            base=None,
            files={},
            contract=contract,
        )
        segments = dated(adopted_segments(exports, resources), {ADOPTED: version_id})
        self._publish(manifest, Contents(folder=self._data_dir, segments=segments), "adopt")
        return version_id

    def _publish(self, manifest: Manifest, contents: Contents, action: Action) -> Manifest:
        building = build(self._versions, manifest, contents)
        event = _event(action, manifest.publisher, manifest.id, manifest.reason, building)
        self._bring_into_effect(event, building)
        return read_manifest(self._versions / manifest.id)

    def _bring_into_effect(self, event: Event, building: Path | None = None) -> None:
        """Point at a version, after it got its name if it was just built, and log it.

        Raises OSError, and then everything is as it was.
        """
        assert event.version is not None
        place, named = self._versions / event.version, False
        pointer = Pointer(version=event.version, entry=read_log(self._log).lines + 1, event=event)
        try:
            # First what takes room on the disk.
            beside = write_beside(self._folder / POINTER, msgspec.json.encode(pointer))
            if building:
                os.rename(building, place)
                named = True
                sync_folder(self._versions)
            os.replace(beside, self._folder / POINTER)
        except OSError:
            if building and not self._points_at(event.version):
                remove_tree(place if named else building)
            raise
        # From here on the version is in effect, whatever fails.
        sync_folder(self._folder)
        try:
            append(self._log, event)
        except OSError:  # the pointer says it all: whoever writes next logs it
            return

    def _points_at(self, version_id: str) -> bool:
        """Whether the pointer names a version, or may do so."""
        try:
            pointer = read_pointer(self._folder)
        except (PointerError, OSError):
            return True
        return pointer is not None and pointer.version == version_id

    def _next_id(self) -> str:
        """Return a number beyond all that ever were: with folders, in the log, in the pointer."""
        ids = set(version_ids(self._versions))
        ids.update(entry.version for entry in log_or_nothing(self._folder).entries if entry.version)
        highest = max((number(version_id) for version_id in ids), default=0)
        return f"v{highest + 1:04d}"

    # ---- what else there is to know -------------------------------------------------------------

    def _shown(self) -> Shown:
        """Return what is shown. Raises ArchiveError when of published versions none is good."""
        shown = look(self._folder, self._data_dir).shown
        if shown.folder is None:
            trouble = shown.troubles[0]
            raise ArchiveError(trouble.message_zh, trouble.message_en)
        return shown

    def _refuse(self, shown: Shown, actor: str, reason: str) -> None:
        """Log that somebody came second, and raise the ConflictError that says behind whom."""
        append(self._log, _event("refuse", actor, None, f"conflict: {reason}"))
        current = shown.manifest.id if shown.manifest else None
        entry = _last_effect_of(current, log_or_nothing(self._folder).effects())
        who, when = (entry.actor, entry.at) if entry else ("", None)
        raise VersionConflictError(shown.manifest, who, when)

    def _complete_manifests(self) -> list[Manifest]:
        found = []
        for version_id in version_ids(self._versions):
            folder = self._versions / version_id
            manifest = manifest_or_none(folder)
            if manifest and not is_pruned(folder):
                found.append(manifest)
        return found

    def _good_one_besides(self, current: Manifest, manifests: Iterable[Manifest]) -> list[str]:
        """Return the version to go back to: the newest undamaged one that was in effect before."""
        in_effect = {entry.version for entry in log_or_nothing(self._folder).effects()}
        for manifest in manifests:
            if manifest.id == current.id or manifest.id not in in_effect:
                continue
            if not damage_of_exports(self._versions / manifest.id):
                return [manifest.id]
        return []


@contextmanager
def writing(folder: Path, data_dir: Path) -> Iterator[Writer]:
    """Hold the archive alone, with what interrupted processes left behind put right.

    Raises BusyError, and ArchiveError for what the disk refuses in the block.
    """
    with plain_words("操作没有完成，已发布的数据未变", "Not done; what was published is unchanged"):
        (folder / VERSIONS).mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / ".lock", timeout=_LOCK_SECONDS)
        try:
            lock.acquire()
        except Timeout:
            raise BusyError from None
        try:
            _put_right(folder)
            yield Writer(folder, data_dir)
        finally:
            lock.release()


def _put_right(folder: Path) -> None:
    """Sweep what interrupted processes were writing, and log what the last one put in effect."""
    sweep(folder / VERSIONS)
    for left in folder.glob(".writing-*"):
        left.unlink(missing_ok=True)
    try:
        pointer = read_pointer(folder)
    except PointerError:  # whoever publishes or rolls back writes a new one
        return
    if pointer and not any(
        _says(entry, pointer.event) for entry in read_log(folder / LOG).effects()
    ):
        append(folder / LOG, pointer.event)


def _says(entry: LogEntry, event: Event) -> bool:
    return (entry.at, entry.version, entry.action) == (event.at, event.version, event.action)


def _last_effect_of(version_id: str | None, effects: list[LogEntry]) -> LogEntry | None:
    return next((entry for entry in reversed(effects) if entry.version == version_id), None)


def _event(
    action: Action, actor: str, version: str | None, reason: str, folder: Path | None = None
) -> Event:
    """With the folder of a version that comes into effect, for its manifest's checksum."""
    return Event(
        at=_now(),
        actor=actor,
        action=action,
        version=version,
        reason=reason,
        manifest=checksum(folder / MANIFEST) if folder else None,
    )


def _now() -> datetime:
    return datetime.now().astimezone()

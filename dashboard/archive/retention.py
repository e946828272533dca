"""How long the exports of old versions are kept, and who still reads them.

Only the exports of a version are ever deleted. Its manifest, its lineage and the originals of its
delivery stay, so that a row of today's version can be followed to the file it came in, however old.
The first version has no delivery: its exports are its originals, and are kept.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

import msgspec
from filelock import FileLock, Timeout

from dashboard.archive.building import read_manifest
from dashboard.archive.disk import make_deletable, sync_folder, write_for_good
from dashboard.archive.manifest import Manifest
from dashboard.archive.versions import PRUNED, is_pruned, number

IN_USE = "in-use"


class _Pruned(msgspec.Struct):
    at: datetime


class Lease:
    """A version that a process reads: while it is held, its exports stay.

    It is a lock that the system takes from a process that ends, however it ends.
    """

    def __init__(self, lock: FileLock | None = None) -> None:
        self._lock = lock

    def release(self) -> None:
        """Let the version go. Safe to call twice."""
        lock, self._lock = self._lock, None
        if lock:
            lock.release()
            _forget(Path(lock.lock_file))


def hold(folder: Path, version_id: str) -> Lease:
    """Say that this process reads a version.

    Where nothing can be written no other process prunes either, and there is nothing to hold.
    """
    path = folder / IN_USE / f"{version_id}.{os.getpid()}-{secrets.token_hex(4)}"
    lock = FileLock(path, timeout=1)
    try:
        path.parent.mkdir(exist_ok=True)
        lock.acquire()
    except (OSError, Timeout):
        return Lease()
    return Lease(lock)


def in_use(folder: Path) -> set[str]:
    """Return the versions that running processes hold; leases of dead ones are taken away."""
    found = set()
    for path in (folder / IN_USE).glob("v*.*"):
        if _is_held(path):
            found.add(path.name.partition(".")[0])
        else:
            _forget(path)
    return found


def _is_held(path: Path) -> bool:
    lock = FileLock(path, timeout=0)
    try:
        with lock:
            return False
    except Timeout:
        return True


def _forget(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError:  # another process looks whether it is held: it takes it away
        return


def beyond(
    manifests: Iterable[Manifest],
    keep: Iterable[str | None],
    *,
    versions: int,
    months: int,
    today: datetime,
) -> list[str]:
    """Return the versions that are neither among the newest `versions` nor of the last `months`.

    The running month counts. Those in `keep` stay whatever their age, as does a version that has
    no delivery.
    """
    kept = set(keep)
    newest_beyond = today.year * 12 + today.month - months
    found = []
    newest_first = sorted(manifests, key=lambda manifest: number(manifest.id), reverse=True)
    for manifest in newest_first[versions:]:
        month = manifest.published_at.year * 12 + manifest.published_at.month
        if month <= newest_beyond and manifest.id not in kept and manifest.base is not None:
            found.append(manifest.id)
    return found


def prune(folder: Path, at: datetime) -> None:
    """Delete the exports of a version's folder, and first write down that this is meant."""
    if not is_pruned(folder):
        write_for_good(folder / PRUNED, msgspec.json.encode(_Pruned(at=at)))
        sync_folder(folder)
    for name in read_manifest(folder).files:
        path = folder / name
        if path.exists():
            make_deletable(path)
            path.unlink()
    sync_folder(folder)

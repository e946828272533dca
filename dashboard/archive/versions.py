"""The folders of versions: their names, what is in them, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import msgspec

from dashboard.archive.building import LINEAGE, MANIFEST, ORIGINALS, read_manifest
from dashboard.archive.disk import checksum
from dashboard.archive.manifest import Manifest, StoredFile
from dashboard.archive.pointer import is_version_id

# Its presence says that the exports of a version were deleted on purpose.
PRUNED = "pruned.json"

DamageKind = Literal["missing", "changed", "unreadable", "unexpected"]


class Damage(msgspec.Struct, frozen=True, kw_only=True):
    """A file of a version that is not as it was published."""

    version: str
    file: str
    kind: DamageKind


def number(version_id: str) -> int:
    """Return the number in a version's id."""
    return int(version_id.removeprefix("v"))


def version_ids(versions: Path) -> list[str]:
    """All versions that have a folder, newest first, whether or not they came into effect."""
    try:
        names = [path.name for path in versions.iterdir() if is_version_id(path.name)]
    except OSError:  # there is none yet, or `showing` says what is wrong with the folder
        return []
    return sorted(names, key=number, reverse=True)


def is_pruned(folder: Path) -> bool:
    """Whether only the manifest, the lineage and the originals of a version are kept."""
    return (folder / PRUNED).exists()


def damage_of_exports(folder: Path) -> list[Damage]:
    """Return what is wrong with what a version shows: its manifest, its exports, its mark."""
    manifest = _manifest_or_damage(folder)
    if isinstance(manifest, Damage):
        return [manifest]
    shown = {name: file for name, file in manifest.kept.items() if name != LINEAGE}
    return [*_unexpected(folder, manifest), *_damaged(folder, manifest.files | shown)]


def damage(folder: Path) -> list[Damage]:
    """Everything that is wrong with a version's folder, by the checksums of its manifest."""
    manifest = _manifest_or_damage(folder)
    if isinstance(manifest, Damage):
        return [manifest]
    originals = {
        f"{ORIGINALS}/{original.sha256}": StoredFile(
            rows=0, size=original.size, sha256=original.sha256
        )
        for original in manifest.originals
    }
    exports = {} if is_pruned(folder) else manifest.files
    return [
        *_unexpected(folder, manifest),
        *_damaged(folder, exports | manifest.kept | originals),
    ]


def watched(folder: Path) -> Iterator[Path]:
    """Files whose change can damage what a version shows, or mend it."""
    yield folder
    yield folder / MANIFEST
    manifest = _manifest_or_damage(folder)
    if isinstance(manifest, Manifest):
        yield from (folder / name for name in (*manifest.files, *manifest.kept))


def _manifest_or_damage(folder: Path) -> Manifest | Damage:
    try:
        manifest = read_manifest(folder)
    except FileNotFoundError:
        return Damage(version=folder.name, file=MANIFEST, kind="missing")
    except (OSError, msgspec.DecodeError):
        return Damage(version=folder.name, file=MANIFEST, kind="unreadable")
    if manifest.id != folder.name:
        return Damage(version=folder.name, file=MANIFEST, kind="changed")
    return manifest


def _damaged(folder: Path, files: dict[str, StoredFile]) -> Iterator[Damage]:
    for name, stored in files.items():
        kind = _what_is_wrong(folder / name, stored)
        if kind:
            yield Damage(version=folder.name, file=name, kind=kind)


def _what_is_wrong(path: Path, stored: StoredFile) -> DamageKind | None:
    try:
        if path.stat().st_size != stored.size or checksum(path) != stored.sha256:
            return "changed"
    except FileNotFoundError:
        return "missing"
    except OSError:
        return "unreadable"
    return None


def _unexpected(folder: Path, manifest: Manifest) -> Iterator[Damage]:
    """Yield exports that somebody put in: they would be read with the others."""
    for path in sorted(folder.glob("*.csv")):
        if path.name not in manifest.files:
            yield Damage(version=folder.name, file=path.name, kind="unexpected")

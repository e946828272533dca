"""The folder of a version: built out of sight, complete on disk before it gets its name."""

from __future__ import annotations

import csv
import secrets
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import msgspec

from dashboard.archive.disk import (
    Written,
    copy_for_good,
    records,
    remove_tree,
    sync_folder,
    write_for_good,
)
from dashboard.archive.errors import ArchiveError
from dashboard.archive.manifest import ADOPTED, Manifest, Original, Segment, StoredFile
from dashboard.settings import SYNTHETIC_MARK

MANIFEST = "manifest.json"
LINEAGE = "lineage.json"
ORIGINALS = "originals"
_BUILDING = ".building-"


class Contents(msgspec.Struct, frozen=True, kw_only=True):
    """What goes into a version.

    A folder of exports, where its rows came from, the originals by name, and the version it is made
    from, whose mark of made-up figures it keeps.
    """

    folder: Path
    segments: Sequence[Segment]
    originals: Sequence[tuple[str, bytes]] = ()
    base: Path | None = None

    def mark(self) -> Path | None:
        """Return the file that says that some figures are made up, if they are."""
        folders = filter(None, (self.folder, self.base))
        marks = (folder / SYNTHETIC_MARK for folder in folders)
        return next((mark for mark in marks if mark.is_file()), None)


def build(versions: Path, manifest: Manifest, contents: Contents) -> Path:
    """Write a version's files and its manifest down to the disk under a name nobody reads.

    `manifest` comes without the files: they are added here. Returns the folder. Raises OSError and
    leaves nothing.
    """
    building = versions / f"{_BUILDING}{secrets.token_hex(6)}"
    building.mkdir()
    try:
        complete = msgspec.structs.replace(
            manifest,
            files=_exports(contents.folder, building),
            originals=_originals(contents.originals, building),
            is_sample=contents.mark() is not None,
            kept=_beside(contents, building),
        )
        write_for_good(building / MANIFEST, _json(complete))
        sync_folder(building)
    except BaseException:
        remove_tree(building)
        raise
    return building


def sweep(versions: Path) -> None:
    """Delete what interrupted processes were building; only under the archive's lock."""
    for left in versions.glob(f"{_BUILDING}*"):
        remove_tree(left)


def read_manifest(folder: Path) -> Manifest:
    """Return the manifest of a version's folder. Raises OSError, msgspec.DecodeError."""
    return msgspec.json.decode((folder / MANIFEST).read_bytes(), type=Manifest)


def read_segments(folder: Path) -> tuple[Segment, ...]:
    """Where the rows of a version came from. Raises OSError, msgspec.DecodeError."""
    return msgspec.json.decode((folder / LINEAGE).read_bytes(), type=tuple[Segment, ...])


def adopted_segments(paths: Iterable[Path], resources: Mapping[str, str]) -> tuple[Segment, ...]:
    """Return the rows of exports in a data folder, each as its own source, by version `ADOPTED`.

    `resources` are the names of the exports by file name. Raises OSError.
    """
    found = []
    for path in paths:
        rows, _ = _records(path)
        if rows:
            found.append(
                Segment(
                    resource=resources.get(path.name, path.stem),
                    first=2,
                    last=rows + 1,
                    version=ADOPTED,
                    file=path.name,
                    sheet=None,
                    source_first=2,
                )
            )
    return tuple(found)


def dated(segments: Iterable[Segment], names: Mapping[str, str]) -> tuple[Segment, ...]:
    """Segments with the ids that the stand-ins for versions have come to mean."""
    return tuple(
        msgspec.structs.replace(segment, version=names.get(segment.version, segment.version))
        for segment in segments
    )


def tables(folder: Path) -> list[Path]:
    """Return the files of exports in a folder; none where there is no folder."""
    return sorted(path for path in folder.glob("*.csv") if path.is_file())


def _exports(folder: Path, building: Path) -> dict[str, StoredFile]:
    files = {}
    for path in tables(folder):
        written = copy_for_good(path, building / path.name)
        _, rows = _records(building / path.name)
        files[path.name] = _stored(written, rows)
    return files


def _records(path: Path) -> tuple[int, int]:
    try:
        return records(path)
    except csv.Error as error:
        raise ArchiveError(
            f"{path.name} 不是可以发布的表格（{error}）。",
            f"{path.name} is no table that can be published ({error}).",
        ) from error


def _originals(originals: Iterable[tuple[str, bytes]], building: Path) -> tuple[Original, ...]:
    (building / ORIGINALS).mkdir()
    found = []
    for name, content in originals:
        original = described(name, content)
        path = building / ORIGINALS / original.sha256
        if not path.exists():  # the same bytes under two names are one file
            write_for_good(path, content)
        found.append(original)
    sync_folder(building / ORIGINALS)
    return tuple(found)


def _beside(contents: Contents, building: Path) -> dict[str, StoredFile]:
    lineage = msgspec.json.encode(tuple(contents.segments))
    kept = {LINEAGE: _stored(write_for_good(building / LINEAGE, lineage), 0)}
    mark = contents.mark()
    if mark:
        kept[SYNTHETIC_MARK] = _stored(copy_for_good(mark, building / SYNTHETIC_MARK), 0)
    return kept


def described(name: str, content: bytes) -> Original:
    """Return what is written down of a file that was handed in."""
    return Original(name=name, size=len(content), sha256=Written.of(content).sha256)


def _stored(written: Written, rows: int) -> StoredFile:
    return StoredFile(rows=rows, size=written.size, sha256=written.sha256)


def _json(manifest: Manifest) -> bytes:
    """For machines and for people who open the file."""
    return msgspec.json.format(msgspec.json.encode(manifest), indent=1)

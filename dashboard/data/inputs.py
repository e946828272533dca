"""Where everything a data version is made of lies, and whether it is still the same."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from dashboard import settings
from dashboard.archive import Manifest

Fingerprint = tuple[tuple[str, int, int], ...]


class Inputs(msgspec.Struct, frozen=True):
    """Where everything a data version is made of lies.

    `published` is the published version whose folder `data_dir` is, if it is one. `written` says by
    file name which version of the contract all rows of an export keep; exports that are not named
    keep the present one.
    """

    data_dir: Path
    plan_dir: Path
    queries_dir: Path
    package_path: Path
    outlines_path: Path = settings.SCHEMATIC_OUTLINES
    published: Manifest | None = None
    written: Mapping[str, str] = {}

    @classmethod
    def configured(cls, data_dir: Path, published: Manifest | None = None) -> Inputs:
        """Return a folder of exports, or a published version, with all else as it is installed."""
        return cls(
            data_dir,
            settings.plan_dir(),
            settings.QUERIES_DIR,
            settings.DATAPACKAGE,
            settings.county_outlines(),
        ).of_version(data_dir, published)

    def of_version(self, data_dir: Path, published: Manifest | None) -> Inputs:
        """Return the same of another folder, that of a published version or the data folder."""
        written = published.written if published else {}
        return msgspec.structs.replace(
            self, data_dir=data_dir, published=published, written=written
        )

    def files(self) -> Iterator[Path]:
        """All files that make the version, whether or not they are usable."""
        yield self.package_path
        yield from sorted(self.data_dir.glob("*.csv"))
        mark = self.data_dir / settings.SYNTHETIC_MARK
        if mark.exists():
            yield mark
        if os.access(self.outlines_path, os.R_OK):  # the map alone can do without
            yield self.outlines_path
        yield settings.PLAN_PACKAGE
        yield from _files_under(self.plan_dir)
        yield from _files_under(self.queries_dir)

    def fingerprint(self) -> Fingerprint:
        """Names, sizes and times: cheap to take and different as soon as a file is."""
        found = []
        for path in self.files():
            try:
                status = path.stat()
            except FileNotFoundError:  # removed since it was listed, or never there
                continue
            found.append((str(path), status.st_size, status.st_mtime_ns))
        return tuple(found)

    def content_hash(self) -> str:
        """Twelve hexadecimal digits that stand for the bytes of all files.

        They do not depend on where the exports lie: a candidate has those of its version.
        """
        digest = hashlib.sha256()
        for path in self.files():
            content = path.read_bytes()
            folder = "" if path.parent == self.data_dir else path.parent.name
            digest.update(f"{folder}/{path.name} {len(content)}\n".encode())
            digest.update(content)
        return digest.hexdigest()[:12]


def _files_under(folder: Path) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder):
        folders.sort()
        # Hidden files are an editor's.
        yield from (Path(parent, name) for name in sorted(names) if not name.startswith("."))

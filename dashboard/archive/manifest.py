"""What is written down beside every published version, and where its rows came from."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import msgspec

ContractVersion = Annotated[str, msgspec.Meta(pattern=r"^[0-9]+[.][0-9]+[.][0-9]+$")]

# Under which every version was published whose manifest does not say it.
FIRST_CONTRACT = "1.0.0"


class Delivered(msgspec.Struct, frozen=True, kw_only=True):
    """One table of a delivery: the file (and sheet) as somebody handed it in.

    `periods` are the periods of the export that it replaced, as the file writes them; empty where
    it replaced the whole export. `sha256` is that of the file as it came, which the version keeps
    under `originals/`.
    """

    resource: str
    file: str
    sheet: str | None
    encoding: str
    sha256: str
    rows: int
    periods: tuple[str, ...]


class Passed(msgspec.Struct, frozen=True, kw_only=True):
    """A warning that somebody let pass, and why; both as they were written."""

    warning: str
    reason: str


class StoredFile(msgspec.Struct, frozen=True, kw_only=True):
    """One export of a version: rows without the header, bytes and checksum."""

    rows: int
    size: int
    sha256: str


class Original(msgspec.Struct, frozen=True, kw_only=True):
    """A file as it was handed in: its name there, bytes and checksum.

    The checksum is also its name under `originals/`: no path is ever made of a name from outside.
    """

    name: str
    size: int
    sha256: str


# Stands for the version's own id in the segments handed to `Archive.publish`, which is not known
# before, and for the version that takes up the data folder's exports at the first publish.
THIS_VERSION = ""
ADOPTED = "adopted"


class Segment(msgspec.Struct, frozen=True, kw_only=True):
    """Consecutive rows of a version's export that came from consecutive rows of one file.

    `first` and `last` are rows as Excel counts them (the header is row 1), inclusive, of the
    version's own file; `source_first` is the row of `file` (and `sheet`) that became `first`.
    `version` is the version with which they were delivered.
    """

    resource: str
    first: int
    last: int
    version: str
    file: str
    sheet: str | None
    source_first: int


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """A published version.

    `id` names its folder and never changes (`v0007`); `base` is the version it was made from, None
    for the first, which holds the exports of the data folder as they were. `files` by file name;
    `kept` are the other files of its folder (`lineage.json`, `SYNTHETIC`), and `originals` the
    files of the delivery. `contract` is the version of the contract under which it was published;
    `older` names the exports that still have rows of an older one, with that version.
    """

    id: str
    published_at: datetime
    publisher: str
    reason: str
    base: str | None
    files: dict[str, StoredFile]
    delivered: tuple[Delivered, ...] = ()
    passed: tuple[Passed, ...] = ()
    checks: tuple[str, ...] = ()
    is_sample: bool = False
    originals: tuple[Original, ...] = ()
    kept: dict[str, StoredFile] = {}
    contract: ContractVersion = FIRST_CONTRACT
    older: dict[str, ContractVersion] = {}

    @property
    def written(self) -> dict[str, str]:
        """By export, the contract's version that all of its rows keep."""
        return dict.fromkeys(self.files, self.contract) | self.older

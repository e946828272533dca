"""Files that are on the disk for good before anything refers to them."""

from __future__ import annotations

import csv
import hashlib
import os
import shutil
import stat
from pathlib import Path
from typing import NamedTuple

from dashboard import files

_BLOCK = 1 << 20

# Files of a version are never written again; the owner may still delete them.
_READ_ONLY = stat.S_IRUSR | stat.S_IRGRP | stat.S_IROTH


class Written(NamedTuple):
    """Size and checksum of what was written."""

    size: int
    sha256: str

    @classmethod
    def of(cls, content: bytes) -> Written:
        return cls(len(content), hashlib.sha256(content).hexdigest())


def sync_folder(folder: Path) -> None:
    """Put names in a folder on disk. Windows has no such call and keeps them by itself."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_for_good(path: Path, content: bytes) -> Written:
    """Write a new file that nobody refers to yet, down to the disk, and make it read-only."""
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    path.chmod(_READ_ONLY)
    return Written.of(content)


def copy_for_good(source: Path, path: Path) -> Written:
    """Copy a file down to the disk and make the copy read-only."""
    digest, size = hashlib.sha256(), 0
    with source.open("rb") as incoming, path.open("xb") as file:
        while block := incoming.read(_BLOCK):
            digest.update(block)
            size += len(block)
            file.write(block)
        file.flush()
        os.fsync(file.fileno())
    path.chmod(_READ_ONLY)
    return Written(size, digest.hexdigest())


def write_beside(path: Path, content: bytes) -> Path:
    """Write what shall replace `path` beside it, down to the disk, and return its name.

    Readable to other accounts, like everything here: those who check need not be those who publish.
    """
    return files.write_beside(path, content, _READ_ONLY | stat.S_IWUSR)


def put_in_place(beside: Path, path: Path) -> None:
    """Replace `path` by a file written beside it: whoever looks sees the old one or the new one."""
    os.replace(beside, path)
    sync_folder(path.parent)


def checksum(path: Path) -> str:
    """Return the SHA-256 of a file's bytes. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def records(path: Path) -> tuple[int, int]:
    """Count the records after the header, and how many of them hold a value.

    A record is a row as Excel counts it: a value with line ends inside its quotes stays one.
    """
    total = filled = 0
    with path.open(encoding=_encoding(path), errors="replace", newline="") as file:
        reader = csv.reader(file)
        next(reader, None)
        for record in reader:
            total += 1
            filled += any(value.strip() for value in record)
    return total, filled


def _encoding(path: Path) -> str:
    """UTF-16 by its mark, else UTF-8: in GB18030 no byte of a Chinese sign is a comma or quote."""
    with path.open("rb") as file:
        mark = file.read(2)
    return "utf-16" if mark in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"


def remove_tree(folder: Path) -> None:
    """Delete a folder with its read-only files, as far as the system lets us."""
    for parent, _, names in os.walk(folder):
        for name in names:
            make_deletable(Path(parent, name))
    shutil.rmtree(folder, ignore_errors=True)


def make_deletable(path: Path) -> None:
    """Windows deletes no read-only file."""
    if os.name == "nt":
        path.chmod(stat.S_IWRITE)

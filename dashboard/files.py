"""Writing files whole: a reader sees the old file or the new one, never half of one."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def write_whole(path: Path, content: bytes) -> None:
    """Write beside and rename, once the bytes are on disk. Raises OSError and leaves nothing."""
    beside = write_beside(path, content)
    try:
        os.replace(beside, path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def write_beside(path: Path, content: bytes, mode: int | None = None) -> Path:
    """Write what shall replace `path` beside it, down to the disk, and return its name.

    `mode` are the rights of the new file, by default its owner's alone. Raises OSError and leaves
    nothing.
    """
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".writing-")
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if mode is not None:
            beside.chmod(mode)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    return beside

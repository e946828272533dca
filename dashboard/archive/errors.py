"""What can go wrong with the archive, in the words of a person who has to mend it."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import msgspec

from dashboard.archive.manifest import Manifest


class Trouble(msgspec.Struct, frozen=True, kw_only=True):
    """What is wrong with the archive and what to do about it, while there is something to show."""

    file: str
    message_zh: str
    message_en: str


class ArchiveError(Exception):
    """The archive cannot do what was asked; nothing that was published has changed."""

    def __init__(self, message_zh: str, message_en: str) -> None:
        super().__init__(message_en)
        self.message_zh = message_zh
        self.message_en = message_en


class BusyError(ArchiveError):
    """Somebody else is publishing this moment."""

    def __init__(self) -> None:
        super().__init__(
            "另一人正在发布，请稍后重试。", "Somebody else is publishing. Try again in a moment."
        )


class VersionConflictError(ArchiveError):
    """Another version has come into effect since the candidate was made.

    `current` is that version, None where there is no longer one; `actor` and `at` say who brought
    it into effect and when, by publishing it or by rolling back to it.
    """

    def __init__(self, current: Manifest | None, actor: str, at: datetime | None) -> None:
        name = current.id if current else "—"
        who = f"{actor or '—'}"
        when = f"{at:%Y-%m-%d %H:%M}" if at else "—"
        super().__init__(
            f"检查之后，当前版本已变为 {name}（{who}，{when}）。请在新版本上重新检查，再发布。",
            f"Since the check {name} has come into effect ({who}, {when})."
            " Check again on that version, then publish.",
        )
        self.current = current
        self.actor = actor
        self.at = at


class UnknownVersionError(ArchiveError, LookupError):
    """There is no such version, or its files are no longer kept."""

    def __init__(self, version_id: str) -> None:
        super().__init__(f"没有版本 {version_id}。", f"There is no version {version_id}.")


class UnknownPendingError(ArchiveError, LookupError):
    """There is no such pending delivery."""

    def __init__(self, pending_id: str) -> None:
        super().__init__(
            f"没有待发布的交付 {pending_id}，可能已发布或已删除。",
            f"There is no pending delivery {pending_id}; it may be published or deleted.",
        )


_CAUSES = {
    errno.ENOSPC: ("磁盘已满，请清理后重试", "the disk is full; make room and try again"),
    errno.EDQUOT: ("存储配额已用完，请清理后重试", "the quota is used up; make room and try again"),
    errno.EFBIG: ("文件超过允许的大小", "the file is larger than allowed"),
    errno.EROFS: (
        "文件夹是只读的，请改为可写后重试",
        "the folder is read-only; make it writable and try again",
    ),
    errno.EACCES: (
        "没有权限，请检查文件夹权限后重试",
        "access is denied; check the folder's permissions and try again",
    ),
    errno.EPERM: (
        "没有权限，请检查文件夹权限后重试",
        "access is denied; check the folder's permissions and try again",
    ),
    errno.ENOENT: ("文件或文件夹不存在", "a file or folder does not exist"),
    errno.EIO: ("磁盘读写出错，请检查磁盘", "the disk does not read or write; check it"),
}


def cause(error: OSError) -> tuple[str, str]:
    """Why the system refused, in Chinese and English."""
    reason = error.strerror or type(error).__name__
    return _CAUSES.get(error.errno or 0, (f"系统提示：{reason}", f"the system says: {reason}"))


@contextmanager
def plain_words(what_zh: str, what_en: str) -> Iterator[None]:
    """Turn an OSError in the block into an ArchiveError that says what failed, where and why."""
    try:
        yield
    except OSError as error:
        zh, en = cause(error)
        place = f"（{error.filename}）" if error.filename else ""
        place_en = f" ({error.filename})" if error.filename else ""
        raise ArchiveError(f"{what_zh}：{zh}{place}。", f"{what_en}: {en}{place_en}.") from error

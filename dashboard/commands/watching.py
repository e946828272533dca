"""The drop folder: what is put into it is delivered, and moved aside with its report."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from dashboard.archive import Archive, ArchiveError
from dashboard.contract import Package
from dashboard.deliveries.model import Checked, Upload
from dashboard.deliveries.publishing import (
    UnpublishableError,
    check_on,
    discard,
    publish_delivery,
)
from dashboard.deliveries.reading import RefusedError, read_delivery, upload_of
from dashboard.deliveries.report import report_workbook
from dashboard.files import write_whole
from dashboard.language import Language

DONE, RETURNED = "已处理", "退回"

# So long a file must keep its size and time before it is taken: a copy over a slow line pauses.
SETTLED_SECONDS = 3.0

_TAKEN = (".csv", ".tsv", ".txt", ".xlsx", ".xls", ".zip")


class DropFolder:
    """A folder that is looked at again and again; each look is complete in itself.

    A file is a delivery of its own. It stays where it is until it has been published, kept as
    pending or turned down, so that a process that is stopped in between takes it up again; what it
    had published or kept by then is known by its content and not delivered twice.
    """

    def __init__(
        self,
        folder: Path,
        archive: Archive,
        package: Package,
        words: Language,
        *,
        who: str,
        publishes: bool,
        settled_seconds: float = SETTLED_SECONDS,
    ) -> None:
        self._folder = folder
        self._archive = archive
        self._package = package
        self._words = words
        self._who = who
        self._publishes = publishes
        self._settled_seconds = settled_seconds

    def look(self) -> Iterator[str]:
        """Deliver every file that is complete; say of each what became of it."""
        for path in self._settled():
            try:
                yield self._take(path)
            except (ArchiveError, UnpublishableError) as error:
                yield self._say(path, error.message_zh, error.message_en)
            except OSError as error:
                yield self._say(
                    path, f"无法读写（{error.strerror}）", f"not readable ({error.strerror})"
                )

    def _settled(self) -> list[Path]:
        """The files that nobody is writing any more, oldest first."""
        before = self._signatures()
        if not before:
            return []
        time.sleep(self._settled_seconds)
        after = self._signatures()
        still = [path for path, signature in before.items() if after.get(path) == signature]
        return sorted(still, key=lambda path: before[path])

    def _signatures(self) -> dict[Path, tuple[int, int]]:
        """Time and size of every file that can be a delivery."""
        found: dict[Path, tuple[int, int]] = {}
        for path in self._folder.iterdir():
            # Hidden files and those with a tilde are an editor's or Excel's own.
            if path.suffix.lower() in _TAKEN and not path.name.startswith((".", "~")):
                with suppress(FileNotFoundError):  # moved since it was listed
                    if path.is_file() and not path.is_symlink():
                        status = path.stat()
                        found[path] = status.st_mtime_ns, status.st_size
        return found

    def _take(self, path: Path) -> str:
        try:
            upload = upload_of(path)
        except RefusedError as error:
            if error.finding.kind == "growing":
                return self._say(path, "还在写入，稍后再看", "still being written; later")
            self._put_aside(path, RETURNED, None)
            return self._say(path, error.finding.message_zh, error.finding.message_en)
        published = self._published_as(upload)
        if published is not None:
            self._put_aside(path, DONE, None)
            return self._say(path, f"已发布 {published}", f"published as {published}")
        reading = read_delivery([upload], self._package)
        checked = check_on(self._archive, reading, self._package)
        try:
            return self._settle(path, checked)
        finally:
            discard(checked)

    def _settle(self, path: Path, checked: Checked) -> str:
        """Turn it down, publish it, or let it wait; then move it out of the way."""
        if checked.errors or (not checked.reading.tables and not checked.reading.questions):
            self._put_aside(path, RETURNED, checked)
            self._archive.record_refusal(self._who, f"{path.name}: {len(checked.errors)} errors")
            return self._say(
                path,
                f"退回：{len(checked.errors)} 处错误，见报告",
                f"returned: {len(checked.errors)} errors, see the report",
            )
        if self._publishes and not checked.warnings and not checked.reading.questions:
            words = self._words
            reason = words("Delivered through the drop folder")
            manifest = publish_delivery(
                self._archive, checked, self._who, reason, {}, self._package
            )
            self._put_aside(path, DONE, checked)
            return self._say(path, f"已发布 {manifest.id}", f"published as {manifest.id}")
        pending_id = self._pending(checked)
        self._put_aside(path, DONE, checked)
        count = len(checked.warnings)
        return self._say(
            path,
            f"待发布 {pending_id}（{count} 处提醒）",
            f"pending as {pending_id} ({count} warnings)",
        )

    def _published_as(self, upload: Upload) -> str | None:
        """The version that is shown, where it was made of just this file."""
        current = self._archive.current()
        sha256 = hashlib.sha256(upload.content).hexdigest()
        if current and [original.sha256 for original in current.originals] == [sha256]:
            return current.id
        return None

    def _pending(self, checked: Checked) -> str:
        """Keep the delivery, unless the very same files are waiting already; return its id."""
        uploads = [(upload.name, upload.content) for upload in checked.reading.uploads]
        for waiting in self._archive.pending.all():
            if self._archive.pending.uploads(waiting.id) == uploads:
                return waiting.id
        return self._archive.pending.put(uploads, deliverer=self._who).id

    def _put_aside(self, path: Path, into: str, checked: Checked | None) -> None:
        """Move a file into a folder beside, under a name that is free, with its report."""
        folder = path.parent / into
        folder.mkdir(exist_ok=True)
        stamp = f"{datetime.now():%Y%m%d-%H%M%S}"
        name = f"{path.stem}-{stamp}"
        number = 2
        while (folder / f"{name}{path.suffix}").exists():
            name = f"{path.stem}-{stamp}-{number}"
            number += 1
        if checked is not None:
            words = self._words
            report = f"{name}-{words('Report of the check')}.xlsx"
            write_whole(folder / report, report_workbook(checked, self._words))
        os.replace(path, folder / f"{name}{path.suffix}")

    def _say(self, path: Path, zh: str, en: str) -> str:
        return f"{path.name}: {self._words.pick(zh, en)}"

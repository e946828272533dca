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
from dashboard.deliveries.checking.publish import (
    UnpublishableError,
    check_on,
    discard,
    nothing_new,
    publish_delivery,
)
from dashboard.deliveries.model import Checked, Finding, Upload
from dashboard.deliveries.reading.delivery import RefusedError, read_delivery, upload_of
from dashboard.deliveries.workbooks.check_report import report_workbook
from dashboard.files import write_whole
from dashboard.words.language import Language

DONE, RETURNED = "已处理", "退回"

# So long a file must keep its size and time before it is taken: a copy over a slow line pauses.
SETTLED_SECONDS = 3.0

_NAMED = 3
_TAKEN = (".csv", ".tsv", ".txt", ".xlsx", ".xls", ".zip")


class DropFolder:
    """A folder that is looked at again and again; each look is complete in itself.

    A file is a delivery of its own, but while exports are lacking for a first version those that
    are there wait for the others and become one delivery. A file stays where it is until it has
    been published, kept as pending or turned down, so that a process that is stopped in between
    takes it up again; what it had published or kept by then is known by its content and not
    delivered twice.
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
        self._left: dict[Path, tuple[int, int]] = {}
        self._left_beside: str | None = None

    def look(self) -> Iterator[str]:
        """Deliver every file that is complete; say of each what became of it."""
        settled = self._settled()
        shown = self._shown_id()
        if settled == self._left and shown == self._left_beside:
            return  # none of those came for which these wait
        waiting: dict[Path, tuple[int, int]] = {}
        for path, signature in settled.items():
            try:
                yield self._deliver([path])
            except _LackingError:
                waiting[path] = signature
        self._left, self._left_beside = {}, shown
        if waiting:
            try:
                yield self._deliver([*waiting])
            except _LackingError as error:
                self._left = waiting
                yield self._say([*waiting], *error.words)

    def _deliver(self, paths: list[Path]) -> str:
        """Take files as one delivery; say what became of it. Raises _LackingError."""
        try:
            return self._take(paths)
        except (ArchiveError, UnpublishableError) as error:
            return self._say(paths, error.message_zh, error.message_en)
        except OSError as error:
            return self._say(
                paths, f"无法读写（{error.strerror}）", f"not readable ({error.strerror})"
            )

    def _settled(self) -> dict[Path, tuple[int, int]]:
        """Return the files that nobody is writing any more, oldest first, with time and size."""
        before = self._signatures()
        if not before:
            return {}
        time.sleep(self._settled_seconds)
        after = self._signatures()
        still = [path for path, signature in before.items() if after.get(path) == signature]
        return {path: before[path] for path in sorted(still, key=lambda path: before[path])}

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

    def _take(self, paths: list[Path]) -> str:
        uploads = []
        for path in paths:
            try:
                uploads.append(upload_of(path))
            except RefusedError as error:
                if error.finding.kind == "growing":
                    return self._say([path], "还在写入，稍后再看", "still being written; later")
                self._put_aside([path], RETURNED, None)
                return self._say([path], error.finding.message_zh, error.finding.message_en)
        published = self._published_as(uploads)
        if published is not None:
            self._put_aside(paths, DONE, None)
            return self._say(paths, f"已发布 {published}", f"published as {published}")
        reading = read_delivery(uploads, self._package)
        checked = check_on(self._archive, reading, self._package)
        try:
            return self._settle(paths, checked)
        finally:
            discard(checked)

    def _settle(self, paths: list[Path], checked: Checked) -> str:
        """Turn it down, publish it, or let it wait; then move it out of the way."""
        if checked.is_incomplete:
            raise _LackingError(checked.lacking)
        if checked.errors or (not checked.reading.tables and not checked.reading.questions):
            return self._turn_down(_at_fault(paths, checked) or paths, checked)
        if checked.changes_nothing:
            self._put_aside(paths, DONE, checked)
            return self._say(paths, *nothing_new(checked))
        if self._publishes and not checked.warnings and not checked.reading.questions:
            words = self._words
            reason = words("Delivered through the drop folder")
            manifest = publish_delivery(
                self._archive, checked, self._who, reason, {}, self._package
            )
            self._put_aside(paths, DONE, checked)
            return self._say(paths, f"已发布 {manifest.id}", f"published as {manifest.id}")
        pending_id = self._pending(checked)
        self._put_aside(paths, DONE, checked)
        count = len(checked.warnings)
        return self._say(
            paths,
            f"待发布 {pending_id}（{count} 处提醒）",
            f"pending as {pending_id} ({count} warnings)",
        )

    def _turn_down(self, paths: list[Path], checked: Checked) -> str:
        count = len(checked.errors) - len(checked.lacking)
        self._put_aside(paths, RETURNED, checked)
        self._archive.record_refusal(self._who, f"{_names(paths)}: {count} errors")
        return self._say(
            paths, f"退回：{count} 处错误，见报告", f"returned: {count} errors, see the report"
        )

    def _shown_id(self) -> str | None:
        current = self._archive.current()
        return current.id if current else None

    def _published_as(self, uploads: list[Upload]) -> str | None:
        """Return the version that is shown, where it was made of these files."""
        current = self._archive.current()
        made_of = {original.sha256 for original in current.originals} if current else set()
        if current and made_of.issuperset(_sha256(upload) for upload in uploads):
            return current.id
        return None

    def _pending(self, checked: Checked) -> str:
        """Keep the delivery, unless the very same files are waiting already; return its id."""
        uploads = [(upload.name, upload.content) for upload in checked.reading.uploads]
        for waiting in self._archive.pending.all():
            if self._archive.pending.uploads(waiting.id) == uploads:
                return waiting.id
        return self._archive.pending.put(uploads, deliverer=self._who).id

    def _put_aside(self, paths: list[Path], into: str, checked: Checked | None) -> None:
        """Move files into a folder beside, under names that are free, with their report."""
        folder = self._folder / into
        folder.mkdir(exist_ok=True)
        stamp = f"{datetime.now():%Y%m%d-%H%M%S}"
        names = [_free_name(folder, path, stamp) for path in paths]
        if checked is not None:
            words = self._words
            report = f"{names[0]}-{words('Report of the check')}.xlsx"
            write_whole(folder / report, report_workbook(checked, self._words))
        for path, name in zip(paths, names, strict=True):
            os.replace(path, folder / f"{name}{path.suffix}")

    def _say(self, paths: list[Path], zh: str, en: str) -> str:
        return f"{_names(paths)}: {self._words.pick(zh, en)}"


class _LackingError(Exception):
    """Nothing is wrong with the files, but other exports are lacking for a first version."""

    def __init__(self, lacking: list[Finding]) -> None:
        super().__init__()
        names = [finding.file for finding in lacking]
        self.words = (
            f"等待其余 {len(names)} 份数据：{'、'.join(names)}",
            f"waiting for {len(names)} other exports: {', '.join(names)}",
        )


def _at_fault(paths: list[Path], checked: Checked) -> list[Path]:
    """Return the files that have errors; a table inside a zip is named `a.zip/b.csv`."""
    faulty = {finding.file.split("/")[0] for finding in checked.errors if not finding.base}
    return [path for path in paths if path.name in faulty]


def _free_name(folder: Path, path: Path, stamp: str) -> str:
    name, number = f"{path.stem}-{stamp}", 2
    while (folder / f"{name}{path.suffix}").exists():
        name, number = f"{path.stem}-{stamp}-{number}", number + 1
    return name


def _names(paths: list[Path]) -> str:
    """Return the first files; all of a first version would fill the terminal."""
    more = f" … ({len(paths)})" if len(paths) > _NAMED else ""
    return "、".join(path.name for path in paths[:_NAMED]) + more


def _sha256(upload: Upload) -> str:
    return hashlib.sha256(upload.content).hexdigest()

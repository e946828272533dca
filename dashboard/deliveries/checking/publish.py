"""Step 4, Publish: a checked delivery becomes the version that everybody sees."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from dashboard import settings
from dashboard.archive import (
    THIS_VERSION,
    Archive,
    Delivered,
    Manifest,
    Passed,
    Pending,
    Segment,
    adopted_segments,
)
from dashboard.contract import Package
from dashboard.data import Database, UnusableData, is_of, open_database, open_if_usable
from dashboard.deliveries.checking.check import Progress, check
from dashboard.deliveries.model import (
    Checked,
    DeliveredTable,
    Finding,
    Location,
    ReadDelivery,
    RowRange,
    Upload,
)
from dashboard.deliveries.periods import period_columns
from dashboard.deliveries.reading.delivery import read_delivery


class UnpublishableError(Exception):
    """A delivery that must not be published as it is, and why."""

    def __init__(self, message_zh: str, message_en: str) -> None:
        super().__init__(message_en)
        self.message_zh = message_zh
        self.message_en = message_en


def publish_delivery(
    archive: Archive,
    checked: Checked,
    publisher: str,
    reason: str,
    reasons: Mapping[Finding, str],
    package: Package,
    built: Database | None = None,
) -> Manifest:
    """Publish a checked delivery as a new version; `reasons` say for every warning why it passes.

    `built` is the candidate's data version, where somebody has looked at it already.

    Raises UnpublishableError for a delivery with errors, with a warning nobody gave a reason for,
    or without anything new, ConflictError when another version has come into effect since the
    check (then `rebase`), other ArchiveErrors when the disk refuses. Nothing is published then.
    """
    passed = tuple(_passed(checked, reasons))
    folder = _candidate(checked)
    if checked.changes_nothing:
        raise UnpublishableError(*nothing_new(checked))
    _require_words(publisher, reason)
    if built is None or not is_of(built, folder):
        _open_once(folder, checked)
    return archive.publish(
        folder,
        expected=checked.base,
        publisher=publisher,
        reason=reason,
        resources={resource.file_name: resource.name for resource in package.resources},
        contract=package.version,
        older={
            file: written
            for file, written in checked.written.items()
            if written != package.version and (folder / file).is_file()
        },
        takes_up=checked.base is None and open_if_usable(archive.shown_folder(), None) is not None,
        segments=tuple(_segments(archive, checked, package)),
        delivered=[_delivered(table, package) for table in checked.reading.tables],
        passed=passed,
        checks=checked.checks,
        originals=[(upload.name, upload.content) for upload in checked.reading.uploads],
    )


def read_pending(archive: Archive, pending: Pending, package: Package) -> ReadDelivery:
    """Read a delivery that waits, with what was answered about it. Raises ArchiveError."""
    uploads = [Upload(*upload) for upload in archive.pending.uploads(pending.id)]
    answers = {Location(each.file, each.sheet): each.resource for each in pending.answers}
    return read_delivery(uploads, package, answers)


def check_on(
    archive: Archive,
    reading: ReadDelivery,
    package: Package,
    queries_dir: Path = settings.QUERIES_DIR,
    progress: Progress | None = None,
) -> Checked:
    """Check a reading against the version that is shown now.

    Raises ArchiveError when no version can be shown.
    """
    current = archive.current()
    return check(
        reading,
        archive.shown_folder(),
        current,
        package,
        queries_dir,
        progress,
    )


def rebase(
    archive: Archive,
    checked: Checked,
    package: Package,
    queries_dir: Path = settings.QUERIES_DIR,
    progress: Progress | None = None,
) -> Checked:
    """Check a delivery again, against the version that came into effect meanwhile.

    The old candidate is removed. The delivered periods replace those of the new base too, also
    where the other publisher delivered the same ones: the preview of the result says so.
    """
    discard(checked)
    return check_on(archive, checked.reading, package, queries_dir, progress)


def discard(checked: Checked) -> None:
    """Remove the candidate of a check that is not needed any more."""
    if checked.folder is not None:
        shutil.rmtree(checked.folder, ignore_errors=True)


def _passed(checked: Checked, reasons: Mapping[Finding, str]) -> Iterator[Passed]:
    """Yield the warnings with their reasons, word for word. Raises UnpublishableError."""
    if checked.errors:
        count = len(checked.errors)
        raise UnpublishableError(
            f"有 {count} 处错误，不能发布。请改正后重新交付。",
            f"There are {count} errors: it cannot be published. Correct them and deliver again.",
        )
    for warning in checked.warnings:
        reason = reasons.get(warning, "").strip()
        if not reason:
            raise UnpublishableError(
                f"以下提醒需要写明理由才能发布：{warning.message_zh}",
                f"This warning needs a reason to pass: {warning.message_en}",
            )
        yield Passed(warning=warning.message_zh, reason=reason)


def _candidate(checked: Checked) -> Path:
    if checked.folder is None:
        raise UnpublishableError(
            "没有可以发布的数据。请先交付文件，并回答待确认的问题。",
            "There is nothing to publish. Deliver files, and answer what is asked about them.",
        )
    return checked.folder


def _require_words(publisher: str, reason: str) -> None:
    if not publisher.strip() or not reason.strip():
        raise UnpublishableError("请填写发布人和发布原因。", "Say who publishes this and why.")


def _open_once(folder: Path, checked: Checked) -> None:
    """Build the whole data version of the candidate: what cannot be shown is not published."""
    try:
        open_database(folder, written=checked.written)
    except UnusableData as error:
        raise UnpublishableError(*cannot_be_shown(error)) from error


def nothing_new(checked: Checked) -> tuple[str, str]:
    """Say that a delivery changes nothing, in Chinese and English."""
    return (
        f"交来的数据与当前版本 {checked.base} 相同，无需发布。",
        f"The delivered rows are those of version {checked.base}: there is nothing to publish.",
    )


def cannot_be_shown(error: UnusableData) -> tuple[str, str]:
    """Why a candidate makes no data version, in Chinese and English."""
    first = error.problems[0]
    return (
        f"用这些数据无法生成看板：{first.message_zh}",
        f"The dashboard cannot be built of these data: {first.message_en}",
    )


def _kept_files(archive: Archive, checked: Checked, package: Package) -> list[Path]:
    """Return the files of the data folder of which the candidate keeps rows."""
    delivered = {table.resource for table in checked.reading.tables}
    kept = {run.resource for run in checked.runs if run.place is None}
    folder = archive.exports_of(None)
    paths = [
        folder / resource.file_name
        for resource in package.resources
        if resource.name in kept or resource.name not in delivered
    ]
    return [path for path in paths if path.is_file()]


def _delivered(table: DeliveredTable, package: Package) -> Delivered:
    resource = package.resource(table.resource)
    return Delivered(
        resource=table.resource,
        file=table.place.file,
        sheet=table.place.sheet,
        encoding=table.encoding,
        sha256=table.sha256,
        rows=len(table.frame),
        periods=table.periods if period_columns(resource) else (),
    )


def _segments(archive: Archive, checked: Checked, package: Package) -> Iterator[Segment]:
    """Where every row of the candidate came from: delivered now, or through the base."""
    if checked.base is None:
        names = {resource.file_name: resource.name for resource in package.resources}
        known = adopted_segments(_kept_files(archive, checked, package), names)
    else:
        known = archive.segments(checked.base)
    touched = {run.resource for run in checked.runs}
    yield from (segment for segment in known if segment.resource not in touched)
    for run in checked.runs:
        if run.place is None:
            yield from kept_segments(run, known)
        else:
            yield Segment(
                resource=run.resource,
                first=run.first,
                last=run.last,
                version=THIS_VERSION,
                file=run.place.file,
                sheet=run.place.sheet,
                source_first=run.source_first,
            )


def kept_segments(run: RowRange, known: Sequence[Segment]) -> Iterator[Segment]:
    """Yield parts of the base's segments that lie in a run of kept rows, with their new rows."""
    last_source = run.source_first + run.last - run.first
    for segment in known:
        first = max(segment.first, run.source_first)
        last = min(segment.last, last_source)
        if segment.resource == run.resource and first <= last:
            yield Segment(
                resource=run.resource,
                first=run.first + first - run.source_first,
                last=run.first + last - run.source_first,
                version=segment.version,
                file=segment.file,
                sheet=segment.sheet,
                source_first=segment.source_first + first - segment.first,
            )

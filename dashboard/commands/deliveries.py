"""Commands about deliveries: check, deliver, publish, template, watch.

Exit codes: 0 done; 1 the delivery has errors, or was not published for another reason that is said;
2 a wrong argument, or a file that cannot be read or written; 3 another version has come into effect
since the delivery was checked.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from dashboard import settings
from dashboard.archive import (
    Answer,
    Archive,
    ArchiveError,
    Pending,
    PendingStore,
    VersionConflictError,
    configured_archive,
)
from dashboard.commands.printing import (
    complain,
    print_findings,
    print_preview,
    print_reading,
    say_progress,
)
from dashboard.commands.watching import DropFolder
from dashboard.contract import Package, load_package
from dashboard.data import open_database, open_if_usable
from dashboard.deliveries.checking.preview import preview
from dashboard.deliveries.checking.publish import (
    UnpublishableError,
    check_on,
    discard,
    nothing_new,
    publish_delivery,
    read_pending,
)
from dashboard.deliveries.model import Checked, Location, ReadDelivery
from dashboard.deliveries.reading.delivery import RefusedError, read_delivery, upload_of
from dashboard.deliveries.workbooks.check_report import report_workbook
from dashboard.deliveries.workbooks.template import template_workbook
from dashboard.files import write_whole
from dashboard.words.language import CHINESE, LANGUAGES, Language, language

DONE, REFUSED, WRONG, CONFLICT = 0, 1, 2, 3
EXIT_CODES = (
    "exit codes: 0 done; 1 errors, or not published; 2 a wrong argument, or a file that cannot be"
    " read or written; 3 another version came into effect meanwhile"
)


def add_commands(commands: Any) -> None:
    """Add the commands to the parser's subparsers."""
    check = _command(commands, "check", "check exports before they are delivered", _check)
    _add_files(check)
    check.add_argument("--report", type=Path, metavar="FILE", help="write the findings as XLSX")

    deliver = _command(commands, "deliver", "hand in exports; they wait until published", _deliver)
    _add_files(deliver)
    deliver.add_argument("--who", required=True, metavar="NAME", help="who hands them in")
    deliver.add_argument("--note", default="", metavar="TEXT", help="what to know about them")
    deliver.add_argument(
        "--with",
        dest="waiting",
        metavar="ID",
        help="together with the files of a delivery that waits; the same name replaces",
    )
    deliver.add_argument("--report", type=Path, metavar="FILE", help="write the findings as XLSX")

    publish = _command(commands, "publish", "make a delivery the version everybody sees", _publish)
    publish.add_argument("id", metavar="ID", help="what deliver printed")
    publish.add_argument("--who", required=True, metavar="NAME", help="who publishes it")
    publish.add_argument("--why", required=True, metavar="TEXT", help="the reason for the version")
    publish.add_argument(
        "--reason", default="", metavar="TEXT", help="why the warnings may pass (all of them)"
    )

    template = _command(commands, "template", "write an empty export to fill in", _template)
    template.add_argument("export", metavar="EXPORT", help="its title or name, as 体质健康")
    template.add_argument("-o", "--out", type=Path, required=True, metavar="FILE")

    watch = _command(commands, "watch", "deliver what is put into a folder", _watch)
    watch.add_argument("folder", type=Path, metavar="DIR")
    watch.add_argument("--who", default="watch", metavar="NAME", help="in whose name")
    watch.add_argument(
        "--publish", action="store_true", help="publish what has no errors and no warnings"
    )
    watch.add_argument("--once", action="store_true", help="look once and end, for a scheduler")
    watch.add_argument(
        "--every", type=float, default=5.0, metavar="SECONDS", help="how often to look"
    )


def _command(
    commands: Any, name: str, text: str, run: Callable[[argparse.Namespace, Language], int]
) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(
        name, help=text, description=text, epilog=EXIT_CODES
    )
    parser.add_argument("--lang", choices=LANGUAGES, default=CHINESE, help="of what is said")
    parser.set_defaults(run=lambda options: _run(run, options))
    return parser


def _add_files(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="CSV, TSV, XLSX, ZIP")
    parser.add_argument(
        "--as",
        dest="answers",
        action="append",
        default=[],
        metavar="FILE[#SHEET]=EXPORT",
        help="which export a table is, where several fit (repeat)",
    )


def _run(run: Callable[[argparse.Namespace, Language], int], options: argparse.Namespace) -> int:
    words = language(options.lang)
    try:
        return run(options, words)
    except VersionConflictError as error:
        complain(words, error.message_zh, error.message_en)
        return CONFLICT
    except (ArchiveError, UnpublishableError) as error:
        complain(words, error.message_zh, error.message_en)
        return REFUSED
    except RefusedError as error:
        complain(words, error.finding.message_zh, error.finding.message_en)
        return WRONG
    except OSError as error:
        name = Path(error.filename or "").name
        complain(
            words,
            f"{name} 无法读写（{error.strerror}）。",
            f"{name} cannot be read or written ({error.strerror}).",
        )
        return WRONG


# ---- the commands -------------------------------------------------------------------------------


def _check(options: argparse.Namespace, words: Language) -> int:
    package = _package()
    uploads = [upload_of(path) for path in options.files]
    reading = read_delivery(uploads, package, _answers(options.answers, package))
    checked = _checked(configured_archive(), reading, package)
    try:
        print_reading(reading, package, words)
        print_findings(checked, words)
        _write_report(options.report, checked, words)
    finally:
        discard(checked)
    return REFUSED if checked.errors or reading.questions else DONE


def _deliver(options: argparse.Namespace, words: Language) -> int:
    package, archive = _package(), configured_archive()
    pending = _kept(archive.pending, options, package)
    reading = read_pending(archive, pending, package)
    checked = _checked(archive, reading, package)
    try:
        print_reading(reading, package, words)
        print_findings(checked, words)
        _write_report(options.report, checked, words)
        if checked.changes_nothing:
            print(words.pick(*nothing_new(checked)))
        elif checked.folder is not None:
            base = open_if_usable(archive.shown_folder(), archive.current())
            candidate = open_database(checked.folder, written=checked.written)
            print_preview(preview(base, candidate, checked), candidate, words)
    finally:
        discard(checked)
    print(pending.id)
    return REFUSED if checked.errors or reading.questions else DONE


def _kept(store: PendingStore, options: argparse.Namespace, package: Package) -> Pending:
    """Return files as a delivery that waits, together with those of another one if it is named."""
    uploads = [(each.name, each.content) for each in map(upload_of, options.files)]
    about: dict[str, Any] = {
        "deliverer": options.who,
        "note": options.note,
        "answers": [
            Answer(file=place.file, sheet=place.sheet, resource=resource)
            for place, resource in _answers(options.answers, package).items()
        ],
    }
    if options.waiting is None:
        return store.put(uploads, **about)
    new = {name for name, _ in uploads}
    others = [upload for upload in store.uploads(options.waiting) if upload[0] not in new]
    return store.replace(options.waiting, [*others, *uploads], **about)


def _publish(options: argparse.Namespace, words: Language) -> int:
    package, archive = _package(), configured_archive()
    pending = archive.pending.get(options.id)
    checked = _checked(archive, read_pending(archive, pending, package), package)
    try:
        if checked.errors:
            print_findings(checked, words)
            archive.record_refusal(options.who, f"{pending.id}: {len(checked.errors)} errors")
        reasons = dict.fromkeys(checked.warnings, options.reason)
        manifest = publish_delivery(archive, checked, options.who, options.why, reasons, package)
    finally:
        discard(checked)
    archive.pending.remove(pending.id)
    print(manifest.id)
    return DONE


def _template(options: argparse.Namespace, words: Language) -> int:
    package = _package()
    name = _resource_name(options.export, package)
    if name is None:
        complain(words, *_no_export(options.export, package))
        return WRONG
    content = template_workbook(package, package.resource(name), words)
    write_whole(options.out, content)
    print(options.out)
    return DONE


def _watch(options: argparse.Namespace, words: Language) -> int:
    if not options.folder.is_dir():
        complain(words, f"没有文件夹 {options.folder}。", f"There is no folder {options.folder}.")
        return WRONG
    drop = DropFolder(
        options.folder,
        configured_archive(),
        _package(),
        words,
        who=options.who,
        publishes=options.publish,
    )
    while True:
        for line in drop.look():
            print(line, flush=True)
        if options.once:
            return DONE
        time.sleep(options.every)


# ---- what they share ----------------------------------------------------------------------------


def _package() -> Package:
    return load_package(settings.DATAPACKAGE)


def _checked(archive: Archive, reading: ReadDelivery, package: Package) -> Checked:
    return check_on(archive, reading, package, progress=say_progress)


def _write_report(path: Path | None, checked: Checked, words: Language) -> None:
    if path is not None:
        write_whole(path, report_workbook(checked, words))


def _answers(texts: list[str], package: Package) -> dict[Location, str]:
    """Return what `--as` says. Raises UnpublishableError for an export that does not exist."""
    answers: dict[Location, str] = {}
    for text in texts:
        place, _, export = text.rpartition("=")
        file, _, sheet = place.partition("#")
        name = _resource_name(export, package)
        if not file or name is None:
            raise UnpublishableError(*_no_export(text, package))
        answers[Location(file, sheet or None)] = name
    return answers


def _resource_name(text: str, package: Package) -> str | None:
    for resource in package.resources:
        if text in (resource.name, resource.title, resource.file_name):
            return resource.name
    return None


def _no_export(text: str, package: Package) -> tuple[str, str]:
    titles = "、".join(resource.title for resource in package.resources)
    return f"没有数据表“{text}”。可选：{titles}。", f"No export “{text}”. Choose among {titles}."

"""What a file is by its bytes, whatever its name says, and the grids in it.

A name is cut to its last part and cleaned; no path is ever made of it.
"""

from __future__ import annotations

import re
import stat
import time
import zipfile
from collections.abc import Collection, Iterator
from pathlib import Path

import msgspec

from dashboard import settings
from dashboard.deliveries.model import Finding, Location, Normalised, Upload
from dashboard.deliveries.reading.grid import Grid
from dashboard.deliveries.reading.normalisations import normalised
from dashboard.deliveries.reading.text_file import read_text_file
from dashboard.deliveries.reading.unpacking import EMPTY_ZIP, ZIP, files_in, open_zip, unpack
from dashboard.deliveries.reading.workbook import Workbook, workbook_part
from dashboard.deliveries.refusal import RefusedError, refused

_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# How other kinds of files begin, and what they are called.
_OTHER_KINDS = {
    b"%PDF": "PDF",
    b"Rar!": "RAR",
    b"7z\xbc\xaf\x27\x1c": "7z",
    b"\x1f\x8b": "gzip",
    b"BZh": "bzip2",
    b"\xfd7zXZ": "xz",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"{\\rtf": "RTF",
    b"SQLite format 3": "SQLite",
}
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(!doctype html|html|head|meta|table|body|style)",
    re.I | re.S,
)
_XML = re.compile(rb"\s*<\?xml|\s*<[A-Za-z]+:?[A-Za-z]*\s+xmlns", re.I)
# What systems leave in folders: nobody's data.
_LITTER = re.compile(r"(^|/)(__MACOSX/|\.DS_Store$|Thumbs\.db$|desktop\.ini$|~\$[^/]*$|\._[^/]*$)")
_UNFINISHED = (".part", ".partial", ".crdownload", ".tmp", ".download", ".filepart", ".!ut")
# What names must not hold, on any system.
_UNNAMED = re.compile('[\x00-\x1f\x7f-\x9f<>:"|?*\u200b-\u200f\u202a-\u202e\u2066-\u2069]')
# A file that changed so lately may still be written to.
_SETTLED_SECONDS = 1.0


class Leaf(msgspec.Struct, frozen=True):
    """A file that holds no other files: handed in itself, or in an archive."""

    place: Location
    content: bytes


class Leaves(msgspec.Struct):
    """The files of a delivery, with what was refused and left out on the way."""

    leaves: list[Leaf] = []
    findings: list[Finding] = []
    normalised: list[Normalised] = []


def upload_of(path: Path) -> Upload:
    """Read a file that is to be delivered.

    Raises RefusedError, with what to do, when it is too large (before it is read), no file, not
    readable or still being written.
    """
    place = Location(clean_name(path.name))
    if path.name.lower().endswith(_UNFINISHED):
        raise _growing(place)
    try:
        before = path.stat()
        if not stat.S_ISREG(before.st_mode):
            raise _no_file(place)
        if before.st_size > settings.MAX_UPLOAD_BYTES:
            raise too_large(place, before.st_size)
        age = time.time() - before.st_mtime
        if 0 <= age < _SETTLED_SECONDS:
            time.sleep(_SETTLED_SECONDS - age)
        with path.open("rb") as stream:
            content = stream.read(settings.MAX_UPLOAD_BYTES + 1)
        after = path.stat()
    except OSError as error:
        raise refused(
            place,
            "unreadable",
            f"无法打开（{error.strerror}）。请检查文件是否还在、有没有读取权限。",
            f"cannot be opened ({error.strerror}). Check that it is there and may be read.",
        ) from error
    if len(content) != before.st_size or (
        (after.st_size, after.st_mtime_ns) != (before.st_size, before.st_mtime_ns)
    ):
        raise _growing(place)
    return Upload(place.file, content)


def clean_name(name: str) -> str:
    """Return the last part of a name, without characters that belong in no name.

    Of bearable length.
    """
    last = _UNNAMED.sub("", re.split(r"[/\\]", name)[-1]).strip(" .")
    last = last.encode("utf-8", "ignore").decode("utf-8")
    if len(last) > 120:
        stem, dot, suffix = last.rpartition(".")
        last = f"{stem[:100]}{dot}{suffix[:10]}" if dot else last[:100]
    return last or "unnamed"


def leaves_of(upload: Upload) -> Leaves:
    """Return the files in an upload: itself, or what is in it when it is an archive."""
    place = Location(upload.name)
    found = Leaves([], [], [])
    try:
        if len(upload.content) > settings.MAX_UPLOAD_BYTES:
            raise too_large(place, len(upload.content))
        if not _is_archive(upload.content, place):
            found.leaves.append(Leaf(place, upload.content))
            return found
        with open_zip(upload.content, place) as archive:
            _unpack_all(archive, place, found)
    except RefusedError as error:
        found.findings.append(error.finding)
    return found


def grids_of(leaf: Leaf, known_headers: Collection[str]) -> Iterator[Grid | Finding | Normalised]:
    """Yield the grids in a file, and in their place what was refused or left out.

    Raises RefusedError.
    """
    content, place = leaf.content, leaf.place
    if not content.strip():
        raise refused(
            place,
            "empty_file",
            "文件是空的。请重新导出；如果还在写入，请等写完后提交。",
            "the file is empty. Export it again, or wait until it has been written.",
        )
    if content.startswith((ZIP, EMPTY_ZIP)):
        with open_zip(content, place) as archive:
            yield from _sheets(archive, place)
        return
    _refuse_other_kinds(content, place)
    yield read_text_file(content, place, known_headers)


def too_large(place: Location, size: int) -> RefusedError:
    """Refuse a file above the limit; nothing of it was read."""
    megabytes, most = -(-size // 1024**2), settings.MAX_UPLOAD_BYTES // 1024**2
    return refused(
        place,
        "too_large",
        f"文件有 {megabytes:,} MB，最大 {most} MB，未读取。请核对是否选错文件，或分开提交。",
        f"the file has {megabytes:,} MB; at most {most} MB are read, and nothing of it was."
        " Check whether it is the right file, or hand it in in parts.",
    )


def _is_archive(content: bytes, place: Location) -> bool:
    """Whether the content is a zip of files; workbooks and documents are zips of their own."""
    if content.startswith(EMPTY_ZIP):
        return True
    if not content.startswith(ZIP):
        return False
    with open_zip(content, place) as archive:
        return not _is_document(archive)


def _is_document(archive: zipfile.ZipFile) -> bool:
    names = archive.NameToInfo
    return "[Content_Types].xml" in names or "mimetype" in names


def _unpack_all(archive: zipfile.ZipFile, place: Location, found: Leaves) -> None:
    names: set[str] = set()
    litter: list[str] = []
    for name, entry in files_in(archive, place):
        if _LITTER.search(name):
            litter.append(name)
            continue
        inner = Location(f"{place.file}/{unused_name(clean_name(name), names)}")
        try:
            content = unpack(archive, entry, inner)
            if _is_archive(content, inner):
                raise _nested(inner)
            found.leaves.append(Leaf(inner, content))
        except RefusedError as error:
            found.findings.append(error.finding)
    if litter:
        found.normalised.append(
            normalised(place, "ignored_file", len(litter), before=clean_name(litter[0]))
        )
    if not found.leaves and not found.findings:
        raise refused(
            place,
            "empty_file",
            "压缩包里没有数据文件。",
            "there is no file of data in the archive.",
        )


def unused_name(name: str, names: set[str]) -> str:
    """Return the name, numbered when a file of that name was there already."""
    stem, dot, suffix = name.rpartition(".")
    number, free = 1, name
    while free in names:
        number += 1
        free = f"{stem} ({number}){dot}{suffix}" if dot else f"{name} ({number})"
    names.add(free)
    return free


def _sheets(archive: zipfile.ZipFile, place: Location) -> Iterator[Grid | Finding | Normalised]:
    if workbook_part(archive) is None:
        raise _wrong_kind(place, "不是 .xlsx 工作簿", "no .xlsx workbook")
    workbook = Workbook(archive, place)
    for sheet in workbook.sheets:
        if sheet.hidden:
            yield normalised(Location(place.file, sheet.name), "hidden_sheet", 1)
            continue
        try:
            yield workbook.grid(sheet)
        except RefusedError as error:
            yield error.finding


def _refuse_other_kinds(content: bytes, place: Location) -> None:
    start = content[:4096].removeprefix(b"\xef\xbb\xbf")
    if content.startswith(_OLD_OFFICE):
        raise _old_office(content, place)
    if _HTML.match(start):
        raise _wrong_kind(
            place,
            "其实是网页（HTML），只是扩展名像表格",
            "really a web page (HTML) with the suffix of a table",
            kind="html",
        )
    if _XML.match(start):
        raise _wrong_kind(place, "是 XML 文件，不是表格", "XML, no table")
    for begin, name in _OTHER_KINDS.items():
        if content.startswith(begin):
            raise _wrong_kind(place, f"是 {name} 文件，不是表格", f"a {name} file, no table")


def _old_office(content: bytes, place: Location) -> RefusedError:
    if "EncryptedPackage".encode("utf-16-le") in content:
        return refused(
            place,
            "password",
            "工作簿设有打开密码，无法读取。请在 Excel 的“文件—信息—保护工作簿”中去掉密码后"
            "重新提交。",
            "the workbook is protected by a password. Remove it in Excel (File, Info, Protect"
            " Workbook) and hand it in again.",
        )
    return _wrong_kind(
        place,
        "是旧版 Office 文件（.xls 或 .doc）",
        "a file of the old Office (.xls or .doc)",
        kind="old_office",
    )


def _wrong_kind(place: Location, zh: str, en: str, kind: str = "wrong_kind") -> RefusedError:
    save = (
        "请用 Excel 打开，另存为“Excel 工作簿（.xlsx）”或“CSV UTF-8（逗号分隔）”",
        "Open it in Excel and save it as “Excel Workbook (.xlsx)” or “CSV UTF-8 (comma delimited)”",
    )
    return refused(
        place,
        kind,
        f"文件{zh}。{save[0]}后重新提交。",
        f"the file is {en}. {save[1]} and hand it in again.",
        expected=save,
    )


def _nested(place: Location) -> RefusedError:
    return refused(
        place,
        "nested_archive",
        "压缩包里还有压缩包，未予解压。请先解压，再提交里面的文件。",
        "an archive inside an archive is not unpacked. Unpack it and hand in its files.",
    )


def _growing(place: Location) -> RefusedError:
    return refused(
        place,
        "growing",
        "文件还在写入。请等写完后再提交。",
        "the file is still being written. Hand it in when it is complete.",
    )


def _no_file(place: Location) -> RefusedError:
    return refused(
        place,
        "unreadable",
        "不是文件。请指定要提交的文件。",
        "this is no file. Name the file to hand in.",
    )

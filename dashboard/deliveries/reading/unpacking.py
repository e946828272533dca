"""Zip archives within limits. A workbook is one, and so is a folder that somebody zipped.

What an archive declares of itself is looked at before anything is unpacked, and what is unpacked is
counted, because declarations lie.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator

from dashboard import settings
from dashboard.deliveries.model import Location
from dashboard.deliveries.refusal import RefusedError, refused

ZIP = b"PK\x03\x04"
EMPTY_ZIP = b"PK\x05\x06"

# What `zipfile` raises for bytes that are no good archive.
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    IndexError,
    KeyError,
    OverflowError,
    struct.error,
)

_END = b"PK\x05\x06"
_END_64 = b"PK\x06\x06"
# A directory entry takes 46 bytes and its name; workbooks have a few dozen.
_MAX_DIRECTORY = 1 << 20
_MAX_ENTRIES = 5_000
_UTF_8_NAME = 0x800
_ENCRYPTED = 0x1
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


def open_zip(content: bytes, place: Location) -> zipfile.ZipFile:
    """Return the archive, when all it declares is within the limits; raises RefusedError."""
    if _directory_bytes(content) > _MAX_DIRECTORY:
        raise _too_many(place)
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except BROKEN as error:
        raise broken_zip(place) from error
    entries = archive.infolist()
    if len(entries) > _MAX_ENTRIES:
        raise _too_many(place)
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise refused(
            place,
            "password",
            "压缩包设有密码，无法读取。请去掉密码后重新提交。",
            "the archive is protected by a password. Remove it and hand it in again.",
        )
    # Others are rare, and each of their unpackers fails in its own way.
    if any(entry.compress_type not in _METHODS for entry in entries):
        raise refused(
            place,
            "packed_otherwise",
            "压缩方式不支持。请用系统自带的“压缩为 zip”重新压缩，或直接提交文件。",
            "this way of packing is not supported. Pack it as a plain zip, or hand in the files.",
        )
    unpacked = sum(entry.file_size for entry in entries)
    limit = min(
        settings.MAX_UNPACKED_BYTES,
        max(settings.UNPACKED_BYTES_WITHOUT_RATIO, len(content) * settings.MAX_UNPACKED_RATIO),
    )
    if unpacked > limit:
        raise _bomb(place)
    return archive


def entry_name(entry: zipfile.ZipInfo) -> str:
    """Return the name of an entry; Windows writes it in GBK and says nothing about it."""
    if entry.flag_bits & _UTF_8_NAME:
        return entry.filename
    try:
        raw = entry.filename.encode("cp437")
    except UnicodeEncodeError:
        return entry.filename
    for codec in ("utf-8", "gb18030"):
        try:
            return raw.decode(codec)
        except UnicodeDecodeError:
            continue
    return entry.filename


def unpack(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, place: Location) -> bytes:
    """Return the bytes of one entry, never more than declared.

    Raises RefusedError when it is broken.
    """
    try:
        with archive.open(entry) as stream:
            return stream.read(entry.file_size + 1)
    except BROKEN as error:
        raise broken_zip(place) from error


def files_in(archive: zipfile.ZipFile, place: Location) -> Iterator[tuple[str, zipfile.ZipInfo]]:
    """Yield the names and entries of the files in an archive; raises RefusedError when too many."""
    # Not `is_dir()`, which fails for a file without a name.
    entries = [entry for entry in archive.infolist() if not entry.filename.endswith("/")]
    if len(entries) > settings.MAX_FILES_IN_ZIP:
        raise _too_many(place)
    for entry in entries:
        yield entry_name(entry), entry


def broken_zip(place: Location) -> RefusedError:
    """Say that the archive or workbook cannot be unpacked."""
    return refused(
        place,
        "broken_archive",
        "文件已损坏或不完整，可能还在写入或复制不完整。请重新导出，等写完后再提交。",
        "the file is damaged or incomplete: it may still be being written, or was not copied"
        " completely. Export it again and hand it in when it is complete.",
    )


def _directory_bytes(content: bytes) -> int:
    """How long the archive says its directory is, by the same signs as `zipfile` goes by."""
    end = content.rfind(_END, max(0, len(content) - 22 - 0xFFFF))
    if end < 0 or end + 22 > len(content):
        return 0
    length = int.from_bytes(content[end + 12 : end + 16], "little")
    wide = end - 20 - 56
    if wide >= 0 and content[wide : wide + 4] == _END_64:
        length = int.from_bytes(content[wide + 40 : wide + 48], "little")
    return length


def _too_many(place: Location) -> RefusedError:
    most = settings.MAX_FILES_IN_ZIP
    return refused(
        place,
        "too_many_files",
        f"压缩包里的文件太多，最多 {most} 个。请分几次提交。",
        f"too many files in the archive; at most {most} are read. Hand them in in parts.",
    )


def _bomb(place: Location) -> RefusedError:
    most = settings.MAX_UNPACKED_BYTES // 1024**2
    return refused(
        place,
        "too_large_unpacked",
        f"解压后过大（最多 {most} MB），或压缩比异常，未予解压。请核对文件。",
        f"it would unpack to too much (at most {most} MB) or is packed suspiciously densely;"
        " nothing was unpacked. Check the file.",
    )

"""Which encoding the bytes of a text file are in. What is no text, or broken text, is refused.

UTF-8 is tried first and strictly: text in another encoding is almost never valid UTF-8. UTF-16 is
known by its mark or by the zero bytes of its line ends and digits. What remains is GB18030, of
which GBK and GB2312 are parts, and which nearly any bytes could be: so it must not hold a single
control character.
"""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator

import msgspec

from dashboard.deliveries.model import Location
from dashboard.deliveries.refusal import RefusedError, refused

_CHUNK = 1 << 20
# Bytes that say little of a whole file but enough of its encoding.
_SAMPLE = 1 << 16
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
# Assigned by whoever made a font: bytes of another kind land here when they are read as GB18030.
_PRIVATE = re.compile("[\ue000-\uf8ff\U0010fffe\U0010ffff]")

_SAVE_AS = (
    "请在 Excel 中另存为“CSV UTF-8（逗号分隔）”或 .xlsx 后重新提交",
    "Save it in Excel as “CSV UTF-8 (comma delimited)” or .xlsx and hand it in again",
)


class Encoding(msgspec.Struct, frozen=True):
    """A codec of Python and the name people know it by."""

    codec: str
    label: str


UTF_8 = Encoding("utf-8-sig", "UTF-8")
UTF_8_MARKED = Encoding("utf-8-sig", "UTF-8 BOM")
UTF_16 = Encoding("utf-16", "UTF-16")
UTF_16_LE = Encoding("utf-16-le", "UTF-16")
UTF_16_BE = Encoding("utf-16-be", "UTF-16")
GB18030 = Encoding("gb18030", "GB18030")


def encoding_of(content: bytes, place: Location) -> Encoding:
    """Return the encoding in which every byte of the content is text; raises RefusedError."""
    if content.startswith(codecs.BOM_UTF8):
        return _proven(content, UTF_8_MARKED, place)
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _proven(content, UTF_16, place)
    if b"\0" in content:
        return _proven(content, _wide_encoding(content, place), place)
    try:
        _decode(content, UTF_8)
    except UnicodeDecodeError as broken:
        if _is_cut_off(broken):
            raise _cut_off(place) from broken
        return _proven(content, GB18030, place)
    return _without_controls(content, UTF_8, place)


def lines(content: bytes, encoding: Encoding) -> io.TextIOWrapper:
    """Return the text as lines for Python's csv reader, decoded bit by bit.

    Line ends stay as they are.
    """
    return io.TextIOWrapper(io.BytesIO(content), encoding=encoding.codec, newline="")


def _proven(content: bytes, encoding: Encoding, place: Location) -> Encoding:
    try:
        found = _decode(content, encoding)
    except UnicodeDecodeError as broken:
        if encoding is not GB18030 and _is_cut_off(broken):
            raise _cut_off(place) from broken
        raise _no_text(place) from broken
    if encoding is GB18030 and found:
        raise _no_text(place)
    return _without_controls(content, encoding, place)


def _without_controls(content: bytes, encoding: Encoding, place: Location) -> Encoding:
    """Refuse text with zero bytes, or with more control characters than a slip would leave."""
    controls = 0
    for text in _chunks(content, encoding):
        found = _CONTROLS.findall(text)
        controls += len(found)
        if "\0" in found or controls * 100 > len(content):
            raise _no_text(place)
    return encoding


def _decode(content: bytes, encoding: Encoding) -> bool:
    """Decode strictly; whether characters came out that a Chinese text does not have."""
    return any(
        _CONTROLS.search(text) or _PRIVATE.search(text) for text in _chunks(content, encoding)
    )


def _is_cut_off(broken: UnicodeDecodeError) -> bool:
    return broken.end >= len(broken.object) and broken.reason.startswith(
        ("unexpected end", "truncated")
    )


def _chunks(content: bytes, encoding: Encoding) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(encoding.codec)()
    view = memoryview(content)
    for start in range(0, max(len(content), 1), _CHUNK):
        end = start + _CHUNK
        yield decoder.decode(view[start:end], end >= len(content))


def _wide_encoding(content: bytes, place: Location) -> Encoding:
    """UTF-16 without a mark: of each pair of bytes always the same one is zero in plain letters."""
    sample = content[:_SAMPLE]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if len(content) % 2 == 0:
        if odd > 4 * even:
            return UTF_16_LE
        if even > 4 * odd:
            return UTF_16_BE
    raise _no_text(place)


def _no_text(place: Location) -> RefusedError:
    return refused(
        place,
        "encoding",
        "文件不是文本（编码不是 UTF-8、UTF-16 或 GB18030），或内容已损坏。" + _SAVE_AS[0] + "。",
        "the file is no text (neither UTF-8, UTF-16 nor GB18030) or is damaged. "
        + _SAVE_AS[1]
        + ".",
        expected=_SAVE_AS,
    )


def _cut_off(place: Location) -> RefusedError:
    return refused(
        place,
        "cut_off",
        "文件在一个字的中间断了，可能还在写入或复制不完整。请等写完后重新提交。",
        "the file ends in the middle of a character: it is still being written, or was not copied"
        " completely. Hand it in again when it is complete.",
    )

"""One XML part of a workbook, read from its beginning to its end without keeping it.

No tree is built, so that a part of any size takes no room; a document type, and with it every
entity, is refused, because workbooks have none.
"""

from __future__ import annotations

import codecs
from collections.abc import Mapping
from typing import IO
from xml.parsers import expat

from dashboard.settings import MAX_CELL_LENGTH

_CHUNK = 1 << 16
_UTF_16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# A text longer than a cell can be is of no use; some more, so that the cell can be named.
_MAX_TEXT = MAX_CELL_LENGTH + 1


class BrokenXmlError(Exception):
    """The part is not what a workbook consists of."""


class XmlPart:
    """A reader of one part: subclasses override `start` and `end`, which get names without space.

    Between `start` and `end` of an element the subclass may `listen` for its text, and take it at
    the end with `heard`.
    """

    def __init__(self) -> None:
        self._names: dict[str, str] = {}
        self._text: list[str] | None = None
        self._length = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Take in that an element begins."""

    def end(self, name: str) -> None:
        """Take in that an element ends."""

    def listen(self) -> None:
        """Keep the text that comes from here on."""
        self._text = []
        self._length = 0

    def heard(self) -> str:
        """Return the text since `listen`, at most somewhat longer than a cell can be."""
        text, self._text = "".join(self._text or ()), None
        return text

    def read(self, stream: IO[bytes]) -> None:
        """Read the part; raises BrokenXmlError, and what the archive raises."""
        chunk = stream.read(_CHUNK)
        # Whatever the part says of itself: workbooks are in one of these, and other names would
        # be looked up among all codecs.
        encoding = "utf-16" if chunk.startswith(_UTF_16_MARKS) else "utf-8"
        parser = expat.ParserCreate(encoding, namespace_separator="}")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._hear
        parser.StartDoctypeDeclHandler = self._refuse
        try:
            while chunk:
                parser.Parse(chunk, False)
                chunk = stream.read(_CHUNK)
            parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise BrokenXmlError(str(error)) from error

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = self._names.get(name)
        if local is None:
            if len(self._names) > 10_000:
                raise BrokenXmlError("too many names")
            local = self._names.setdefault(name, name.rpartition("}")[2])
        self.start(local, attributes)

    def _end(self, name: str) -> None:
        self.end(self._names[name])

    def _hear(self, text: str) -> None:
        if self._text is not None and self._length < _MAX_TEXT:
            self._text.append(text)
            self._length += len(text)

    def _refuse(self, *_: object) -> None:
        raise BrokenXmlError("a document type")

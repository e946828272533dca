"""One text in several spellings: blanks, invisible characters, full width, signs for nothing."""

from __future__ import annotations

import re

# What may stand around a value and is not part of it.
BLANKS = " \t\r\n\u00a0\u3000\u2002\u2003\u2009\u202f\u205f"

# Zero width, direction and order marks, soft hyphens, and controls but tab and line ends.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064"
    "\u2066-\u206f\ufeff\ufff9-\ufffb\x00-\x08\x0b-\x1f\x7f-\x9f]"
)
_SPACES = re.compile(f"[{BLANKS}]+")
_SPLIT = re.compile(f"\\d[{BLANKS}]+\\d")

# Letters, digits and punctuation of double width, and the signs that stand for minus.
PLAIN = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
PLAIN |= {0x3000: 0x20, 0x2212: 0x2D, 0xFE63: 0x2D, 0x2010: 0x2D, 0x2011: 0x2D}

# What people and Excel write where there is nothing.
_SIGNS = ("-", "--", "---", "—", "——", "–", "－", "/", "／", "\\", "…", "……", "...")
_WORDS = ("#N/A", "N/A", "NULL", "(空)", "无数据", "暂无数据", "暂无", "缺失")
_NOTHING = frozenset((*_SIGNS, *_WORDS))
# Words of Excel for a calculation that failed; #N/A is also typed for "not available".
_FAILED = re.compile(
    r"#(DIV/0|VALUE|REF|NAME|NUM|NULL|SPILL|CALC|GETTING_DATA|FIELD|BLOCKED|UNKNOWN|CONNECT|BUSY"
    r"|PYTHON)[!?]?|#{2,}",
    re.IGNORECASE,
)


def without_invisible(text: str) -> str:
    """Return the text without characters that nobody sees; line ends inside it become one kind."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _INVISIBLE.sub("", text)


def without_spaces(text: str) -> str:
    """Return the text without any blank, also inside."""
    return _SPACES.sub("", text)


def is_split(text: str) -> bool:
    """Whether a blank stands between two digits: `1 2` may be twelve, or two numbers."""
    return _SPLIT.search(text) is not None


def plain(text: str) -> str:
    """Return the text with plain letters, digits and punctuation for those of double width."""
    return text if text.isascii() else text.translate(PLAIN)


def is_nothing(text: str) -> bool:
    """Whether the text says that there is no value."""
    return text in _NOTHING or text.upper() in _NOTHING


def is_failed(text: str) -> bool:
    """Whether the text is Excel's word for a value that could not be calculated or shown."""
    return text.startswith("#") and _FAILED.fullmatch(text) is not None

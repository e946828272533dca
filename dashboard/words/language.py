"""Words, numbers and dates in the reader's language.

Messages in the code are English and are the keys of the gettext catalogues under ``locale/``.
The catalogues are ``.po`` files, compiled in memory when a language is first used, so that
there is no build step and nothing compiled is committed. Numbers and dates go through Babel.
"""

from __future__ import annotations

import gettext
import io
import math
from datetime import date, datetime
from functools import cache, lru_cache
from pathlib import Path

from babel.core import Locale
from babel.dates import format_date
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import NumberPattern, parse_pattern

from dashboard.rounding import rounded

LOCALE_DIR = Path(__file__).parent / "locale"
DOMAIN = "dashboard"
CHINESE = "zh"
ENGLISH = "en"
LANGUAGES = (CHINESE, ENGLISH)  # Chinese first: it is the default

_LOCALES = {CHINESE: "zh_CN", ENGLISH: "en_GB"}
_MONTH_PATTERNS = {CHINESE: "y年M月", ENGLISH: "MMM y"}
_DATE_PATTERNS = {CHINESE: "y年M月d日", ENGLISH: "d MMM y"}


class Language:
    """One of the interface's languages: calling it translates a message.

    ``language("{county} is behind", county=name)`` looks the message up and then fills it in.
    """

    def __init__(self, code: str) -> None:
        if code not in LANGUAGES:
            raise ValueError(f"no such language: {code}")
        self.code = code
        self._locale = Locale.parse(_LOCALES[code])
        self._catalogue = _catalogue(code)

    def __call__(self, message: str, **parts: object) -> str:
        """Translate a message and fill in its named parts."""
        text = self._catalogue.gettext(message)
        return text.format(**parts) if parts else text

    def plural(self, one: str, many: str, count: int, **parts: object) -> str:
        """Translate a message that depends on a count, given as the part ``count``."""
        return self._catalogue.ngettext(one, many, count).format(count=self.number(count), **parts)

    def pick(self, zh: str, en: str) -> str:
        """Return the text of this language out of a pair that comes from data."""
        return zh if self.code == CHINESE else en

    def number(self, value: float | None, decimals: int = 0, *, sign: bool = False) -> str:
        """Format a number with thousands separators; nothing for a missing one."""
        if value is None or math.isnan(value):
            return ""
        number = rounded(value, decimals)
        return _formatted(number, decimals, sign and number != 0, self._locale)

    def quantity(
        self, value: float | None, unit: str, decimals: int = 0, *, sign: bool = False
    ) -> str:
        """Format a number with its unit: ``95.2%``, ``24所``, ``24 schools``."""
        number = self.number(value, decimals, sign=sign)
        if not number or not unit:
            return number
        if unit == "%" or self.code == CHINESE:
            return f"{number}{unit}"
        return f"{number} {_singular(unit) if number in ('1', '+1', '−1') else unit}"

    def yuan(self, amount: float | None, decimals: int = 2) -> str:
        """Format an amount in yuan as people say it: 万元 and 亿元, million and billion yuan."""
        if amount is None or math.isnan(amount):
            return ""
        if self.code == CHINESE:
            scale, unit = (1e8, "亿元") if abs(amount) >= 1e8 else (1e4, "万元")
        else:
            scale, unit = (1e9, "bn yuan") if abs(amount) >= 1e9 else (1e6, "m yuan")
        places = 0 if unit == "万元" else decimals
        return self.quantity(amount / scale, unit, places)

    def people(self, count: float | None) -> str:
        """Format a count of people: 万 from ten thousand on in Chinese."""
        if count is None or math.isnan(count):
            return ""
        if self.code == CHINESE and abs(count) >= 1e4:
            return self.quantity(count / 1e4, "万人", 1)
        return self.quantity(count, self.pick("人", "people"))

    def month(self, month: str) -> str:
        """Format a month given as ``YYYY-MM``."""
        first = date(int(month[:4]), int(month[5:7]), 1)
        return str(format_date(first, _MONTH_PATTERNS[self.code], locale=self._locale))

    def month_name(self, month: int) -> str:
        """Name a month of the year, 1 to 12."""
        pattern = self.pick("M月", "MMMM")
        return str(format_date(date(2000, month, 1), pattern, locale=self._locale))

    def date(self, day: date | datetime) -> str:
        """Format a date."""
        return str(format_date(day, _DATE_PATTERNS[self.code], locale=self._locale))

    def school_year(self, first_year: int) -> str:
        """Format a school year by the year it begins in: ``2024学年``, ``2024/25``."""
        return self.pick(f"{first_year}学年", f"{first_year}/{(first_year + 1) % 100:02d}")

    def listed(self, words: list[str]) -> str:
        """Join words into a list: ``甲、乙和丙``, ``A, B and C``."""
        if len(words) < 2:
            return "".join(words)
        head = ("、" if self.code == CHINESE else ", ").join(words[:-1])
        return head + self.pick("和", " and ") + words[-1]


@cache
def language(code: str) -> Language:
    """Return the language with this code, ``zh`` or ``en``."""
    return Language(code)


def _singular(unit: str) -> str:
    """Return the English singular of a plural unit.

    For the units and counted things of the catalogue.
    """
    *before, noun = unit.split(" ")
    for plural, singular in (("children", "child"), ("ies", "y"), ("sses", "ss"), ("s", "")):
        if noun.endswith(plural):
            return " ".join([*before, noun.removesuffix(plural) + singular])
    return unit


@lru_cache(maxsize=50_000)  # pages format the same few thousand numbers again and again
def _formatted(number: float, decimals: int, sign: bool, locale: Locale) -> str:
    return str(_pattern(decimals, sign).apply(number, locale))


@cache
def _pattern(decimals: int, sign: bool) -> NumberPattern:
    """Return a number pattern, parsed once: parsing costs more than formatting."""
    fraction = "." + "0" * decimals if decimals else ""
    pattern = f"#,##0{fraction}"
    plus = "+" if sign else ""
    return parse_pattern(f"{plus}{pattern};\N{MINUS SIGN}{pattern}")


def _catalogue(code: str) -> gettext.NullTranslations:
    path = LOCALE_DIR / code / "LC_MESSAGES" / f"{DOMAIN}.po"
    if not path.exists():  # English: the messages are their own translation
        return gettext.NullTranslations()
    compiled = io.BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file, locale=_LOCALES[code]))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)

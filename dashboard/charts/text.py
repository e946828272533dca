"""Text from data made safe for Plotly, measured and wrapped for Chinese and Latin letters alike."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

import pandas as pd

LINE_HEIGHT = 1.3  # of plotly.js's lines of text, in em

# "$…$" would be typeset as LaTeX; "<", ">" and "&" are Plotly's pseudo-HTML.
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "$": "&#36;"})
_TOKENS = re.compile(r"[A-Za-z0-9.,%+\-'’/&]+|\s+|.", re.DOTALL)
_NEVER_FIRST = set(",。、;:!?)》」』】〉”’%,.;:!?)")
_NEVER_LAST = set("(《「『【〈“‘(")


def is_missing(value: object) -> bool:
    """Whether a cell of a frame holds nothing: None, NaN, NaT or NA."""
    return value is None or value is pd.NA or value is pd.NaT or value != value


def plain_text(value: object) -> str:
    """`value` as it reads, with nothing left for Plotly to interpret; a missing value is ''."""
    if is_missing(value):
        return ""
    return " ".join(str(value).split()).translate(_ESCAPES)


def plain_lines(value: object) -> str:
    """Like `plain_text`, but the lines of `value` stay lines."""
    if is_missing(value):
        return ""
    return "<br>".join(plain_text(line) for line in str(value).splitlines())


def text_width(text: str) -> float:
    """Width in em: 1 for a Chinese character, about 0.55 for a Latin letter or digit."""
    return sum(1.0 if unicodedata.east_asian_width(c) in "WF" else 0.55 for c in text)


def wrapped(value: object, width: float) -> list[str]:
    """`value` in as few lines of at most `width` em as it needs, about equally long, unescaped.

    Nothing is cut off. Latin words stay whole, and no line begins with a closing or ends with an
    opening mark.
    """
    if is_missing(value):
        return [""]
    text = " ".join(str(value).split())
    full = text_width(text)
    if full <= width:
        return [text]
    tokens = _TOKENS.findall(text)
    lines = _filled(tokens, width)
    narrower = max(full / len(lines), 1.0)
    while narrower < width:
        balanced = _filled(tokens, narrower)
        if len(balanced) == len(lines):
            return balanced
        narrower += 0.5
    return lines


def _filled(tokens: Sequence[str], width: float) -> list[str]:
    """Tokens in lines, each as full as `width` allows."""
    lines = [""]
    for token in tokens:
        line = lines[-1]
        fits = text_width(line + token.rstrip()) <= width or token in _NEVER_FIRST
        if fits or not line:
            lines[-1] = line + token
        elif line[-1] in _NEVER_LAST:
            lines[-1:] = [line[:-1], line[-1] + token]
        else:
            lines.append(token.lstrip())
    return [line.strip() for line in lines if line.strip()]


def wrapped_text(value: object, width: float) -> str:
    """Return `wrapped`, escaped, as one label."""
    return "<br>".join(plain_text(line) for line in wrapped(value, width))

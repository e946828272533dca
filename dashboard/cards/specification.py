"""A card as plain values: what JSON can hold, and a name made of its content.

Screen, slide, brief and workbook are drawn from the same card; whoever draws it elsewhere needs
nothing but this. Two cards of one name (:func:`fingerprint`) look the same.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from numbers import Integral, Real
from typing import Any

import pandas as pd

from dashboard.cards.model import Card, Table

DIGITS = 20  # hexadecimal ones of a name: enough for all cards there will ever be
SIGNIFICANT = 12  # decimal ones of a number: the order in which a sum is taken shows after the 15th


def specification(card: Card) -> dict[str, Any]:
    """Return a card as dicts, lists, texts, numbers and None; dates as ISO text.

    A table is its columns and its rows as they are written; a chart's frame is its columns and
    rows, with None for what is missing. Raises TypeError for a value that JSON cannot hold.
    """
    plain = _plain(card)
    assert isinstance(plain, dict)
    return plain


def fingerprint(card: Card) -> str:
    """Return the card's name: the same for the same content, in any process."""
    text = json.dumps(specification(card), ensure_ascii=False, sort_keys=True, allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()[:DIGITS]


def _plain(value: Any) -> Any:
    if value is None or value is pd.NaT or value is pd.NA:
        return None
    if isinstance(value, Table):
        return _table(value)
    if isinstance(value, pd.DataFrame):
        return _frame(value)
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if isinstance(value, str):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    return _number(value)


def _number(value: Any) -> bool | int | float | None:
    if isinstance(value, bool) or type(value).__name__ == "bool":  # numpy has one of its own
        return bool(value)
    if isinstance(value, Integral):
        return int(value)
    if isinstance(value, Real):
        number = float(value)
        return None if math.isnan(number) else float(f"{number:.{SIGNIFICANT}g}")
    raise TypeError(f"a card cannot hold {type(value).__name__}")


def _frame(frame: pd.DataFrame) -> dict[str, Any]:
    return {
        "columns": [str(name) for name in frame.columns],
        "rows": [_plain(row) for row in frame.itertuples(index=False, name=None)],
    }


def _table(table: Table) -> dict[str, Any]:
    columns = [
        {
            "label": column.label,
            "decimals": table.decimals(column),
            "leads_to": _plain(column.leads_to),
            "ids": _plain(list(table.frame[column.id_column])) if column.id_column else None,
        }
        for column in table.columns
    ]
    return {"columns": columns, "rows": _frame(table.written())["rows"]}

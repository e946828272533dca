"""The file a reader downloads from a card."""

from __future__ import annotations

import csv
import io

import pandas as pd

from dashboard.cards import Context
from dashboard.cards.model import Card, Column, Table
from dashboard.data import Database
from dashboard.filters import Filters
from dashboard.ui.card import csv_bytes
from dashboard.words.language import language

HOSTILE = ["=1+1", "+1", "-1", "@x", "\t=1", '"quoted", and <b>', "😀" * 30]


def rows_of(database: Database, lang: str) -> list[list[str]]:
    frame = pd.DataFrame({"name": HOSTILE, "value": [float(i) for i in range(len(HOSTILE))]})
    table = Table(frame, (Column("name", "学校"), Column("value", "数值", 0)))
    card = Card(card_id="test", finding="", subtitle="", table=table)
    context = Context(database, Filters("2024-09"), language(lang))
    content = csv_bytes(card, context)
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def test_no_cell_acts_as_a_formula_and_nothing_is_lost(database: Database) -> None:
    rows = rows_of(database, "zh")
    for cell, original in zip([row[0] for row in rows[1:]], HOSTILE, strict=True):
        assert not cell.startswith(("=", "+", "-", "@", "\t"))
        assert cell.endswith(original)


def test_numbers_stay_numbers(database: Database) -> None:
    assert [float(row[1]) for row in rows_of(database, "en")[1:]] == list(range(len(HOSTILE)))


def test_every_row_of_the_sample_says_that_it_is_made_up(database: Database) -> None:
    assert {row[2] for row in rows_of(database, "zh")[1:]} == {"示例数据（合成）"}
    assert {row[2] for row in rows_of(database, "en")[1:]} == {"Synthetic sample data"}

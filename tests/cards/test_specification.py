"""A card is plain values, the same everywhere, with a name of its own."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest

from dashboard.cards.model import Card, Chart, Column, Selects, Table
from dashboard.cards.specification import fingerprint, specification
from tests.cards.conftest import MakeContext
from tests.cards.shown import shown_cards


def card(value: object = 0.5) -> Card:
    frame = pd.DataFrame({"id": ["a", "b"], "value": pd.Series([value, None], dtype="object")})
    chart = Chart("bar", frame, {"highlight": ("a",), "target": np.float64(2)}, "a bar")
    column = Column("value", "Share", 1, leads_to=Selects.COUNTY, id_column="id")
    return Card("page.card", "finding", "subtitle", Table(frame, (column,)), charts=(chart,))


def test_a_card_is_what_json_can_hold() -> None:
    plain = specification(card())
    assert plain["charts"][0]["frame"] == {
        "columns": ["id", "value"],
        "rows": [["a", 0.5], ["b", None]],
    }
    assert plain["charts"][0]["options"] == {"highlight": ["a"], "target": 2.0}
    assert plain["table"] == {
        "columns": [{"label": "Share", "decimals": 1, "leads_to": "county", "ids": ["a", "b"]}],
        "rows": [[0.5], [None]],
    }
    assert json.loads(json.dumps(plain, allow_nan=False)) == plain


def test_days_are_text_and_other_things_are_refused() -> None:
    (chart,) = card().charts
    day = replace(chart, frame=pd.DataFrame({"day": [date(2024, 9, 1), pd.NaT]}))
    assert specification(replace(card(), charts=(day,)))["charts"][0]["frame"]["rows"] == [
        ["2024-09-01"],
        [None],
    ]
    with pytest.raises(TypeError, match="set"):
        specification(replace(card(), charts=(replace(chart, options={"highlight": {1}}),)))


def test_the_name_is_that_of_the_content() -> None:
    assert fingerprint(card()) == fingerprint(card())
    assert fingerprint(card()) != fingerprint(card(0.6))
    assert fingerprint(card(0.1 + 0.2)) == fingerprint(card(0.3))  # however a sum was taken


@pytest.mark.parametrize("counties", [(), ("330681",)])
def test_every_card_of_every_page_has_one(context: MakeContext, counties: tuple[str, ...]) -> None:
    view = context(counties)
    cards = [shown.card(view) for shown in shown_cards()]
    names = {fingerprint(each): specification(each) for each in cards}
    assert len(names) == len({json.dumps(plain, sort_keys=True) for plain in names.values()})
    assert all(json.loads(json.dumps(plain, allow_nan=False)) == plain for plain in names.values())

"""Rows that find no school in the register are named wherever a figure is without them."""

from __future__ import annotations

import shutil

import pandas as pd
import pytest

from dashboard.cards import Context, build_card
from dashboard.cards.strays import Stray, stray_sentence, strays
from dashboard.data import Database, open_database
from dashboard.filters import Filters
from dashboard.meeting.brief import build_brief
from dashboard.settings import SAMPLE_DIR
from dashboard.words.language import language

pytestmark = pytest.mark.slow

SAID = (
    "新昌县视力普查2024年9月有{rows}行（{schools}所学校、{people}人）在当学年学校名录中找不到在办学校，"
    "未计入"
)


@pytest.fixture(scope="module")
def lost(tmp_path_factory: pytest.TempPathFactory) -> tuple[Database, pd.DataFrame]:
    """The sample without seven schools of 新昌 in 2024 but for their screening, and those rows."""
    folder = tmp_path_factory.mktemp("lost") / "exports"
    shutil.copytree(SAMPLE_DIR, folder)
    register = pd.read_csv(folder / "学校名录.csv", dtype=str, keep_default_na=False)
    is_there = (register["学年"] == "2024") & (register["区县代码"] == "330624")
    is_there &= (register["学校类型"] == "小学") & (register["办学状态"] == "在办")
    ids = set(register.loc[is_there, "学校标识码"].iloc[:7])
    for name, year in (
        *((name, "学年") for name in ("学校名录", "在校生统计", "教师统计", "办学条件")),
        ("体质健康", "年度"),
    ):
        rows = pd.read_csv(folder / f"{name}.csv", dtype=str, keep_default_na=False)
        gone = (rows[year] == "2024") & rows["学校标识码"].isin(ids)
        rows[~gone].to_csv(folder / f"{name}.csv", index=False, encoding="utf-8-sig")
    vision = pd.read_csv(folder / "视力普查.csv", dtype=str)
    autumn = (vision["年度"] == "2024") & (vision["轮次"] == "秋季")
    return open_database(folder), vision[autumn & vision["学校标识码"].isin(ids)]


def view(database: Database, *counties: str) -> Context:
    return Context(database, Filters("2024-09", counties), language("zh"))


def said(rows: pd.DataFrame) -> str:
    people = rows["检查人数"].astype(int).sum()
    return SAID.format(rows=len(rows), schools=7, people=f"{people:,}")


def test_they_are_counted_with_their_county(lost: tuple[Database, pd.DataFrame]) -> None:
    database, rows = lost
    people = rows["检查人数"].astype(int).sum()
    assert strays(database) == [Stray("vision", "2024-09", "330624", 7, len(rows), people)]
    assert stray_sentence(database, language("zh"), strays(database)[0]) == said(rows) + "。"


def test_the_cards_and_the_brief_say_so(lost: tuple[Database, pd.DataFrame]) -> None:
    database, rows = lost
    for counties in ((), ("330624",)):
        card = build_card("standing", view(database, *counties), indicator_id="myopia_decline")
        assert any(said(rows) in note for note in card.notes)
        assert any("学校名录缺7所" in note for note in card.notes)
    elsewhere = build_card("standing", view(database, "330602"), indicator_id="myopia_decline")
    assert not any(said(rows) in note for note in elsewhere.notes)
    brief = build_brief(view(database))
    paragraphs = [
        text for section in brief.sections for text in (*section.progress, *section.problems)
    ]
    assert any(said(rows) in text for text in paragraphs)


def test_the_county_does_not_turn_behind(lost: tuple[Database, pd.DataFrame]) -> None:
    database, _rows = lost
    sample = open_database(SAMPLE_DIR)
    for each in (database, sample):
        found = view(each).standings("myopia_decline")
        assert found.loc["330624", "status"] == "met"


def test_the_sample_has_none() -> None:
    assert strays(open_database(SAMPLE_DIR)) == []

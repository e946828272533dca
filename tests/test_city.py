"""Which city it is stands in one file; another file is another city."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.__main__ import main
from dashboard.city import CityError, city
from dashboard.data import Database
from dashboard.meeting.decks import Deck, new_deck_id
from dashboard.meeting.report import build_report
from dashboard.settings import ROOT
from dashboard.ui.logo import logo_svg
from dashboard.words.language import language
from tests.opened import open_page

WORDS = """
title_zh: 临海 <教育> 工作要点
title_en: Linhai education plan
issuer_zh: 临海市教育局
issuer_en: Linhai education bureau
"""


@pytest.fixture
def linhai(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "city.yaml"
    path.write_text(WORDS, encoding="utf-8")
    monkeypatch.setenv("CITY_FILE", str(path))
    return path


def test_without_another_file_it_is_shaoxing() -> None:
    assert city().text("issuer", "zh") == "绍兴市教育局"
    assert 'width="236"' in logo_svg(city().title_zh)


def test_another_city_signs_its_slides(linhai: Path, database: Database) -> None:
    deck = Deck(deck_id=new_deck_id(), name="8月调度")
    for code, issuer in (("zh", "临海市教育局"), ("en", "Linhai education bureau")):
        report = build_report(database, deck, "2024-09", language(code))
        assert report.issuer == issuer


def test_another_city_opens_under_its_own_name(linhai: Path) -> None:
    open_page(str(ROOT / "pages" / "overview" / "overview.py"))
    assert "临海 &lt;教育&gt; 工作要点" in logo_svg(city().title_zh)


def test_a_file_of_another_form_is_refused(linhai: Path) -> None:
    linhai.write_text(WORDS + "colour: blue\n", encoding="utf-8")
    with pytest.raises(CityError, match="colour"):
        city()
    linhai.unlink()
    with pytest.raises(CityError, match="unset CITY_FILE"):
        city()


def test_a_server_does_not_start_without_its_city(
    linhai: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    linhai.write_text("title_zh: 临海", encoding="utf-8")
    assert main(["serve"]) == 1
    assert "city.yaml 无法使用" in capsys.readouterr().err

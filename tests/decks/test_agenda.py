"""The agendas that are shipped, and what is said of a file that is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard import settings
from dashboard.data import Database
from dashboard.meeting.decks import AgendaError, agendas, deck_of
from dashboard.meeting.report import build_report
from dashboard.words.language import language

COUNTIES = {"330602": "越城区", "330681": "诸暨市"}
SHIPPED = agendas(settings.AGENDAS_DIR)
GOOD = """\
title_zh: 例会
title_en: Meeting
sections:
  - title_zh: 一
    title_en: One
    slides:
      - card: overview.status_counts
      - card: county.strengths
        each: county
"""


def test_four_agendas_are_shipped() -> None:
    assert list(SHIPPED) == ["monthly", "county-talk", "construction", "health"]
    assert [agenda_id for agenda_id, agenda in SHIPPED.items() if agenda.needs_county] == [
        "county-talk"
    ]


@pytest.mark.product
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("agenda_id", SHIPPED)
def test_every_slide_of_an_agenda_can_be_worked_out(
    database: Database, agenda_id: str, lang: str
) -> None:
    agenda = SHIPPED[agenda_id]
    chosen = ["330681"] if agenda.needs_county else []
    deck = deck_of(agenda, language(lang), COUNTIES, chosen)
    report = build_report(database, deck, "2024-09", language(lang))
    assert len(report.pages) == len(deck.slides) > 5
    assert all(page.title and page.footer and page.section for page in report.pages)


def test_a_card_for_each_county(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(GOOD, encoding="utf-8")
    agenda = agendas(tmp_path)["a"]
    city = deck_of(agenda, language("zh"), COUNTIES)
    assert [slide.counties for slide in city.slides] == [(), ("330602",), ("330681",)]
    assert {slide.section for slide in city.slides} == {"一"}


def test_a_county_that_a_card_has_nothing_to_say_about_is_left_out_unless_asked_for(
    tmp_path: Path,
) -> None:
    text = GOOD + '        without: ["330602"]\n'
    (tmp_path / "a.yaml").write_text(text, encoding="utf-8")
    agenda = agendas(tmp_path)["a"]
    shown = [slide.counties for slide in deck_of(agenda, language("zh"), COUNTIES).slides]
    assert shown == [(), ("330681",)]
    asked = deck_of(agenda, language("zh"), COUNTIES, ["330602"]).slides
    assert [slide.counties for slide in asked] == [("330602",), ("330602",)]
    county = deck_of(agenda, language("en"), COUNTIES, ["330681"])
    assert [slide.counties for slide in county.slides] == [("330681",)] * 2
    assert county.name == "Meeting: 诸暨市"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (GOOD.replace("title_en: Meeting\n", ""), "title_en"),
        (GOOD.replace("card: overview.status_counts", "kard: x"), "kard"),
        (GOOD.replace("each: county", "each: school"), "school"),
        (GOOD.replace("sections:", "sections: {}\nparts:"), "sections"),
        ("title_zh: [", "line 1"),
        ("", "NoneType"),
        ("- 1\n", "list"),
    ],
)
def test_a_broken_file_is_named_with_its_reason(tmp_path: Path, content: str, reason: str) -> None:
    (tmp_path / "broken.yaml").write_text(content, encoding="utf-8")
    with pytest.raises(AgendaError, match=r"^broken\.yaml: ") as refusal:
        agendas(tmp_path)
    assert reason in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_a_file_in_another_encoding_is_named(tmp_path: Path) -> None:
    (tmp_path / "broken.yaml").write_bytes("title_zh: 例会".encode("gb18030"))
    with pytest.raises(AgendaError, match=r"^broken\.yaml: "):
        agendas(tmp_path)

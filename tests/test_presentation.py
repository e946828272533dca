"""Slides worked out: titles, facts, footers, notes, annexes."""

from __future__ import annotations

import pandas as pd
import pytest

from dashboard.cards import Context, build_card
from dashboard.data import Database
from dashboard.exports.documents import Report, SlidePage
from dashboard.filters import Filters
from dashboard.indicators import values
from dashboard.meeting.decks import Deck, Slide, new_deck_id
from dashboard.meeting.report import (
    CALENDAR_ROWS,
    FACTS_SHOWN,
    UnknownCardError,
    build_report,
    build_slide,
)
from dashboard.words.language import language

AS_OF = "2024-09"
FITNESS = {"indicator_id": "fitness_good_rate"}


def slide(database: Database, card: str, lang: str = "zh", **fields: object) -> SlidePage:
    return build_slide(database, Slide(card=card, **fields), AS_OF, language(lang))


def report(database: Database, *slides: Slide, **options: object) -> Report:
    deck = Deck(deck_id=new_deck_id(), name="例会", slides=slides)
    return build_report(database, deck, AS_OF, language("zh"), **options)


def test_a_finding_without_its_county_is_given_it(database: Database) -> None:
    page = slide(database, "county.open_items", counties=("330602",))
    assert page.title == f"越城区：{page.card.finding}"
    english = slide(database, "county.open_items", "en", counties=("330602",))
    assert english.title == f"Yuecheng: {english.card.finding}"


def test_a_finding_that_names_its_county_stays_as_it_is(database: Database) -> None:
    page = slide(database, "standing", arguments=FITNESS, counties=("330681",))
    assert "诸暨市" in page.card.finding
    assert page.title == page.card.finding


def test_a_card_of_the_whole_city_is_not_given_a_county(database: Database) -> None:
    page = slide(database, "enrollment.senior_schools", counties=("330681",))
    assert page.title == page.card.finding
    assert page.geography == "全市"


def test_a_card_about_all_counties_is_not_given_one(database: Database) -> None:
    page = slide(database, "overview.status_matrix", counties=("330681",))
    assert page.title == page.card.finding


def test_a_slide_keeps_its_own_month_and_language(database: Database) -> None:
    page = slide(database, "standing", arguments=FITNESS, month="2024-06", language="en")
    assert page.language == "en"
    assert "Jun 2024" in page.footer


def test_at_most_three_facts_and_none_about_clicks(database: Database) -> None:
    for card in ("overview.status_counts", "county.league", "quality.board"):
        page = slide(database, card)
        assert len(page.facts) <= FACTS_SHOWN
        assert not any("点击" in fact for fact in page.facts)


def test_a_long_calendar_shows_its_first_rows_and_says_how_many_there_are(
    database: Database,
) -> None:
    page = slide(database, "construction.schedule")
    projects = len(page.card.table.frame)
    [chart] = page.card.charts
    assert len(chart.frame) == CALENDAR_ROWS < projects
    assert f"只列前{CALENDAR_ROWS}项，共{projects}项；全部见工作簿。" in page.facts
    short = slide(database, "construction.schedule", counties=("330681",))
    assert not any("只列前" in fact for fact in short.facts)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_matrix_stands_in_three_columns_with_its_signs_explained_once(
    database: Database, lang: str
) -> None:
    page = slide(database, "overview.status_matrix", lang)
    view = Context(database, Filters(AS_OF, ()), language(lang))
    on_its_page = build_card("overview.status_matrix", view)
    whole = pd.concat([chart.frame for chart in on_its_page.charts])
    panels = [list(dict.fromkeys(chart.frame["indicator_id"])) for chart in page.card.charts]
    assert max(map(len, panels)) - min(map(len, panels)) <= 1
    assert [i for panel in panels for i in panel] == list(dict.fromkeys(whole["indicator_id"]))
    assert page.card.chart_columns == len(panels) == 3
    assert page.key.count("▼") == 1


def test_a_slide_lists_what_a_page_has_no_room_for(database: Database) -> None:
    page = slide(database, "county.open_items", counties=("330681",))
    assert page.card.listing is not None
    assert len(page.card.listing.frame) > (page.card.listing_rows or 0)
    assert not any("数据表" in fact for fact in page.facts)


def test_the_same_slide_is_worked_out_once(database: Database) -> None:
    asked = Slide(card="county.league", note="x")
    first, again = (build_slide(database, asked, AS_OF, language("zh")) for _ in range(2))
    assert first is again


def test_an_unknown_card_is_named(database: Database) -> None:
    with pytest.raises(UnknownCardError, match="no_such"):
        slide(database, "no_such")


def test_a_source_without_a_period_does_not_show_one(database: Database) -> None:
    page = slide(database, "construction.progress")
    assert page.footer.startswith("来源：建设项目.csv，文件日期")


def test_a_report_says_how_far_it_is(database: Database) -> None:
    told: list[tuple[int, int]] = []
    report(
        database,
        *[Slide(card="standing", arguments=FITNESS)] * 3,
        progress=lambda done, of: told.append((done, of)),
    )
    assert told == [(0, 3), (1, 3), (2, 3)]


def test_a_report_is_about_the_counties_that_its_slides_share(database: Database) -> None:
    narrowed = Slide(card="standing", arguments=FITNESS, counties=("330681",))
    assert report(database, narrowed, narrowed).subtitle == "诸暨市 · 2024年9月"
    assert report(database, narrowed, Slide(card="county.league")).subtitle == "全市 · 2024年9月"


def test_targets_of_a_county_are_its_own(database: Database) -> None:
    frame = report(
        database, Slide(card="standing", arguments=FITNESS, counties=("330681",))
    ).targets.table.frame
    own = values(database, AS_OF, ["330681"], ["fitness_good_rate"]).iloc[0]
    [value] = frame.loc[frame["indicator"] == "体质健康优良率", "value"]
    assert value == pytest.approx(own["value"])


def test_definitions_stand_once(database: Database) -> None:
    one = report(database, Slide(card="standing", arguments=FITNESS))
    twice = report(database, *[Slide(card="standing", arguments=FITNESS)] * 2)
    assert len(one.definitions.table.frame) == len(twice.definitions.table.frame) > 3


def test_every_export_of_the_data_is_a_source(database: Database) -> None:
    files = report(database, Slide(card="county.league")).sources.table.frame["file"]
    assert len(files) == len(database.sources)
    assert "体质健康.csv" in set(files)

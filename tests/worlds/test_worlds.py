"""Values, every page and every agenda in the worlds where life departs from the sample.

Nothing raises, and no sentence is about nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache

import pytest
import streamlit as st

from dashboard import settings
from dashboard.cards import Context
from dashboard.cards.model import Card
from dashboard.filters import CITY, Comparison, Filters
from dashboard.indicators import county_ids, values
from dashboard.meeting.brief import build_brief
from dashboard.meeting.decks import Slide, agendas, deck_of
from dashboard.meeting.report import build_report
from dashboard.words.language import LANGUAGES, language
from tests.app_pages import AppPage, discover_pages
from tests.opened import open_page
from tests.worlds import saying
from tests.worlds.editing import ZHUJI
from tests.worlds.worlds import WORLDS, World, database_of, exports_of, plan_of

pytestmark = pytest.mark.slow

VIEWS = [(world, month) for world in WORLDS for month in world.months]
COUNTIES = ((), (ZHUJI,), (ZHUJI, "330602"))
every_view = pytest.mark.parametrize(("world", "month"), VIEWS, ids=str)
every_language = pytest.mark.parametrize("lang", LANGUAGES)


@every_view
def test_values_stand_in_every_world(world: World, month: str) -> None:
    database = database_of(world)
    frame = values(database, month)
    units = (*county_ids(database), CITY)
    assert len(frame) == len(units) * len(database.catalogue.indicators)
    has_number = frame["value"].notna()
    assert (frame.loc[~has_number, "missing"].isin({"x", "z", "c"})).all()
    assert frame.loc[~has_number, "status"].isin({None, "not_due"}).all()


@pytest.fixture(scope="module")
def install() -> Iterator[Callable[[World], None]]:
    """Set the dashboard up on a world, anew where it is another than the last one."""
    with pytest.MonkeyPatch.context() as patch:

        @lru_cache(maxsize=1)
        def installed(world: World) -> None:
            patch.setenv("DATA_DIR", str(exports_of(world)))
            patch.setenv("PLAN_DIR", str(plan_of(world)))
            st.cache_resource.clear()

        yield installed
    st.cache_resource.clear()


@pytest.mark.product("world", "page")
@pytest.mark.parametrize("counties", COUNTIES, ids=["city", "one county", "two counties"])
@every_language
@pytest.mark.parametrize("page", discover_pages(), ids=str)
@every_view
def test_every_page_opens_and_says_nothing_about_nothing(
    install: Callable[[World], None],
    world: World,
    month: str,
    page: AppPage,
    lang: str,
    counties: tuple[str, ...],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    drawn: list[Card] = []

    def record(card: Card, context: Context, slide: Slide, **_options: object) -> None:
        drawn.append(card)

    install(world)
    monkeypatch.setattr("dashboard.ui.page.show_card", record)
    app = open_page(page.script, database_of(world), month=month, lang=lang, counties=counties)
    parts = (app.title, app.header, app.subheader, app.markdown, app.caption, app.warning)
    texts = [str(element.value).replace("\\", "") for part in parts for element in part]
    texts += [text for card in drawn for text in saying.words_of(card)]
    assert saying.about_nothing(iter(texts)) == []


@pytest.mark.product("world")
@every_view
def test_a_search_in_the_plan_finds_something_or_nothing(
    install: Callable[[World], None], world: World, month: str
) -> None:
    install(world)
    plan_page = next(page for page in discover_pages() if page.name == "plan")
    open_page(plan_page.script, database_of(world), month=month, search="健康")
    open_page(plan_page.script, database_of(world), month=month, clause="6")


@pytest.mark.product("world", "agenda_id")
@every_language
@pytest.mark.parametrize("agenda_id", sorted(agendas(settings.AGENDAS_DIR)))
@every_view
def test_every_agenda_says_nothing_about_nothing(
    world: World, month: str, agenda_id: str, lang: str
) -> None:
    database, words = database_of(world), language(lang)
    agenda = agendas(settings.AGENDAS_DIR)[agenda_id]
    counties = database.run_query("values/counties")
    names = dict(
        zip(counties["county_id"], counties[words.pick("name_zh", "name_en")], strict=True)
    )
    deck = deck_of(agenda, words, names, [ZHUJI] if agenda.needs_county else [])
    report = build_report(database, deck, month, words)
    assert saying.about_nothing(saying.words_of_report(report)) == []


@pytest.mark.product("world", "month")
@every_language
@every_view
def test_every_brief_says_nothing_about_nothing(world: World, month: str, lang: str) -> None:
    filters = Filters(month, (), Comparison.LAST_MONTH)
    brief = build_brief(Context(database_of(world), filters, language(lang)))
    assert saying.about_nothing(saying.words_of_brief(brief)) == []

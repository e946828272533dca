"""Values, every page and every agenda in the worlds where life departs from the sample.

Nothing raises, and no sentence is about nothing. `make test` runs a seeded sample of the products
of world, month, page and language; `make test-long` all of them.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

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
from tests.sampled import sampled
from tests.worlds import saying
from tests.worlds.editing import ZHUJI
from tests.worlds.worlds import WORLDS, World, database_of, exports_of, plan_of

TIMEOUT_SECONDS = 120
VIEWS = [(world, month) for world in WORLDS for month in world.months]
COUNTIES = ((), (ZHUJI,), (ZHUJI, "330602"))
PAGES = sampled(
    [
        (world, month, page, lang, counties)
        for world, month in VIEWS
        for page in discover_pages()
        for lang in LANGUAGES
        for counties in COUNTIES
    ],
    each=lambda product: (product[0].name, product[2].name),
)
AGENDAS = sampled(
    [
        (world, month, agenda, lang)
        for world, month in VIEWS
        for agenda in sorted(agendas(settings.AGENDAS_DIR))
        for lang in LANGUAGES
    ],
    each=lambda product: (product[0].name, product[2]),
)
BRIEFS = sampled(
    [(world, month, lang) for world, month in VIEWS for lang in LANGUAGES],
    each=lambda product: product[:2],
)


@pytest.mark.parametrize(("world", "month"), VIEWS, ids=str)
def test_values_stand_in_every_world(world: World, month: str) -> None:
    database = database_of(world)
    frame = values(database, month)
    units = (*county_ids(database), CITY)
    assert len(frame) == len(units) * len(database.catalogue.indicators)
    has_number = frame["value"].notna()
    assert (frame.loc[~has_number, "missing"].isin({"x", "z", "c"})).all()
    assert frame.loc[~has_number, "status"].isin({None, "not_due"}).all()


@pytest.fixture
def installation(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The dashboard set up on the world that the test names."""
    world = request.getfixturevalue("world")
    monkeypatch.setenv("DATA_DIR", str(exports_of(world)))
    monkeypatch.setenv("PLAN_DIR", str(plan_of(world)))
    st.cache_resource.clear()
    yield
    st.cache_resource.clear()


@pytest.mark.usefixtures("installation")
@pytest.mark.parametrize(("world", "month", "page", "lang", "counties"), PAGES, ids=str)
def test_every_page_opens_and_says_nothing_about_nothing(
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

    monkeypatch.setattr("dashboard.ui.page.show_card", record)
    app = AppTest.from_file(settings.ROOT / "app.py", default_timeout=TIMEOUT_SECONDS)
    app.query_params.update({"month": month, "lang": lang, "counties": list(counties)})
    app.run()
    assert [exception.message for exception in app.exception] == []
    app.switch_page(page.script).run()
    assert [exception.message for exception in app.exception] == []
    parts = (app.title, app.header, app.subheader, app.markdown, app.caption, app.warning)
    texts = [str(element.value) for part in parts for element in part]
    texts += [text for card in drawn for text in saying.words_of(card)]
    assert saying.about_nothing(iter(texts)) == []


@pytest.mark.parametrize(("world", "month", "agenda_id", "lang"), AGENDAS, ids=str)
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


@pytest.mark.parametrize(("world", "month", "lang"), BRIEFS, ids=str)
def test_every_brief_says_nothing_about_nothing(world: World, month: str, lang: str) -> None:
    filters = Filters(month, (), Comparison.LAST_MONTH)
    brief = build_brief(Context(database_of(world), filters, language(lang)))
    assert saying.about_nothing(saying.words_of_brief(brief)) == []

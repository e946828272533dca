"""Every page, as Chromium shows it: on every screen, on paper, in the dark, in both languages.

To open a page takes most of the time, so that each is opened once for all that is asked of it.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.app_pages import AppPage, discover_pages
from tests.browser import paper
from tests.browser.accessibility import complaints
from tests.browser.chromium import REDRAW_MS, SCREENS, settle
from tests.browser.words import foreign_words, visible_texts
from tests.server import Server

PAGES = discover_pages()
# Pages that answer in words and tables alone.
WITHOUT_CHARTS = frozenset({"deck", "deliveries", "methods", "plan"})
# A presentation fills the screen: its filters are those of its slides.
WITHOUT_FILTERS = frozenset({"present"})
# They fill a sheet each: test_meeting.py prints them.
SLIDES = frozenset({"present"})
# Definitions of all indicators in words: as many sheets as they are.
LONG = frozenset({"methods"})
# Streamlit learns an app's pages at the first run: the first, one of the navigation, a hidden one.
FIRST_VISITS = ("overview", "health", "school")

_OVERFLOW_PX = """
() => Math.max(...[document.documentElement, document.querySelector('[data-testid="stMain"]')]
  .map(element => element.scrollWidth - element.clientWidth))
"""


def open_page(page: Page, server: Server, path: str) -> None:
    page.goto(server.url + path)
    settle(page)
    assert page.get_by_test_id("stException").all_inner_texts() == []
    # "Page not found", which Streamlit lays over a page that it does find.
    expect(page.get_by_test_id("stDialog")).to_have_count(0)


def chosen_counties(page: Page) -> Locator:
    return page.locator('button[data-variant="pills"][aria-pressed="true"]')


@pytest.mark.product  # every page in one of them; `make test-long`: in both
@pytest.mark.parametrize("view", ["as it opens", "in English, narrowed by its address"])
@pytest.mark.parametrize("app_page", PAGES, ids=str)
def test_a_page(page: Page, server: Server, app_page: AppPage, view: str) -> None:
    page.add_init_script(paper.FREEZE)
    page.set_viewport_size(SCREENS["desktop"])
    if view == "as it opens":
        assert_opens(page, server, app_page)
    else:
        assert_opens_in_english(page, server, app_page)


def assert_opens(page: Page, server: Server, app_page: AppPage) -> None:
    open_page(page, server, app_page.url(lang="zh"))
    assert complaints(page) == []
    assert_fits(page, app_page, "zh")

    page.set_viewport_size(SCREENS["desktop"])
    page.emulate_media(color_scheme="dark")
    settle(page, REDRAW_MS)
    assert complaints(page) == []


def assert_opens_in_english(page: Page, server: Server, app_page: AppPage) -> None:
    assert_deep_link(page, server, app_page)
    assert complaints(page) == []
    assert_fits(page, app_page, "en")

    if app_page.name not in WITHOUT_FILTERS:
        page.get_by_role("button", name="City", exact=True).click()
        settle(page)
        assert foreign_words(page, "en") == []


def assert_fits(page: Page, app_page: AppPage, language: str) -> None:
    """Every screen and paper shows the whole page, charts included, and its language alone."""
    for screen, size in SCREENS.items():
        page.set_viewport_size(size)
        settle(page, REDRAW_MS)
        if app_page.name not in WITHOUT_CHARTS:
            expect(page.locator(".js-plotly-plot .main-svg").first).to_be_visible()
        assert page.evaluate(_OVERFLOW_PX) <= 0, f"the page scrolls sideways on a {screen}"
        assert foreign_words(page, language) == [], screen
        if screen != "phone" and app_page.name not in SLIDES:
            assert paper.cut_on_paper(page) == [], screen
        if screen == "projector" and app_page.name not in SLIDES | LONG:
            cards = page.locator('[class*="st-key-card-"]').count()
            assert paper.sheets(page) <= cards + 1


@pytest.mark.parametrize("name", FIRST_VISITS)
def test_deep_link_applies_its_filters_on_a_server_that_has_served_nothing(
    page: Page, fresh_server: Callable[..., Server], name: str
) -> None:
    assert_deep_link(page, fresh_server(), next(page for page in PAGES if page.name == name))


def assert_deep_link(page: Page, server: Server, app_page: AppPage) -> None:
    open_page(page, server, app_page.url(counties="330681", month="2024-08", lang="en"))

    if app_page.name not in WITHOUT_FILTERS:
        expect(chosen_counties(page)).to_have_text(["Zhuji"])
    shown = [
        *visible_texts(page),
        *page.locator("input").evaluate_all("xs => xs.map(x => x.value)"),
    ]
    assert any("Aug 2024" in text for text in shown), app_page.name


def test_filters_survive_a_page_switch_and_a_reload(page: Page, server: Server) -> None:
    open_page(page, server, "/?counties=330681&lang=en")

    page.locator('a[href*="/health"]').first.click()
    page.wait_for_url("**/health?*counties=330681*")
    settle(page)
    expect(chosen_counties(page)).to_have_text(["Zhuji"])

    page.reload()
    settle(page)
    expect(chosen_counties(page)).to_have_text(["Zhuji"])

"""A4 across: no chart cut, two cards beside each other, what was chosen stands on the paper."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page

from tests.app_pages import AppPage, discover_pages
from tests.browser.chromium import SCREENS, settle
from tests.server import Server

# Slides fill a page each: test_meeting.py prints them.
PAGES = [page for page in discover_pages() if page.name != "present"]
# 297 × 210 mm less margins of 8 mm, in CSS pixels.
WIDTH, HEIGHT = 1062, 733
# Definitions of all indicators in words: as long as they are.
LONG = {"methods"}

# A printer lays the page out anew, but no script runs that would draw charts anew.
_FREEZE = """
window.ResizeObserver = class extends ResizeObserver {
  constructor(callback) { super((...news) => window.printing || callback(...news)); }
};
"""
_LAY_OUT = "width => { window.printing = true; document.body.style.width = width + 'px'; }"
_BACK_ON_SCREEN = "() => { window.printing = false; document.body.style.width = ''; }"
_CUT = """
([width, height]) => {
  const cut = [];
  const name = part => (part.closest('[class*="st-key-chart-"]') ?? part).className;
  for (const svg of document.querySelectorAll('.stPlotlyChart .main-svg')) {
    const room = svg.closest('.stPlotlyChart').getBoundingClientRect();
    const box = svg.getBoundingClientRect();
    if (box.right > room.right + 1 || box.bottom > room.bottom + 1 || box.height > height)
      cut.push(`${name(svg)}: ${box.width}×${box.height} in ${room.width}×${room.height}`);
  }
  for (const part of document.querySelectorAll('[class*="st-key-card-"], table'))
    if (part.getBoundingClientRect().right > width + 1) cut.push(name(part));
  return cut;
}
"""


def pages_of(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf))


@pytest.mark.parametrize("app_page", PAGES, ids=str)
def test_no_chart_is_cut(page: Page, server: Server, app_page: AppPage) -> None:
    page.add_init_script(_FREEZE)
    page.goto(server.url + app_page.url(lang="zh", counties="330681"))
    for screen in ("projector", "desktop"):
        page.emulate_media(media="screen")
        page.evaluate(_BACK_ON_SCREEN)
        page.set_viewport_size(SCREENS[screen])
        settle(page)
        cards = page.locator('[class*="st-key-card-"]').count()

        page.emulate_media(media="print")
        page.evaluate(_LAY_OUT, WIDTH)

        assert page.evaluate(_CUT, [WIDTH, HEIGHT]) == [], screen
    if app_page.name not in LONG:
        assert pages_of(page.pdf(prefer_css_page_size=True)) <= cards + 1


def test_the_paper_says_what_was_chosen_and_nothing_to_click(page: Page, server: Server) -> None:
    page.goto(server.url + "/health?lang=zh&counties=330681,330624&month=2024-08")
    settle(page)
    page.emulate_media(media="print")

    bar = page.locator(".st-key-filter_bar")
    for words in ("诸暨", "新昌", "示例数据（合成）"):
        assert bar.get_by_text(words, exact=True).is_visible()
    assert bar.get_by_role("combobox").first.is_visible()
    for words in ("越城", "English"):
        assert not bar.get_by_text(words, exact=True).is_visible()
    assert not page.get_by_role("link", name="教师").first.is_visible()
    assert not page.get_by_role("button", name="数据与口径").first.is_visible()


def test_two_cards_stand_beside_each_other(page: Page, server: Server) -> None:
    page.goto(server.url + "/health?lang=zh")
    settle(page)
    page.emulate_media(media="print")

    left, right = (
        card.bounding_box() for card in page.locator('[class*="st-key-card-"]').all()[:2]
    )
    assert left is not None
    assert right is not None
    assert right["x"] > left["x"] + left["width"]
    assert abs(right["y"] - left["y"]) < 2

"""Nothing jumps under the reader's eyes when a filter changes."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.chromium import settle
from tests.server import Server

# What browsers call a cumulative layout shift: up to 0.1 is good. A table may gain a line, and a
# busy machine draws it a frame after what stands above.
STILL = 0.1
_WATCH = """
window.shifts = [];
new PerformanceObserver(list => window.shifts.push(...list.getEntries().map(e => e.value)))
  .observe({type: 'layout-shift'});
"""


@pytest.mark.parametrize("path", ["/", "/health", "/teachers"])
def test_a_filter_moves_nothing(page: Page, server: Server, path: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 720})
    page.add_init_script(_WATCH)
    page.goto(f"{server.url}{path}?lang=zh")
    settle(page)

    for name in ("诸暨", "全市"):
        page.evaluate("window.shifts = []")
        page.get_by_role("button", name=name, exact=True).click()
        settle(page)
        assert page.evaluate("window.shifts.reduce((sum, shift) => sum + shift, 0)") < STILL


def test_all_pages_and_filters_have_one_line_each(page: Page, server: Server) -> None:
    page.set_viewport_size({"width": 1280, "height": 720})
    for lang in ("zh", "en"):
        page.goto(f"{server.url}/?lang={lang}")
        settle(page)

        links = page.get_by_test_id("stTopNavLink").locator("visible=true")
        assert links.count() == 13
        for places in (links, page.locator(".st-key-filter_bar > *")):
            boxes = [box for place in places.all() if (box := place.bounding_box())]
            assert max(box["y"] for box in boxes) < min(box["y"] + box["height"] for box in boxes)
            assert max(box["x"] + box["width"] for box in boxes) <= 1280

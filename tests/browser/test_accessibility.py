"""No violation that axe-core calls serious or critical; pages as they open: see test_pages.py."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.accessibility import complaints
from tests.browser.chromium import settle
from tests.server import Server

# A wide table scrolls sideways on a phone. axe wants such a region in the order of the tab key;
# Chromium and Firefox put every scroller there by themselves.
SCROLLS = "scrollable-region-focusable"
ZHUJI = "330681"


def open_page(page: Page, server: Server, path: str) -> None:
    page.goto(server.url + path)
    settle(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_narrowed_page_with_its_data_and_a_list_open(
    page: Page, server: Server, scheme: Any
) -> None:
    page.emulate_media(color_scheme=scheme)
    open_page(page, server, f"/health?lang=zh&counties={ZHUJI}")

    page.get_by_role("button", name="数据与口径").first.click()
    settle(page)
    assert complaints(page) == []

    page.keyboard.press("Escape")
    page.get_by_role("combobox").first.click()
    settle(page)
    assert complaints(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_clause_with_words_marked_or_a_search(page: Page, server: Server, scheme: Any) -> None:
    page.emulate_media(color_scheme=scheme)
    open_page(page, server, "/plan?clause=12&indicator=fitness_good_rate&search=学校")
    assert complaints(page) == []

    open_page(page, server, "/plan?search=学校&status=behind")
    assert complaints(page) == []


def test_a_phone(page: Page, server: Server) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    open_page(page, server, "/?lang=zh")

    assert complaints(page, but=SCROLLS) == []

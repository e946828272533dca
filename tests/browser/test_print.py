"""A4 across: dark on white, two cards beside each other, what was chosen stands on the paper.

That nothing is cut: see test_pages.py.
"""

from __future__ import annotations

import io

from PIL import Image
from playwright.sync_api import Page

from tests.browser.chromium import settle
from tests.server import Server


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


def test_a_dark_page_is_dark_on_white_on_paper(page: Page, server: Server) -> None:
    page.emulate_media(color_scheme="dark")
    page.goto(server.url + "/health?lang=zh")
    settle(page)
    page.emulate_media(media="print", color_scheme="dark")

    picture = Image.open(io.BytesIO(page.screenshot())).convert("L")
    greys = picture.histogram()
    assert greys.index(max(greys)) == 255  # the ground
    assert sum(greys[:64]) > 1_000  # the ink
    assert sum(greys[:64]) < sum(greys) / 10

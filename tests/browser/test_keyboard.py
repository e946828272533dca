"""A whole task without a mouse: choose a county, read a chart's numbers, take them along, go on."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.chromium import settle
from tests.server import Server

FAR_ENOUGH = 40
LONGEST = 40  # characters of one control: the page itself takes the focus as well
_FOCUS = """
() => {
  const element = document.activeElement;
  const style = getComputedStyle(element);
  const words = element.innerText || element.getAttribute('aria-label') || '';
  const shown = style.outlineStyle !== 'none' || style.boxShadow !== 'none'
    || element.closest('[data-testid="stSelectbox"]') || element.tagName === 'MAIN'
    || element.closest('[data-testid="stDataFrame"]');
  return [words.trim(), element.matches(':focus-visible') && Boolean(shown)];
}
"""


def tab_to(page: Page, words: str, key: str = "Tab") -> None:
    """Press a key until what has the focus says these words; the focus must be seen all the way."""
    met: list[str] = []
    for _ in range(FAR_ENOUGH):
        page.keyboard.press(key)
        text, is_shown = page.evaluate(_FOCUS)
        assert is_shown, text
        if words in text and len(text) < LONGEST:
            return
        met.append(text[:20])
    raise AssertionError(f"{words} cannot be reached: {met}")


def test_a_whole_task(page: Page, server: Server) -> None:
    page.goto(server.url + "/health?lang=zh")
    settle(page)

    # The county: one stop for the row of counties, arrows within it.
    tab_to(page, "全市")
    tab_to(page, "诸暨", key="ArrowRight")
    page.keyboard.press("Enter")
    settle(page)
    expect(page.locator(".st-key-headline")).to_contain_text("诸暨市")
    assert "counties=330681" in page.url

    # The numbers behind the first chart, and their file.
    tab_to(page, "数据与口径")
    page.keyboard.press("Enter")
    settle(page)
    expect(page.get_by_test_id("stDialog").get_by_test_id("stDataFrame").first).to_be_visible()
    tab_to(page, "下载CSV")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert Path(download.value.path()).read_bytes().startswith(b"\xef\xbb\xbf")
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("stDialog")).to_have_count(0)

    # Another page, narrowed to the same county.
    page.locator("body").press("Control+Home")
    tab_to(page, "教师", key="Shift+Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/teachers?*")
    settle(page)
    assert "counties=330681" in page.url
    expect(page.locator(".st-key-headline")).to_contain_text("诸暨市")


def test_month_and_language_are_chosen_by_keyboard(page: Page, server: Server) -> None:
    page.goto(server.url + "/?lang=zh")
    settle(page)

    tab_to(page, "截至")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    settle(page)
    assert "month=2024-0" in page.url

    tab_to(page, "中文")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    settle(page)
    assert "lang=en" in page.url

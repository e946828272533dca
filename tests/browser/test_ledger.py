"""The way from a number to the plan's clause and back, and what a reader does on the ledger."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from dashboard.settings import SAMPLE_DIR
from tests.browser.chromium import SCREENS, settle
from tests.browser.words import foreign_words
from tests.server import Server

CLAUSES = ".st-key-entries-plan-clauses a"
MARKED = ".st-key-passage-plan-words .stMarkdownColoredBackground"


def open_page(page: Page, server: Server, path: str) -> None:
    page.goto(server.url + path)
    settle(page)
    expect(page.get_by_test_id("stException")).to_have_count(0)


def headline(page: Page) -> str:
    return page.locator(".st-key-headline").inner_text()


def test_from_a_number_to_its_clause_to_its_chart_and_back(page: Page, server: Server) -> None:
    open_page(page, server, "/health?counties=330681&month=2024-08")

    card = page.locator(".st-key-card-standing-fitness-good-rate")
    card.get_by_role("link", name="工作要点第12条").click()
    page.wait_for_url("**/plan?*clause=12*")
    settle(page)
    assert headline(page).startswith("12 完善体医教融合体系，2024年8月")
    assert "counties=330681" in page.url

    target = page.locator(".st-key-entries-plan-targets a").filter(has_text="优良率")
    expect(target).to_contain_text("70.00%")
    target.click()
    page.wait_for_url("**/indicator?*indicator=fitness_good_rate*")
    settle(page)
    expect(page.locator(".js-plotly-plot").first).to_be_visible()
    assert "month=2024-08" in page.url

    page.get_by_role("link", name="工作要点第12条").first.click()
    page.wait_for_url("**/plan?*clause=12*")
    settle(page)
    assert headline(page).startswith("12 完善体医教融合体系")


def test_one_click_opens_a_clause_and_the_address_follows(page: Page, server: Server) -> None:
    open_page(page, server, "/plan")
    expect(page.locator(CLAUSES)).to_have_count(26)

    page.locator(CLAUSES).filter(has_text="学前教育推进优质普惠扩面").click()
    page.wait_for_url("**/plan?*clause=8*")
    settle(page)
    assert headline(page).startswith("8 学前教育推进优质普惠扩面")

    page.reload()
    settle(page)
    assert headline(page).startswith("8 学前教育推进优质普惠扩面")

    page.get_by_role("link", name="9 义务教育提升优质均衡水平").click()
    page.wait_for_url("**/plan?*clause=9*")
    settle(page)
    assert headline(page).startswith("9 ")

    page.get_by_role("link", name="全部条目").click()
    settle(page)
    expect(page.locator(CLAUSES)).to_have_count(26)
    assert "clause" not in page.url

    page.go_back()
    page.wait_for_url("**/plan?*clause=9*")
    settle(page)
    assert headline(page).startswith("9 ")


def test_the_whole_overview_fits_a_large_screen(page: Page, server: Server) -> None:
    page.set_viewport_size({"width": 1920, "height": 1080})
    open_page(page, server, "/plan")
    for place in (0, 12, 13, 25):
        expect(page.locator(CLAUSES).nth(place)).to_be_in_viewport(ratio=1)


def test_office_status_and_search_narrow_and_stand_in_the_address(
    page: Page, server: Server
) -> None:
    open_page(page, server, "/plan?office=preschool")
    expect(page.locator(CLAUSES)).to_have_count(3)  # clauses 5, 8 and 23
    assert headline(page).startswith("学前教育处")

    box = page.get_by_placeholder("搜索原文和月报")
    box.fill("普惠")
    box.press("Enter")
    settle(page)
    found = page.locator(".st-key-card-plan-found-tasks td .stMarkdownColoredBackground")
    expect(found.first).to_have_text("普惠")
    assert "office=preschool" in page.url
    assert "search=" in page.url

    page.locator(".st-key-status").get_by_role("button", name="未到监测期").click()
    page.wait_for_url("**/plan?*status=not_due*")


def test_a_deep_link_opens_the_clause_with_the_asked_words_marked(
    page: Page, server: Server
) -> None:
    open_page(page, server, "/plan?clause=8&indicator=inclusive_kindergarten_coverage")
    asked = page.locator(MARKED).filter(has_text="普惠性幼儿园在园儿童覆盖面达95%")
    other = page.locator(MARKED).filter(has_text="力争全市公办幼儿园在园儿童覆盖面达80%及以上")
    colour = "element => getComputedStyle(element).backgroundColor"
    assert asked.evaluate(colour) != other.evaluate(colour)


def test_a_clause_that_does_not_exist_is_explained(page: Page, server: Server) -> None:
    open_page(page, server, "/plan?clause=99")
    expect(page.get_by_test_id("stAlert")).to_contain_text("99")
    expect(page.locator(CLAUSES)).to_have_count(26)


def test_a_report_is_shown_as_it_was_written_whatever_it_looks_like(
    page: Page, fresh_server: Callable[..., Server], tmp_path: Path
) -> None:
    exports = tmp_path / "exports"
    shutil.copytree(SAMPLE_DIR, exports)
    hostile = "<img src=x> :red[甲] **乙** [丙](javascript:x) $丁$ ]戊"
    reports = exports / "工作月报.csv"
    lines = reports.read_text(encoding="utf-8-sig").splitlines(keepends=True)
    told = [f"c01-01,2024-09,推进中,{hostile},,组织人事处\n"]
    kept = [line for line in lines if not line.startswith("c01-01,2024-09")]
    reports.write_text("".join(kept + told), encoding="utf-8-sig")

    open_page(page, fresh_server(exports), "/plan?clause=1&search=甲]")

    report = page.locator(".st-key-card-plan-tasks td").filter(has_text="戊")
    expect(report).to_contain_text(hostile)
    expect(report.locator("img, a")).to_have_count(0)
    expect(report.locator(".stMarkdownColoredBackground")).to_have_text("甲]")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_clause_is_in_the_readers_language_and_fits_the_screen(
    page: Page, server: Server, language: str
) -> None:
    open_page(page, server, f"/plan?clause=12&lang={language}")
    for screen, size in SCREENS.items():
        page.set_viewport_size(size)
        settle(page)
        assert foreign_words(page, language) == [], screen
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, screen

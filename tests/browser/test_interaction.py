"""What a reader does: clicks a county, opens the data, switches the language, gets new files."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from dashboard.settings import SAMPLE_DIR
from tests.browser.chromium import settle
from tests.plan_of_2024 import TARGETS
from tests.server import Server

MATRIX = ".st-key-card-overview-status-matrix .js-plotly-plot"


def open_page(page: Page, server: Server, path: str) -> None:
    page.goto(server.url + path)
    settle(page)


def click_mark(page: Page, mark: Locator) -> None:
    """Click a mark of a chart the way a hand does: Plotly needs the pointer to rest on it first."""
    mark.scroll_into_view_if_needed()
    box = mark.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_timeout(400)
    page.mouse.down()
    page.mouse.up()
    page.wait_for_timeout(300)
    settle(page)


def pressed(page: Page) -> Locator:
    return page.locator('button[data-variant="pills"][aria-pressed="true"]')


def compare_with(page: Page, option: str) -> None:
    """Choose the month to compare with, as it reads in the list."""
    page.locator(".st-key-compare").get_by_role("combobox").click()
    page.get_by_role("option", name=option, exact=True).click()
    settle(page)


def test_a_click_on_a_county_narrows_every_page_and_a_second_one_lifts_it(
    page: Page, server: Server
) -> None:
    open_page(page, server, "/?lang=en")
    marks = page.locator(MATRIX).first.locator(".points path")

    click_mark(page, marks.nth(1))  # the first row is asked of the city alone
    narrowed = pressed(page).inner_text()
    assert narrowed != "City"
    assert "counties=" in page.url

    page.locator('a[href*="/health"]').first.click()
    page.wait_for_url("**/health?*")
    settle(page)
    expect(pressed(page)).to_have_text([narrowed])

    page.get_by_role("button", name="City", exact=True).click()
    settle(page)
    expect(pressed(page)).to_have_text(["City"])
    assert "counties=" not in page.url


def test_counties_add_up_and_the_whole_city_lifts_them(page: Page, server: Server) -> None:
    open_page(page, server, "/")
    for name in ("诸暨", "新昌"):
        page.get_by_role("button", name=name, exact=True).click()
        settle(page)
    expect(pressed(page)).to_have_text(["诸暨", "新昌"])
    assert "counties=330681%2C330624" in page.url or "counties=330681,330624" in page.url
    expect(page.locator(".st-key-headline")).to_contain_text("诸暨市和新昌县")


def test_table_definition_plan_and_download_are_one_click_away(page: Page, server: Server) -> None:
    open_page(page, server, "/?lang=zh")
    page.get_by_role("button", name="数据与口径").first.click()
    settle(page)
    body = page.get_by_test_id("stDialog")
    expect(body.get_by_test_id("stDataFrame").first).to_be_visible()
    with page.expect_download() as download:
        body.get_by_role("button", name="下载CSV").click()
    content = Path(download.value.path()).read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert rows[0][:2] == ["指标", "单位"]
    counted = TARGETS - 3  # 三个100% is asked of the pilot county alone, not of the city
    assert len(rows) == 1 + counted  # the heading, and what is asked of the city


def test_the_language_switch_changes_every_word_and_keeps_the_filters(
    page: Page, server: Server
) -> None:
    open_page(page, server, "/?counties=330681&month=2024-06")
    page.locator(".st-key-lang").get_by_text("English").click()
    settle(page)
    expect(page.locator(".st-key-headline")).to_contain_text("Zhuji, Jun 2024")
    expect(pressed(page)).to_have_text(["Zhuji"])
    assert "lang=en" in page.url


def test_charts_turn_dark_and_light_again_with_the_reader_s_system(
    page: Page, server: Server
) -> None:
    open_page(page, server, "/health?lang=zh&counties=330681")
    for scheme, ink in (("dark", "rgb(236, 238, 240)"), ("light", "rgb(31, 31, 31)")):
        page.emulate_media(color_scheme=scheme)
        expect(
            page.locator(".js-plotly-plot .gtitle, .js-plotly-plot .ytick text").first
        ).to_have_css("fill", ink)
        expect(page.locator(".st-key-headline")).to_contain_text("诸暨市")


def test_every_card_says_what_changed_since_the_month_chosen(page: Page, server: Server) -> None:
    open_page(page, server, "/construction?lang=zh")
    compare_with(page, "比2024年3月")
    assert "compare=2024-03" in page.url
    card = page.locator(".st-key-card-standing-projects-completed")
    expect(card).to_contain_text("比2024年3月：增加14个")

    page.locator(".st-key-month").get_by_role("combobox").click()
    page.get_by_role("option", name="截至2024年2月", exact=True).click()
    settle(page)  # March is not before February: back to the year before, and the page says so
    expect(page.get_by_test_id("stAlert")).to_contain_text("2024-03")
    assert "compare=" not in page.url


def test_new_files_are_shown_on_the_next_click_and_bad_ones_are_explained(
    page: Page, fresh_server: Callable[..., Server], tmp_path: Path
) -> None:
    exports = tmp_path / "exports"
    shutil.copytree(SAMPLE_DIR, exports)
    server = fresh_server(exports)
    open_page(page, server, "/?lang=zh")
    before = page.locator(".st-key-headline").inner_text()

    # Every social club base of the year is withdrawn: a target that was met is not any more.
    events = exports / "创建认定.csv"
    lines = events.read_text(encoding="utf-8-sig").splitlines(keepends=True)
    kept = [line for line in lines if "校外美育实践基地" not in line]
    events.write_text("".join(kept), encoding="utf-8-sig")
    compare_with(page, "比上月")
    after = page.locator(".st-key-headline").inner_text()
    assert after != before

    # An unusable file: the last good version stays, and the page says what to mend.
    fields = lines[1].split(",")
    lines[1] = ",".join([*fields[:3], "999999", *fields[4:]])
    events.write_text("".join(lines), encoding="utf-8-sig")
    compare_with(page, "比上年同期")
    expect(page.get_by_test_id("stAlert")).to_contain_text("仍显示上一个可用版本")
    expect(page.get_by_text("创建认定.csv").first).to_be_visible()
    assert page.locator(".st-key-headline").inner_text() == after


def test_a_target_lists_its_names_by_a_click_and_from_the_keyboard(
    page: Page, server: Server
) -> None:
    open_page(page, server, "/quality?lang=zh&target=smart_campuses")
    names = page.locator('[class*="st-key-card-quality-named-"]').first
    expect(names).to_contain_text("智慧校园标杆校15/15所")

    bars = page.locator(".st-key-card-quality-board .js-plotly-plot").first.locator(".point path")
    click_mark(page, bars.nth(2))
    expect(names).to_contain_text("体育特色学校41/50所")
    assert "target=sports_schools" in page.url

    choice = page.get_by_role("combobox", name="查看名单")
    choice.focus()
    page.keyboard.type("科学家")
    page.keyboard.press("Enter")
    settle(page)
    expect(names).to_contain_text("科学家进课堂31/50场")

    page.get_by_role("button", name="诸暨", exact=True).click()
    settle(page)
    expect(names).to_contain_text("诸暨市科学家进课堂8/10场")

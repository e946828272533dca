"""From a rate down to its counties and schools, and back: by mouse, by keyboard, by address."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page, expect

from dashboard.settings import SAMPLE_DIR
from tests.browser.chromium import settle
from tests.browser.test_interaction import click_mark, open_page, pressed
from tests.server import Server

SCHOOL, SCHOOL_NAME = "2068100020", "诸暨市银园镇华浜小学"
STANDING = ".st-key-card-indicator-standing .js-plotly-plot"
DOTS = ".st-key-card-indicator-distribution .js-plotly-plot"
BARS = ".st-key-card-indicator-contributors .js-plotly-plot"
HOSTILE = "<b>甲</b> & $x$ :red[乙](丙)"


def asked(page: Page) -> dict[str, str]:
    """What the address asks for."""
    return {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items()}


def test_from_a_rate_to_a_county_to_a_school_and_back(page: Page, server: Server) -> None:
    open_page(page, server, "/health?lang=zh")
    page.get_by_role("link", name="体质优良率").first.click()
    page.wait_for_url("**/indicator?*")
    settle(page)
    expect(page.locator(".st-key-headline")).to_contain_text("全市体质优良率")

    click_mark(page, page.locator(STANDING).locator(".trace").nth(2).locator(".point").nth(3))
    expect(pressed(page)).to_have_text(["诸暨"])
    assert asked(page)["counties"] == "330681"
    expect(page.locator(".st-key-card-indicator-contributors")).to_contain_text("诸暨市")

    click_mark(page, page.locator(BARS).locator(".bars .point path").first)
    page.wait_for_url("**/school?*")
    settle(page)
    assert asked(page)["indicator"] == "fitness_good_rate"
    school = asked(page)["school"]
    expect(page.locator(".st-key-headline")).to_contain_text("诸暨市")

    page.reload()
    settle(page)
    assert asked(page)["school"] == school

    page.locator(".st-key-crumb_city button").click()
    page.wait_for_url("**/indicator?*")
    settle(page)
    expect(pressed(page)).to_have_text(["全市"])
    assert asked(page)["indicator"] == "fitness_good_rate"
    assert "school" not in asked(page)


def test_a_dot_opens_its_school(page: Page, server: Server) -> None:
    open_page(page, server, "/indicator?lang=zh&indicator=fitness_good_rate")
    dots = page.locator(DOTS).locator(".trace").first.locator(".point")
    assert dots.count() == 493
    click_mark(page, dots.first)
    page.wait_for_url("**/school?*")
    settle(page)
    assert asked(page)["school"]
    expect(page.locator(".st-key-breadcrumb")).to_contain_text("体质优良率")


def test_the_keyboard_finds_indicator_and_school_by_name(page: Page, server: Server) -> None:
    open_page(page, server, "/indicator?lang=zh")
    choice = page.get_by_role("combobox", name="查看指标")
    choice.focus()
    page.keyboard.type("心理健康")
    page.keyboard.press("Enter")
    settle(page)
    assert asked(page)["indicator"].startswith("psychology")

    open_page(page, server, f"/school?lang=zh&school={SCHOOL}&counties=330681")
    choice = page.get_by_role("combobox", name="查看学校")
    choice.focus()
    page.keyboard.type("长峰")
    page.keyboard.press("Enter")
    settle(page)
    assert asked(page)["school"] != SCHOOL
    expect(page.locator(".st-key-headline")).to_contain_text("长峰")


def test_the_breadcrumb_works_from_the_keyboard(page: Page, server: Server) -> None:
    open_page(
        page, server, f"/school?lang=zh&school={SCHOOL}&indicator=fitness_good_rate&counties=330602"
    )
    page.locator(".st-key-crumb_county button").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/indicator?*")
    settle(page)
    expect(pressed(page)).to_have_text(["诸暨"])


def test_a_part_of_a_name_finds_schools_and_their_links(page: Page, server: Server) -> None:
    open_page(page, server, "/indicator?lang=zh&indicator=fitness_good_rate&counties=330681")
    search = page.get_by_role("textbox", name="按校名查找")
    search.fill("华浜")
    search.press("Enter")
    settle(page)
    found = page.locator(".st-key-card-indicator-schools")
    expect(found).to_contain_text(SCHOOL_NAME)
    link = found.get_by_role("link", name=SCHOOL_NAME)
    assert SCHOOL in (link.get_attribute("href") or "")


def test_what_does_not_exist_is_said_in_the_page_s_language(page: Page, server: Server) -> None:
    open_page(page, server, "/school?lang=zh&school=<b>none</b>")
    expect(page.get_by_test_id("stAlert")).to_contain_text("没有学校“<b>none</b>”")
    open_page(page, server, "/indicator?lang=en&indicator=nothing")
    expect(page.get_by_test_id("stAlert")).to_contain_text("There is no indicator “nothing”")
    expect(page.get_by_test_id("stException")).to_have_count(0)


def test_a_hostile_name_stays_a_name(
    page: Page, fresh_server: Callable[..., Server], tmp_path: Path
) -> None:
    exports = tmp_path / "exports"
    shutil.copytree(SAMPLE_DIR, exports)
    register = exports / "学校名录.csv"
    text = register.read_text(encoding="utf-8-sig")
    register.write_text(text.replace(SCHOOL_NAME, HOSTILE), encoding="utf-8-sig")
    server = fresh_server(exports)

    open_page(page, server, f"/school?lang=zh&school={SCHOOL}")
    expect(page.locator(".st-key-headline")).to_contain_text(HOSTILE)
    expect(page.locator(".st-key-breadcrumb")).to_contain_text(HOSTILE)
    assert page.locator(".st-key-headline b, .st-key-breadcrumb b").count() == 0

    open_page(page, server, "/indicator?lang=zh&indicator=fitness_good_rate&counties=330681")
    search = page.get_by_role("textbox", name="按校名查找")
    search.fill("<b>甲")
    search.press("Enter")
    settle(page)
    found = page.locator(".st-key-card-indicator-schools")
    expect(found.get_by_role("link", name=HOSTILE)).to_be_visible()
    assert found.locator("table b, .katex").count() == 0

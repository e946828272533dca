"""The meeting: cards collected, a deck saved and presented by keyboard, on numbers that hold."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from dashboard.settings import SAMPLE_DIR
from tests.browser.accessibility import complaints
from tests.browser.chromium import SCREENS, settle
from tests.browser.words import foreign_words
from tests.server import Server

HEALTH_SLIDES = 10
# A drawing that sticks out of what is left of its slide between title and footer.
_CUT_ON_PAPER = """
() => [...document.querySelectorAll('.main-svg, [class*="st-key-facts-"] p')].flatMap(part => {
  const room = part.closest('[class*="st-key-body-"]').getBoundingClientRect();
  const box = part.getBoundingClientRect();
  const name = (part.closest('[class*="st-key-place-"]') ?? part).className;
  return box.right > room.right + 1 || box.bottom > room.bottom + 1
    ? [`${name}: ${box.right}, ${box.bottom}`] : [];
})
"""

# Words that are not dark enough, and grounds that are not light.
_NOT_DARK_ON_LIGHT = """
() => {
  const light = colour => {
    const [r, g, b, a = 1] = colour.match(/[\\d.]+/g).map(Number);
    return a === 0 ? null : 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const wrong = [];
  const slides = '[class*="st-key-stage-slide-"]';
  for (const part of document.querySelectorAll(`${slides}, ${slides} *`)) {
    const style = getComputedStyle(part);
    const hasWords = [...part.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
    const ink = part instanceof SVGElement ? style.fill : style.color;
    const isOnABar = part.closest('.barlayer');  // numbers on coloured bars are white
    if (hasWords && !isOnABar && light(ink) > 140) wrong.push([part.textContent, ink]);
    if (!(part instanceof SVGElement) && light(style.backgroundColor) < 200
        && light(style.backgroundColor) !== null)
      wrong.push([part.className, style.backgroundColor]);
    if (part.matches('.main-svg') && light(style.backgroundColor) < 200
        && light(style.backgroundColor) !== null)
      wrong.push(['chart', style.backgroundColor]);
  }
  for (const part of [document.documentElement, document.body, document.querySelector('.stApp')])
    if (light(getComputedStyle(part).backgroundColor) < 250) wrong.push([part.tagName, 'dark']);
  return wrong;
}
"""
# Slides but the fourth with a chart that is not the one marked before.
_DRAWN_ANEW = """
() => [...document.querySelectorAll('[class*="st-key-stage-slide-"]')].flatMap((slide, number) =>
  number !== 3 && [...slide.querySelectorAll('.main-svg')].some(svg => !svg.isKept) ? [number] : [])
"""
# Slides whose body does not fit: it would have to be scrolled before the room.
_TOO_LONG = """
() => [...document.querySelectorAll('[class*="st-key-body-"]')].flatMap((body, number) =>
  body.scrollHeight > body.clientHeight ? [[number + 1, body.scrollHeight]] : [])
"""


def open_page(page: Page, server: Server, path: str) -> None:
    page.goto(server.url + path)
    settle(page)


def button(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def press(page: Page, name: str) -> None:
    button(page, name).click()
    settle(page)


def shown(page: Page) -> str:
    """The footer's number of the one slide that is visible."""
    visible = [
        text
        for foot in page.locator('[class*="st-key-foot-"]').all()
        if foot.is_visible()
        for text in foot.locator("p").all_inner_texts()
        if re.fullmatch(r"\d+ / \d+", text)
    ]
    assert len(visible) == 1, visible
    return visible[0]


def name_and_save(page: Page, name: str) -> None:
    page.get_by_role("textbox", name="汇报名称").fill(name)
    page.keyboard.press("Enter")
    settle(page)
    press(page, "保存")


def findings(page: Page) -> list[str]:
    """The findings in the list of slides, in order, without their numbers."""
    texts = page.locator(".st-key-slide_list label p").all_inner_texts()
    return [found[1] for text in texts if (found := re.fullmatch(r"\d+\. (.*)", text))]


def test_from_two_cards_to_a_presentation_and_back(page: Page, server: Server) -> None:
    page.set_viewport_size(SCREENS["projector"])
    open_page(page, server, "/health?lang=zh")
    for card in ("health-myopia-by-county", "health-screening"):
        page.locator(f".st-key-collect-{card} button").click()
        settle(page)
    expect(page.get_by_role("link", name="汇报（2）")).to_be_visible()

    page.get_by_role("link", name="汇报（2）").click()
    page.wait_for_url("**/deck*")
    settle(page)
    expect(page.locator(".st-key-preview h2")).to_contain_text("近视率")
    name_and_save(page, "视力专题")
    assert "deck=" in page.url

    page.reload()  # a new session: the deck comes from its file
    settle(page)
    expect(page.locator(".st-key-headline")).to_contain_text("视力专题：2页")
    first, second = findings(page)
    press(page, "下移")
    assert findings(page) == [second, first]
    press(page, "撤销")
    assert findings(page) == [first, second]

    press(page, "开始汇报")
    page.wait_for_url("**/present*")
    settle(page)
    assert shown(page) == "1 / 2"
    expect(page.get_by_test_id("stHeader")).to_be_hidden()
    page.keyboard.press("ArrowRight")
    assert shown(page) == "2 / 2"
    page.keyboard.press("Escape")
    page.wait_for_url("**/deck*")
    settle(page)
    expect(page.locator(".st-key-headline")).to_contain_text("视力专题")


@pytest.fixture
def presented(page: Page, server: Server) -> Page:
    page.set_viewport_size(SCREENS["projector"])
    open_page(page, server, "/present?agenda=health&lang=zh")
    return page


def test_every_key_and_a_reload_shows_the_same_slide(presented: Page) -> None:
    page, last = presented, HEALTH_SLIDES
    for key, number in (
        ("ArrowRight", 2),
        ("PageDown", 3),
        (" ", 4),
        ("ArrowLeft", 3),
        ("PageUp", 2),
        ("End", last),
        ("ArrowRight", last),  # there is no further one
        ("Home", 1),
        ("ArrowLeft", 1),
        ("Enter", 2),
    ):
        page.keyboard.press(key)
        assert shown(page) == f"{number} / {last}", key

    page.keyboard.type("10")
    expect(page.locator(".typed")).to_have_text("10")
    page.keyboard.press("Backspace")
    page.keyboard.press("0")
    page.keyboard.press("Enter")
    assert shown(page) == f"10 / {last}"
    page.keyboard.type("77")
    page.keyboard.press("Escape")  # forgets the digits, and nothing else
    expect(page.locator(".typed")).to_be_hidden()
    assert shown(page) == f"10 / {last}"

    black = page.locator(".black")
    page.keyboard.press("b")
    expect(black).to_be_visible()
    page.keyboard.press("B")
    expect(black).to_be_hidden()
    page.keyboard.press(".")
    page.keyboard.press("Escape")
    expect(black).to_be_hidden()

    page.keyboard.press("f")
    page.wait_for_function("document.fullscreenElement !== null")
    page.keyboard.press("f")
    page.wait_for_function("document.fullscreenElement === null")
    page.keyboard.press("ArrowDown")  # scrolls a long slide and turns no page
    assert shown(page) == f"10 / {last}"

    page.reload()
    settle(page)
    assert shown(page) == f"10 / {last}"


def test_a_county_narrows_one_slide_and_backspace_lifts_it(presented: Page) -> None:
    page = presented
    finding = page.locator(".st-key-stage-slide-3 h2")
    other = page.locator(".st-key-stage-slide-0 h2").text_content()
    page.keyboard.type("4")
    page.keyboard.press("Enter")
    whole = finding.inner_text()

    page.evaluate("document.querySelectorAll('.main-svg').forEach(svg => { svg.isKept = true })")
    mark = page.locator(".st-key-drawing-3-0 .points path").first
    box = mark.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_timeout(400)
    page.mouse.down()
    page.mouse.up()
    expect(page.locator(".st-key-stage-lift-3")).to_be_visible()
    settle(page)
    assert shown(page) == f"4 / {HEALTH_SLIDES}"
    assert finding.inner_text() != whole
    assert page.locator(".st-key-stage-slide-0 h2").text_content() == other
    assert page.evaluate(_DRAWN_ANEW) == []

    page.keyboard.press("Backspace")
    expect(page.locator(".st-key-stage-lift-3")).to_have_count(0)
    settle(page)
    assert finding.inner_text() == whole


def test_an_indicator_is_looked_up_and_one_key_leads_back(presented: Page) -> None:
    page = presented
    page.keyboard.press("ArrowRight")
    page.keyboard.press("d")
    page.wait_for_url("**/indicator*")
    settle(page)
    assert "indicator=" in page.url
    assert "of=" not in page.url
    assert foreign_words(page, "zh") == []
    page.keyboard.press("Backspace")
    page.wait_for_url("**/present*")
    settle(page)
    assert shown(page) == f"2 / {HEALTH_SLIDES}"


def test_the_notes_window_keeps_step(page: Page, server: Server, context: BrowserContext) -> None:
    page.set_viewport_size(SCREENS["projector"])
    open_page(page, server, "/deck?lang=zh")
    press(page, "生成各页")
    page.get_by_role("textbox", name="备注").fill("先说 <b>结论</b>")
    page.get_by_role("textbox", name="汇报名称").focus()
    settle(page)
    press(page, "开始汇报")
    page.wait_for_url("**/present*")
    settle(page)

    with context.expect_page() as opened:
        page.keyboard.press("n")
    notes = opened.value
    settle(notes)
    expect(notes.get_by_text("先说 <b>结论</b>")).to_be_visible()
    assert notes.locator(".st-key-stage-slide-1 h2").is_visible()  # the next one
    page.keyboard.press("ArrowRight")
    expect(notes.get_by_text("先说 <b>结论</b>")).to_be_hidden()
    expect(notes.locator(".st-key-stage-slide-2 h2")).to_be_visible()
    notes.keyboard.press("PageUp")
    expect(page.locator(".st-key-stage-slide-0 h2")).to_be_visible()


def test_two_people_saving_the_same_deck_lose_nothing(
    page: Page, server: Server, context: BrowserContext
) -> None:
    open_page(page, server, "/deck?lang=zh&counties=330681")
    press(page, "生成各页")
    name_and_save(page, "共用")
    other = context.new_page()
    other.goto(page.url)
    settle(other)
    name_and_save(other, "对方改名")

    press(page, "移除")
    press(page, "保存")
    expect(page.locator(".st-key-conflict")).to_contain_text("“对方改名”刚被他人修改并保存")
    press(page, "打开对方的版本")
    expect(page.locator(".st-key-headline")).to_contain_text("对方改名：12页")
    press(page, "撤销")
    expect(page.locator(".st-key-headline")).to_contain_text("共用：11页")
    press(page, "保存")
    press(page, "把我的另存为副本")
    expect(page.locator(".st-key-headline")).to_contain_text("共用（副本）：11页")
    expect(page.locator(".st-key-conflict")).to_have_count(0)


def test_numbers_hold_while_new_data_arrive(
    page: Page, fresh_server: Callable[..., Server], tmp_path: Path
) -> None:
    exports = tmp_path / "exports"
    shutil.copytree(SAMPLE_DIR, exports)
    server = fresh_server(exports)
    page.set_viewport_size(SCREENS["projector"])
    open_page(page, server, "/present?agenda=health&lang=zh")
    version = _version(page)
    before = page.locator("h2").all_text_contents()

    events = exports / "创建认定.csv"
    lines = events.read_text(encoding="utf-8-sig").splitlines(keepends=True)
    events.write_text("".join(lines[:-40]), encoding="utf-8-sig")
    other = page.context.new_page()  # somebody else's click loads the new files
    other.goto(server.url + "/?lang=zh")
    settle(other)
    other.close()

    refresh = page.get_by_role("button", name="有新数据，点此更新（R）")
    expect(refresh).to_be_visible(timeout=60_000)
    assert _version(page) == version
    assert page.locator("h2").all_text_contents() == before
    with page.context.expect_page() as opened:
        page.keyboard.press("n")
    notes = opened.value
    settle(notes)
    notes.keyboard.press("r")  # nothing goes on but with the room
    settle(notes)
    assert _version(notes) == _version(page) == version
    page.keyboard.press("r")
    expect(refresh).to_have_count(0)
    settle(page)
    assert _version(page) != version
    expect(notes.locator(".st-key-foot-0")).to_contain_text(_version(page))
    settle(notes)
    assert notes.locator("h2").all_text_contents() == page.locator("h2").all_text_contents()


def _version(page: Page) -> str:
    found = re.search("数据版本([0-9a-f]{12})", page.locator(".st-key-foot-0").inner_text())
    assert found is not None
    return found[1]


def test_no_slide_of_an_agenda_has_to_be_scrolled(page: Page, server: Server) -> None:
    page.set_viewport_size(SCREENS["projector"])
    for asked in (
        *("monthly&lang=zh", "monthly&lang=en", "construction&lang=en"),
        "county-talk&counties=330681&lang=en",
    ):
        open_page(page, server, f"/present?agenda={asked}")
        assert page.evaluate(_TOO_LONG) == [], asked


def test_every_slide_stands_in_the_frame_after_its_key(presented: Page) -> None:
    shown_in_next_frame: list[list[int]] = presented.evaluate(
        """
        async keys => {
          const shown = [];
          for (const key of keys) {
            document.body.dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true}));
            await new Promise(requestAnimationFrame);
            shown.push([...document.querySelectorAll('[class*="st-key-stage-slide-"]')]
              .flatMap((slide, number) =>
                slide.checkVisibility({visibilityProperty: true}) ? [number] : []));
          }
          return shown;
        }
        """,
        ["PageDown"] * (HEALTH_SLIDES - 1) + ["Home"],
    )
    assert shown_in_next_frame == [[number] for number in [*range(1, HEALTH_SLIDES), 0]]


def test_every_slide_has_its_page_of_light_paper_even_from_a_dark_screen(presented: Page) -> None:
    presented.emulate_media(color_scheme="dark")
    presented.reload()
    settle(presented)
    pdf = presented.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf)) == HEALTH_SLIDES
    boxes = re.findall(rb"/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)\s*\]", pdf)
    assert {(round(float(width)), round(float(height))) for width, height in boxes} == {(842, 595)}
    presented.emulate_media(media="print", color_scheme="dark")
    assert presented.evaluate(_CUT_ON_PAPER) == []
    assert presented.evaluate(_NOT_DARK_ON_LIGHT) == []
    for number in range(HEALTH_SLIDES):
        foot = presented.locator(f".st-key-foot-{number}")
        expect(foot).to_be_visible()
        expect(foot).to_contain_text(f"{number + 1} / {HEALTH_SLIDES}")
    expect(presented.locator(".st-key-stage-drill-0")).to_be_hidden()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_deck_page_is_readable_to_everybody(page: Page, server: Server, lang: str) -> None:
    open_page(page, server, f"/deck?lang={lang}")
    page.locator(".st-key-deck-lay-out-the-slides button").click()
    settle(page)
    assert complaints(page) == []
    assert foreign_words(page, lang) == []


def test_a_bad_file_changes_nothing_and_a_good_one_comes_in(
    page: Page, server: Server, tmp_path: Path
) -> None:
    open_page(page, server, "/deck?lang=zh")
    press(page, "生成各页")
    with page.expect_download() as download:
        page.get_by_role("button", name="导出汇报").click()
    good, bad = tmp_path / "good.json", tmp_path / "bad.json"
    good.write_bytes(Path(download.value.path()).read_bytes())
    bad.write_text('{"name": "x"', encoding="utf-8")

    press(page, "新建")
    page.locator('input[type="file"]').set_input_files(bad)
    settle(page)
    expect(page.get_by_text("这个文件不是汇报文件")).to_be_visible()
    page.locator('input[type="file"]').set_input_files(good)
    settle(page)
    expect(page.locator(".st-key-headline")).to_contain_text("：23页")


def test_files_to_take_home(page: Page, server: Server) -> None:
    open_page(page, server, "/deck?lang=zh")
    press(page, "生成各页")
    for kind in ("pptx", "docx", "xlsx"):
        page.locator(f".st-key-make-{kind} button").click()
        settle(page)
        with page.expect_download() as download:
            page.locator(".st-key-download_handout button").click()
        assert download.value.suggested_filename.endswith(f".{kind}")
        assert Path(download.value.path()).read_bytes().startswith(b"PK")

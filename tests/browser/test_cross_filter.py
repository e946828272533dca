"""A click on a county, in whatever chart, narrows every page to it; a second one lifts it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.chromium import SCREENS, settle
from tests.browser.test_interaction import open_page, pressed
from tests.server import Server

# A chart, and the sign in it that stands for 诸暨: a name, or the mark of its row or column.
MAP = ".st-key-card-county-map .js-plotly-plot >> nth=0"
RANKING = ".st-key-card-county-map .js-plotly-plot >> nth=1"
LEAGUE = ".st-key-card-county-league .js-plotly-plot"
MATRIX = ".st-key-card-overview-status-matrix .js-plotly-plot >> nth=0"
COUNTS = ".st-key-card-standing-modern-schools-created .js-plotly-plot >> nth=0"

# Where the first point of a county lies in the browser's window.
_POINT = """
(chart, county) => {
  const box = chart.querySelector('.nsewdrag').getBoundingClientRect();
  const {xaxis, yaxis} = chart._fullLayout;
  for (const trace of chart._fullData) {
    const place = (trace.customdata ?? []).findIndex(ids => ids[0] === county);
    if (place < 0 || trace.x[place] == null) continue;
    const along = trace.type === 'bar' ? (trace.base?.[place] ?? 0) + trace.x[place] / 2
                                       : trace.x[place];
    return {x: box.x + xaxis.l2p(along), y: box.y + yaxis.l2p(trace.y[place])};
  }
}
"""
ZHUJI = "330681"


def click(page: Page, x: float, y: float) -> None:
    """Click the way a hand does: Plotly needs the pointer to rest on a mark first."""
    page.mouse.move(x, y)
    page.wait_for_timeout(400)
    page.mouse.down()
    page.mouse.up()
    page.wait_for_timeout(300)
    settle(page)


def click_county(page: Page, chart: Locator, county: str = ZHUJI) -> None:
    chart.scroll_into_view_if_needed()
    point = chart.evaluate(_POINT, county)
    assert point is not None, "no mark of the county"
    click(page, point["x"], point["y"])


def middle_of_name(page: Page, name: str) -> tuple[float, float]:
    label = page.locator(MAP).locator(".annotation", has_text=name).first
    label.scroll_into_view_if_needed()
    box = label.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


@pytest.mark.parametrize(
    ("path", "chart"),
    [
        ("/county?lang=zh", RANKING),
        ("/county?lang=zh", LEAGUE),
        ("/?lang=zh", MATRIX),
        ("/quality?lang=zh", COUNTS),
    ],
    ids=["ranking", "stacked bar", "matrix", "bar"],
)
def test_a_mark_narrows_lifts_and_narrows_again(
    page: Page, server: Server, path: str, chart: str
) -> None:
    page.set_viewport_size(SCREENS["desktop"])
    open_page(page, server, path)

    click_county(page, page.locator(chart))
    expect(pressed(page)).to_have_text(["诸暨"])
    assert f"counties={ZHUJI}" in page.url

    if page.locator(chart).count():  # 区县画像 of one county leaves the league out
        click_county(page, page.locator(chart))
    else:
        page.get_by_role("button", name="全市", exact=True).click()
        settle(page)
    expect(pressed(page)).to_have_text(["全市"])
    assert "counties=" not in page.url

    click_county(page, page.locator(chart))
    expect(pressed(page)).to_have_text(["诸暨"])


def test_every_county_on_the_map_takes_a_click_and_a_second_one_lifts_it(
    page: Page, server: Server
) -> None:
    page.set_viewport_size(SCREENS["desktop"])
    open_page(page, server, "/county?lang=zh")
    for name, short in (("越城区", "越城"), ("新昌县", "新昌"), ("市直", "市直")):
        click(page, *middle_of_name(page, name))
        expect(pressed(page)).to_have_text([short])
        click(page, *middle_of_name(page, name))
        expect(pressed(page)).to_have_text(["全市"])


def test_the_map_takes_a_click_away_from_the_name_too(page: Page, server: Server) -> None:
    page.set_viewport_size(SCREENS["projector"])
    open_page(page, server, "/county?lang=zh")
    for right, down in ((-60, 0), (40, -40), (0, 50)):
        x, y = middle_of_name(page, "诸暨市")
        click(page, x + right, y + down)
        expect(pressed(page)).to_have_text(["诸暨"])
        click(page, *middle_of_name(page, "诸暨市"))
        expect(pressed(page)).to_have_text(["全市"])


def test_the_map_keeps_its_place_and_size_whatever_is_chosen(page: Page, server: Server) -> None:
    page.set_viewport_size({"width": 1280, "height": 3000})
    open_page(page, server, "/county?lang=zh")
    ranges = "chart => [chart._fullLayout.xaxis.range, chart._fullLayout.yaxis.range]"
    before = page.locator(MAP).evaluate(ranges), page.locator(MAP).bounding_box()

    click(page, *middle_of_name(page, "诸暨市"))

    after = page.locator(MAP).evaluate(ranges), page.locator(MAP).bounding_box()
    assert before[0] == after[0]
    assert before[1] is not None
    assert after[1] is not None
    assert before[1]["width"] == after[1]["width"]
    assert before[1]["height"] == after[1]["height"]


def test_two_marks_of_one_county_lift_it_as_well(page: Page, server: Server) -> None:
    page.set_viewport_size(SCREENS["desktop"])
    open_page(page, server, "/county?lang=zh")
    click_county(page, page.locator(RANKING))
    expect(pressed(page)).to_have_text(["诸暨"])

    click(page, *middle_of_name(page, "诸暨市"))
    expect(pressed(page)).to_have_text(["全市"])


def test_the_keyboard_narrows_through_the_filter(page: Page, server: Server) -> None:
    open_page(page, server, "/county?lang=zh")
    page.get_by_role("button", name="诸暨", exact=True).focus()
    page.keyboard.press("Enter")
    settle(page)
    expect(pressed(page)).to_have_text(["诸暨"])
    expect(page.locator(".st-key-headline")).to_contain_text("诸暨市")

    page.get_by_role("button", name="全市", exact=True).focus()
    page.keyboard.press("Enter")
    settle(page)
    expect(pressed(page)).to_have_text(["全市"])


def test_the_map_s_indicator_stands_in_the_address(page: Page, server: Server) -> None:
    open_page(page, server, "/county?lang=zh&indicator=fitness_good_rate")
    expect(page.locator(".st-key-card-county-map")).to_contain_text("体质优良率")
    page.locator(".st-key-map_choice").get_by_text("按状态").click()
    settle(page)
    expect(page.locator(MAP)).to_contain_text("未到监测期")
    assert "indicator=fitness_good_rate" in page.url

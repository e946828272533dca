"""A delivery from a defective file to a published number and back, and two who publish at once."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from dashboard.settings import SAMPLE_DIR
from tests.browser.accessibility import complaints
from tests.browser.chromium import SCREENS, Watch, settle
from tests.browser.words import foreign_words
from tests.plan_of_2024 import TARGETS
from tests.server import Server, serve

FILE = "体质健康2023.csv"
BAD_ROW = 12  # of the delivered file, as Excel counts
LEFT_OUT = "3068100"  # schools whose codes begin like this


@pytest.fixture(scope="module")
def archive_server() -> Iterator[Server]:
    """A server of its own: what is published here is shown by nobody else's."""
    with serve() as server:
        yield server


def fitness(year: str = "2023") -> list[list[str]]:
    """The header and the rows of a year's fitness tests."""
    with (SAMPLE_DIR / "体质健康.csv").open(encoding="utf-8-sig", newline="") as file:
        header, *rows = csv.reader(file)
    return [header, *(row for row in rows if row[1] == year)]


def as_csv(rows: list[list[str]], encoding: str = "gb18030") -> bytes:
    buffer = io.StringIO()
    csv.writer(buffer).writerows(rows)
    return buffer.getvalue().encode(encoding)


def hand_in(page: Page, content: bytes, name: str = FILE) -> None:
    field = page.get_by_test_id("stFileUploaderDropzoneInput")
    field.set_input_files({"name": name, "mimeType": "text/csv", "buffer": content})
    expect(page.locator(".st-key-delivered")).to_contain_text(name)
    page.wait_for_timeout(300)  # the run begins with a bar
    settle(page)


def fill(page: Page, place: Locator, text: str) -> None:
    place.fill(text)
    place.press("Enter")
    settle(page)


def press(page: Page, key: str) -> None:
    page.locator(f".st-key-{key} button").click()
    settle(page)


def say(page: Page, who: str, why: str) -> None:
    who_field, why_field = page.locator(".st-key-card-publish input").all()
    fill(page, who_field, who)
    fill(page, why_field, why)


def headline(page: Page) -> str:
    return page.locator(".st-key-headline h1").inner_text()


def test_from_a_defective_file_to_a_published_number_and_back(
    page: Page, archive_server: Server, context: BrowserContext, tmp_path: Path
) -> None:
    page.set_viewport_size(SCREENS["projector"])
    page.goto(archive_server.url + "/deliveries?lang=zh")
    settle(page)
    expect(page.get_by_role("button", name="选择文件")).to_be_visible()
    leader = context.new_page()
    leader.goto(archive_server.url + "/indicator?indicator=fitness_good_rate&lang=zh")
    settle(leader)
    before = headline(leader)

    # What is wrong is named by file, row, column and value, on the first screen.
    rows = fitness()
    rows[BAD_ROW - 1][3] = "男生"
    hand_in(page, as_csv(rows))
    assert headline(page) == "1处错误：请改正后重新交文件"
    found = page.locator(".st-key-card-findings tbody tr")
    expect(found).to_have_count(1)
    cells = found.locator("td").all_inner_texts()
    assert cells[:4] == [FILE, str(BAD_ROW), "性别", "男生"]
    assert cells[5] == "男"
    box = found.bounding_box()
    assert box is not None and box["y"] + box["height"] < SCREENS["projector"]["height"]
    expect(page.locator(".st-key-card-recognised")).to_contain_text("GB18030")
    expect(page.locator(".st-key-card-publish")).to_have_count(0)
    assert foreign_words(page, "zh") == []
    assert complaints(page) == []

    with page.expect_download() as download:
        page.locator(".st-key-download_report button").click()
    download.value.save_as(tmp_path / "report.xlsx")
    book = openpyxl.load_workbook(tmp_path / "report.xlsx")
    marked = [
        cell.value for cell in book.worksheets[1]["E"] if cell.fill.fgColor.rgb not in ("00000000",)
    ]
    assert "男生" in marked

    # The corrected file comes in the place of the old one, also in a new session.
    page.reload()
    settle(page)
    corrected = [row for row in fitness() if not row[0].startswith(LEFT_OUT)]
    hand_in(page, as_csv(corrected))
    expect(page.locator("[class*=st-key-take-out-]")).to_have_count(1)
    assert headline(page) == "没有错误；1处提醒要写明原因，才能发布"
    expect(page.locator(".st-key-card-preview")).to_contain_text("2项指标有变化")
    expect(page.locator(".st-key-card-preview")).to_contain_text("体质优良率")
    assert foreign_words(page, "zh") == []
    assert complaints(page) == []
    say(page, "王芳", "更正2023年体质健康")
    press(page, "publish")
    expect(page.locator(".st-key-card-publish")).to_contain_text("需要写明理由")
    fill(page, page.locator(".st-key-reason-0 input"), "这些学校另行报送")
    press(page, "publish")
    assert headline(page).startswith("当前显示：版本 v0002，王芳发布于")
    history = page.locator(".st-key-card-history tbody tr")
    expect(history).to_have_count(2)
    expect(history.first).to_contain_text("v0002 正在显示")
    expect(history.first).to_contain_text("更正2023年体质健康")
    expect(history.first).to_contain_text("放行1处提醒")
    assert foreign_words(page, "zh") == []
    assert complaints(page) == []

    # Another page shows the new number at its next click, and knows where it comes from.
    press_city(leader)
    after = headline(leader)
    assert after != before
    leader.locator(".st-key-card-lineage").get_by_text("来自哪些文件和行").click()
    settle(leader)
    expect(leader.locator(".st-key-card-lineage")).to_contain_text("v0002 · 王芳")
    expect(leader.locator(".st-key-card-lineage")).to_contain_text(FILE)
    assert foreign_words(leader, "zh") == []
    assert complaints(leader) == []

    press(page, "go-back")
    fill(page, page.locator(".st-key-why_back input"), "口径有误")
    press(page, "confirm-go-back")
    expect(history.first).to_contain_text("v0001 正在显示")
    expect(history.first).to_contain_text("口径有误")
    expect(history).to_have_count(3)
    press_city(leader)
    assert headline(leader) == before

    hand_in(page, as_csv(fitness()))
    assert headline(page) == "交来的数据与当前版本 v0001 相同，无需发布。"
    expect(page.locator(".st-key-card-publish")).to_have_count(0)


def press_city(page: Page) -> None:
    """A click that changes nothing but runs the page again."""
    page.get_by_role("button", name="全市", exact=True).click()
    settle(page)


def test_an_empty_installation_gets_its_first_version(
    page: Page, fresh_server: Callable[..., Server], tmp_path: Path
) -> None:
    server = fresh_server(tmp_path / "exports", tmp_path / "deliveries")
    page.set_viewport_size(SCREENS["projector"])
    for lang in ("en", "zh"):
        page.goto(f"{server.url}/health?lang={lang}")
        settle(page)
        assert foreign_words(page, lang) == []
        assert complaints(page) == []
    page.get_by_role("link", name="去交第一批数据").click()
    settle(page)
    assert headline(page) == "还没有数据：请交各系统导出的文件"
    assert foreign_words(page, "zh") == []
    assert complaints(page) == []

    # Some now, the rest later, in a zip.
    exports = sorted(SAMPLE_DIR.glob("*.csv"))
    now = next(path for path in exports if path.stem == "体质健康")
    hand_in(page, now.read_bytes(), now.name)
    assert headline(page) == "还缺17种数据：请继续交文件"
    expect(page.locator(".st-key-card-lacking")).to_contain_text("学校名录")
    assert foreign_words(page, "zh") == []
    assert complaints(page) == []
    rest = io.BytesIO()
    with zipfile.ZipFile(rest, "w") as archive:
        for path in exports:
            if path != now:
                archive.write(path, path.name)
    hand_in(page, rest.getvalue(), "其余数据.zip")
    assert headline(page) == "没有错误；3处提醒要写明原因，才能发布"
    expect(page.locator(".st-key-card-preview")).to_contain_text(
        f"此前没有数据：发布后{TARGETS}项指标有数"
    )
    assert foreign_words(page, "zh") == []
    assert complaints(page) == []
    for number in range(3):
        fill(page, page.locator(f".st-key-reason-{number} input"), "已核对")
    say(page, "王芳", "首批数据")
    press(page, "publish")
    assert headline(page).startswith("当前显示：版本 v0001，王芳发布于")
    page.get_by_role("link", name="健康", exact=True).click()
    settle(page)
    assert "近视率" in headline(page)


def test_of_two_publishers_one_wins_and_the_other_checks_again(
    browser: Browser, archive_server: Server
) -> None:
    with browser.new_context() as first, browser.new_context() as second:
        watches = [Watch.over(first), Watch.over(second)]
        pages = []
        for context, changed in ((first, 5), (second, 6)):
            page = context.new_page()
            page.set_viewport_size(SCREENS["projector"])
            page.goto(archive_server.url + "/deliveries?lang=en")
            settle(page)
            rows = fitness("2022")
            row = rows[changed]
            row[5], row[6] = str(int(row[5]) - 1), str(int(row[6]) + 1)
            hand_in(page, as_csv(rows, "utf-8"))
            pages.append(page)
        winner, other = pages
        say(winner, "Wang Fang", "first")
        say(other, "Li Ming", "second")
        press(winner, "publish")
        assert headline(winner).startswith("Shown now: version v000")
        press(other, "publish")
        assert headline(other) == "Somebody has published meanwhile: check this delivery again"
        conflict = other.locator(".st-key-conflict")
        expect(conflict).to_contain_text("Wang Fang")
        expect(conflict).to_contain_text("first")
        expect(other.locator(".st-key-card-publish")).to_have_count(0)
        assert complaints(other) == []

        press(other, "check-again")
        # Against the winner's version two rows differ: theirs goes back, one's own comes in.
        changed = other.locator(".st-key-card-preview tbody tr").first.locator("td").nth(2)
        expect(changed).to_have_text("2")
        press(other, "publish")
        assert headline(other).startswith("Shown now: version v000")
        expect(other.locator(".st-key-card-history tbody tr").first).to_contain_text("Li Ming")
        for watch in watches:
            assert watch.complaints() == []

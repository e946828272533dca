"""Versions that are published, withdrawn and damaged under a running server."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from dashboard.archive import Archive
from dashboard.settings import SAMPLE_DIR
from tests.browser.chromium import SCREENS, settle
from tests.server import Server


def publish(archive: Archive, scratch: Path) -> None:
    """Publish the exports with fewer recognitions."""
    candidate = shutil.copytree(archive.shown_folder(), scratch)
    events = candidate / "创建认定.csv"
    lines = events.read_text(encoding="utf-8-sig").splitlines(keepends=True)
    events.unlink()
    events.write_text("".join(lines[:-40]), encoding="utf-8-sig")
    archive.publish(
        candidate, expected=None, publisher="王老师", reason="", resources={}, contract="1.0.0"
    )


def findings(page: Page) -> list[str]:
    """What the cards or slides say."""
    settle(page)
    return page.locator("h2, h3").all_text_contents()


def test_pages_follow_what_is_published_and_presentations_keep_their_numbers(
    page: Page, fresh_server: Callable[..., Server], tmp_path: Path
) -> None:
    archive = Archive(tmp_path / "deliveries", SAMPLE_DIR)
    server = fresh_server(SAMPLE_DIR, tmp_path / "deliveries")
    page.set_viewport_size(SCREENS["projector"])
    page.goto(server.url + "/present?agenda=health&lang=zh")
    presented = findings(page)
    reader = page.context.new_page()
    reader.goto(server.url + "/quality?lang=zh")
    before = findings(reader)

    publish(archive, tmp_path / "candidate")
    reader.reload()
    after = findings(reader)
    assert after != before

    (archive.folder("v0002") / "区县.csv").unlink()
    reader.reload()
    assert findings(reader) == after  # what is in memory is good
    notice = reader.get_by_text("已发布的数据需要处理，现显示的是完好的版本。")
    expect(notice).to_be_visible()
    expect(reader.get_by_text("区县.csv 缺失")).to_be_visible()

    assert findings(page) == presented

    archive.roll_back("v0001", publisher="李老师", reason="v0002 的文件受损")
    reader.reload()
    assert findings(reader) == before
    expect(notice).to_have_count(0)

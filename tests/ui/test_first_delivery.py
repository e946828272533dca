"""Without data the page of deliveries opens, says why, and makes the first version."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from dashboard.archive import Archive, configured_archive
from dashboard.settings import ROOT, SAMPLE_DIR
from tests.deliveries.delivering import PACKAGE
from tests.plan_of_2024 import TARGETS

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("built_once")]

TIMEOUT_SECONDS = 60
ALL = sorted(SAMPLE_DIR.glob("*.csv"))


@pytest.fixture
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An installation of its own, with an empty data folder."""
    folder = tmp_path / "exports"
    folder.mkdir()
    monkeypatch.setenv("DATA_DIR", str(folder))
    monkeypatch.setenv("DELIVERIES_DIR", str(tmp_path / "deliveries"))
    st.cache_resource.clear()
    yield folder
    st.cache_resource.clear()


def opened(script: str = "pages/data/deliveries.py", **address: str) -> AppTest:
    app = AppTest.from_file(ROOT / "app.py", default_timeout=TIMEOUT_SECONDS)
    app.query_params.update(address)
    app.run()
    app.switch_page(script).run()
    return sound(app)


def sound(app: AppTest) -> AppTest:
    assert [exception.message for exception in app.exception] == []
    return app


def said(app: AppTest) -> str:
    parts = (app.title, app.header, app.subheader, app.markdown, app.caption, app.error)
    words = "\n".join(str(element.value) for part in parts for element in part)
    return words.replace("\\", "")  # what Markdown needs


def deliver(archive: Archive, *paths: Path) -> str:
    """Keep files as the page does when they are dropped there."""
    return archive.pending.put([(p.name, p.read_bytes()) for p in paths], deliverer="王芳").id


def press(app: AppTest, key: str) -> AppTest:
    return sound(app.button(key=key).click().run())


def test_without_exports_every_page_leads_to_the_deliveries(data_dir: Path) -> None:
    for script in ("pages/overview/overview.py", "pages/subjects/health.py"):
        app = opened(script)
        assert app.header[0].value == "还没有数据"
        (link,) = app.get("page_link")
        assert link.proto.page == "deliveries"
    shutil.rmtree(data_dir)
    assert "数据文件夹不存在" in said(opened("pages/overview/overview.py"))


def test_who_only_looks_is_not_asked_for_exports(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DELIVERIES", "off")
    assert not opened("pages/overview/overview.py").get("page_link")
    assert opened().title[0].value == "还没有数据"


def test_the_first_version_is_made_of_what_is_handed_in(data_dir: Path) -> None:
    app = opened()
    assert app.title[0].value == "还没有数据：请交各系统导出的文件"
    assert "缺18种数据：区县、学校名录" in said(app)

    # Some now: what is lacking is said once, and nothing is checked against what is not there.
    archive = configured_archive()
    some = [path for path in ALL if path.stem in ("体质健康", "区县")]
    first = deliver(archive, *some)
    app = opened(delivery=first)
    assert app.title[0].value == "还缺16种数据：请继续交文件"
    assert "还缺16种数据\n" in said(app) and "在校生统计" in said(app)
    assert not [button for button in app.button if button.key == "publish"]

    # The rest later.
    rest = [path for path in ALL if path not in some]
    files = [*archive.pending.uploads(first), *((p.name, p.read_bytes()) for p in rest)]
    both = archive.pending.replace(first, files, deliverer="").id
    app = opened(delivery=both)
    assert app.title[0].value.startswith("没有错误；3处提醒要写明原因")
    assert f"此前没有数据：发布后{TARGETS}项指标有数" in said(app)
    for number in range(3):
        app.text_input(key=f"reason-{number}").set_value("已核对")
    app.text_input(key="why_published").set_value("首批数据")
    press(app, "publish")
    assert app.title[0].value.startswith("当前显示：版本 v0001，")
    manifest = archive.current()
    assert manifest is not None and (manifest.id, manifest.base) == ("v0001", None)
    assert [entry.action for entry in archive.audit()] == ["publish"]
    for script in ("pages/overview/overview.py", "pages/subjects/health.py"):
        assert "还没有数据" not in said(opened(script))


def test_what_comes_into_the_data_folder_meanwhile_counts(data_dir: Path) -> None:
    archive = configured_archive()
    delivered = next(path for path in ALL if path.stem == "体质健康")
    app = opened(delivery=deliver(archive, delivered))
    assert app.title[0].value == "还缺17种数据：请继续交文件"
    for path in ALL:
        if path != delivered:
            shutil.copy(path, data_dir)
    sound(app.run())
    assert app.title[0].value == "数据文件夹有变化：请重新检查这份交付"
    press(app, "check-again")
    assert app.title[0].value == "没有发现问题：看一下变化，就可以发布"

    # Also between the last look and the click.
    app.text_input(key="why_published").set_value("首批数据").run()
    (data_dir / "工作月报.csv").unlink()
    press(app, "publish")
    assert archive.current() is None
    assert app.title[0].value == "数据文件夹有变化：请重新检查这份交付"


def test_a_file_that_cannot_be_used_is_named_and_replaced_by_a_delivery(data_dir: Path) -> None:
    for path in ALL:
        shutil.copy(path, data_dir)
    (data_dir / "区县.csv").write_bytes(b"\0\1\2" * 100_000)
    app = opened()
    assert "区县.csv 不是 CSV 文本" in said(app)
    archive = configured_archive()
    register = next(path for path in ALL if path.stem == "区县")
    other = next(path for path in ALL if path.stem == "体质健康")
    app = opened(delivery=deliver(archive, other))
    assert "1处错误" in app.title[0].value
    assert "数据文件夹：区县.csv" in said_in_tables(app)

    app = opened(delivery=deliver(archive, register))
    assert "1处提醒" in app.title[0].value
    app.text_input(key="reason-0").set_value("原文件已坏")
    app.text_input(key="why_published").set_value("更换区县")
    press(app, "publish")
    # What could never be shown is no version to go back to; its good rows know where they are from.
    assert [manifest.id for manifest in archive.manifests()] == ["v0001"]
    assert {segment.version for segment in archive.segments("v0001")} == {"v0001"}
    assert {segment.resource for segment in archive.segments("v0001")} == {
        resource.name for resource in PACKAGE.resources
    }


def said_in_tables(app: AppTest) -> str:
    return "\n".join(table.value.to_csv() for table in app.table).replace("\\", "")


def published(data_dir: Path, archive: Archive) -> None:
    """v0001 from the data folder and v0002 on top of it."""
    for path in SAMPLE_DIR.iterdir():
        shutil.copy(path, data_dir)
    archive.publish(
        data_dir, expected=None, publisher="王芳", reason="九月", resources={}, contract="1.0.0"
    )


def test_where_all_versions_are_damaged_the_page_says_so_and_lists_them(data_dir: Path) -> None:
    archive = configured_archive()
    published(data_dir, archive)
    for version in ("v0001", "v0002"):
        (archive.folder(version) / "区县.csv").unlink()
    app = opened("pages/overview/overview.py")
    assert app.header[0].value == "已发布的数据无法显示"
    app = opened(delivery=deliver(archive, ALL[0]))
    assert app.title[0].value == "已发布的数据无法显示"
    assert "当前版本 v0002 受损：区县.csv 缺失" in said(app)
    assert "v0001" in said_in_tables(app)
    press(app, "verify-files")
    assert "v0001 的 区县.csv 受损" in said(app)
    assert [words.split("，")[0] for words in versions_to_go_back_to(app)] == [
        "版本 v0002",
        "版本 v0001",
    ]
    shutil.copy(SAMPLE_DIR / "区县.csv", archive.folder("v0001"))
    assert sound(app.run()).title[0].value != "已发布的数据无法显示"


def versions_to_go_back_to(app: AppTest) -> list[str]:
    """What the dialog offers. (AppTest closes a dialog at the next run: a browser presses on.)"""
    press(app, "go-back")
    return list(app.selectbox(key="version_to_go_back_to").proto.options)


def test_a_version_of_which_no_data_can_be_built_is_corrected_or_withdrawn(
    data_dir: Path, tmp_path: Path
) -> None:
    """Such as after a new release, whose contract the published rows break."""
    archive = configured_archive()
    published(data_dir, archive)
    candidate = shutil.copytree(archive.folder("v0002"), tmp_path / "candidate")
    counties = candidate / "区县.csv"
    content = counties.read_bytes()
    counties.unlink()
    counties.write_bytes(content.replace("越城区".encode(), b""))
    archive.publish(
        candidate, expected="v0002", publisher="李", reason="", resources={}, contract="1.0.0"
    )
    app = opened()
    assert app.title[0].value == "已发布的数据无法显示"
    assert "区县.csv 第" in said(app)
    assert len(versions_to_go_back_to(app)) == 2
    counties.write_bytes(content)
    app = opened(delivery=deliver(archive, counties))
    app.text_input(key="why_published").set_value("更正区县")
    press(app, "publish")
    assert app.title[0].value.startswith("当前显示：版本 v0004")

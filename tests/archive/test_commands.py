"""The commands versions, rollback and audit, as a person types them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dashboard.__main__ import main
from dashboard.archive import Archive, Delivered
from tests.archive.tiny import publish

DELIVERED = (
    Delivered(
        resource="pupils",
        file="九月\x1b[2J.xlsx",
        sheet="Sheet1",
        encoding="",
        sha256="",
        rows=1,
        periods=("2024-08", "2024-09"),
    ),
)


@pytest.fixture(autouse=True)
def settings(monkeypatch: pytest.MonkeyPatch, folder: Path, data_dir: Path) -> None:
    monkeypatch.setenv("DELIVERIES_DIR", str(folder))
    monkeypatch.setenv("DATA_DIR", str(data_dir))


def test_versions_lists_them_newest_first(
    archive: Archive, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["versions"]) == 0
    assert capsys.readouterr().out == "尚未发布过数据，显示的是数据目录。\n"
    publish(archive, 7, delivered=DELIVERED)
    publish(archive, 8)
    archive.roll_back("v0002", publisher="李老师", reason="")
    assert main(["versions"]) == 0
    header, newest, current, first = capsys.readouterr().out.splitlines()
    assert header.split() == ["版本", "发布时间", "操作人", "原因", "行数", "交付的文件", "状态"]
    assert newest.startswith("v0003") and not newest.endswith("当前")
    assert "九月 [2J.xlsx 2024-08–2024-09" in current and current.endswith("当前")
    assert "王老师" in current and first.startswith("v0001")
    assert main(["versions", "--format", "json"]) == 0
    records = json.loads(capsys.readouterr().out)
    assert [record["id"] for record in records] == ["v0003", "v0002", "v0001"]
    assert [record["is_current"] for record in records] == [False, True, False]


def test_rollback_says_why_a_version_is_not_brought_back(
    archive: Archive, capsys: pytest.CaptureFixture[str]
) -> None:
    """These exports are none of the contract's; tests/contract goes back to real ones."""
    publish(archive, 7)
    asked = ["--who", "李老师", "--why", "误报"]
    assert main(["rollback", "v0001", *asked]) == 1
    assert "v0001 现在无法显示，没有回退，当前版本不变" in capsys.readouterr().err
    assert archive.current() == archive.manifest("v0002")
    assert main(["rollback", "v0002", *asked, "--lang", "en"]) == 1
    assert capsys.readouterr().err == "v0002 is the current version.\n"
    assert main(["rollback", "../v0001", *asked]) == 2
    assert "没有版本" in capsys.readouterr().err
    with pytest.raises(SystemExit, match="2"):
        main(["rollback", "v0001", "--who", "李老师"])


def test_audit_verifies_and_shows_the_log(
    archive: Archive, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    publish(archive, 7)
    assert main(["audit", "verify"]) == 0
    assert capsys.readouterr().out == "审计日志完整（2 条），全部 2 个版本的文件均与发布时一致。\n"
    assert main(["audit", "show", "--lang", "en"]) == 0
    assert "published  v0002" in capsys.readouterr().out
    assert main(["audit", "show", "--format", "json"]) == 0
    assert [entry["action"] for entry in json.loads(capsys.readouterr().out)] == [
        "adopt",
        "publish",
    ]
    (archive.folder("v0001") / "区县.csv").unlink()
    log = folder / "audit.jsonl"
    log.write_bytes(log.read_bytes().replace("王".encode(), "赵".encode()))
    assert main(["audit", "verify"]) == 1
    said = capsys.readouterr().err
    assert "第 2 行" in said and "v0001/区县.csv 缺失" in said


def test_values_and_export_follow_the_pointer(
    archive: Archive, capsys: pytest.CaptureFixture[str]
) -> None:
    publish(archive, 7)
    (archive.folder("v0001") / "区县.csv").unlink()
    (archive.folder("v0002") / "区县.csv").unlink()
    assert main(["values", "--as-of", "2024-09"]) == 1
    assert "当前版本 v0002 受损" in capsys.readouterr().err


def test_no_traceback_when_the_folder_is_a_file(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder.write_text("no folder", encoding="utf-8")
    for command in (
        ["versions"],
        ["audit", "verify"],
        ["rollback", "v0001", "--who", "", "--why", ""],
    ):
        assert main(command) in (0, 1)
    assert "Traceback" not in capsys.readouterr().err

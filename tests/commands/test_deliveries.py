"""The commands about deliveries, as a person or a scheduler types them."""

from __future__ import annotations

import os
import shutil
import threading
import time
from pathlib import Path

import openpyxl
import pytest

from dashboard.__main__ import main
from dashboard.archive import configured_archive
from dashboard.commands.watching import DropFolder
from dashboard.settings import SAMPLE_DIR
from dashboard.words.language import language
from tests.deliveries.delivering import PACKAGE, corrected_month, export, upload
from tests.plan_of_2024 import TARGETS

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("built_once")]


@pytest.fixture(autouse=True)
def deliveries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DELIVERIES_DIR", str(tmp_path / "deliveries"))
    return tmp_path


def written(folder: Path, name: str, *, bad: bool = False, month: str = "2024-07") -> Path:
    frame = corrected_month(month)
    frame = frame.assign(机构数="x") if bad else frame
    path = folder / name
    path.write_bytes(upload(frame, name).content)
    os.utime(path, (time.time() - 60,) * 2)
    return path


def test_check_says_what_is_wrong_and_writes_the_report(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good, bad = written(tmp_path, "好.csv"), written(tmp_path, "坏.csv", bad=True)
    assert main(["check", str(good)]) == 0
    assert "没有发现问题" in capsys.readouterr().out
    report = tmp_path / "报告.xlsx"
    assert main(["check", str(bad), "--report", str(report)]) == 1
    assert "坏.csv 第 2 行「机构数」" in capsys.readouterr().out
    assert openpyxl.load_workbook(report).sheetnames[0] == "检查报告"
    assert main(["check", str(bad), "--lang", "en"]) == 1
    assert "坏.csv row 2, 机构数: “x” cannot be read." in capsys.readouterr().out
    assert configured_archive().pending.all() == []


def test_deliver_then_publish(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path, "七月.csv")
    assert main(["deliver", str(path), "--who", "王"]) == 0
    pending = capsys.readouterr().out.splitlines()[-1]
    assert configured_archive().current() is None
    assert main(["publish", pending, "--who", "李", "--why", "七月数据"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "v0002"
    current = configured_archive().current()
    assert current is not None and (current.publisher, current.reason) == ("李", "七月数据")
    assert main(["publish", pending, "--who", "李", "--why", "再来"]) == 1
    assert pending in capsys.readouterr().err


EXPORTS = sorted(SAMPLE_DIR.glob("*.csv"))


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An installation whose data folder holds nothing yet."""
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "exports"))


@pytest.mark.usefixtures("empty")
def test_the_first_version_is_delivered_in_parts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, *others = map(str, EXPORTS)
    assert main(["check", first]) == 1
    assert "学校名录.csv：还缺这份数据" in capsys.readouterr().out
    assert main(["check", first, *others]) == 0
    assert main(["deliver", first, "--who", "王"]) == 1
    pending = capsys.readouterr().out.splitlines()[-1]
    assert main(["publish", pending, "--who", "王", "--why", "首批"]) == 1
    capsys.readouterr()
    assert main(["deliver", *others, "--who", "李", "--with", pending]) == 0
    said = capsys.readouterr().out
    assert f"此前没有数据：{TARGETS}项指标有数（2024-09）" in said
    (waiting,) = configured_archive().pending.all()
    assert waiting.id == said.splitlines()[-1] and len(waiting.files) == len(EXPORTS)
    assert main(["deliver", first, "--who", "王", "--with", pending]) == 1  # it is another now
    assert pending in capsys.readouterr().err
    reason = ["--reason", "已核对"]
    assert main(["publish", waiting.id, "--who", "李", "--why", "首批", *reason]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "v0001"
    assert main(["values", "--as-of", "2024-09"]) == 0


@pytest.mark.usefixtures("empty")
def test_files_in_the_drop_folder_wait_for_the_others_of_a_first_version(tmp_path: Path) -> None:
    folder = tmp_path / "drop"
    folder.mkdir()

    def put(paths: list[Path]) -> None:
        for path in paths:
            shutil.copyfile(path, folder / path.name)
            os.utime(folder / path.name, (time.time() - 60,) * 2)

    put(EXPORTS[:2])
    (folder / "坏.csv").write_bytes(b"\0")
    os.utime(folder / "坏.csv", (time.time() - 60,) * 2)
    drop = drop_folder(folder)
    bad, waiting = drop.look()
    assert bad.startswith("坏.csv") and "等待其余" in waiting
    assert names(folder) == sorted([*(path.name for path in EXPORTS[:2]), "退回"])
    assert list(drop.look()) == []  # the same files are not checked again and again
    put(EXPORTS[2:])
    (said,) = drop.look()
    # Two counties of the sample have not reported: somebody has to say why that may be.
    (pending,) = configured_archive().pending.all()
    assert pending.id in said and len(pending.files) == len(EXPORTS)
    assert names(folder) == ["已处理", "退回"]


def test_publish_refuses_errors_and_warnings_without_a_reason(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["deliver", str(written(tmp_path, "坏.csv", bad=True)), "--who", "王"]) == 1
    pending = capsys.readouterr().out.splitlines()[-1]
    assert main(["publish", pending, "--who", "李", "--why", "试试", "--reason", "没关系"]) == 1
    frame = export("tutoring_months", 月份="2024-07").iloc[1:]
    late = tmp_path / "缺一县.csv"
    late.write_bytes(upload(frame, late.name).content)
    assert main(["deliver", str(late), "--who", "王"]) == 0
    pending = capsys.readouterr().out.splitlines()[-1]
    assert main(["publish", pending, "--who", "李", "--why", "七月"]) == 1
    assert "理由" in capsys.readouterr().err
    assert configured_archive().current() is None
    assert main(["publish", pending, "--who", "李", "--why", "七月", "--reason", "下月补"]) == 0


def test_wrong_arguments_are_said_without_a_traceback(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path, "七月.csv")
    for arguments, code, said in (
        (["check", str(tmp_path / "无.csv")], 2, "无法打开"),
        (["check", str(path), "--as", "七月.csv=没有的表"], 1, "没有的表"),
        (["check", str(path), "--report", str(tmp_path / "无" / "r.xlsx")], 2, "无法读写"),
        (["template", "没有的表", "-o", str(tmp_path / "t.xlsx")], 2, "没有的表"),
        (["publish", "20240101-000000-000000-0000", "--who", "a", "--why", "b"], 1, "2024"),
        (["watch", str(tmp_path / "无")], 2, "没有文件夹"),
    ):
        assert main(arguments) == code, arguments
        assert said in capsys.readouterr().err
    for command in ("check", "deliver", "publish", "template", "watch"):
        with pytest.raises(SystemExit) as end:
            main([command, "--help"])
        assert end.value.code == 0
        assert "exit codes" in capsys.readouterr().out


def test_template_writes_a_workbook(tmp_path: Path) -> None:
    out = tmp_path / "体质.xlsx"
    assert main(["template", "体质健康", "-o", str(out)]) == 0
    assert openpyxl.load_workbook(out).worksheets[0]["A1"].value == "学校标识码"


def drop_folder(folder: Path, *, publishes: bool = True) -> DropFolder:
    return DropFolder(
        folder,
        configured_archive(),
        PACKAGE,
        language("zh"),
        who="定时",
        publishes=publishes,
        settled_seconds=0.3,
    )


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def test_the_drop_folder_publishes_what_is_clean_and_returns_the_rest(tmp_path: Path) -> None:
    folder = tmp_path / "drop"
    folder.mkdir()
    written(folder, "好.csv")
    written(folder, "坏.csv", bad=True)
    (folder / "~$打开.xlsx").write_bytes(b"lock")
    said = list(drop_folder(folder).look())
    assert len(said) == 2
    current = configured_archive().current()
    assert current is not None and current.publisher == "定时"
    done, returned = names(folder / "已处理"), names(folder / "退回")
    assert [name.endswith((".csv", ".xlsx")) for name in done + returned] == [True] * 4
    assert any(name.startswith("坏") and name.endswith(".xlsx") for name in returned)
    assert names(folder) == ["~$打开.xlsx", "已处理", "退回"]
    assert list(drop_folder(folder).look()) == []


def test_the_drop_folder_lets_warnings_wait(tmp_path: Path) -> None:
    folder = tmp_path / "drop"
    folder.mkdir()
    frame = export("tutoring_months", 月份="2024-07").iloc[1:]
    (folder / "缺.csv").write_bytes(upload(frame, "缺.csv").content)
    (said,) = drop_folder(folder).look()
    (pending,) = configured_archive().pending.all()
    assert pending.id in said and configured_archive().current() is None


def test_a_restart_delivers_nothing_twice(tmp_path: Path) -> None:
    """The process is stopped after publishing or keeping, before the file was moved aside."""
    folder = tmp_path / "drop"
    folder.mkdir()
    path = written(folder, "好.csv")
    content = path.read_bytes()
    list(drop_folder(folder).look())
    path.write_bytes(content)
    list(drop_folder(folder).look())
    assert [manifest.id for manifest in configured_archive().manifests()] == ["v0002", "v0001"]
    other = written(folder, "八月.csv", month="2024-08")
    content = other.read_bytes()
    list(drop_folder(folder, publishes=False).look())
    other.write_bytes(content)
    list(drop_folder(folder, publishes=False).look())
    assert len(configured_archive().pending.all()) == 1


def test_the_drop_folder_makes_no_version_of_what_is_there_already(tmp_path: Path) -> None:
    folder = tmp_path / "drop"
    folder.mkdir()
    written(folder, "好.csv")
    list(drop_folder(folder).look())
    frame = corrected_month("2024-07").iloc[::-1]  # in another order: other bytes
    (folder / "又.csv").write_bytes(upload(frame, "又.csv").content)
    (said,) = drop_folder(folder).look()
    assert said == "又.csv: 交来的数据与当前版本 v0002 相同，无需发布。"
    assert len(configured_archive().manifests()) == 2
    assert configured_archive().pending.all() == []


def test_a_growing_file_is_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / "drop"
    folder.mkdir()
    path = folder / "大.csv"
    stop = threading.Event()

    def write() -> None:
        with path.open("ab") as file:
            while not stop.is_set():
                file.write(b"330602,2024-07,1,1,1,1\n")
                file.flush()
                time.sleep(0.02)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        time.sleep(0.1)
        assert list(drop_folder(folder).look()) == []
        assert names(folder) == ["大.csv"]
    finally:
        stop.set()
        writer.join()

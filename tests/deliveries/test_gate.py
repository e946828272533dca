"""What the gate finds, and where it says it is."""

from __future__ import annotations

import csv
from pathlib import Path

import frictionless
import pandas as pd

from dashboard import settings
from dashboard.deliveries.checking.cross_checks import load_checks
from dashboard.deliveries.checking.publish import discard
from tests.deliveries.delivering import PACKAGE, checked, export, findings_of, upload, workbook

SPRING = {"年度": "2024", "轮次": "春季"}


def test_the_sample_delivered_anew_changes_nothing() -> None:
    found = checked([upload(export(each.name), each.file_name) for each in PACKAGE.resources])
    assert found.folder is not None
    try:
        # 嵊州 had not reported the autumn screening, and the sample keeps it so.
        assert [(each.kind, each.severity, each.value) for each in found.findings] == [
            ("schools_missing", "warning", "72")
        ]
        for changes in found.changes:
            assert (changes.added, changes.changed, changes.removed) == (0, 0, 0)
            assert changes.same == len(export(changes.resource))
        assert not found.schools
        for each in PACKAGE.resources:
            assert export(each.name, found.folder).equals(export(each.name))
    finally:
        discard(found)
    assert not found.folder.exists()


def test_a_number_written_in_another_way_is_the_same() -> None:
    def rewritten(text: str) -> str:
        return text.removesuffix(".0") if text.endswith(".0") else text + "0"

    months = export("project_months")
    months["本月完成投资（万元）"] = months["本月完成投资（万元）"].map(rewritten)
    found = checked([upload(months, "项目月报.csv")])
    (changes,) = found.changes
    discard(found)
    assert (changes.changed, changes.same) == (0, len(months))


def test_kept_rows_come_first_and_no_row_is_lost() -> None:
    delivered = export("vision", **SPRING).iloc[::-1]
    delivered = delivered.assign(近视人数=lambda f: (f["近视人数"].astype(int) + 1).astype(str))
    found = checked([upload(delivered, "春季视力.csv")])
    assert found.folder is not None
    try:
        base = export("vision")
        kept = base[~((base["年度"] == "2024") & (base["轮次"] == "春季"))]
        expected = pd.concat([kept, delivered], ignore_index=True)
        assert export("vision", found.folder).equals(expected)
        for each in PACKAGE.resources:
            if each.name != "vision":
                path = settings.SAMPLE_DIR / each.file_name
                assert (found.folder / each.file_name).read_bytes() == path.read_bytes()
        # Every row of the candidate came from the row its run says.
        rows = {"base": base, "delivery": delivered.reset_index(drop=True)}
        covered = 0
        for run in found.runs:
            source = rows["delivery" if run.place else "base"]
            for row in range(run.first, run.last + 1):
                there = source.iloc[run.source_first + row - run.first - 2]
                assert there.equals(expected.iloc[row - 2].rename(there.name))
                covered += 1
        assert covered == len(expected)
    finally:
        discard(found)


def test_every_finding_has_its_place_value_and_what_is_expected() -> None:
    frame = export("vision", **SPRING)
    frame.loc[0, "学段"] = "小学校"
    frame.loc[1, "检查人数"] = ""
    frame.loc[2, "高度近视人数"] = "-3"
    frame.loc[3, "学校标识码"] = "12345"
    frame.loc[4, "检查人数"] = "99999"
    enrolled = str(frame.loc[4, "在籍人数"])
    frame.loc[5] = frame.loc[6]
    found = findings_of(workbook({"说明": pd.DataFrame(), "普查": frame}, "视力.xlsx"))
    seen = [(f.file, f.sheet, f.row, f.column, f.value, f.kind) for f in found.findings]
    key = "、".join(PACKAGE.resource("vision").primary_key)
    keys = frame[list(PACKAGE.resource("vision").primary_key)]
    value = " / ".join(map(str, keys.loc[6]))
    for expected in [
        ("视力.xlsx", "普查", 2, "学段", "小学校", "enum"),
        ("视力.xlsx", "普查", 3, "检查人数", None, "required"),
        ("视力.xlsx", "普查", 4, "高度近视人数", "-3", "bounds"),
        ("视力.xlsx", "普查", 5, "学校标识码", "12345", "pattern"),
        ("视力.xlsx", "普查", 6, "在籍人数、检查人数", f"{enrolled} / 99999", "rule"),
        ("视力.xlsx", "普查", 8, key, value, "duplicate"),
    ]:
        assert expected in seen, (expected, seen)
    by_kind = {finding.kind: finding for finding in found.errors}
    assert by_kind["enum"].expected_zh == "小学"
    assert by_kind["pattern"].expected_zh == "10 位数字"
    assert by_kind["bounds"].expected_en == "at least 0"
    assert "与第 7 行重复" in by_kind["duplicate"].message_zh
    assert by_kind["enum"].message_zh.startswith("视力.xlsx 工作表“普查” 第 2 行「学段」：")
    assert by_kind["enum"].message_en.startswith("视力.xlsx sheet “普查” row 2, 学段:")
    assert found.folder is None


def test_a_duplicate_in_another_file_or_version_is_named_there() -> None:
    vision = export("vision", **SPRING)
    found = findings_of(
        upload(vision.iloc[:300], "一.csv"),
        upload(vision.iloc[295:].assign(近视人数="1"), "二.csv"),
    )
    duplicates = [finding for finding in found.errors if finding.kind == "duplicate"]
    assert {finding.file for finding in duplicates} == {"二.csv"}
    assert "一.csv 第 297 行" in duplicates[0].message_zh


def test_rows_that_were_not_delivered_name_the_file_that_breaks_them() -> None:
    register = export("schools", 学年="2023")
    gone = register[(register["学校类型"] == "小学") & (register["办学状态"] == "在办")].iloc[0]
    left = register[register["学校标识码"] != gone["学校标识码"]]
    found = findings_of(upload(left, "名录.csv"))
    published = [finding for finding in found.errors if finding.base]
    assert {finding.file for finding in published} >= {"在校生统计.csv", "体质健康.csv"}
    for finding in published:
        assert "名录.csv" in finding.message_zh and finding.message_zh.startswith("数据目录的 ")
        if finding.row is not None:
            path = settings.SAMPLE_DIR / finding.file
            with path.open(encoding="utf-8-sig", newline="") as file:
                record = list(csv.reader(file))[finding.row - 1]
            assert record[0] == gone["学校标识码"] and "2023" in record
    lost = [finding for finding in found.warnings if finding.kind == "register_loses_schools"]
    assert gone["学校名称"] in lost[0].message_zh


def test_frictionless_finds_the_same_rows(tmp_path: Path) -> None:
    """The second opinion on the small exports, every column of each spoilt in a row of its own."""
    names = ["vision_stations", "tutoring_months", "after_school", "senior_intake", "city_figures"]
    for garbage in ("x", "-1"):
        uploads = []
        for each in PACKAGE.resources:
            frame = export(each.name)
            if each.name in names:
                for position in range(min(len(each.fields), len(frame))):
                    frame.iloc[position, position] = garbage
                uploads.append(upload(frame, each.file_name))
            frame.to_csv(tmp_path / each.file_name, index=False)
        found = findings_of(*uploads)
        ours = {
            (finding.file, finding.row)
            for finding in found.errors
            if finding.kind != "rule"  # the standard knows no rules
        }
        descriptor = frictionless.Package(str(settings.DATAPACKAGE)).to_descriptor()
        descriptor["resources"] = [
            resource
            for resource in descriptor["resources"]
            if resource["name"] in [*names, "counties", "schools"]
        ]
        report = frictionless.Package.from_descriptor(descriptor, basepath=str(tmp_path)).validate()
        theirs = {
            (task.place, row) for task in report.tasks for (row,) in task.flatten(["rowNumber"])
        }
        assert ours == theirs and ours


def test_every_check_has_its_question_and_words_and_asks_known_exports() -> None:
    folder = settings.QUERIES_DIR / "checks"
    checks = load_checks(folder)
    assert {each.id for each in checks} == {path.stem for path in folder.glob("*.sql")}
    assert len({each.id for each in checks}) == len(checks) >= 8
    for each in checks:
        for name in each.resources:
            PACKAGE.resource(name)


def test_an_unusable_base_is_said_to_be_so(tmp_path: Path) -> None:
    for each in PACKAGE.resources:
        if each.name != "teachers":
            path = settings.SAMPLE_DIR / each.file_name
            (tmp_path / each.file_name).write_bytes(path.read_bytes())
    found = checked([upload(export("tutoring_months"), "月报.csv")], tmp_path)
    assert [finding.file for finding in found.errors] == ["教师统计.csv"]
    assert found.is_incomplete and "还缺这份数据" in found.errors[0].message_zh
    # What is missing can be delivered, and so can what cannot be read: but that is said.
    repaired = checked([upload(export("teachers"), "教师.csv")], tmp_path)
    assert not repaired.errors and repaired.folder is not None
    discard(repaired)
    (tmp_path / "教师统计.csv").write_bytes(b"\0")
    found = checked([upload(export("tutoring_months"), "月报.csv")], tmp_path)
    assert [(each.file, each.base) for each in found.errors] == [("教师统计.csv", "data_folder")]
    assert found.errors[0].message_zh.startswith("数据目录：") and not found.lacking
    repaired = checked([upload(export("teachers", 学年="2024"), "教师.csv")], tmp_path)
    assert not repaired.errors and repaired.folder is not None
    assert "新版本只含本次交付的行。" in repaired.warnings[0].message_zh
    discard(repaired)
    # Where its rows can be counted, they are: all of them go.
    nameless = export("teachers").drop(columns="专任教师数")
    (tmp_path / "教师统计.csv").write_bytes(upload(nameless, "").content)
    repaired = checked([upload(export("teachers", 学年="2024"), "教师.csv")], tmp_path)
    assert f"原有的 {len(nameless)} 行不再保留" in repaired.warnings[0].message_zh
    assert repaired.changes[0].removed == len(nameless) > len(export("teachers", 学年="2024"))
    discard(repaired)


def test_of_a_first_delivery_only_what_is_there_is_checked(tmp_path: Path) -> None:
    found = checked([upload(export("fitness"), "体质.csv")], tmp_path / "nowhere")
    # No school is said to be unknown while there is no register.
    assert found.is_incomplete and found.folder is None and not found.warnings
    required = {each.file_name for each in PACKAGE.resources if not each.optional}
    assert {finding.file for finding in found.lacking} == required - {"体质健康.csv"}
    spoilt = export("fitness").assign(性别="其他")
    assert not checked([upload(spoilt, "体质.csv")], tmp_path).is_incomplete

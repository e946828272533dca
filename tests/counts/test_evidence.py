"""Monthly reports against the data: what ties them, what contradicts, what the sample plants."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest

from dashboard import settings
from dashboard.cards import Context, build_card
from dashboard.data import Database, open_database
from dashboard.filters import Filters
from dashboard.frames import records
from dashboard.indicators import months
from dashboard.indicators.evidence import evidence
from dashboard.words.language import language
from tools.sample.task_reports import PLANTED

pytestmark = pytest.mark.slow

AS_OF = "2024-09"


def conflicts(database: Database, as_of: str) -> set[str]:
    shown = evidence(database, as_of)
    return {
        task["task_id"]
        for task in records(database.run_query("plan/tasks", as_of=as_of))
        if task["state"] and shown.contradicts(task["task_id"], task["state"], task["report_month"])
    }


def test_words_tie_tasks_to_indicators_and_names_tie_them_to_steps(database: Database) -> None:
    shown = evidence(database, AS_OF)
    assert shown.measures["c12-12"] == ("psychology_teacher_coverage", "psychology_center_coverage")
    assert shown.measures["c12-07"] == ()
    steps = {
        task: [step["milestone_id"] for step in shown.steps[task, "balanced_development_stage"]]
        for task in ("c05-02", "c05-03", "c05-04")
    }
    assert steps == {
        "c05-02": ["yuecheng_provincial_assessment"],
        "c05-03": ["shangyu_national_assessment", "xinchang_national_assessment"],
        "c05-04": ["shengzhou_provincial_recheck"],
    }
    assert [step["key"] for step in shown.steps["c06-11", "municipal_projects"]] == [
        "高级中学西校门及校舍提升工程"
    ]


def test_data_say_done_or_not_done_or_nothing(database: Database) -> None:
    shown = evidence(database, AS_OF)
    assert shown.is_done("c08-03") is True  # 95.7% of 95%
    assert shown.is_done("c12-04") is False  # 41 of 50 schools
    assert shown.is_done("c05-02") is True  # its own step, of four, is taken
    assert shown.is_done("c12-10") is None  # fitness is measured in November
    assert shown.is_done("c12-07") is None  # no indicator measures it
    assert evidence(database, "2023-09").measures == {}


def test_the_sample_s_reports_agree_with_its_data_but_for_those_planted(
    database: Database,
) -> None:
    assert conflicts(database, AS_OF) == set(PLANTED)
    for month in months(database):
        assert conflicts(database, month) <= set(PLANTED), month


def test_both_sides_of_a_conflict_are_shown(database: Database) -> None:
    view = Context(database, Filters(AS_OF), language("zh"))
    card = build_card("plan.conflicts", view)
    assert card.finding == (
        "月报与数据不一致3项；月报已完成但数据未达成2项；数据已达成但月报未报完成1项"
    )
    assert card.listing is not None
    rows = {row["clause"]: row for row in records(card.listing.frame)}
    sports, recheck, coverage = rows[12], rows[5], rows[8]
    assert str(sports["report"]).startswith("2024年9月 已完成：名单已公布")
    assert sports["data"].endswith("体育特色学校41/50所")
    assert sports["office"] == "体育卫生与艺术教育处"
    assert "嵊州市" in sports["counties"]
    assert recheck["data"] == "▼ 滞后：嵊州市通过优质均衡发展县省级复查"
    assert recheck["counties"] == "嵊州市"
    assert str(coverage["report"]).startswith("2024年9月 推进中")
    assert coverage["data"] == "● 已达成：普惠园覆盖面95.7/95.0%"
    county = Context(database, Filters(AS_OF, ("330681",)), language("zh"))
    assert build_card("plan.conflicts", county) is card  # a task is the whole city's


@pytest.mark.parametrize(
    ("task", "month", "state", "finding"),
    [
        ("c13-15", "2024-09", "已完成", "月报已完成但数据未达成3项"),  # 50 lectures are not held
        ("c13-15", "2024-03", "已完成", "月报已完成但数据未达成3项"),  # done has to stay so
        ("c09-04", "2024-09", "推进中", "数据已达成但月报未报完成2项"),
    ],
)
def test_a_report_that_is_changed_is_found(
    tmp_path: Path, task: str, month: str, state: str, finding: str
) -> None:
    changed = with_report(tmp_path, task, month, state)
    card = build_card("plan.conflicts", Context(changed, Filters(AS_OF), language("zh")))
    assert "不一致4项" in card.finding
    assert finding in card.finding


def test_a_report_written_before_the_measurement_is_no_conflict(tmp_path: Path) -> None:
    # Teacher rotation is known in September; in August nobody could report it done.
    changed = with_report(tmp_path, "c09-04", "2024-08", "推进中")
    assert conflicts(changed, AS_OF) == set(PLANTED)


def test_without_reports_nothing_is_held_against_the_data(tmp_path: Path) -> None:
    bare = copied(tmp_path)
    (bare / "工作月报.csv").unlink()
    view = Context(open_database(bare), Filters(AS_OF), language("zh"))
    card = build_card("plan.conflicts", view)
    assert card.finding == "还没有可与数据对照的月报"
    assert card.listing is None


def with_report(folder: Path, task: str, month: str, state: str) -> Database:
    """The sample with one task's last report in a month, in a state."""
    path = copied(folder) / "工作月报.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        head, *rows = csv.reader(file)
    place = {name: head.index(name) for name in ("工作编号", "月份", "工作状态")}
    kept = [r for r in rows if r[place["工作编号"]] != task or r[place["月份"]] <= month]
    for row in kept:
        if row[place["工作编号"]] == task and row[place["月份"]] == month:
            row[place["工作状态"]] = state
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([head, *kept])
    return open_database(path.parent)


def copied(folder: Path) -> Path:
    """The sample in a folder of its own."""
    return Path(shutil.copytree(settings.SAMPLE_DIR, folder / "exports"))

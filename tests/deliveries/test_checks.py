"""Every check across rows, files and periods: one hand-made case each, and where it is found."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from dashboard import settings
from dashboard.deliveries.checking.cross_checks import load_checks
from dashboard.deliveries.model import Upload
from tests.deliveries.delivering import export, findings_of, upload


def changed(name: str, row: int, values: dict[str, str], **only: str) -> Upload:
    """An export's period with some values of one row (as Excel counts) replaced."""
    frame = export(name, **only)
    for column, value in values.items():
        frame.loc[row - 2, column] = value
    return upload(frame, f"{name}.csv")


def without(name: str, column: str, value: str, **only: str) -> Upload:
    frame = export(name, **only)
    return upload(frame[frame[column] != value], f"{name}.csv")


def small_register() -> list[Upload]:
    """A register in which one school with pupils is closed."""
    frame = export("schools", 学年="2023")
    row = frame.index[(frame["学校类型"] == "小学") & (frame["办学状态"] == "在办")][0]
    frame.loc[row, ["办学状态", "撤并日期"]] = ["停办", "2023-09-01"]
    return [upload(frame, "schools.csv")]


def half_county(name: str, **only: str) -> list[Upload]:
    """All but a few rows of 诸暨 (330681) left out."""
    frame = export(name, **only)
    is_there = frame["学校标识码"].map(
        export("schools").drop_duplicates("学校标识码").set_index("学校标识码")["区县代码"]
    )
    mine = frame.index[is_there == "330681"]
    return [upload(frame.drop(mine[5:]), f"{name}.csv")]


def award_twice() -> list[Upload]:
    """The first award once more under a number that comes after all others."""
    frame = export("accreditations")
    again = frame.iloc[[0]].assign(事项编号="ZZ0001")
    return [upload(pd.concat([frame, again]), "accreditations.csv")]


MONEY = "本月完成投资（万元）"

CASES: dict[str, tuple[Callable[[], list[Upload]], int | None]] = {
    # 580 pupils in the statistics of 2019: 700 on the roll.
    "vision_within_roll": (
        lambda: [changed("vision", 2, {"在籍人数": "700"}, 年度="2019", 轮次="秋季")],
        2,
    ),
    "fitness_within_pupils": (
        lambda: [changed("fitness", 2, {"免测人数": "400"}, 年度="2019")],
        2,
    ),
    "conditions_within_teachers": (
        lambda: [changed("school_conditions", 3, {"骨干教师数": "5000"}, 学年="2023")],
        3,
    ),
    "closed_schools_are_empty": (small_register, -1),
    "large_classes_fit_pupils": (
        lambda: [
            changed(
                "enrolment",
                2,
                {"班级数": "40", "大班额班数": "40", "超大班额班数": "0"},
                学年="2023",
                学段="特教",
            ),
        ],
        2,
    ),
    "pupils_per_class": (
        lambda: [
            changed("enrolment", 2, {"班级数": "1", "大班额班数": "0"}, 学年="2023", 学段="小学")
        ],
        2,
    ),
    "pupils_per_teacher": (
        lambda: [
            changed(
                "teachers",
                2,
                {c: "0" for c in export("teachers").columns if c.endswith("教师数")},
                学年="2023",
            )
        ],
        2,
    ),
    "county_total_jumps": (lambda: half_county("vision", 年度="2024", 轮次="春季"), None),
    "school_pupils_jump": (
        lambda: [
            changed("enrolment", 2, {"在校生数": "9000", "班级数": "200"}, 学年="2024", 学段="小学")
        ],
        2,
    ),
    "training_jumps": (
        lambda: [changed("training_months", 2, {"培训人次": "99999"}, 月份="2024-06")],
        2,
    ),
    "intake_as_in_statistics": (
        lambda: [changed("senior_intake", 2, {"普通高中招生数": "1"}, 年度="2024")],
        2,
    ),
    "spent_within_budget": (
        lambda: [changed("project_months", 2, {"本月完成投资（万元）": "999999"}, 月份="2024-06")],
        2,
    ),
    "progress_never_falls": (
        lambda: [changed("project_months", 2, {"形象进度（%）": "0.0"}, 月份="2024-06")],
        2,
    ),
    "stage_as_in_milestones": (
        lambda: [changed("project_months", 2, {"所处阶段": "投用"}, 月份="2023-01")],
        2,
    ),
    "done_tasks_stay_done": (
        lambda: [
            upload(export("task_reports", 月份="2024-03").assign(工作状态="已完成"), "三月.csv"),
            upload(export("task_reports", 月份="2024-04").assign(工作状态="推进中"), "四月.csv"),
        ],
        -1,
    ),
    "award_county_as_in_register": (
        lambda: [
            upload(
                export("health_schools").assign(
                    区县代码=lambda f: f["区县代码"].mask(f.index == 3, "330600")
                ),
                "health_schools.csv",
            )
        ],
        5,
    ),
    "after_school_within_register": (
        lambda: [changed("after_school", 2, {"开展课后服务学校数": "900"}, 年度="2023")],
        2,
    ),
    "city_figure_jumps": (
        lambda: [
            changed("city_figures", 2, {"数值": "99"}, 年度="2023", 指标="学生非正常死亡人数")
        ],
        2,
    ),
    "county_missing": (
        lambda: [without("tutoring_months", "区县代码", "330681", 月份="2024-06")],
        None,
    ),
    "schools_missing": (
        lambda: [without("teachers", "学校标识码", "2060200010", 学年="2023")],
        None,
    ),
    "register_loses_schools": (
        lambda: [without("schools", "区县代码", "330600", 学年="2024")],
        None,
    ),
    # A round of 2019 about a school that the register first has in 2023.
    "rows_without_school": (
        lambda: [
            changed("vision", 2, {"学校标识码": "2060300055"}, 年度="2019", 轮次="秋季"),
        ],
        None,
    ),
    "period_ahead": (
        lambda: [upload(export("tutoring_months", 月份="2024-06").assign(月份="2204-06"), "a.csv")],
        2,
    ),
    "periods_skipped": (
        lambda: [upload(export("senior_intake", 年度="2024").assign(年度="2026"), "a.csv")],
        2,
    ),
    "repeats_last_period": (
        lambda: [upload(export("vision", 年度="2023", 轮次="春季").assign(年度="2024"), "a.csv")],
        None,
    ),
    # In 亿元 instead of 万元.
    "investment_jumps": (
        lambda: [
            upload(
                export("project_months", 月份="2024-06").assign(
                    **{MONEY: lambda f: (f[MONEY].astype(float) / 10_000).round(6).astype(str)}
                ),
                "a.csv",
            )
        ],
        2,
    ),
    "schools_renamed": (
        lambda: [
            upload(
                export("schools", 学年="2024").assign(
                    学校名称=lambda f: f["学校名称"].iloc[::-1].to_numpy()
                ),
                "a.csv",
            )
        ],
        None,
    ),
    # The row after the last.
    "award_repeats": (award_twice, len(export("accreditations")) + 2),
}


def test_every_check_has_its_case() -> None:
    checks = load_checks(settings.QUERIES_DIR / "checks")
    assert set(CASES) == {check.id for check in checks}


@pytest.mark.parametrize("check_id", CASES)
def test_finds_the_case(check_id: str) -> None:
    make, row = CASES[check_id]
    found = [f for f in findings_of(*make()).findings if f.kind == check_id]
    assert found
    severities = {c.id: c.severity for c in load_checks(settings.QUERIES_DIR / "checks")}
    finding = found[0]
    assert finding.severity == severities[check_id]
    if row is None or row > 0:
        assert finding.row == row
    for text in (finding.message_zh, finding.message_en, finding.expected_zh, finding.expected_en):
        assert text and "{" not in text and "None" not in text
    assert finding.value


def test_what_is_left_out_is_counted_and_named() -> None:
    (found,) = [
        f
        for f in findings_of(
            without("tutoring_months", "区县代码", "330681", 月份="2024-06")
        ).findings
        if f.kind == "county_missing"
    ]
    assert found.message_zh == (
        "tutoring_months.csv「区县代码」：2024-06 没有诸暨市的数据，已发布的版本有。"
        "请核对是否漏报。"
    )
    (found,) = [
        f
        for f in findings_of(without("teachers", "学校标识码", "2060200010", 学年="2023")).findings
        if f.kind == "schools_missing"
    ]
    name: Any = export("schools", 学年="2023", 学校标识码="2060200010").at[0, "学校名称"]
    assert f"缺 1 所学校（学校名录中在办）：{name}。" in found.message_zh


def test_a_county_halved_is_told_with_both_numbers() -> None:
    """The totals by a second road: pandas over the exports."""
    uploads = half_county("vision", 年度="2024", 轮次="春季")
    (found,) = [f for f in findings_of(*uploads).findings if f.kind == "county_total_jumps"]
    before = export("vision", 年度="2023", 轮次="春季")
    mine = before["学校标识码"].map(
        export("schools", 学年="2022").set_index("学校标识码")["区县代码"]
    )
    total = before.loc[mine == "330681", "检查人数"].astype(int).sum()
    assert f"上期（2023 春季）为 {total}" in found.message_zh
    frame = pd.read_csv(io.BytesIO(uploads[0].content), dtype=str)
    now = frame["学校标识码"].map(
        export("schools", 学年="2023").set_index("学校标识码")["区县代码"]
    )
    assert found.value == str(frame.loc[now == "330681", "检查人数"].astype(int).sum())

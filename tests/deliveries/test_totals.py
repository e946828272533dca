"""Totals against their rows, worked out by hand: what is said, and where nothing may be said."""

from __future__ import annotations

import pytest

from dashboard.deliveries.model import Finding, Upload
from dashboard.deliveries.reading.delivery import read_delivery
from tests.deliveries.delivering import PACKAGE

HEADER = "区县代码,月份,机构数,已纳管机构数,已上平台机构数,已审核登记机构数"
ROWS = ("330602,2024-09,10,9,8,7", "330603,2024-09,20,,18,17", "330604,2024-09,5,5,5,5")


def said(*lines: str) -> list[Finding]:
    content = "\n".join((HEADER, *lines)).encode()
    return list(read_delivery([Upload("校外培训机构月报.csv", content)], PACKAGE).findings)


def test_a_total_that_differs_is_named_with_both_numbers() -> None:
    (found,) = said(*ROWS, "合计,,1035,14,31,29")
    assert (found.kind, found.severity) == ("total_differs", "warning")
    assert (found.row, found.column, found.value) == (5, "机构数", "1035")
    assert found.message_zh == (
        "校外培训机构月报.csv 第 5 行「机构数」：合计写的是 1035，各行相加是 35。"
        "请核对有没有漏交的行，或合计有没有更新。"
    )
    assert "the rows add up to 35" in found.message_en


@pytest.mark.parametrize(
    "lines",
    [
        (*ROWS, "合计,,35,14,31,29"),
        ("全市,,35,14,31,29", *ROWS),
        (ROWS[0], "小计,,10,9,8,7", ROWS[1], ROWS[2], "小计,,25,5,23,22", "合计,,35,14,31,29"),
        # 累计 on every page
        (ROWS[0], "累计,,10,9,8,7", ROWS[1], "累计,,30,9,26,24", ROWS[2], "累计,,35,14,31,29"),
        # Only the last county has a subtotal: it may be of the last row alone.
        (*ROWS, "上虞区小计,,5,5,5,5"),
        (*ROWS, "合计,,，,-,/,29"),
    ],
)
def test_a_total_of_any_rows_that_it_could_be_of_is_right(lines: tuple[str, ...]) -> None:
    assert [found for found in said(*lines) if found.kind == "total_differs"] == []


def test_rounded_money_is_no_difference() -> None:
    resource = PACKAGE.resource("project_months")
    empty = [""] * (len(resource.headers) - 4)
    rows = [
        ",".join(("JS2024001", f"2024-0{month}", money, "10", *empty))
        for month, money in ((1, "1.26"), (2, "1.26"), (3, "1.26"))
    ]
    for total, is_right in (("3.8", True), ("4.2", False)):
        lines = [",".join(resource.headers), *rows, ",".join(("合计", "", total, "30", *empty))]
        content = "\n".join(lines).encode()
        reading = read_delivery([Upload("项目月报.csv", content)], PACKAGE)
        kinds = [found.column for found in reading.findings if found.kind == "total_differs"]
        assert kinds == ([] if is_right else ["本月完成投资（万元）"])

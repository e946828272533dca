"""One value: what is put right, what stays for the contract's check, and what is a fault."""

from __future__ import annotations

import pytest

from dashboard.contract import Field
from dashboard.deliveries.reading.field_reader import FieldReader, Value

COUNT = Field(header="人数", column="pupils", type="integer", unit="人")
SHARE = Field(header="进度（%）", column="progress", type="number", unit="%")
MONEY = Field(header="投资（万元）", column="invested", type="number", unit="万元")
DAY = Field(header="日期", column="day", type="date")
MONTH = Field(header="月份", column="month", pattern=r"^\d{4}-(0[1-9]|1[0-2])$")
YEAR = Field(header="学年", column="school_year", type="integer")
CODE = Field(header="代码", column="school_id", pattern=r"^\d{10}$")
ZERO_CODE = Field(header="代码", column="post_code", pattern=r"^0\d{5}$")
COUNTY = Field(
    header="区县", column="county_id", pattern=r"^3306\d\d$", synonyms={"越城": "330602"}
)
FLAG = Field(
    header="是否", column="flag", type="boolean", true_values=("是",), false_values=("否",)
)
TEXT = Field(header="名称", column="name")


@pytest.mark.parametrize(
    ("field", "text", "value", "kinds"),
    [
        (COUNT, "1,234", "1234", {"thousands_separator"}),
        (COUNT, "１，２３４人", "1234", {"full_width", "thousands_separator", "unit"}),
        (COUNT, "1 234", "1234", {"thousands_separator"}),
        (COUNT, "12 人", "12", {"unit", "inner_spaces"}),
        (COUNT, "1.2万", "12000", {"unit"}),
        (COUNT, "0.5亿", "50000000", {"unit"}),
        (COUNT, "12.0", "12", {"whole_number"}),
        (COUNT, "1.234E+03", "1234", {"scientific"}),
        (COUNT, "−5", "-5", {"full_width"}),
        (COUNT, "—", None, {"blank"}),
        (COUNT, "\u200b", None, set()),
        (SHARE, "85.30%", "85.30", {"percent"}),
        (SHARE, "853‰", "85.3", {"percent"}),
        (MONEY, "12000元", "1.2", {"unit"}),
        (MONEY, "1.2亿元", "12000", {"unit"}),
        (MONEY, "620万元", "620", {"unit"}),
        (DAY, "2024.9.1", "2024-09-01", {"date_form"}),
        (DAY, "45536", "2024-09-01", {"excel_serial"}),
        (MONTH, "2024.10", "2024-10", {"date_form"}),
        (MONTH, "2024年9月份", "2024-09", {"date_form"}),
        (MONTH, "2024-09-01", "2024-09", {"date_form"}),
        (YEAR, "2024—2025学年", "2024", {"date_form"}),
        (CODE, "3306810001.0", "3306810001", {"whole_number"}),
        (CODE, "3.306810001E+09", "3306810001", {"scientific"}),
        (CODE, "3306 8100 01", "3306810001", {"inner_spaces"}),
        (CODE, "'3306810001", "3306810001", {"excel_text"}),
        (ZERO_CODE, "12000", "012000", {"leading_zero"}),
        (COUNTY, "越 城", "330602", {"name_for_code"}),
        (FLAG, "√", "是", {"boolean_form"}),
        (FLAG, "FALSE", "否", {"boolean_form"}),
        (TEXT, " 一\u200b中 ", "一中", {"invisible", "spaces"}),
    ],
)
def test_what_is_understood_is_rewritten_and_told(
    field: Field, text: str, value: str, kinds: set[str]
) -> None:
    read = FieldReader(field)(text)
    assert (read.text, set(read.kinds), read.fault) == (value, kinds, None)


@pytest.mark.parametrize(
    ("field", "texts"),
    [
        (COUNT, ("12.5", "1,23", "一百", "12人次", "12-13", "(5)", "1 2", "1 23 456")),
        (
            DAY,
            (
                "24/9/1",
                "9/1/2024",
                "2024-09",
                "2024-02-30",
                "45536.5",
                "99999",
                "20241",
                "2024 9 1",
            ),
        ),
        (MONTH, ("2024.1", "20241", "2024-13", "24-Sep", "2024-09-02", "九月")),
        (YEAR, ("2024-2026学年", "24", "2024-09")),
        # A zero may be lost, or any other digit.
        (CODE, ("306810001", "33068100011")),
        (COUNTY, ("越城区教育局", "330702")),
        (FLAG, ("有", "无", "x")),
        # Width is part of a name, and so is what stands inside it.
        (TEXT, ("第２中学（新）", "a\nb", "无")),
    ],
)
def test_what_could_be_read_in_two_ways_stays_as_it_came(field: Field, texts: list[str]) -> None:
    for text in texts:
        assert FieldReader(field)(text) == Value(text)


@pytest.mark.parametrize(
    ("field", "text", "fault"),
    [
        (COUNT, "#REF!", "excel_error"),
        (COUNT, "#####", "excel_error"),
        (COUNT, "=A1", "formula"),
        (TEXT, "=HYPERLINK(1)", "formula"),
        (COUNT, "1.2E+03", "scientific"),
        (MONEY, "1.5E-05", "scientific"),
        (CODE, "3.30681E+09", "scientific_code"),
        (COUNT, "85%", "percent"),
        (COUNT, "1.23456万", "unit"),
        (MONEY, "620万", "unit"),
        (TEXT, "长" * 40_000, "too_long"),
    ],
)
def test_what_has_lost_its_meaning_is_a_fault(field: Field, text: str, fault: str) -> None:
    assert FieldReader(field)(text) == Value(text, fault=fault)

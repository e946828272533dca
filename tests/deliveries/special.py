"""Cases that two defects together do not make: values of other exports, and which export it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from dashboard.contract import Package
from dashboard.deliveries.model import Location, Upload
from tests.deliveries import special_files
from tests.deliveries.drafts import Case, Draft, Expected, Line, book_case, text_case

Rows = list[list[str]]

_ROWS: dict[str, Rows] = {
    "vision_stations": [
        ["SL20240001", "梅滨活动中心指导站", "330602", "县级", "2024-03-09"],
        ["SL20240002", "和湾活动中心指导站", "330681", "市级示范", "2024-11-30"],
        ["SL20240003", "霞庄活动中心指导站", "330603", "县级", "2024-05-01"],
    ],
    "project_months": [
        ["JS2024001", "2024-08", "120.5", "35", "在建", "", "基建科"],
        ["JS2024001", "2024-09", "80", "42.5", "在建", "雨天多，\n进度慢", "基建科"],
        ["JS2024002", "2024-09", "0", "0", "前期", "", "基建科"],
    ],
    "fitness": [
        ["3300000001", "2024", "小学", "男", "100", "20", "40", "30", "10", "2"],
        ["3300000001", "2024", "小学", "女", "90", "20", "40", "25", "5", "1"],
        ["3300000002", "2024", "初中", "男", "80", "10", "40", "25", "5", "0"],
        ["3300000002", "2024", "初中", "女", "70", "10", "30", "25", "5", "0"],
    ],
    "activities": [
        ["HD20240001", "科学家进课堂", "机器人", "330600", "否", "2024-03-03"],
        ["HD20240002", "名师网上课堂", "小学英语", "330602", "是", "2024-03-10"],
    ],
    "enrolment": [
        ["3300000001", "2023", "小学", "1100", "25", *["0"] * 11],
        ["3300000001", "2024", "小学", "1120", "26", *["0"] * 11],
    ],
}


def cases(package: Package) -> Iterator[Case]:
    """All of them, in the order of this file."""

    def draft(name: str) -> Draft:
        return Draft(package.resource(name), _ROWS[name])

    yield from _values(draft)
    yield from special_files.cases(draft)
    yield from _recognised(draft)


# ---- values of other exports --------------------------------------------------------------------


def _values(draft: Callable[[str], Draft]) -> Iterator[Case]:
    forms: dict[str, tuple[Callable[[date], str], str]] = {
        "slashes": (lambda day: f"{day.year}/{day.month}/{day.day}", "date_form"),
        "dots": (lambda day: f"{day.year}.{day.month}.{day.day}", "date_form"),
        "chinese": (lambda day: f"{day.year}年{day.month}月{day.day}日", "date_form"),
        "compact": (lambda day: f"{day:%Y%m%d}", "date_form"),
        "midnight": (lambda day: f"{day} 00:00:00", "date_form"),
        "serial": (lambda day: str((day - date(1899, 12, 30)).days), "excel_serial"),
    }
    for name, (form, kind) in forms.items():
        spoilt = draft("vision_stations")
        spoilt.spoil("认定日期", lambda text, form=form: form(date.fromisoformat(text)), kind)
        yield text_case(f"date_{name}.csv", spoilt)
    spoilt = draft("vision_stations")
    for row, text in enumerate(("24/9/1", "2024-02-30", "9/1/2024")):
        spoilt.data[row].cells[4] = spoilt.data[row].clean[4] = text
    yield text_case("date_ambiguous_stays.csv", spoilt)

    spoilt = draft("fitness")
    spoilt.spoil("学段", lambda text: f" {text[0]} {text[1]}", "inner_spaces")
    spoilt.normalised["spaces"] += 4
    spoilt.spoil("年度", lambda text: f"{text}年", "date_form")
    spoilt.fault("学校标识码", "3.30000E+09", "scientific_code", 0)
    spoilt.data[1].cells[0] = "3.300000001E+09"
    spoilt.normalised["scientific"] += 1
    yield text_case("fitness_spelt_otherwise.csv", spoilt)

    spoilt = draft("enrolment")
    spoilt.spoil("学年", lambda text: f"{text}-{int(text) + 1}学年", "date_form")
    yield text_case("school_year_of_two_years.csv", spoilt)

    spoilt = draft("activities")
    spoilt.spoil("是否乡村", lambda text: {"是": "√", "否": "×"}[text], "boolean_form")
    yield text_case("marks_for_yes_and_no.csv", spoilt)

    spoilt = draft("project_months")
    spoilt.spoil("形象进度（%）", lambda text: f"{text}%", "percent")
    spoilt.data[0].cells[2] = "0.01205亿元"
    spoilt.normalised["unit"] += 1
    yield text_case("percent_and_money.csv", spoilt)

    spoilt = draft("project_months")
    spoilt.line_end = "\r\n"
    spoilt.encoding = "gb18030"
    yield text_case("quoted_line_ends.csv", spoilt)
    rare = draft("vision_stations")
    rare.data[0].cells[1] = rare.data[0].clean[1] = "𠮷村㙍指导站"
    rare.encoding = "gb18030"
    yield text_case("gb18030_of_four_bytes.csv", rare)
    bare = draft("project_months")
    _drop(bare, "形象进度（%）", "形象进度")
    bare.findings = [("missing_column", "error", bare.heads[0], "形象进度（%）")]
    bare.is_refused = True
    yield text_case("percent_header_without_unit.csv", bare)
    other_unit = draft("project_months")
    _drop(other_unit, "本月完成投资（万元）", "本月完成投资（元）")
    other_unit.findings = [("missing_column", "error", other_unit.heads[0], "本月完成投资（万元）")]
    other_unit.is_refused = True
    yield text_case("other_unit_in_header.csv", other_unit)


# ---- which export it is -------------------------------------------------------------------------


def _recognised(draft: Callable[[str], Draft]) -> Iterator[Case]:
    older = ["编号", "类别", "名称", "区县", "是否乡村", "日期"]
    told = draft("activities")
    told.heads = [Line(older)]
    told.normalised["other_header"] += 4
    yield text_case("older_headers_told_by_values.csv", told)
    asked = draft("activities")
    asked.heads = [Line(older)]
    for line in asked.data:
        line.cells[1], line.clean[1] = "讲座", "讲座"
    content = asked.csv()
    choices = ("accreditations", "activities")
    yield Case("two_exports_fit.csv", (Upload("a.csv", content),), Expected([], {}, [], [choices]))
    asked.normalised["other_header"] += 4
    yield Case(
        "two_exports_fit_answered.csv",
        (Upload("a.csv", content),),
        asked.expected(),
        {Location("a.csv"): "activities"},
    )
    for name, header, spelt in (
        ("missing", "免测人数", None),
        ("misspelt", "免测人数", "免测的人数"),
    ):
        lacking = draft("fitness")
        _drop(lacking, header, spelt)
        lacking.findings.append(("missing_column", "error", lacking.heads[0], header))
        lacking.is_refused = True
        yield text_case(f"column_{name}.csv", lacking)
        yield book_case(f"column_{name}.xlsx", lacking)
    doubled = draft("fitness")
    for line in doubled.all_lines():
        line.cells.append(line.cells[4])
    doubled.findings.append(("repeated_column", "error", doubled.heads[0], "参评人数"))
    doubled.is_refused = True
    yield text_case("column_twice.csv", doubled)
    late = draft("fitness")
    late.above = [Line(list(late.data[0].cells))]
    late.findings.append(("rows_above_header", "error", late.above[0], None))
    late.normalised["title_row"] += 1
    yield text_case("data_above_header.csv", late)

    one = draft("fitness")
    twice = (Upload("a.csv", one.csv()), Upload("b.csv", one.csv()))
    yield Case("same_file_twice", twice, _with(one.expected(), same_file=1))
    forms = (Upload("a.csv", one.csv()), Upload("a.xlsx", one.xlsx()))
    yield Case("same_table_in_two_forms", forms, _with(one.expected(), same_table=1))
    other = draft("fitness")
    other.data[0].cells[9] = other.data[0].clean[9] = "3"
    yield Case(
        "two_tables_of_one_period",
        (Upload("a.csv", one.csv()), Upload("a.csv", other.csv())),
        Expected(
            [*one.expected().tables, *other.expected().tables],
            {},
            [("overlap", "error", None, None)],
        ),
    )


def _with(expected: Expected, **told: int) -> Expected:
    return Expected(expected.tables, {**expected.normalised, **told}, expected.findings)


def _drop(draft: Draft, header: str, instead: str | None) -> None:
    """Take a column away, or give it another name."""
    index = draft.column(header)
    if instead is not None:
        draft.heads[0].cells[index] = instead
        return
    for line in draft.all_lines():
        del line.cells[index]

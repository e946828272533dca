"""Cases that two defects together do not make: dates, workbooks, archives, no tables at all."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from datetime import date

import openpyxl
import xlsxwriter

from dashboard import settings
from dashboard.contract import Package
from dashboard.deliveries.model import Place, Upload
from tests.deliveries.drafts import (
    Case,
    DateCell,
    Draft,
    Expected,
    FormulaCell,
    Line,
    NumberCell,
)

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

    for make in (_values, _workbooks, _archives, _refused, _recognised):
        yield from make(draft)


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
        yield _text(f"date_{name}.csv", spoilt)
    spoilt = draft("vision_stations")
    for row, text in enumerate(("24/9/1", "2024-02-30", "9/1/2024")):
        spoilt.data[row].cells[4] = spoilt.data[row].clean[4] = text
    yield _text("date_ambiguous_stays.csv", spoilt)

    spoilt = draft("fitness")
    spoilt.spoil("学段", lambda text: f" {text[0]} {text[1]}", "inner_spaces")
    spoilt.normalised["spaces"] += 4
    spoilt.spoil("年度", lambda text: f"{text}年", "date_form")
    spoilt.fault("学校标识码", "3.30000E+09", "scientific_code", 0)
    spoilt.data[1].cells[0] = "3.300000001E+09"
    spoilt.normalised["scientific"] += 1
    yield _text("fitness_spelt_otherwise.csv", spoilt)

    spoilt = draft("enrolment")
    spoilt.spoil("学年", lambda text: f"{text}-{int(text) + 1}学年", "date_form")
    yield _text("school_year_of_two_years.csv", spoilt)

    spoilt = draft("activities")
    spoilt.spoil("是否乡村", lambda text: {"是": "√", "否": "×"}[text], "boolean_form")
    yield _text("marks_for_yes_and_no.csv", spoilt)

    spoilt = draft("project_months")
    spoilt.spoil("形象进度（%）", lambda text: f"{text}%", "percent")
    spoilt.data[0].cells[2] = "0.01205亿元"
    spoilt.normalised["unit"] += 1
    yield _text("percent_and_money.csv", spoilt)

    spoilt = draft("project_months")
    spoilt.line_end = "\r\n"
    spoilt.encoding = "gb18030"
    yield _text("quoted_line_ends.csv", spoilt)
    rare = draft("vision_stations")
    rare.data[0].cells[1] = rare.data[0].clean[1] = "𠮷村㙍指导站"
    rare.encoding = "gb18030"
    yield _text("gb18030_of_four_bytes.csv", rare)
    bare = draft("project_months")
    _drop(bare, "形象进度（%）", "形象进度")
    bare.findings = [("missing_column", "error", bare.heads[0], "形象进度（%）")]
    bare.is_refused = True
    yield _text("percent_header_without_unit.csv", bare)
    other_unit = draft("project_months")
    _drop(other_unit, "本月完成投资（万元）", "本月完成投资（元）")
    other_unit.findings = [("missing_column", "error", other_unit.heads[0], "本月完成投资（万元）")]
    other_unit.is_refused = True
    yield _text("other_unit_in_header.csv", other_unit)


# ---- what only workbooks have -------------------------------------------------------------------


def _workbooks(draft: Callable[[str], Draft]) -> Iterator[Case]:
    spoilt = draft("vision_stations")
    for style, line in zip(
        ("yyyy/m/d", 'yyyy"年"m"月"d"日"', "[$-804]d mmm yy"), spoilt.data, strict=True
    ):
        line.cells[4] = DateCell(date.fromisoformat(line.cells[4]), style)
    yield _book("real_dates.xlsx", spoilt)

    spoilt = draft("project_months")
    spoilt.spoil("形象进度（%）", lambda text: NumberCell(float(text) / 100, "0%"), "percent")
    spoilt.spoil(
        "月份", lambda text: DateCell(date.fromisoformat(f"{text}-01"), "mmm-yy"), "date_form"
    )
    spoilt.spoil("本月完成投资（万元）", lambda text: NumberCell(float(text)))
    yield _book("percent_and_month_cells.xlsx", spoilt)

    spoilt = draft("fitness")
    for header in ("年度", "参评人数", "优秀人数", "学校标识码"):
        spoilt.spoil(header, lambda text: NumberCell(float(text)))
    yield _book("number_cells.xlsx", spoilt)

    spoilt = draft("fitness")
    spoilt.data[0].cells[0] = NumberCell(60000001, "0000000000")
    spoilt.data[0].clean[0] = "0060000001"
    yield _book("zeros_in_front_by_format.xlsx", spoilt)

    spoilt = draft("fitness")
    spoilt.data[0].cells[4] = FormulaCell("=SUM(F2:I2)", 100)
    spoilt.fault("参评人数", FormulaCell("=1/0", "#DIV/0!"), "excel_error", 1, kept="#DIV/0!")
    yield _book("formula_and_error_cells.xlsx", spoilt)

    spoilt = draft("fitness")
    spoilt.merged = [(1, 0, 2, 0), (3, 0, 4, 0), (1, 2, 2, 2)]
    for line in (spoilt.data[1], spoilt.data[3]):
        line.cells[0] = ""
    spoilt.data[1].cells[2] = ""
    spoilt.normalised["merged_cells"] += 3
    yield _book("merged_keys.xlsx", spoilt)

    spoilt = draft("fitness")
    spoilt.merged = [(1, 9, 2, 9)]
    spoilt.data[1].cells[9] = ""
    spoilt.data[1].clean[9] = None
    spoilt.findings.append(("merged_count", "error", spoilt.data[0], "免测人数"))
    yield _book("merged_counts.xlsx", spoilt)

    spoilt = draft("fitness")
    spoilt.hidden = [spoilt.data[2]]
    spoilt.findings.append(("hidden_rows", "warning", spoilt.data[2], None))
    yield _book("hidden_row.xlsx", spoilt)

    grouped = draft("fitness")
    upper = ["学校标识码", "年度", "学段", "性别", "体质测试结果", "", "", "", "", ""]
    grouped.heads = [Line(upper), Line(["", "", "", "", *grouped.header[4:]])]
    grouped.merged = [(0, 4, 0, 9), (0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 1, 2), (0, 3, 1, 3)]
    grouped.normalised["header_row"] += 2
    yield _book("merged_header.xlsx", grouped)

    first, second = draft("fitness"), draft("vision_stations")
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        first.write_sheet(book, "体质")
        second.write_sheet(book, "指导站")
        draft("fitness").write_sheet(book, "旧").hide()
        book.add_worksheet("说明").write_string(0, 0, "本表由各校填报")
        book.add_worksheet("Sheet5")
    yield _several(
        "several_sheets.xlsx", buffer.getvalue(), first, second, hidden_sheet=1, ignored_sheet=1
    )

    above, below = draft("fitness"), draft("vision_stations")
    above.lines += [Line([]), *(Line(list(line.cells)) for line in below.all_lines())]
    above.normalised["blank_row"] += 1
    stacked = Case(
        "two_tables_in_one_file.csv",
        (Upload("two.csv", above.csv()),),
        Expected([*above.expected().tables, *below.expected().tables], {"blank_row": 1}, []),
    )
    yield stacked

    book = openpyxl.Workbook()
    spoilt = draft("fitness")
    for line in spoilt.all_lines():
        book.active.append([int(cell) if cell.isdecimal() else cell for cell in line.cells])
    book.active["E3"] = "=SUM(F3:I3)"
    spoilt.fault("参评人数", "=SUM(F3:I3)", "formula", 1)
    buffer = io.BytesIO()
    book.save(buffer)
    yield Case(
        "formula_never_calculated.xlsx", (Upload("a.xlsx", buffer.getvalue()),), spoilt.expected()
    )

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "date_1904": True}) as book:
        draft("vision_stations").write_sheet(book, "a")
    yield _nothing("dates_from_1904.xlsx", buffer.getvalue(), "calendar_1904")


# ---- archives -----------------------------------------------------------------------------------


def _archives(draft: Callable[[str], Draft]) -> Iterator[Case]:
    first, second = draft("fitness"), draft("vision_stations")
    files = {
        "导出/体质.csv": first.csv(),
        "导出/指导站.xlsx": second.xlsx(),
        "__MACOSX/导出/._体质.csv": b"\0\5\26\7",
        "导出/~$指导站.xlsx": b"lock",
        "导出/.DS_Store": b"\0\0\0\1Bud1",
    }
    yield _several("zip_of_two.zip", _zip(files), first, second, ignored_file=3)
    in_gbk = draft("fitness")
    yield Case(
        "zip_with_names_in_gbk.zip",
        (Upload("a.zip", _zip({"体质.csv": in_gbk.csv()}, names="gbk")),),
        in_gbk.expected(),
    )
    inner = _zip({"a.csv": draft("fitness").csv()})
    yield _nothing("zip_in_a_zip.zip", _zip({"b.zip": inner}), "nested_archive")
    yield _nothing("zip_of_nothing.zip", _zip({}), "empty_file")
    whole = _zip({"a.csv": draft("fitness").csv() * 3})
    yield _nothing("zip_cut_off.zip", whole[: len(whole) // 2], "broken_archive")
    yield _nothing("workbook_cut_off.xlsx", draft("fitness").xlsx()[:3000], "broken_archive")
    yield _nothing("zip_with_password.zip", _locked(whole), "password")
    many = {f"{number}.csv": b"" for number in range(settings.MAX_FILES_IN_ZIP + 1)}
    yield _nothing("zip_of_too_many.zip", _zip(many), "too_many_files")
    zeros = _zip({"a.csv": b"0" * (30 * 1024**2)})
    yield _nothing("zip_bomb.zip", zeros, "too_large_unpacked")


# ---- files that are no tables -------------------------------------------------------------------


def _refused(draft: Callable[[str], Draft]) -> Iterator[Case]:
    good = draft("fitness").csv()
    page = "<html><meta charset=gbk><table><tr><td>学校标识码</td></tr></table></html>"
    for name, content, kind in (
        ("empty.csv", b"", "empty_file"),
        ("blanks_only.csv", b"\r\n \r\n", "empty_file"),
        ("mark_only.csv", b"\xef\xbb\xbf", "empty_file"),
        ("commas_only.csv", b",,,\n,,,\n", "empty_file"),
        ("page_called_xls.xls", page.encode("gbk"), "html"),
        ("old_excel.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "old_office"),
        (
            "workbook_with_password.xlsx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "password",
        ),
        ("document.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "wrong_kind"),
        ("other_archive.rar", b"Rar!\x1a\x07\x00" + bytes(50), "wrong_kind"),
        (
            "document_called_xlsx.xlsx",
            _zip({"[Content_Types].xml": b"", "word/document.xml": b""}),
            "wrong_kind",
        ),
        ("zero_bytes_inside.csv", good[:40] + b"\0" + good[40:], "encoding"),
        ("random_bytes.csv", bytes(range(256)) * 20, "encoding"),
        ("cut_off_in_a_character.csv", good + "学".encode()[:2], "cut_off"),
        ("half_of_a_utf_16.csv", good.decode().encode("utf-16")[:-1], "cut_off"),
        ("other_table.csv", "姓名,年龄\n张三,12\n".encode(), "unknown_table"),
        ("one_column.csv", "学校标识码\n3300000001\n".encode(), "unknown_table"),
    ):
        yield _nothing(name, content, kind)
    wide = b",".join([b"x"] * 20_000)
    yield _nothing("twenty_thousand_columns.csv", wide, "too_wide", row=1)
    yield _nothing("header_only.csv", good.split(b"\n")[0], "no_rows", row=1)
    unbalanced = good.replace(b"3300000002", b'"3300000002', 1)
    yield _nothing("unbalanced_quote.csv", unbalanced, "quotes", row=4)
    yield _nothing(
        "quote_inside.csv", good.replace("小学".encode(), '"小"学'.encode(), 1), "quotes", row=2
    )
    yield _nothing(
        "cell_of_five_megabytes.csv", good + b'"' + b"x" * 5_000_000 + b'"\n', "row_too_long", row=6
    )
    marked = draft("fitness")
    yield Case("mark_twice.csv", (Upload("a.csv", b"\xef\xbb\xbf" * 2 + good),), marked.expected())
    ragged = draft("fitness")
    line = ragged.data[1]
    line.cells, line.clean = line.cells[:-1], None
    ragged.findings.append(("ragged", "error", line, None))
    yield _text("row_too_short.csv", ragged)
    ragged = draft("fitness")
    line = ragged.data[3]
    line.cells, line.clean = [*line.cells, "7"], None
    ragged.findings.append(("ragged", "error", line, None))
    yield _text("row_too_long.csv", ragged)
    long = draft("vision_stations")
    long.fault("站点名称", "长" * 40_000, "too_long", 1)
    yield _text("cell_of_forty_thousand.csv", long)


# ---- which export it is -------------------------------------------------------------------------


def _recognised(draft: Callable[[str], Draft]) -> Iterator[Case]:
    older = ["编号", "类别", "名称", "区县", "是否乡村", "日期"]
    told = draft("activities")
    told.heads = [Line(older)]
    told.normalised["other_header"] += 4
    yield _text("older_headers_told_by_values.csv", told)
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
        {Place("a.csv"): "activities"},
    )
    for name, header, spelt in (
        ("missing", "免测人数", None),
        ("misspelt", "免测人数", "免测的人数"),
    ):
        lacking = draft("fitness")
        _drop(lacking, header, spelt)
        lacking.findings.append(("missing_column", "error", lacking.heads[0], header))
        lacking.is_refused = True
        yield _text(f"column_{name}.csv", lacking)
        yield _book(f"column_{name}.xlsx", lacking)
    doubled = draft("fitness")
    for line in doubled.all_lines():
        line.cells.append(line.cells[4])
    doubled.findings.append(("repeated_column", "error", doubled.heads[0], "参评人数"))
    doubled.is_refused = True
    yield _text("column_twice.csv", doubled)
    late = draft("fitness")
    late.above = [Line(list(late.data[0].cells))]
    late.findings.append(("rows_above_header", "error", late.above[0], None))
    late.normalised["title_row"] += 1
    yield _text("data_above_header.csv", late)

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


# ---- making cases -------------------------------------------------------------------------------


def _text(name: str, draft: Draft) -> Case:
    return Case(name, (Upload(name, draft.csv()),), draft.expected())


def _book(name: str, draft: Draft) -> Case:
    return Case(name, (Upload(name, draft.xlsx()),), draft.expected())


def _nothing(name: str, content: bytes, kind: str, row: int | None = None) -> Case:
    """A file of which nothing is read, for one reason."""
    found = Expected([], {}, [(kind, "error", row, None)])
    return Case(name, (Upload(name, content),), found)


def _several(name: str, content: bytes, *drafts: Draft, **told: int) -> Case:
    tables = [table for draft in drafts for table in draft.expected().tables]
    return Case(name, (Upload(name, content),), Expected(tables, told, []))


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


def _zip(files: dict[str, bytes], names: str = "utf-8") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            # As Windows does it: bytes of the local encoding, and no word of which one.
            archive.writestr(name.encode(names).decode("cp437"), content)
    return buffer.getvalue()


def _locked(archive: bytes) -> bytes:
    """The archive with the sign of a password at its only file."""
    local, central = archive.index(b"PK\x03\x04"), archive.index(b"PK\x01\x02")
    changed = bytearray(archive)
    changed[local + 6] |= 1
    changed[central + 8] |= 1
    return bytes(changed)

"""The report that goes back to the school, and the templates that come from it."""

from __future__ import annotations

import io

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from dashboard.contract import Resource
from dashboard.deliveries.checking.publish import discard
from dashboard.deliveries.model import Upload
from dashboard.deliveries.workbooks import check_report as report
from dashboard.deliveries.workbooks.check_report import report_workbook
from dashboard.deliveries.workbooks.sheets import ERROR_FILL, WARNING_FILL
from dashboard.deliveries.workbooks.template import example_row, template_workbook
from dashboard.words.language import language
from tests.deliveries.delivering import PACKAGE, checked, export, findings_of, upload, workbook


def opened(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def colour(cell: openpyxl.cell.Cell) -> str:
    return f"#{cell.fill.fgColor.rgb[2:]}"


def test_the_report_lists_findings_and_marks_the_cells_of_the_source() -> None:
    frame = export("vision", 年度="2024", 轮次="春季").iloc[:40]
    frame.loc[3, "学段"] = "小学校"
    frame.loc[7, "检查人数"] = ""
    frame.loc[9, "近视人数"] = "1,000"
    frame.loc[11, "检查人数"] = "99999"  # more than are enrolled
    found = findings_of(workbook({"春季": frame}, "视力.xlsx"))
    for code, titles in (("zh", ["程度", "文件"]), ("en", ["Severity", "File"])):
        book = opened(report_workbook(found, language(code)))
        listed, source = book.worksheets
        assert [cell.value for cell in listed[4]][:2] == titles
        rows = [[cell.value for cell in row] for row in listed.iter_rows(min_row=5)]
        assert len(rows) == len(found.findings)
        for finding, row in zip(found.findings, rows, strict=True):
            expected = finding.expected_zh if code == "zh" else finding.expected_en
            assert row[1:7] == [
                finding.file,
                finding.sheet,
                finding.row,
                finding.column,
                finding.value,
                expected or None,
            ]
        heads = [cell.value for cell in source[3]]
        assert heads[1:] == list(frame.columns)
        # Row 5 of the source, whose number stands in front of it.
        bad = source.cell(3 + 4, heads.index("学段") + 1)
        assert (source.cell(3 + 4, 1).value, bad.value) == (5, "小学校")
        assert colour(bad) == ERROR_FILL
        assert "小学" in bad.comment.text
        assert colour(source.cell(3 + 8, heads.index("检查人数") + 1)) == ERROR_FILL
        # As it came, although it was understood.
        assert source.cell(3 + 10, heads.index("近视人数") + 1).value == "1,000"
        for header in ("在籍人数", "检查人数"):
            assert colour(source.cell(3 + 12, heads.index(header) + 1)) == ERROR_FILL
        marked = [c.coordinate for row in source.iter_rows(min_row=4) for c in row if c.comment]
        cells = {(f.row, name) for f in found.findings if f.row for name in f.column.split("、")}
        assert len(marked) == len(cells)


def test_warnings_have_their_own_colour() -> None:
    frame = export("enrolment", 学年="2023", 学段="小学")
    frame.loc[0, ["班级数", "大班额班数", "超大班额班数"]] = ["1", "0", "0"]
    found = findings_of(upload(frame, "在校生.csv"))
    sheet = opened(report_workbook(found, language("zh"))).worksheets[1]
    heads = [cell.value for cell in sheet[3]]
    assert colour(sheet.cell(4, heads.index("班级数") + 1)) == WARNING_FILL


def test_nothing_in_the_report_is_a_formula() -> None:
    frame = export("vision_stations").iloc[:5]
    names = ["=1+1", "+SUM(A1)", "@cmd", "-2+3", "https://example.org"]
    frame = frame.assign(站点名称=names, 级别="无")
    found = findings_of(upload(frame, "=站点.csv"))
    book = opened(report_workbook(found, language("zh")))
    texts = {}
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f" and cell.hyperlink is None
                texts[cell.value] = cell.data_type
    assert all(texts.get(name) == "s" for name in ("@cmd", "https://example.org"))


def test_a_long_table_is_listed_by_its_bad_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report, "ROWS_SHOWN", 100)
    frame = export("fitness")
    frame.loc[2_345, "性别"] = "其他"
    found = findings_of(upload(frame, "长.csv"))
    sheet = opened(report_workbook(found, language("zh"))).worksheets[1]
    rows = [row[0] for row in sheet.iter_rows(min_row=4, values_only=True)]
    assert rows == [2_347]


@pytest.mark.parametrize("code", ["zh", "en"])
def test_every_template_filled_in_passes(code: str) -> None:
    """The examples of all exports, filled into their templates, go all the way round together."""
    uploads = []
    for resource in PACKAGE.resources:
        book = opened(template_workbook(PACKAGE, resource, language(code)))
        _fill_in(book.worksheets[0], resource)
        buffer = io.BytesIO()
        book.save(buffer)
        uploads.append(Upload(f"{resource.title}.xlsx", buffer.getvalue()))
    found = checked(uploads)
    discard(found)
    assert not found.errors and not found.reading.questions
    read = {table.resource for table in found.reading.tables}
    assert read == {resource.name for resource in PACKAGE.resources}


def _fill_in(sheet: Worksheet, resource: Resource) -> None:
    example = example_row(resource)
    for position, field in enumerate(resource.fields, start=1):
        text = example[field.header]
        if text:
            is_number = field.type in ("integer", "number")
            sheet.cell(2, position).value = float(text) if is_number else text
    # Other rows of the same export keep what refers to it in order.
    if resource.name in ("counties", "schools", "projects"):
        for line, row in enumerate(export(resource.name).to_numpy().tolist(), start=2):
            for position, text in enumerate(row, start=1):
                sheet.cell(line, position).value = text or None


@pytest.mark.parametrize("code", ["zh", "en"])
def test_every_template_has_its_headers_choices_and_rules(code: str) -> None:
    for resource in PACKAGE.resources:
        sheet, notes = opened(template_workbook(PACKAGE, resource, language(code))).worksheets
        assert [cell.value for cell in sheet[1]] == list(resource.headers)
        choices = sheet.data_validations.dataValidation
        allowed = [f for f in resource.fields if f.enum or f.type == "boolean"]
        assert len({str(each.sqref).split(":")[0] for each in choices}) == len(allowed)
        said = " ".join(str(cell.value) for row in notes.iter_rows() for cell in row if cell.value)
        for field in resource.fields:
            assert field.header in said
        for rule in resource.rules:
            assert (rule.message_zh if code == "zh" else rule.message_en) in said


def test_long_lists_of_allowed_values_lie_beside_the_notes() -> None:
    resource = PACKAGE.resource("accreditations")
    book = opened(template_workbook(PACKAGE, resource, language("zh")))
    for each in book.worksheets[0].data_validations.dataValidation:
        if each.formula1.startswith('"'):
            assert len(each.formula1) <= 257

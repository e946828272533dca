"""Cases of files: what only workbooks have, archives, and what is no table at all."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from datetime import date

import openpyxl
import xlsxwriter

from dashboard import settings
from dashboard.deliveries.model import Upload
from tests.deliveries.drafts import (
    Case,
    DateCell,
    Draft,
    Expected,
    FormulaCell,
    Line,
    NumberCell,
    book_case,
    case_of_several,
    refused_case,
    text_case,
)


def cases(draft: Callable[[str], Draft]) -> Iterator[Case]:
    """All of them; `draft` makes a fresh one of an export."""
    yield from _workbooks(draft)
    yield from _archives(draft)
    yield from _refused(draft)


# ---- what only workbooks have -------------------------------------------------------------------


def _workbooks(draft: Callable[[str], Draft]) -> Iterator[Case]:
    spoilt = draft("vision_stations")
    for style, line in zip(
        ("yyyy/m/d", 'yyyy"年"m"月"d"日"', "[$-804]d mmm yy"), spoilt.data, strict=True
    ):
        line.cells[4] = DateCell(date.fromisoformat(line.cells[4]), style)
    yield book_case("real_dates.xlsx", spoilt)

    spoilt = draft("project_months")
    spoilt.spoil("形象进度（%）", lambda text: NumberCell(float(text) / 100, "0%"), "percent")
    spoilt.spoil(
        "月份", lambda text: DateCell(date.fromisoformat(f"{text}-01"), "mmm-yy"), "date_form"
    )
    spoilt.spoil("本月完成投资（万元）", lambda text: NumberCell(float(text)))
    yield book_case("percent_and_month_cells.xlsx", spoilt)

    spoilt = draft("fitness")
    for header in ("年度", "参评人数", "优秀人数", "学校标识码"):
        spoilt.spoil(header, lambda text: NumberCell(float(text)))
    yield book_case("number_cells.xlsx", spoilt)

    spoilt = draft("fitness")
    spoilt.data[0].cells[0] = NumberCell(60000001, "0000000000")
    spoilt.data[0].clean[0] = "0060000001"
    yield book_case("zeros_in_front_by_format.xlsx", spoilt)

    spoilt = draft("fitness")
    spoilt.data[0].cells[4] = FormulaCell("=SUM(F2:I2)", 100)
    spoilt.fault("参评人数", FormulaCell("=1/0", "#DIV/0!"), "excel_error", 1, kept="#DIV/0!")
    yield book_case("formula_and_error_cells.xlsx", spoilt)

    spoilt = draft("fitness")
    spoilt.merged = [(1, 0, 2, 0), (3, 0, 4, 0), (1, 2, 2, 2)]
    for line in (spoilt.data[1], spoilt.data[3]):
        line.cells[0] = ""
    spoilt.data[1].cells[2] = ""
    spoilt.normalised["merged_cells"] += 3
    yield book_case("merged_keys.xlsx", spoilt)

    spoilt = draft("fitness")
    spoilt.merged = [(1, 9, 2, 9)]
    spoilt.data[1].cells[9] = ""
    spoilt.data[1].clean[9] = None
    spoilt.findings.append(("merged_count", "error", spoilt.data[0], "免测人数"))
    yield book_case("merged_counts.xlsx", spoilt)

    spoilt = draft("fitness")
    spoilt.hidden = [spoilt.data[2]]
    spoilt.findings.append(("hidden_rows", "warning", spoilt.data[2], None))
    yield book_case("hidden_row.xlsx", spoilt)

    spoilt = draft("fitness")
    spoilt.hidden_columns = [4, 5, 40]  # the last one holds nothing
    spoilt.findings.append(("hidden_columns", "warning", spoilt.heads[0], "参评人数、优秀人数"))
    yield book_case("hidden_columns.xlsx", spoilt)

    grouped = draft("fitness")
    upper = ["学校标识码", "年度", "学段", "性别", "体质测试结果", "", "", "", "", ""]
    grouped.heads = [Line(upper), Line(["", "", "", "", *grouped.header[4:]])]
    grouped.merged = [(0, 4, 0, 9), (0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 1, 2), (0, 3, 1, 3)]
    grouped.normalised["header_row"] += 2
    yield book_case("merged_header.xlsx", grouped)

    first, second = draft("fitness"), draft("vision_stations")
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        first.write_sheet(book, "体质")
        second.write_sheet(book, "指导站")
        draft("fitness").write_sheet(book, "旧").hide()
        book.add_worksheet("说明").write_string(0, 0, "本表由各校填报")
        book.add_worksheet("Sheet5")
    yield case_of_several(
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
    yield refused_case("dates_from_1904.xlsx", buffer.getvalue(), "calendar_1904")


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
    yield case_of_several("zip_of_two.zip", _zip(files), first, second, ignored_file=3)
    in_gbk = draft("fitness")
    yield Case(
        "zip_with_names_in_gbk.zip",
        (Upload("a.zip", _zip({"体质.csv": in_gbk.csv()}, names="gbk")),),
        in_gbk.expected(),
    )
    inner = _zip({"a.csv": draft("fitness").csv()})
    yield refused_case("zip_in_a_zip.zip", _zip({"b.zip": inner}), "nested_archive")
    nameless = bytearray(_zip({"a": b"7"}))
    # A name that begins with a zero byte is read as none.
    nameless[nameless.index(b"PK\x01\x02") + 46] = 0
    yield refused_case("zip_with_a_nameless_file.zip", bytes(nameless), "broken_archive")
    yield refused_case("zip_of_nothing.zip", _zip({}), "empty_file")
    whole = _zip({"a.csv": draft("fitness").csv() * 3})
    yield refused_case("zip_cut_off.zip", whole[: len(whole) // 2], "broken_archive")
    yield refused_case("workbook_cut_off.xlsx", draft("fitness").xlsx()[:3000], "broken_archive")
    yield refused_case("zip_with_password.zip", _locked(whole), "password")
    many = {f"{number}.csv": b"" for number in range(settings.MAX_FILES_IN_ZIP + 1)}
    yield refused_case("zip_of_too_many.zip", _zip(many), "too_many_files")
    zeros = _zip({"a.csv": b"0" * (30 * 1024**2)})
    yield refused_case("zip_bomb.zip", zeros, "too_large_unpacked")


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
        yield refused_case(name, content, kind)
    wide = b",".join([b"x"] * 20_000)
    yield refused_case("twenty_thousand_columns.csv", wide, "too_wide", row=1)
    yield refused_case("header_only.csv", good.split(b"\n")[0], "no_rows", row=1)
    unbalanced = good.replace(b"3300000002", b'"3300000002', 1)
    yield refused_case("unbalanced_quote.csv", unbalanced, "quotes", row=4)
    yield refused_case(
        "quote_inside.csv", good.replace("小学".encode(), '"小"学'.encode(), 1), "quotes", row=2
    )
    yield refused_case(
        "cell_of_five_megabytes.csv", good + b'"' + b"x" * 5_000_000 + b'"\n', "row_too_long", row=6
    )
    marked = draft("fitness")
    yield Case("mark_twice.csv", (Upload("a.csv", b"\xef\xbb\xbf" * 2 + good),), marked.expected())
    ragged = draft("fitness")
    line = ragged.data[1]
    line.cells, line.clean = line.cells[:-1], None
    ragged.findings.append(("ragged", "error", line, None))
    yield text_case("row_too_short.csv", ragged)
    ragged = draft("fitness")
    line = ragged.data[3]
    line.cells, line.clean = [*line.cells, "7"], None
    ragged.findings.append(("ragged", "error", line, None))
    yield text_case("row_too_long.csv", ragged)
    long = draft("vision_stations")
    long.fault("站点名称", "长" * 40_000, "too_long", 1)
    yield text_case("cell_of_forty_thousand.csv", long)


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

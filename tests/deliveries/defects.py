"""What is wrong with the files that people hand in, one function for each.

The defects of `TEXT` and `TABLE` spoil the monthly report of tutoring providers, each its own
column or its own place, so that any two of them go together.
"""

from __future__ import annotations

from collections.abc import Callable

from tests.deliveries.drafts import Draft, Line

Defect = Callable[[Draft], None]

COUNTY, MONTH, ALL, MANAGED, LISTED, REGISTERED = (
    "区县代码",
    "月份",
    "机构数",
    "已纳管机构数",
    "已上平台机构数",
    "已审核登记机构数",
)
NAMES = {"330602": "越城区", "330603": "柯桥", "330604": "上虞区", "330681": "诸暨"}


# ---- how the text is written: only a text file has these ----------------------------------------


def utf_8_with_mark(draft: Draft) -> None:
    draft.encoding = "utf-8-sig"


def gbk(draft: Draft) -> None:
    draft.encoding = "gbk"


def gb18030(draft: Draft) -> None:
    draft.encoding = "gb18030"


def utf_16(draft: Draft) -> None:
    draft.encoding = "utf-16"


def utf_16_little(draft: Draft) -> None:
    draft.encoding = "utf-16-le"


def utf_16_big(draft: Draft) -> None:
    draft.encoding = "utf-16-be"


def semicolons(draft: Draft) -> None:
    draft.delimiter = ";"


def tabs(draft: Draft) -> None:
    draft.delimiter = "\t"


def full_width_commas(draft: Draft) -> None:
    draft.delimiter = "，"


def windows_lines(draft: Draft) -> None:
    draft.line_end = "\r\n"


def old_mac_lines(draft: Draft) -> None:
    draft.line_end = "\r"


# ---- what stands around the data ----------------------------------------------------------------


def title_rows(draft: Draft) -> None:
    draft.above += [
        Line(["2024年校外培训机构情况表"]),
        Line(["填报单位：绍兴市教育局", "", "单位：家"]),
    ]
    draft.normalised["title_row"] += 2


def two_level_header(draft: Draft) -> None:
    """Codes in the upper row, counts under a group: the lower row is empty under the codes."""
    leaves = draft.heads[0].cells
    codes = (COUNTY, MONTH)
    upper = [cell if _plain(cell) in codes else "" for cell in leaves]
    upper[next(i for i, cell in enumerate(leaves) if _plain(cell) not in codes)] = "机构情况"
    lower = ["" if _plain(cell) in codes else cell for cell in leaves]
    draft.heads = [Line(upper), Line(lower)]
    draft.normalised["header_row"] += 2


def total_row(draft: Draft) -> None:
    draft.lines.append(Line(_row(draft, {COUNTY: "合计", ALL: "2222", MANAGED: "2000"})))
    draft.normalised["total_row"] += 1


def subtotals(draft: Draft) -> None:
    draft.lines.insert(2, Line(_row(draft, {COUNTY: "越城区小计", ALL: "99"})))
    draft.lines.append(Line(_row(draft, {MONTH: "总 计", ALL: "99"})))
    draft.normalised["total_row"] += 2


def notes_below(draft: Draft) -> None:
    width = len(draft.header)
    draft.lines += [
        Line(["注：数据截至2024年11月底，不含停办机构。"] + [""] * (width - 1)),
        Line(["填表人：张三", "", "审核人：李四"] + [""] * (width - 3)),
    ]
    draft.normalised["note_row"] += 2


def blank_rows(draft: Draft) -> None:
    draft.lines.insert(1, Line([""] * len(draft.header)))
    draft.normalised["blank_row"] += 1


def repeated_header(draft: Draft) -> None:
    draft.lines.insert(3, Line(list(draft.header)))
    draft.normalised["repeated_header"] += 1


def column_numbers(draft: Draft) -> None:
    draft.lines.insert(0, Line(["甲", "乙", *map(str, range(1, len(draft.header) - 1))]))
    draft.normalised["column_numbers"] += 1


def empty_columns(draft: Draft) -> None:
    for line in draft.all_lines():
        line.cells += ["", ""]


# ---- columns ------------------------------------------------------------------------------------


def other_order(draft: Draft) -> None:
    draft.header.reverse()
    for line in (*draft.heads, *draft.lines):
        line.cells.reverse()
    draft.normalised["column_order"] += 1


def older_headers(draft: Draft) -> None:
    _rename(draft, {COUNTY: "所属区县", MONTH: "统计月份"})


def units_in_headers(draft: Draft) -> None:
    _rename(
        draft,
        {ALL: "机构数（家）", MANAGED: "已纳管机构数(家)", REGISTERED: "*已审核登记机构数"},
        told=2,
    )


def surplus_column(draft: Draft) -> None:
    for line in (*draft.heads, *draft.lines):
        line.cells.append("经办电话" if line in draft.heads else "")
    for line in draft.data:
        line.cells[-1] = "85001234"
    draft.header.append("经办电话")
    draft.normalised["ignored_column"] += 1


# ---- cells --------------------------------------------------------------------------------------


def thousands(draft: Draft) -> None:
    draft.spoil(ALL, lambda text: f"1,{text}", "thousands_separator", slice(0, 3))
    for line in draft.data[:3]:
        line.clean[2] = f"1{line.clean[2]}"


def full_width_digits(draft: Draft) -> None:
    digits = str.maketrans("0123456789", "０１２３４５６７８９")
    draft.spoil(MANAGED, lambda text: text.translate(digits), "full_width")


def padded(draft: Draft) -> None:
    draft.spoil(LISTED, lambda text: f" {text}\u3000", "spaces")


def invisible(draft: Draft) -> None:
    draft.spoil(REGISTERED, lambda text: f"\u200b{text}\ufeff", "invisible")


def county_names(draft: Draft) -> None:
    draft.spoil(COUNTY, lambda code: NAMES.get(code, code), "name_for_code")


def decimal_codes(draft: Draft) -> None:
    draft.spoil(COUNTY, lambda code: f"{code}.0", "whole_number")


def codes_as_text(draft: Draft) -> None:
    draft.spoil(COUNTY, lambda code: f'="{code}"', "excel_text")


def chinese_months(draft: Draft) -> None:
    draft.spoil(MONTH, lambda month: f"{month[:4]}年{int(month[5:])}月", "date_form")


def slashed_months(draft: Draft) -> None:
    draft.spoil(MONTH, lambda month: f"{month[:4]}/{int(month[5:])}", "date_form")


def compact_months(draft: Draft) -> None:
    draft.spoil(MONTH, lambda month: month.replace("-", ""), "date_form")


def english_months(draft: Draft) -> None:
    names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    draft.spoil(MONTH, lambda month: f"{names[int(month[5:]) - 1]}-{month[2:4]}", "date_form")


def no_values(draft: Draft) -> None:
    for row, sign in enumerate(("-", "—", "/", "#N/A", "无数据", "N/A")):
        draft.data[row].cells[draft.column(REGISTERED)] = sign
        draft.data[row].clean[5] = None
        draft.normalised["blank"] += 1


def decimal_counts(draft: Draft) -> None:
    draft.spoil(MANAGED, lambda text: f"{text}.00", "whole_number")


def units_in_cells(draft: Draft) -> None:
    draft.spoil(LISTED, lambda text: f"{text}家", "unit")


def ten_thousands(draft: Draft) -> None:
    draft.data[1].cells[draft.column(ALL)] = "1.5万"
    draft.data[1].clean[2] = "15000"
    draft.normalised["unit"] += 1


def exact_powers(draft: Draft) -> None:
    draft.data[1].cells[draft.column(COUNTY)] = "3.30602E+05"
    draft.data[1].clean[0] = "330602"
    draft.normalised["scientific"] += 1


# ---- cells that cannot be understood ------------------------------------------------------------


def failed_cell(draft: Draft) -> None:
    draft.fault(ALL, "#DIV/0!", "excel_error", 2)


def lost_digits(draft: Draft) -> None:
    draft.fault(COUNTY, "3.306E+05", "scientific_code", 4)


def lost_count(draft: Draft) -> None:
    draft.fault(MANAGED, "1.2E+03", "scientific", 4)


def percent_of_nothing(draft: Draft) -> None:
    draft.fault(LISTED, "85%", "percent", 3)


def inexact_ten_thousands(draft: Draft) -> None:
    draft.fault(REGISTERED, "1.23456万", "unit", 5)


def formula(draft: Draft) -> None:
    draft.fault(REGISTERED, "=C3-1", "formula", 1)


def _plain(name: str) -> str:
    return {"所属区县": COUNTY, "统计月份": MONTH}.get(name, name)


def _row(draft: Draft, cells: dict[str, str]) -> list[str]:
    return [cells.get(name, "") for name in draft.header]


def _rename(draft: Draft, names: dict[str, str], told: int | None = None) -> None:
    for line in draft.heads:
        line.cells = [names.get(cell, cell) for cell in line.cells]
    draft.normalised["other_header"] += len(names) if told is None else told


WRITING: tuple[Defect, ...] = (
    utf_8_with_mark,
    gbk,
    gb18030,
    utf_16,
    utf_16_little,
    utf_16_big,
    semicolons,
    tabs,
    full_width_commas,
    windows_lines,
    old_mac_lines,
)
LAYOUT: tuple[Defect, ...] = (
    units_in_headers,
    older_headers,
    surplus_column,
    other_order,
    two_level_header,
    title_rows,
    total_row,
    subtotals,
    notes_below,
    column_numbers,
    blank_rows,
    empty_columns,
    repeated_header,
)
CELLS: tuple[Defect, ...] = (
    thousands,
    full_width_digits,
    padded,
    invisible,
    county_names,
    decimal_codes,
    codes_as_text,
    chinese_months,
    slashed_months,
    compact_months,
    english_months,
    no_values,
    decimal_counts,
    units_in_cells,
    ten_thousands,
    exact_powers,
    failed_cell,
    lost_digits,
    lost_count,
    percent_of_nothing,
    inexact_ten_thousands,
    formula,
)
# Spoil the same cells, or each other's place.
APART: tuple[set[Defect], ...] = (
    {utf_8_with_mark, gbk, gb18030, utf_16, utf_16_little, utf_16_big},
    {semicolons, tabs, full_width_commas},
    {windows_lines, old_mac_lines},
    {county_names, decimal_codes, codes_as_text, exact_powers, lost_digits},
    {chinese_months, slashed_months, compact_months, english_months},
    {full_width_digits, decimal_counts, lost_count},
    {padded, units_in_cells, percent_of_nothing},
    {invisible, no_values, formula, inexact_ten_thousands},
    {thousands, ten_thousands, failed_cell},
    {repeated_header, two_level_header},
    {repeated_header, older_headers},
    {repeated_header, units_in_headers},
    {repeated_header, surplus_column},
    {column_numbers, other_order},
    {column_numbers, surplus_column},
    {notes_below, other_order},
    {total_row, subtotals},
    # GBK has no such characters.
    {gbk, invisible},
)


def go_together(one: Defect, other: Defect) -> bool:
    """Whether a file can have both defects, each with what is expected of it alone."""
    return not any(one in group and other in group for group in APART)

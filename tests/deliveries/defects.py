"""What is wrong with the files that people hand in, one function for each.

The defects spoil the monthly report of tutoring providers, each its own place, so that any two of
them go together but those of `APART`.
"""

from __future__ import annotations

from tests.deliveries import cell_defects as cells
from tests.deliveries.cell_defects import (
    ALL,
    COUNTY,
    LISTED,
    MANAGED,
    MONTH,
    REGISTERED,
    Defect,
)
from tests.deliveries.drafts import Cell, Draft, Line, TotalCell

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
    totals = {header: _total(draft, header, draft.data) for header in (ALL, MANAGED)}
    draft.lines.append(Line(_row(draft, {COUNTY: "合计", **totals})))
    draft.normalised["total_row"] += 1


def subtotals(draft: Draft) -> None:
    first = _total(draft, ALL, draft.data[:2])
    draft.lines.insert(2, Line(_row(draft, {COUNTY: "越城区小计", ALL: first})))
    draft.lines.append(Line(_row(draft, {MONTH: "总 计", ALL: _total(draft, ALL, draft.data)})))
    draft.normalised["total_row"] += 2


def old_total(draft: Draft) -> None:
    line = Line(_row(draft, {COUNTY: "合计", LISTED: _total(draft, LISTED, draft.data, off=1)}))
    draft.lines.append(line)
    draft.normalised["total_row"] += 1
    draft.findings.append(("total_differs", "warning", line, LISTED))


def old_subtotal(draft: Draft) -> None:
    """The group's total is one too high; the whole's is right."""
    first = _total(draft, LISTED, draft.data[:2], off=1)
    line = Line(_row(draft, {COUNTY: "越城区小计", LISTED: first}))
    whole = _total(draft, LISTED, draft.data)
    draft.lines.insert(2, line)
    draft.lines.append(Line(_row(draft, {COUNTY: "合计", LISTED: whole})))
    draft.normalised["total_row"] += 2
    draft.findings.append(("total_differs", "warning", line, LISTED))


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


def _plain(name: str) -> str:
    return {"所属区县": COUNTY, "统计月份": MONTH}.get(name, name)


def _row(draft: Draft, cells: dict[str, Cell]) -> list[Cell]:
    return [cells.get(name, "") for name in draft.header]


def _total(draft: Draft, header: str, lines: list[Line], off: int = 0) -> TotalCell:
    return TotalCell(draft.resource, header, lines, off)


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
    old_total,
    old_subtotal,
    notes_below,
    column_numbers,
    blank_rows,
    empty_columns,
    repeated_header,
)
# Spoil the same cells, or each other's place.
APART: tuple[set[Defect], ...] = (
    {utf_8_with_mark, gbk, gb18030, utf_16, utf_16_little, utf_16_big},
    {semicolons, tabs, full_width_commas},
    {windows_lines, old_mac_lines},
    {
        cells.county_names,
        cells.decimal_codes,
        cells.codes_as_text,
        cells.exact_powers,
        cells.lost_digits,
    },
    {cells.chinese_months, cells.slashed_months, cells.compact_months, cells.english_months},
    {cells.full_width_digits, cells.decimal_counts, cells.lost_count},
    {cells.padded, cells.units_in_cells, cells.percent_of_nothing},
    {cells.invisible, cells.no_values, cells.formula, cells.inexact_ten_thousands},
    {cells.thousands, cells.ten_thousands, cells.failed_cell},
    {repeated_header, two_level_header},
    {repeated_header, older_headers},
    {repeated_header, units_in_headers},
    {repeated_header, surplus_column},
    {column_numbers, other_order},
    {column_numbers, surplus_column},
    {notes_below, other_order},
    {total_row, subtotals, old_total, old_subtotal},
    {old_total, cells.percent_of_nothing},
    {old_subtotal, cells.percent_of_nothing},
    # GBK has no such characters.
    {gbk, cells.invisible},
)


def go_together(one: Defect, other: Defect) -> bool:
    """Whether a file can have both defects, each with what is expected of it alone."""
    return not any(one in group and other in group for group in APART)

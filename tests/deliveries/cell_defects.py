"""What is wrong with the cells that people hand in, one function for each.

Each spoils a column of its own of the monthly report of tutoring providers.
"""

from __future__ import annotations

from collections.abc import Callable

from tests.deliveries.drafts import Draft

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

"""What is wrong with a cell or a row that cannot be understood, in words, and what to do."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard import settings
from dashboard.contract import Field
from dashboard.deliveries.model import Finding, Location
from dashboard.deliveries.refusal import finding, shortened

# By fault: what is wrong, and what should stand there.
_CELL_FAULTS = {
    "excel_error": (
        ("是 Excel 的出错结果，原来的数已看不到", "is an error of Excel; the value itself is lost"),
        ("计算出的数值，没有数据则留空", "the value itself, or nothing where there is none"),
    ),
    "formula": (
        (
            "是公式，文件里没有它的结果",
            "is a formula whose result is not in the file",
        ),
        ("数值；请用 Excel 打开并保存，或粘贴为数值", "its result: open and save it in Excel"),
    ),
    "scientific": (
        ("是科学计数法，末几位已丢失", "is in scientific notation and has lost its last digits"),
        ("完整的数字；请把该列设为“数值”后重新导出", "all digits: format the column as a number"),
    ),
    "scientific_code": (
        (
            "是科学计数法，代码的末几位已丢失",
            "is a code in scientific notation that has lost digits",
        ),
        ("完整的代码；请把该列设为“文本”后从系统重新导出", "the whole code: export it as text"),
    ),
    "percent": (
        (
            "带百分号，而这一列不是百分比，不知该填多少",
            "has a percent sign in a column of no percentages",
        ),
        ("不带百分号的数值", "a value without the sign"),
    ),
    "unit": (
        (
            "的单位与约定不同，或换算后不是整数",
            "has another unit, or is no whole number in the agreed one",
        ),
        ("按约定单位填写的数字", "a number in the agreed unit"),
    ),
    "too_long": (
        ("内容过长", "is too long"),
        (f"至多 {settings.MAX_CELL_LENGTH} 个字", f"at most {settings.MAX_CELL_LENGTH} characters"),
    ),
}


def cell_fault(place: Location, fault: str, row: int, field: Field, text: str) -> Finding:
    """Return the finding for a cell whose text could not be understood."""
    (wrong_zh, wrong_en), (expected_zh, expected_en) = _CELL_FAULTS[fault]
    if fault in ("unit", "percent") and field.unit:
        expected_zh, expected_en = f"{expected_zh}（{field.unit}）", f"{expected_en} ({field.unit})"
    shown = shortened(text)
    return finding(
        place,
        fault,
        f"“{shown}”{wrong_zh}。应为{expected_zh}。",
        f"“{shown}” {wrong_en}. Write {expected_en}.",
        row=row,
        column=field.header,
        value=text,
        expected=(expected_zh, expected_en),
    )


def merged_cells(place: Location, row: int, field: Field, text: str) -> Finding:
    """Return a count in a cell that was merged over several rows."""
    return finding(
        place,
        "merged_count",
        f"“{shortened(text)}”占了合并的几行，不知各行是多少。请取消合并，逐行填写。",
        f"“{shortened(text)}” stands in a cell merged over several rows, and nobody knows what each"
        " has. Unmerge them and fill in every row.",
        row=row,
        column=field.header,
        value=text,
        expected=("每行各自的数", "a number in each row"),
    )


def ragged_row(place: Location, row: int, texts: Sequence[str], width: int) -> Finding:
    """Return a record of a text file with more or fewer cells than the header."""
    hint_zh, hint_en = "请核对该行的分隔符", "Check the delimiters of this row"
    if len(texts) < width and any("，" in text for text in texts):
        hint_zh, hint_en = "请把全角逗号“，”改为英文逗号", "Replace full-width commas by plain ones"
    return finding(
        place,
        "ragged",
        f"有 {len(texts)} 列，应为 {width} 列，不知哪个值属于哪一列。{hint_zh}。",
        f"has {len(texts)} columns, expected {width}; nobody knows which value belongs where."
        f" {hint_en}.",
        row=row,
        value=str(len(texts)),
        expected=(f"{width} 列", f"{width} columns"),
    )


def more_findings(place: Location, findings: Sequence[Finding], most: int) -> list[Finding]:
    """Return the first findings by row, then how many more there are."""
    counted = [found for found in findings if found.kind == "more"]
    ordered = sorted(
        (found for found in findings if found.kind != "more"), key=lambda found: found.row or 0
    )
    if len(ordered) <= most:
        return [*ordered, *counted]
    left = len(ordered) - most + sum(int(found.value or 0) for found in counted)
    return [*ordered[:most], more(place, left)]


def more(place: Location, left: int, column: str | None = None) -> Finding:
    """So many findings are not listed one by one."""
    return finding(
        place,
        "more",
        f"另有 {left} 处问题未列出。",
        f"{left} more problems are not listed.",
        column=column,
        value=str(left),
    )

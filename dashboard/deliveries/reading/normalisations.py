"""What a reader is told of the things that were put right, by kind."""

from __future__ import annotations

from dashboard.deliveries.model import Location, Normalised
from dashboard.deliveries.refusal import place_en, place_zh, shortened

# Kinds of rows that are left out: with the rows of the tables they are all rows of a file.
LEFT_OUT = (
    "title_row",
    "header_row",
    "repeated_header",
    "column_numbers",
    "total_row",
    "note_row",
    "blank_row",
)

_WORDS = {
    # Rows that are no data.
    "title_row": ("表头上方的标题行未读", "title rows above the header left out"),
    "header_row": ("多层表头合并为一层", "header of several rows joined into one"),
    "repeated_header": ("重复的表头行未读", "repeated header rows left out"),
    "column_numbers": ("列号行未读", "rows of column numbers left out"),
    "total_row": ("合计、小计行未读", "rows of totals left out"),
    "note_row": ("表外说明行未读", "notes left out"),
    "blank_row": ("空行未读", "blank rows left out"),
    # Columns.
    "other_header": ("列名按约定改写", "column names rewritten as agreed"),
    "column_order": ("列的顺序按约定调整", "columns put into the agreed order"),
    "ignored_column": ("多出的列未读", "surplus columns left out"),
    "absent_column": ("没有的列按空读取", "columns that are not there read as empty"),
    # Cells.
    "spaces": ("去掉前后空格", "spaces around values removed"),
    "inner_spaces": ("去掉中间空格", "spaces inside values removed"),
    "invisible": ("去掉看不见的字符", "invisible characters removed"),
    "blank": ("表示无数据的符号按空处理", "signs for “no data” read as empty"),
    "excel_text": ("去掉 Excel 的文本标记", "Excel's marks for text removed"),
    "full_width": ("全角字符改为半角", "full-width characters made plain"),
    "thousands_separator": ("去掉千位分隔符", "thousands separators removed"),
    "whole_number": ("整数去掉小数点后的零", "decimal zeros of whole numbers removed"),
    "scientific": ("科学计数法还原为原数", "scientific notation written out"),
    "leading_zero": ("补回丢失的前导零", "lost leading zeros put back"),
    "unit": ("去掉或换算单位", "units removed or converted"),
    "percent": ("去掉百分号、千分号", "percent and per-mille signs removed"),
    "date_form": ("日期改为约定写法", "dates rewritten as agreed"),
    "excel_serial": ("Excel 日期序号还原为日期", "Excel's serial numbers read as dates"),
    "boolean_form": ("是否改为约定写法", "yes and no rewritten as agreed"),
    "name_for_code": ("名称换成代码", "names replaced by codes"),
    "merged_cells": ("合并单元格按所见填满", "merged cells filled in as they are seen"),
    # Files and sheets.
    "ignored_file": ("不是数据的文件未读", "files that are no data left out"),
    "ignored_sheet": ("没有数据表的工作表未读", "sheets without a table left out"),
    "hidden_sheet": ("隐藏的工作表未读", "hidden sheets left out"),
    "same_file": ("内容相同的文件只取一份", "files of the same content taken once"),
    "same_table": ("内容相同的数据表只取一份", "tables of the same content taken once"),
}


def normalised(
    place: Location,
    kind: str,
    count: int,
    *,
    row: int | None = None,
    column: str | None = None,
    before: str | None = None,
    after: str | None = None,
) -> Normalised:
    """Return what was put right, in words; `row`, `column`, `before`, `after` show the first."""
    zh, en = _WORDS[kind]
    of_zh, of_en = (" 行", " rows") if kind in (*LEFT_OUT, "ignored_sheet") else (" 处", "")
    example_zh = example_en = ""
    if before is not None:
        was, now = shortened(before), shortened(after) if after is not None else None
        example_zh = f"，如“{was}”" + (f" → “{now}”" if now is not None else "")
        example_en = f", such as “{was}”" + (f" → “{now}”" if now is not None else "")
        if after is None and kind == "blank":
            example_zh, example_en = f"{example_zh} → 空", f"{example_en} → empty"
    return Normalised(
        place=place,
        kind=kind,
        count=count,
        row=row,
        column=column,
        before=before if before is None else shortened(before),
        after=after if after is None else shortened(after),
        message_zh=f"{place_zh(place, row, column)}：{zh}（{count}{of_zh}{example_zh}）。",
        message_en=f"{place_en(place, row, column)}: {en} ({count}{of_en}{example_en}).",
    )

"""What can be wrong with an export as a file, in words for whoever exports it."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.contract import Problem, Resource


class UnreadableFileError(Exception):
    """The file is no table with the contract's columns."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(*(problem.message_en for problem in problems))
        self.problems = list(problems)


def missing_file(resource: Resource) -> Problem:
    file = resource.file_name
    return Problem(
        file=file,
        kind="missing_file",
        message_zh=f"缺少文件 {file}。请从系统导出{resource.title}并放入数据目录。",
        message_en=f"{file} is missing. Export it and put it into the data folder.",
    )


def cannot_open(resource: Resource, error: OSError) -> Problem:
    file = resource.file_name
    return Problem(
        file=file,
        kind="unreadable",
        message_zh=f"{file} 无法打开（{error.strerror}）。请检查文件权限后重试。",
        message_en=f"{file} cannot be opened ({error.strerror}). Check its permissions.",
    )


def no_text(resource: Resource) -> Problem:
    file = resource.file_name
    return Problem(
        file=file,
        kind="encoding",
        message_zh=f"{file} 不是 CSV 文本（编码既不是 UTF-8、GB18030，也不是 UTF-16）。"
        "请在 Excel 中另存为“CSV UTF-8（逗号分隔）”。",
        message_en=f"{file} is no CSV text (neither UTF-8, GB18030 nor UTF-16)."
        " Save it in Excel as “CSV UTF-8 (comma delimited)”.",
    )


def empty_file(resource: Resource) -> Problem:
    file = resource.file_name
    return Problem(
        file=file,
        kind="empty",
        message_zh=f"{file} 没有数据。请重新导出。",
        message_en=f"{file} holds no data. Export it again.",
    )


def no_header(resource: Resource) -> Problem:
    file = resource.file_name
    return Problem(
        file=file,
        kind="header",
        row=1,
        message_zh=f"{file} 第 1 行不是列名，或列之间不是英文逗号。"
        f"第 1 行应为：{','.join(resource.headers)}。",
        message_en=f"{file} row 1 does not hold the column names, or they are not separated by"
        f" commas. It must read: {','.join(resource.headers)}.",
    )


def missing_column(resource: Resource, header: str) -> Problem:
    file, written = resource.file_name, resource.written
    advice_zh, advice_en = "请补上该列后重新导出", "Add it to the export"
    if written is not None:
        advice_zh = (
            f"该版本按数据说明 {written} 版发布，当时没有这一列。请在 datapackage.yaml 中写明该列的"
            " since（加入该列的版本），或去掉 required"
        )
        advice_en = (
            f"It was published under version {written} of the contract, which did not have it. Say"
            " in datapackage.yaml in which version the column came (since), or do not require it"
        )
    return Problem(
        file=file,
        kind="header",
        row=1,
        column=header,
        message_zh=f"{file} 缺少列「{header}」。{advice_zh}。",
        message_en=f"{file} lacks the column {header}. {advice_en}.",
    )


def unknown_column(resource: Resource, header: str, nearest: str) -> Problem:
    file = resource.file_name
    return Problem(
        file=file,
        kind="header",
        row=1,
        column=header,
        message_zh=f"{file} 有不认识的列「{header}」。是不是「{nearest}」？请改正列名；"
        "如果不是，请删除该列。",
        message_en=f"{file} has an unknown column “{header}”. Is it {nearest}? Rename it; if not,"
        " delete it.",
    )


def repeated_column(resource: Resource, header: str) -> Problem:
    file = resource.file_name
    return Problem(
        file=file,
        kind="header",
        row=1,
        column=header,
        message_zh=f"{file} 的列「{header}」重复出现。请只保留一列。",
        message_en=f"{file} has the column {header} more than once. Keep one.",
    )


def ragged(resource: Resource, row: int, record: Sequence[str], width: int) -> Problem:
    file, found = resource.file_name, len(record)
    hint_zh, hint_en = "请核对该行的逗号", "Check the commas of this row"
    if found < width and any("，" in value for value in record):
        hint_zh, hint_en = "请把全角逗号“，”改为英文逗号", "Replace full-width commas by plain ones"
    return Problem(
        file=file,
        kind="ragged",
        row=row,
        value=str(found),
        message_zh=f"{file} 第 {row} 行有 {found} 列，应为 {width} 列。{hint_zh}。",
        message_en=f"{file} row {row} has {found} columns, expected {width}. {hint_en}.",
    )


def bad_quotes(resource: Resource, row: int) -> Problem:
    file = resource.file_name
    return Problem(
        file=file,
        kind="quotes",
        row=row,
        message_zh=f"{file} 第 {row} 行的英文引号不成对，其后的行无法读取。请改正该行的引号。",
        message_en=f"{file} row {row} has unbalanced quotes; nothing after it can be read."
        " Correct its quotes.",
    )


def lost_rows(resource: Resource) -> Problem:
    file = resource.file_name
    return Problem(
        file=file,
        kind="unreadable",
        message_zh=f"{file} 未能完整读取。请在 Excel 中另存为“CSV UTF-8（逗号分隔）”后重试。",
        message_en=f"{file} could not be read completely. Save it in Excel as"
        " “CSV UTF-8 (comma delimited)” and try again.",
    )

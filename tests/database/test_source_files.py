from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

from dashboard.contract import Problem
from dashboard.data import Inputs
from tests.database.tiny_delivery import SCHOOLS, SCHOOLS_HEADER, open_inputs, write

ProblemsOf = Callable[[str, str | bytes], list[Problem]]


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (SCHOOLS.encode(), "UTF-8"),
        (SCHOOLS.encode("utf-8-sig"), "UTF-8"),
        (SCHOOLS.encode("gb18030"), "GB18030"),
        (SCHOOLS.encode("utf-16"), "UTF-16"),
        (b"\xfe\xff" + SCHOOLS.encode("utf-16-be"), "UTF-16"),
        (SCHOOLS.replace(",", "\t").encode("utf-16"), "UTF-16"),
        (SCHOOLS.replace("\n", "\r\n").encode(), "UTF-8"),
        (SCHOOLS.replace("\n", "\r").encode(), "UTF-8"),
        (SCHOOLS.replace("\n", "\r\n", 2).encode(), "UTF-8"),
        (SCHOOLS.rstrip("\n").encode(), "UTF-8"),
        ((SCHOOLS + "\n\n").encode(), "UTF-8"),
        ((SCHOOLS + ",,,,,,,,,\n").encode(), "UTF-8"),
        (SCHOOLS.replace("\n", ",\n").encode(), "UTF-8"),
        (SCHOOLS.replace("\n", ",,,\n").encode(), "UTF-8"),
        (SCHOOLS.replace(",鲁迅小学,", "　, 鲁迅小学　,\u00a0").encode(), "UTF-8"),
        (SCHOOLS.replace("鲁迅小学", '"鲁迅小学"').encode(), "UTF-8"),
    ],
)
def test_reads_the_same_rows_however_they_are_written(
    inputs: Inputs, content: bytes, encoding: str
) -> None:
    write(inputs.data_dir / "学校名录.csv", content)
    database = open_inputs(inputs)
    frame = database.run_query("teachers/pupils", year=2024, counties=["330602", "330681"])
    assert frame["school_id"].tolist() == ["0133060001", "0133060002"]
    assert frame["pupils"].tolist() == [820, 1200]
    assert database.sources["schools"].encoding == encoding
    assert database.sources["schools"].rows == 3


def test_columns_may_come_in_any_order(inputs: Inputs) -> None:
    rows = [line.split(",") for line in SCHOOLS.splitlines()]
    backwards = "\n".join(",".join(reversed(row)) for row in rows)
    write(inputs.data_dir / "学校名录.csv", backwards)
    frame = open_inputs(inputs).run_query("teachers/pupils", year=2024, counties=["330602"])
    assert frame["pupils"].tolist() == [820]


def test_keeps_leading_zeros_of_codes(inputs: Inputs) -> None:
    frame = open_inputs(inputs).run_query("teachers/pupils", year=2024, counties=["330602"])
    assert frame["school_id"].tolist() == ["0133060001"]


def test_says_what_each_source_is(inputs: Inputs) -> None:
    write(inputs.data_dir / "备注.csv", "月份,备注\n2024-08,\n2024-09,好\n")
    sources = open_inputs(inputs).sources
    assert list(sources) == ["counties", "schools", "notes"]
    assert (sources["notes"].rows, sources["notes"].latest) == (2, "2024-09")
    assert sources["schools"].latest == "2024"
    assert sources["counties"].latest is None
    assert sources["notes"].modified.tzinfo is not None
    assert len(sources["notes"].sha256) == 64


@pytest.mark.parametrize(
    ("content", "kind", "row"),
    [
        (SCHOOLS + "0133060009,2024,新校\n", "ragged", 5),
        (SCHOOLS + "0133060009,2024,新校,330602,小学,是,100,10,5.5,2024-09-01,多\n", "ragged", 5),
        (
            SCHOOLS + "0133060009，2024，新校，330602，小学，是，100，10，5.5，2024-09-01\n",
            "ragged",
            5,
        ),
        (SCHOOLS + '0133060009,2024,"新校,330602,小学,是,100,10,5.5,2024-09-01\n', "quotes", 5),
        (SCHOOLS + '0133060009,2024,"新"校,330602,小学,是,100,10,5.5,2024-09-01\n', "quotes", 5),
        (SCHOOLS.replace("鲁迅", "鲁\0迅"), "encoding", None),
        (b"PK\x03\x04\x14\x00\x00\x00not a csv", "encoding", None),
        (b"\x89\xff\xff\xff", "encoding", None),
        (SCHOOLS.encode("utf-16") + b"\x00", "encoding", None),
        ("", "empty", None),
        (SCHOOLS.replace("学年", "年份", 1), "header", 1),
        (SCHOOLS.replace(",", ";"), "header", 1),
        ("学校名录导出\n" + SCHOOLS, "header", 1),
    ],
)
def test_an_unreadable_file_is_a_problem(
    problems_of: ProblemsOf, content: str | bytes, kind: str, row: int | None
) -> None:
    found = problems_of("学校名录.csv", content)
    assert {problem.file for problem in found} == {"学校名录.csv"}
    assert (found[0].kind, found[0].row) == (kind, row)


@pytest.mark.parametrize("blank", ["", ",,,,,,,,,\n"])
def test_a_header_alone_is_an_export_in_which_nobody_has_reported_yet(
    inputs: Inputs, blank: str
) -> None:
    write(inputs.data_dir / "学校名录.csv", SCHOOLS_HEADER + blank)
    assert open_inputs(inputs).sources["schools"].rows == 0


def test_what_others_refer_to_must_have_rows(problems_of: ProblemsOf) -> None:
    found = problems_of("区县.csv", "区县代码,名称,排序\n")
    assert ("区县.csv", "empty") in {(problem.file, problem.kind) for problem in found}


def test_says_how_many_columns_a_ragged_row_has(problems_of: ProblemsOf) -> None:
    (problem,) = problems_of("学校名录.csv", SCHOOLS + "0133060009,2024,新校\n")
    assert "第 5 行有 3 列，应为 10 列" in problem.message_zh
    assert "row 5 has 3 columns, expected 10" in problem.message_en


def test_recognises_full_width_commas(problems_of: ProblemsOf) -> None:
    (problem,) = problems_of("学校名录.csv", SCHOOLS + "0133060009，2024，新校\n")
    assert "全角逗号" in problem.message_zh


def test_names_missing_unknown_and_repeated_columns(problems_of: ProblemsOf) -> None:
    header = SCHOOLS_HEADER.replace("学校名称", "学校名").replace("面积", "教师数")
    found = problems_of("学校名录.csv", SCHOOLS.replace(SCHOOLS_HEADER, header))
    assert [problem.column for problem in found] == ["学校名称", "学校名", "教师数"]
    assert "是不是「学校名称」？" in found[1].message_zh
    assert "重复" in found[2].message_zh


def test_a_column_that_is_not_required_may_be_absent_and_reads_as_empty(inputs: Inputs) -> None:
    frame = pd.read_csv(inputs.data_dir / "学校名录.csv", dtype=str)
    frame.drop(columns=["面积", "开办日期"]).to_csv(inputs.data_dir / "学校名录.csv", index=False)
    pupils = open_inputs(inputs).run_query("teachers/pupils", year=2024, counties=["330602"])
    assert pupils["pupils"].tolist() == [820]
    assert pupils["area_m2"].isna().all() and pupils["opened_date"].isna().all()


def test_a_column_that_nobody_knows_is_left_out_unless_it_looks_like_an_absent_one(
    inputs: Inputs, problems_of: ProblemsOf
) -> None:
    lines = SCHOOLS.splitlines()
    wider = "\n".join([f"{lines[0]},校长", *(f'{line},"鲁, 迅"' for line in lines[1:])])
    write(inputs.data_dir / "学校名录.csv", wider)
    pupils = open_inputs(inputs).run_query("teachers/pupils", year=2024, counties=["330602"])
    assert pupils["pupils"].tolist() == [820]
    (problem,) = problems_of("学校名录.csv", SCHOOLS.replace("开办日期", "开办的日期"))
    assert problem.column == "开办的日期"
    assert "是不是「开办日期」？" in problem.message_zh


def test_a_missing_file_is_a_problem_unless_it_is_optional(inputs: Inputs) -> None:
    assert "notes" not in open_inputs(inputs).sources
    (inputs.data_dir / "学校名录.csv").unlink()
    with pytest.raises(Exception, match=r"学校名录\.csv is missing"):
        open_inputs(inputs)


@pytest.mark.parametrize(
    ("before", "row"),
    [
        ('0133060008,2024,"新\n\n校",330602,小学,是,100,10,5.5,2024-09-01\n', 6),
        ("\n\n", 7),
        (",,,,,,,,,\n", 6),
    ],
)
def test_counts_rows_as_excel_shows_them(problems_of: ProblemsOf, before: str, row: int) -> None:
    bad = "0133060009,2024,新校,330602,大学,是,100,10,5.5,2024-09-01\n"
    (problem,) = problems_of("学校名录.csv", SCHOOLS + before + bad)
    assert problem.row == row


def test_numbers_the_rows_of_a_large_file_in_its_order(problems_of: ProblemsOf) -> None:
    rows = [f"{code:010},2024,新校,330602,小学,是,100,10,5.5,2024-09-01" for code in range(200_000)]
    rows[150_000] = rows[150_000].replace("小学", "大学")
    (problem,) = problems_of("学校名录.csv", SCHOOLS_HEADER + "\n".join(rows))
    assert problem.row == 150_002


def test_loses_no_row_of_a_large_file_in_another_encoding(inputs: Inputs) -> None:
    rows = [f"{code:010},2024,新校,330602,小学,是,100,10,5.5,2024-09-01" for code in range(50_000)]
    rows[7] = rows[7].replace("新校", '"新 ""校"""')
    content = (SCHOOLS_HEADER + "\n".join(rows)).encode("gb18030")
    write(inputs.data_dir / "学校名录.csv", content)
    assert open_inputs(inputs).sources["schools"].rows == 50_000

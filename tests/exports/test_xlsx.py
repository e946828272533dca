"""The workbook, read again from its XML: numbers as numbers, names as text, a chart a slide."""

from __future__ import annotations

import pytest

from dashboard.cards import Context
from dashboard.data import Database
from dashboard.exports.text import printable
from dashboard.exports.xlsx import xlsx_bytes
from dashboard.filters import Filters
from dashboard.indicators import values
from dashboard.meeting.decks import Slide
from dashboard.words.language import language
from tests.exports.conftest import AS_OF, MakeReport
from tests.exports.made import HOSTILE_NAMES, made_report
from tests.exports.workbook import Sheet, read_workbook
from tests.plan_of_2024 import TARGETS


def sheets_of(report_of: MakeReport, *slides: Slide, lang: str = "zh") -> list[Sheet]:
    return read_workbook(xlsx_bytes(report_of(*slides, lang=lang)))


@pytest.mark.parametrize(("lang", "head"), [("zh", "数值"), ("en", "Value")])
def test_targets_are_those_that_values_prints(
    agenda_report: MakeReport, database: Database, lang: str, head: str
) -> None:
    targets, *_rest = read_workbook(xlsx_bytes(agenda_report("monthly", lang)))
    row, column = targets.find(head)
    names = targets.column(row + 1, 1, TARGETS)
    numbers = targets.column(row + 1, column, TARGETS)
    context = Context(database, Filters(AS_OF, ()), language(lang))
    together = values(database, AS_OF)
    together = together[together["county_id"] == "all"].set_index("indicator_id")["value"]
    by_name = {context.text(i, "name"): value for i, value in together.items()}
    assert len(by_name) == TARGETS
    for name, number in zip(names, numbers, strict=True):
        assert (number is None) == (by_name[name] != by_name[name])
        assert number is None or number == pytest.approx(by_name[name])


def test_numbers_have_the_indicators_decimals(agenda_report: MakeReport) -> None:
    targets, *_rest = read_workbook(xlsx_bytes(agenda_report("monthly")))
    row, column = targets.find("数值")
    names = targets.column(row + 1, 1, TARGETS)
    formats = {
        name: targets.cells[row + 1 + number, column].number_format
        for number, name in enumerate(names)
        if (row + 1 + number, column) in targets.cells
    }
    assert formats["体质健康优良率"] == "#,##0.00"
    assert formats["完工项目"] == "#,##0"
    assert set(formats.values()) <= {"#,##0", "#,##0.0", "#,##0.00"}


def test_each_slide_has_its_sheet_with_its_numbers_and_chart(
    report_of: MakeReport, database: Database
) -> None:
    asked = ("fitness_good_rate", "myopia_decline", "projects_completed")
    targets, *slides, definitions, sources = sheets_of(
        report_of, *[Slide(card="standing", arguments={"indicator_id": i}) for i in asked]
    )
    assert [sheet.name for sheet in (targets, definitions, sources)] == ["指标", "口径", "数据来源"]
    frame = values(database, AS_OF, (), list(asked)).set_index(["indicator_id", "county_id"])
    for number, (indicator_id, sheet) in enumerate(zip(asked, slides, strict=True), start=1):
        assert sheet.name.startswith(f"{number} ")
        assert sheet.drawings == 1
        expected = [None if v != v else v for v in frame.loc[indicator_id]["value"]]
        place = next(
            place for place, cell in sheet.cells.items() if str(cell.value).startswith("数值")
        )
        assert sheet.column(place[0] + 1, place[1], 8) == pytest.approx(expected)
        assert sheet.frozen == f"B{place[0] + 2}"


def test_a_missing_number_is_an_empty_cell() -> None:
    _targets, slide, *_rest = read_workbook(
        xlsx_bytes(made_report(["甲", "乙", "丙"], [1.5, None, 0.0]))
    )
    row, column = slide.find("数值")
    assert slide.column(row + 1, column, 3) == [1.5, None, 0.0]
    row, column = slide.find("=今年")
    assert slide.column(row + 1, column, 3) == [1.5, None, 0.0]


def test_names_from_data_never_become_formulas_or_links() -> None:
    sheets = read_workbook(xlsx_bytes(made_report()))
    safe = [printable(name) for name in HOSTILE_NAMES]
    for sheet in sheets:
        assert not any(cell.is_formula for cell in sheet.cells.values())
        row, column = sheet.find("=名称")
        assert sheet.column(row + 1, column, len(safe)) == safe
    assert "示例数据（合成）" in [cell.value for cell in sheets[0].cells.values()]


def test_sheet_names_fit_excel_and_are_not_taken_twice(report_of: MakeReport) -> None:
    slide = Slide(card="standing", arguments={"indicator_id": "fitness_good_rate"})
    names = [sheet.name for sheet in sheets_of(report_of, *[slide] * 3, lang="en")]
    assert len({name.casefold() for name in names}) == len(names)
    assert all(0 < len(name) <= 31 for name in names)
    assert not any(set(name) & set("[]:*?/\\'") for name in names)

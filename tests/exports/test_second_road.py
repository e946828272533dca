"""The files that the command line writes, opened by other libraries, against what it prints."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from pptx import Presentation

from dashboard.__main__ import main
from tests.exports.second_road import printed

AS_OF = "2024-09"
AGENDAS = ("monthly", "construction", "health", "county-talk")
ZHUJI = "330681"


def export(folder: Path, kind: str, agenda: str, lang: str = "zh") -> bytes:
    out = folder / f"{agenda}-{lang}.{kind}"
    county = ["--county", ZHUJI] if agenda == "county-talk" else []
    asked = ["export", kind, "--agenda", agenda, "--as-of", AS_OF, "--lang", lang, *county]
    assert main([*asked, "-o", str(out)]) == 0
    return out.read_bytes()


def rows_below(sheet: Any, head: str) -> Iterator[dict[str, Any]]:
    """A sheet's rows below the heading that holds `head`, by heading."""
    rows = list(sheet.iter_rows())
    place = next(n for n, row in enumerate(rows) if head in [cell.value for cell in row])
    names = [cell.value for cell in rows[place]]
    for row in rows[place + 1 :]:
        if row[0].value is None:
            return
        yield dict(zip(names, row, strict=True))


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., bytes]:
    """A function that exports an agenda; the same call gets the same file."""
    folder = tmp_path_factory.mktemp("exported")
    return cache(partial(export, folder))


@pytest.mark.parametrize("agenda", ["monthly", "county-talk"])
def test_the_numbers_of_the_targets_are_numbers_with_a_format(
    exported: Callable[..., bytes], agenda: str
) -> None:
    book = openpyxl.load_workbook(io.BytesIO(exported("xlsx", agenda)))
    rows = list(rows_below(book["指标"], "数值"))
    found = [row[heading] for row in rows for heading in ("数值", "目标值", "序时应达")]
    numbers = [cell for cell in found if cell.value is not None]
    assert len(numbers) > 100
    assert {cell.data_type for cell in numbers} == {"n"}
    assert all(cell.number_format.startswith("#,##0") for cell in numbers)


@pytest.mark.parametrize(("lang", "asked"), [("zh", AGENDAS), ("en", AGENDAS[:1])])
def test_every_sheet_opens_with_the_version_and_native_charts_and_without_formulas(
    exported: Callable[..., bytes], lang: str, asked: tuple[str, ...]
) -> None:
    version = ""
    for agenda in asked:
        book = openpyxl.load_workbook(io.BytesIO(exported("xlsx", agenda, lang)))
        targets, *slides, definitions, sources = book.worksheets
        head = " ".join(str(cell.value) for row in targets["A1:A4"] for cell in row)
        version = version or head.split("数据版本" if lang == "zh" else "data version ")[1][:12]
        for sheet in (targets, definitions, sources, *slides):
            cells = [cell for row in sheet.iter_rows() for cell in row]
            assert any(version in str(cell.value) for cell in cells), sheet.title
            assert not any(cell.data_type == "f" or cell.hyperlink for cell in cells), sheet.title
        assert sum(len(sheet._charts) for sheet in slides) >= 1


def test_the_workbook_inside_a_slides_chart_holds_what_is_printed(
    exported: Callable[..., bytes],
) -> None:
    """Slides of one indicator by county: a column of the sheet is what `values` prints."""
    values = {place: row["value"] for place, row in printed(AS_OF).items()}
    units = list(dict.fromkeys(county for _indicator, county in values))
    shown = {
        "construction": ("projects_completed", "project_investment"),
        "health": ("myopia_decline", "fitness_good_rate", "fitness_pass_rate"),
    }
    for agenda, indicator_ids in shown.items():
        presentation = Presentation(io.BytesIO(exported("pptx", agenda)))
        columns = [
            [cell.value for cell in column[1:]]
            for slide in presentation.slides
            for shape in slide.shapes
            if shape.has_chart
            for sheet in openpyxl.load_workbook(
                io.BytesIO(shape.chart.part.chart_workbook.xlsx_part.blob)
            ).worksheets
            for column in sheet.iter_cols(min_col=2)
        ]
        for indicator_id in indicator_ids:
            expected = [values[indicator_id, unit] for unit in units]
            assert any(
                column == pytest.approx(expected[: len(column)])
                for column in columns
                if len(column) in (7, 8)
            ), indicator_id


def test_a_log_is_spared_and_a_terminal_sees_how_far_it_is(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export(tmp_path, "pptx", "health")
    assert capsys.readouterr().err == ""
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    for kind, last in (("pptx", "9/10"), ("docx", "7/8")):
        export(tmp_path, kind, "health")
        steps = capsys.readouterr().err.split("\r")
        assert [step for step in steps if step.strip() == last], kind

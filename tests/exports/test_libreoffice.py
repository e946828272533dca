"""LibreOffice opens what is exported: one run for all three files."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from dashboard.data import Database
from dashboard.exports.pptx import pptx_bytes
from dashboard.exports.xlsx import xlsx_bytes
from dashboard.meeting.decks import Deck, Slide, new_deck_id
from dashboard.meeting.handout import Format, handout_bytes
from dashboard.words.language import language
from tests.exports.conftest import AS_OF, MakeReport
from tests.exports.made import made_report

TIMEOUT_SECONDS = 300
pytestmark = pytest.mark.office
_PAGE = re.compile(rb"/Type\s*/Page[^s]")


@pytest.fixture(scope="module")
def pages(
    tmp_path_factory: pytest.TempPathFactory, agenda_report: MakeReport, database: Database
) -> dict[str, int]:
    """How many pages LibreOffice makes of each file."""
    folder = tmp_path_factory.mktemp("office")
    deck = Deck(
        deck_id=new_deck_id(),
        name="简报",
        slides=(Slide(card="overview.status_counts", counties=("330681",)),),
    )
    files = {
        "slides.pptx": pptx_bytes(agenda_report("health")),
        "brief.docx": handout_bytes(Format.DOCX, database, deck, AS_OF, language("zh")),
        "workbook.xlsx": xlsx_bytes(made_report()),
    }
    for name, content in files.items():
        (folder / name).write_bytes(content)
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(folder),
            *[str(folder / name) for name in files],
        ],
        check=True,
        capture_output=True,
        timeout=TIMEOUT_SECONDS,
    )
    return {name: _pages(folder / Path(name).with_suffix(".pdf")) for name in files}


def _pages(pdf: Path) -> int:
    return len(_PAGE.findall(pdf.read_bytes()))


def test_every_slide_is_a_page(pages: dict[str, int], agenda_report: MakeReport) -> None:
    report = agenda_report("health")
    sections = len({page.section for page in report.pages})
    assert pages["slides.pptx"] == 1 + sections + len(report.pages)


def test_the_brief_has_its_pages_and_no_blank_ones(pages: dict[str, int]) -> None:
    assert 5 <= pages["brief.docx"] <= 14


def test_every_sheet_is_printed(pages: dict[str, int]) -> None:
    assert pages["workbook.xlsx"] >= 4

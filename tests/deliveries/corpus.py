"""Deliveries as people hand them in, each with what a reading must make of it, made on the spot.

`cases()` gives them all: every defect alone in a text file and in a workbook, every two that go
together, and the cases of `special.py`. To look at the files:

    python -m tests.deliveries.corpus OUT
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path

from dashboard import settings
from dashboard.contract import Package, load_package
from dashboard.deliveries.model import Upload
from tests.deliveries import defects, special
from tests.deliveries.cell_defects import CELLS, Defect
from tests.deliveries.defects import LAYOUT, WRITING
from tests.deliveries.drafts import Case, Draft

# Four counties in a month of one digit and in one of two.
_COUNTIES = ("330602", "330603", "330604", "330681")
_MONTHS = ("2024-02", "2024-09")


def cases(package: Package | None = None) -> Iterator[Case]:
    """All cases, in a fixed order, under names that are each there once."""
    package = package or load_package(settings.DATAPACKAGE)
    yield _case(package, ())
    for defect in (*WRITING, *CELLS, *LAYOUT):
        yield _case(package, (defect,))
        if defect not in WRITING:
            yield _case(package, (defect,), workbook=True)
    for number, pair in enumerate(combinations((*WRITING, *CELLS, *LAYOUT), 2)):
        if defects.go_together(*pair):
            # Every other pair as a workbook, where both defects can be in one.
            in_text = number % 2 == 0 or any(defect in WRITING for defect in pair)
            yield _case(package, pair, workbook=not in_text)
    yield from special.cases(package)


def tutoring_months(package: Package) -> Draft:
    """The monthly report of tutoring providers with eight rows of the sample."""
    resource = package.resource("tutoring_months")
    with (settings.SAMPLE_DIR / resource.file_name).open(encoding="utf-8-sig") as stream:
        rows = [row for row in csv.reader(stream) if row[0] in _COUNTIES and row[1] in _MONTHS]
    return Draft(resource, rows)


def _case(package: Package, together: Sequence[Defect], *, workbook: bool = False) -> Case:
    draft = tutoring_months(package)
    for defect in together:
        defect(draft)
    if workbook:
        # A row of a sheet without any cell is no row.
        del draft.normalised["blank_row"]
    name = "+".join(defect.__name__ for defect in together) or "clean"
    file = f"{name}.{'xlsx' if workbook else 'csv'}"
    content = draft.xlsx() if workbook else draft.csv()
    return Case(file, (Upload(file, content),), draft.expected())


def main(out: Path) -> None:
    """Write the files of every case into a folder of its own name."""
    for case in cases():
        folder = out / case.name
        folder.mkdir(parents=True, exist_ok=True)
        for upload in case.uploads:
            (folder / upload.name).write_bytes(upload.content)


if __name__ == "__main__":
    main(Path(sys.argv[1]))

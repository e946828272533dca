"""Plan years to try: the committed plan again for another year, changed as a test likes."""

from __future__ import annotations

import csv
import re
import shutil
from collections.abc import Callable, Collection, Iterable
from pathlib import Path

from dashboard import settings

CASES = Path(__file__).parent / "cases"
Rows = list[dict[str, str]]


def plans(root: Path, *years: int, dropped: Collection[str] = ()) -> Path:
    """Copy the plan of 2024 under `root` for each year; the last one without some indicators."""
    for year in years:
        folder = shutil.copytree(settings.PLAN_DIR / "2024", root / str(year))
        for path in folder.iterdir():
            if year != 2024 and path.name not in ("plan.txt", "clauses.csv"):
                text = path.read_text("utf-8")
                text = text.replace("year: 2024", f"year: {year}")
                path.write_text(re.sub(r"2024-(\d\d)", rf"{year}-\1", text), "utf-8")
    for name in ("targets.csv", "milestones.csv"):
        path = root / str(years[-1]) / name
        change(path, lambda rows: [r for r in rows if r["indicator_id"] not in dropped])
    return root


def change(path: Path, edit: Callable[[Rows], Iterable[dict[str, str]]]) -> None:
    """Rewrite a CSV by its rows."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        rows = list(edit(list(reader)))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, reader.fieldnames or [])
        writer.writeheader()
        writer.writerows(rows)


def asked(folder: Path, indicator_id: str, **cells: str) -> None:
    """Ask something else of an indicator in a plan year's folder."""

    def edit(rows: Rows) -> Rows:
        return [row | (cells if row["indicator_id"] == indicator_id else {}) for row in rows]

    change(folder / "targets.csv", edit)


def exports(folder: Path) -> Path:
    """A copy of the sample that a test may spoil."""
    return shutil.copytree(settings.SAMPLE_DIR, folder)

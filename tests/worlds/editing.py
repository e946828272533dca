"""Edits of a folder of exports or of a plan: rows out, cells changed, years shifted."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

ZHUJI = "330681"
YUECHENG, KEQIAO = "330602", "330603"

CsvRow = dict[str, str]


def rewrite(path: Path, change: Callable[[CsvRow], CsvRow | None]) -> int:
    """Rewrite a CSV row by row; a row for which there is None goes. Return how many differ."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        columns = list(reader.fieldnames or ())
        rows = list(reader)
    changed = [change(dict(row)) for row in rows]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(row for row in changed if row is not None)
    return sum(before != after for before, after in zip(rows, changed, strict=True))


def drop(path: Path, is_dropped: Callable[[CsvRow], bool]) -> None:
    """Take rows out of a CSV; there must be some."""
    assert rewrite(path, lambda row: None if is_dropped(row) else row), f"nothing to drop: {path}"


def school_county(folder: Path) -> dict[str, str]:
    """The county of every school in the register, by its code; the latest row wins."""
    with (folder / "学校名录.csv").open(encoding="utf-8-sig", newline="") as file:
        return {row["学校标识码"]: row["区县代码"] for row in csv.DictReader(file)}


def drop_county(folder: Path, county: str) -> None:
    """A county that hands nothing in: the register knows its schools, no other export does."""
    schools = school_county(folder)

    def is_its_own(row: CsvRow) -> bool:
        return county in (row.get("区县代码"), schools.get(row.get("学校标识码", "")))

    its_projects: set[str] = set()
    drop_from = sorted(set(folder.glob("*.csv")) - {folder / "区县.csv", folder / "学校名录.csv"})
    for path in drop_from:
        if path.name in ("目标分解.csv", "项目月报.csv"):
            continue
        if path.name == "建设项目.csv":
            with path.open(encoding="utf-8-sig", newline="") as file:
                its_projects |= {r["项目编号"] for r in csv.DictReader(file) if is_its_own(r)}
        rewrite(path, lambda row: None if is_its_own(row) else row)
    rewrite(folder / "项目月报.csv", lambda row: None if row["项目编号"] in its_projects else row)


def move_schools(folder: Path, out_of: str, into: str, count: int) -> list[str]:
    """Give schools another county's code in every year of the register; return which moved."""
    moving = [code for code, county in school_county(folder).items() if county == out_of][:count]
    latest = "2024"

    def moved(row: CsvRow) -> CsvRow:
        is_moving = row["学校标识码"] in moving and row["学年"] == latest
        return row | {"区县代码": into} if is_moving else row

    assert rewrite(folder / "学校名录.csv", moved)
    return moving


def truncate_before(folder: Path, year: int) -> None:
    """Exports that begin with a year: what is older was never handed over."""
    first = str(year)
    for path in folder.glob("*.csv"):
        rewrite(path, lambda row: row if _period_of(row) >= first else None)


def truncate_after(folder: Path, month: str) -> None:
    """Exports as they were at the end of a month: nothing that came after."""
    for path in folder.glob("*.csv"):
        rewrite(path, lambda row: row if _period_of(row, "0000") <= month else None)


def _period_of(row: CsvRow, without: str = "9999") -> str:
    """The month, date, or first month of the school year or year that a row is of."""
    for column in ("月份", "认定日期", "活动日期", "授牌日期"):
        if row.get(column):
            return row[column][:7]
    if row.get("轮次"):
        return f"{row['年度']}-{'05' if row['轮次'] == '春季' else '09'}"
    if row.get("学年"):
        return f"{row['学年']}-09"
    return row.get("年度") or without


def next_plan_year(plan: Path, year: int) -> None:
    """A copy of the plan before as the plan of a year: months and dates moved, words kept."""
    before = plan / str(year - 1)
    after = plan / str(year)
    after.mkdir()
    for path in before.iterdir():
        text = path.read_text(encoding="utf-8-sig")
        if path.suffix in (".csv", ".yaml"):
            text = text.replace(f"{year - 1}-", f"{year}-")
        if path.name == "plan.yaml":
            text = text.replace(str(year - 1), str(year))
        (after / path.name).write_text(text, encoding="utf-8")

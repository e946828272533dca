"""How fast deliveries are read and checked, beside DuckDB reading the same file unchecked."""

from __future__ import annotations

import csv
import io
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import duckdb

from dashboard.contract import Package, load_package
from dashboard.deliveries.checking.check import check
from dashboard.deliveries.checking.publish import discard
from dashboard.deliveries.model import Upload
from dashboard.deliveries.reading.delivery import read_delivery
from dashboard.settings import DATAPACKAGE, SAMPLE_DIR

ROWS = (1_000, 100_000, 1_000_000)
BAR_SECONDS = 5.0  # for 100,000 rows
EXPORT = "fitness"


def deliveries_section() -> str:
    """Return the section as Markdown."""
    package = load_package(DATAPACKAGE)
    lines = [
        "## Deliveries",
        "",
        f"A file of `{package.resource(EXPORT).title}` with so many rows of schools by year, read"
        " (any encoding, any spelling) and checked (contract, across files, against the base).",
        "",
        "| rows | MB | read, s | check, s | rows per second | DuckDB `read_csv`, s | ratio"
        " | peak, MB |",
        "|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    over = []
    with tempfile.TemporaryDirectory(prefix="dashboard-bench-") as folder:
        for rows in ROWS:
            seconds, line = _measure(package, Path(folder) / f"{rows}.csv", rows)
            lines.append(line)
            if rows == 100_000 and seconds > BAR_SECONDS:
                over.append(f"- Over the bar: {rows:,} rows in {seconds:.1f} s.")
    said = over or [f"100,000 rows are within the bar of {BAR_SECONDS:g} s."]
    return "\n".join([*lines, "", *said, ""])


def _measure(package: Package, path: Path, rows: int) -> tuple[float, str]:
    base = _write_export(package, path, rows)
    upload = Upload(path.name, path.read_bytes())
    plain = statistics.median(_plain_seconds(path) for _ in range(3))
    start = time.perf_counter()
    reading = read_delivery([upload], package)
    read = time.perf_counter() - start
    checked = check(reading, base, None, package)
    whole = time.perf_counter() - start
    discard(checked)
    if checked.errors or len(checked.reading.tables[0].frame) != rows:
        print(f"the delivery of {rows} rows is not clean: {checked.errors[:1]}", file=sys.stderr)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return whole, (
        f"| {rows:,} | {path.stat().st_size / 1e6:.1f} | {read:.2f} | {whole - read:.2f}"
        f" | {rows / whole:,.0f} | {plain:.3f} | {whole / plain:.0f} | {peak:.0f} |"
    )


def _plain_seconds(path: Path) -> float:
    start = time.perf_counter()
    with duckdb.connect() as connection:
        connection.execute("create table t as from read_csv(?)", [str(path)])
    return time.perf_counter() - start


def _write_export(package: Package, path: Path, rows: int) -> Path:
    """Write the export, and beside it a base whose register knows its schools; return the base."""
    base = path.with_suffix("")
    base.mkdir()
    for each in package.resources:
        content = (SAMPLE_DIR / each.file_name).read_bytes()
        (base / each.file_name).write_bytes(content)
    with (SAMPLE_DIR / package.resource(EXPORT).file_name).open(
        encoding="utf-8-sig", newline=""
    ) as file:
        header, *records = csv.reader(file)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        schools = list(_grown(records, rows, writer))
    _add_schools(base / package.resource("schools").file_name, schools)
    return base


def _grown(records: list[list[str]], rows: int, writer: object) -> Iterator[tuple[str, str, str]]:
    """Write the records again and again under other schools' codes; give old code, new, year."""
    seen = set()
    places = {code: place for place, code in enumerate(dict.fromkeys(r[0] for r in records))}
    for number in range(rows):
        copy, position = divmod(number, len(records))
        record = records[position]
        code = f"9{places[record[0]]:04d}{copy:05d}" if copy else record[0]
        writer.writerow([code, *record[1:]])  # type: ignore[attr-defined]
        if copy and (code, record[1]) not in seen:
            seen.add((code, record[1]))
            yield record[0], code, record[1]


def _add_schools(path: Path, schools: list[tuple[str, str, str]]) -> None:
    """List the other schools in the register, each like the one it was copied from."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        known = {(row[0], row[1]): row for row in list(csv.reader(file))[1:]}
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerows([code, *known[old, year][1:]] for old, code, year in schools)
    with path.open("a", encoding="utf-8", newline="") as file:
        file.write(buffer.getvalue())

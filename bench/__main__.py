"""``python -m bench``: every page's server time, a deck's files, deliveries, as Markdown."""

from __future__ import annotations

import argparse
import math
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import combinations, islice
from pathlib import Path

from bench.deliveries import deliveries_section
from bench.handouts import handouts_section
from bench.session import Run, Session
from bench.slides import slides_section
from dashboard.settings import ROOT, SAMPLE_DIR
from tests.server import serve

COUNTIES_KEY = "counties"
BAR_MS = {"warm rerun": 60, "filter change": 120}
BAR_START_SECONDS = 3.0
WITHOUT_BAR = frozenset({"present"})  # draws two dozen slides at once, and then moves by itself


@dataclass
class PageTimes:
    """What was measured of one page; ``starts`` are seconds from launch to the first run's end."""

    name: str
    starts: list[float] = field(default_factory=list)
    cold: list[Run] = field(default_factory=list)
    warm: list[Run] = field(default_factory=list)
    filtered: list[Run] = field(default_factory=list)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--runs", type=int, default=30, help="warm reruns and filter changes each")
    parser.add_argument("--starts", type=int, default=3, help="fresh processes for each page")
    parser.add_argument("--scales", type=int, nargs="+", default=[1, 10], metavar="SCALE")
    parser.add_argument("--pages", nargs="+", metavar="PAGE", help="URL names; all by default")
    parser.add_argument("--write", type=Path, metavar="FILE", help="write the result there too")
    options = parser.parse_args()

    written = []
    for section in _sections(options):
        print(section, flush=True)  # at once: all of them take a quarter of an hour
        written.append(section)
    if options.write:
        options.write.write_text("\n".join(written), encoding="utf-8")


def _sections(options: argparse.Namespace) -> Iterator[str]:
    yield _introduction(options.runs, options.starts)
    for scale in options.scales:
        with exports(scale) as data_dir:
            names = options.pages or page_names(data_dir)
            pages = [measure(name, data_dir, options.runs, options.starts) for name in names]
        yield _section(scale, pages)
    if not options.pages:
        yield slides_section()
        yield handouts_section(SAMPLE_DIR)
        yield deliveries_section()


@contextmanager
def exports(scale: int) -> Iterator[Path]:
    """Return the committed sample at scale 1; a larger one is generated and removed afterwards."""
    if scale == 1:
        yield SAMPLE_DIR
        return
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "dashboard", "sample", "--seed", "2024"]
        command += ["--scale", str(scale), "--out", folder]
        subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        yield Path(folder)


def page_names(data_dir: Path) -> list[str]:
    """URL paths of the dashboard's pages; the first page's is empty."""
    with serve(data_dir) as server, Session(server.port) as session:
        session.open("")
        return session.page_names


def measure(name: str, data_dir: Path, runs: int, starts: int) -> PageTimes:
    """Open a page in ``starts`` fresh processes, and go on working with it in the last of them."""
    _say(f"{name or 'first page'} on {data_dir}")
    page = PageTimes(name)
    for start in range(starts):
        with serve(data_dir) as server, Session(server.port) as session:
            page.cold.append(session.open(name))
            page.starts.append(time.perf_counter() - server.launched_at)
            if start == starts - 1:
                page.warm = [session.rerun() for _ in range(runs)]
                if session.offers(COUNTIES_KEY):  # a presentation has no filters
                    choices = islice(_choices(session.options(COUNTIES_KEY)), runs)
                    page.filtered = [session.choose(COUNTIES_KEY, labels) for labels in choices]
    return page


def _choices(labels: list[str]) -> Iterator[tuple[str, ...]]:
    """Every choice of one, two, three … counties once, so that none was computed before."""
    counties = labels[1:]  # the first pill stands for the whole city
    for size in range(1, len(counties) + 1):
        yield from combinations(counties, size)


def _introduction(runs: int, starts: int) -> str:
    command = " ".join(["python -m bench", *sys.argv[1:]])
    return f"""# Benchmarks

    {command}

Server time from the request to the last message of the run, p50 / p95, through the WebSocket a
browser uses, and the bytes sent in that run (p50, uncompressed).

- Cold: the first run of a fresh process, {starts} processes for each page. It reads the exports.
- Warm: {runs} reruns with nothing changed. Charts the client still holds are not sent again.
- Filter: {runs} choices of counties, each for the first time.
- Start: launch of the process to the end of its first page.

The bar, at scale 1: warm p50 ≤ {BAR_MS["warm rerun"]} ms, filter p50 ≤ \
{BAR_MS["filter change"]} ms, start p50 ≤ {BAR_START_SECONDS:g} s.

Measured with Python {platform.python_version()} on {platform.system()}, {os.cpu_count()} cores.
"""


def _section(scale: int, pages: list[PageTimes]) -> str:
    lines = [
        f"## Scale {scale}",
        "",
        "| page | cold, ms | warm, ms | filter, ms | cold, kB | warm, kB | filter, kB | start, s |",
        "|---|--:|--:|--:|--:|--:|--:|--:|",
        *map(_row, pages),
        "",
    ]
    if scale == 1:
        over = [line for page in pages for line in _over_the_bar(page)]
        lines += (
            [*(f"- Over the bar: {line}" for line in over), ""]
            if over
            else ["Every page is within the bar.", ""]
        )
    return "\n".join(lines)


def _row(page: PageTimes) -> str:
    kinds = (page.cold, page.warm, page.filtered)
    times = [f"{_ms(runs, 50):.0f} / {_ms(runs, 95):.0f}" if runs else "–" for runs in kinds]
    sizes = [
        f"{_percentile([r.received_bytes for r in runs], 50) / 1000:.0f}" if runs else "–"
        for runs in kinds
    ]
    start = f"{_percentile(page.starts, 50):.1f} / {_percentile(page.starts, 95):.1f}"
    return f"| {' | '.join([page.name or '/', *times, *sizes, start])} |"


def _over_the_bar(page: PageTimes) -> Iterator[str]:
    for kind, runs in (("warm rerun", page.warm), ("filter change", page.filtered)):
        if runs and page.name not in WITHOUT_BAR and (p50 := _ms(runs, 50)) > BAR_MS[kind]:
            yield f"{page.name or '/'}: {kind} {p50:.0f} ms"
    if (start := _percentile(page.starts, 50)) > BAR_START_SECONDS:
        yield f"{page.name or '/'}: start to first page {start:.1f} s"


def _ms(runs: list[Run], percent: int) -> float:
    return _percentile([run.seconds for run in runs], percent) * 1000


def _percentile(values: list[float] | list[int], percent: int) -> float:
    """Return the smallest value that at least ``percent`` per cent of the values do not exceed."""
    return sorted(values)[math.ceil(len(values) * percent / 100) - 1]


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()

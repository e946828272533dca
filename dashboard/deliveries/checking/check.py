"""Step 2, Check: a reading held against the contract, across files and against the base.

The candidate is built in memory and on disk (`merging`), checked by the contract's own SQL and by
the questions in queries/checks/ (`cross_checks`), and every problem is brought back to the file,
sheet and row that somebody delivered (`findings`).
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import duckdb
import msgspec

from dashboard import settings
from dashboard.archive import Manifest
from dashboard.catalogue import load_catalogue
from dashboard.contract import Package, Problem, problems
from dashboard.deliveries.checking.cross_checks import asked, create_typed_tables, hits, load_checks
from dashboard.deliveries.checking.differences import changes, emptied_columns, school_changes
from dashboard.deliveries.checking.findings import LISTED_PER_EXPORT, Findings
from dashboard.deliveries.checking.merging import PART, merge, write_candidate, written_under
from dashboard.deliveries.model import MISSING_EXPORT, Checked, ReadDelivery, RowRange
from dashboard.loading import count_rows, load_sources
from dashboard.plan import Known, PlanError, indicator_vocabulary, load_plans

# Names in a manifest for what every delivery is held against, beside the checks of queries/checks/.
CONTRACT_CHECKS = ("types", "required", "ranges", "allowed values", "keys", "references", "rules")

Progress = Callable[[int, int], None]


def check(
    reading: ReadDelivery,
    base_folder: Path,
    base: Manifest | None,
    package: Package,
    queries_dir: Path = settings.QUERIES_DIR,
    progress: Progress | None = None,
) -> Checked:
    """Check what was read against the version it would change.

    `base_folder` holds the exports of `base`, or the data folder's while nothing is published.
    Calls `progress(done, of)` as it goes. Raises OSError when the candidate cannot be written.
    """
    nothing = Checked(
        reading=reading, findings=reading.findings, base=base.id if base else None, folder=None
    )
    if not reading.tables or reading.questions:
        return nothing
    with duckdb.connect(
        ":memory:", config={"memory_limit": settings.MEMORY_LIMIT, "threads": settings.THREADS}
    ) as connection:
        gate = _Gate(connection, package, base, base_folder, queries_dir, progress)
        return gate.check(nothing)


class _Gate:
    """One check, step by step, over one connection."""

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        package: Package,
        base: Manifest | None,
        base_folder: Path,
        queries_dir: Path,
        progress: Progress | None,
    ) -> None:
        self._connection = connection
        # What is kept was delivered under the contract of its day; what is new keeps this one.
        self._package = package.for_files(base.written if base else {})
        self._base = base
        self._base_folder = base_folder
        self._queries_dir = queries_dir
        self._progress = progress
        self._checks = load_checks(queries_dir / "checks")
        self._indicators = load_catalogue(queries_dir / "indicators").indicators
        self._done = 0

    def check(self, nothing: Checked) -> Checked:
        tables = nothing.reading.tables
        delivered = {table.resource for table in tables}
        base, unreadable = load_sources(self._connection, self._package, self._base_folder)
        optional = {resource.name for resource in self._package.resources if resource.optional}
        # Nobody can say yet how a delivery goes with an export that is still to come.
        there = {*base, *delivered, *optional}
        checks = [
            each for each in asked(self._checks, delivered) if there.issuperset(each.resources)
        ]
        of = len(checks) + 5
        self._step(of)
        runs = merge(self._connection, self._package, tables)
        self._step(of)
        words = Findings(self._package, "version" if self._base else "data_folder", tables, runs)
        lost = self._lost_rows(unreadable)
        found = [each for problem in unreadable for each in words.of_base(problem, lost)]
        if self._base and any(problem.kind != MISSING_EXPORT for problem in unreadable):
            # With nothing to keep rows of, whatever else there is to say would be untrue.
            return msgspec.structs.replace(nothing, findings=(*nothing.findings, *found))
        found += words.of_problems(
            problems(
                self._connection,
                self._package,
                there,
                LISTED_PER_EXPORT,
                {"indicators": indicator_vocabulary(self._indicators)},
                is_new=f"{PART} is not null",
            )
        )
        found += words.of_emptied(emptied_columns(self._connection, self._package, tables))
        found += words.of_plan(self._plan_problems())
        self._step(of)
        needed = {"counties", *(name for check in checks for name in check.resources)}
        create_typed_tables(self._connection, self._package, needed)
        self._step(of)
        for cross_check in checks:
            answers = list(hits(self._connection, self._queries_dir / "checks", cross_check))
            found += words.of_hits(cross_check, answers)
            self._step(of)
        checked = msgspec.structs.replace(
            nothing,
            findings=(*nothing.reading.findings, *found),
            checks=(*CONTRACT_CHECKS, *(cross_check.id for cross_check in checks)),
        )
        if not checked.errors:
            checked = self._with_candidate(checked, runs, sorted(delivered), lost)
        self._step(of)
        return checked

    def _lost_rows(self, unreadable: Sequence[Problem]) -> dict[str, int]:
        """How many rows the files have that cannot be read, as far as that can be told."""
        files = {problem.file for problem in unreadable if problem.kind != MISSING_EXPORT}
        counted = {
            resource.file_name: count_rows(resource, self._base_folder)
            for resource in self._package.resources
            if resource.file_name in files
        }
        return {file: rows for file, rows in counted.items() if rows is not None}

    def _with_candidate(
        self,
        checked: Checked,
        runs: tuple[RowRange, ...],
        delivered: list[str],
        lost: Mapping[str, int],
    ) -> Checked:
        folder = Path(tempfile.mkdtemp(prefix="dashboard-candidate-"))
        published = self._base.written if self._base else {}
        write_candidate(
            self._connection, self._package, self._base_folder, published, delivered, folder
        )
        return msgspec.structs.replace(
            checked,
            folder=folder,
            runs=runs,
            changes=changes(self._connection, self._package, delivered, lost),
            schools=school_changes(self._connection, self._package, delivered, self._queries_dir),
            written=published | written_under(self._package, delivered, runs),
        )

    def _plan_problems(self) -> list[Problem]:
        """Return what is wrong with the plans that the candidate would be shown beside."""
        rows = self._connection.execute('select "区县代码" from raw.counties').fetchall()
        if not rows:  # still to come; nothing can be said of counties yet
            return []
        known = Known(self._indicators, [code for (code,) in rows])
        try:
            load_plans(settings.plan_dir(), known)
        except PlanError as error:
            return error.problems
        return []

    def _step(self, of: int) -> None:
        self._done += 1
        if self._progress:
            self._progress(min(self._done, of), of)

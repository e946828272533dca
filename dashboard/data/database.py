"""One data version in memory, and the questions asked of it.

`open_database` reads the exports, the plan and the indicator catalogue of one moment into an
in-memory DuckDB, builds every table the pages ask for and locks the door: from then on nothing can
read files, change settings or reach Python objects. A `Database` never changes. Which one a process
shows is the matter of `dashboard.data.live`.

SQL authors: 1 / 0 is `inf` in DuckDB, not an error; divide by `nullif(denominator, 0)`.
"""

from __future__ import annotations

import hashlib
import os
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator, Mapping
from copy import copy
from datetime import datetime
from pathlib import Path
from typing import Any, Generic, TypeVar

import duckdb
import msgspec
import pandas as pd
import yaml

from dashboard import settings
from dashboard.archive import Manifest
from dashboard.catalogue import Catalogue, CatalogueError, load_catalogue
from dashboard.contract import (
    Package,
    Problem,
    load_package,
    owed_tables,
    problems,
    quoted,
)
from dashboard.contract.people import people_columns
from dashboard.data.outlines import Outline, OutlinesError, load_outlines
from dashboard.data.suppression import closing_steps, publishing_steps
from dashboard.loading.source_files import Source, load_sources
from dashboard.plan import (
    TABLES,
    Known,
    Plan,
    PlanError,
    indicator_vocabulary,
    load_plans,
)

# Values (not bytes) that cached results may hold together: some 50 MB at the most.
CACHED_VALUES = 2_000_000
# Values, cards and figures worked out of a version: several choices of filters on every page.
DERIVED_RESULTS = 1_500

# What is owed, what of it is in, what is missing: each of the tables before it.
OWED_STEPS = ("owed/reported_periods", "owed/owed_periods", "owed/missing_periods")

_T = TypeVar("_T")

Fingerprint = tuple[tuple[str, int, int], ...]


class UnusableData(Exception):  # noqa: N818 - says what the data are
    """The files make no data version; `problems` says what is wrong with which."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(problem.message_en for problem in problems))
        self.problems = problems


class UnknownQueryError(LookupError):
    """There is no such file under queries/."""


class Inputs(msgspec.Struct, frozen=True):
    """Where everything a data version is made of lies.

    `published` is the published version whose folder `data_dir` is, if it is one. `written` says by
    file name which version of the contract all rows of an export keep; exports that are not named
    keep the present one.
    """

    data_dir: Path
    plan_dir: Path
    queries_dir: Path
    package_path: Path
    outlines_path: Path = settings.SCHEMATIC_OUTLINES
    published: Manifest | None = None
    written: Mapping[str, str] = {}

    @classmethod
    def configured(cls, data_dir: Path, published: Manifest | None = None) -> Inputs:
        """A folder of exports, or a published version, with all else as it is installed."""
        return cls(
            data_dir,
            settings.plan_dir(),
            settings.QUERIES_DIR,
            settings.DATAPACKAGE,
            settings.county_outlines(),
        ).of_version(data_dir, published)

    def of_version(self, data_dir: Path, published: Manifest | None) -> Inputs:
        """The same of another folder, that of a published version or the data folder."""
        written = published.written if published else {}
        return msgspec.structs.replace(
            self, data_dir=data_dir, published=published, written=written
        )

    def files(self) -> Iterator[Path]:
        """All files that make the version, whether or not they are usable."""
        yield self.package_path
        yield from sorted(self.data_dir.glob("*.csv"))
        mark = self.data_dir / settings.SYNTHETIC_MARK
        if mark.exists():
            yield mark
        if os.access(self.outlines_path, os.R_OK):  # the map alone can do without
            yield self.outlines_path
        yield settings.PLAN_PACKAGE
        yield from _files_under(self.plan_dir)
        yield from _files_under(self.queries_dir)

    def fingerprint(self) -> Fingerprint:
        """Names, sizes and times: cheap to take and different as soon as a file is."""
        found = []
        for path in self.files():
            try:
                status = path.stat()
            except FileNotFoundError:  # removed since it was listed, or never there
                continue
            found.append((str(path), status.st_size, status.st_mtime_ns))
        return tuple(found)

    def content_hash(self) -> str:
        """Twelve hexadecimal digits that stand for the bytes of all files.

        They do not depend on where the exports lie: a candidate has those of its version.
        """
        digest = hashlib.sha256()
        for path in self.files():
            content = path.read_bytes()
            folder = "" if path.parent == self.data_dir else path.parent.name
            digest.update(f"{folder}/{path.name} {len(content)}\n".encode())
            digest.update(content)
        return digest.hexdigest()[:12]


def _files_under(folder: Path) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder):
        folders.sort()
        # Hidden files are an editor's.
        yield from (Path(parent, name) for name in sorted(names) if not name.startswith("."))


class Database:
    """An immutable data version.

    `version` stands for the content of all its files; `sources` are the exports by resource name;
    `package`, `catalogue` and `plans` (by year) are what the tables were made with. `is_sample`
    says that the figures are made up and every page and export has to say so. `published` is the
    published version that the exports are, None for those of a data folder. `outlines` are those
    of the map by county; without a usable file there are none, and `outlines_problem` says why.

    Tables: the staging tables (named like the resources) without what counts people, plan_clauses,
    plan_tasks, plan_targets, plan_milestones and plan_offices (each with plan_year), those of the
    catalogue, those of queries/shared, those of what is owed (`OWED_STEPS` and
    `dashboard.contract.OWED_TABLES`), indicator_rows (indicator_id, county_id, unit_id, period,
    numerator, denominator, is_withheld), indicator_months (its sums over the units), breakdown_rows
    and school_people; see `dashboard.data.suppression` for what is withheld of them.

    May be shared between threads.
    """

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        *,
        version: str,
        is_sample: bool,
        sources: Mapping[str, Source],
        package: Package,
        catalogue: Catalogue,
        plans: Mapping[int, Plan],
        queries: Mapping[str, str],
        outlines: Mapping[str, Outline] | None = None,
        outlines_problem: Problem | None = None,
        published: Manifest | None = None,
    ) -> None:
        self._connection = connection
        self._queries = queries
        self._results = _Recent[pd.DataFrame](CACHED_VALUES, _values_held)
        self._derived = _Recent[Any](DERIVED_RESULTS, lambda _result: 1)
        self.version = version
        self.is_sample = is_sample
        self.loaded_at = datetime.now().astimezone()
        self.sources = sources
        self.package = package
        self.catalogue = catalogue
        self.plans = plans
        self.outlines = outlines or {}
        self.outlines_problem = outlines_problem
        self.published = published

    @property
    def version_id(self) -> str | None:
        """The published version that is shown, like `v0007`; None for a data folder."""
        return self.published.id if self.published else None

    def published_as(self, manifest: Manifest | None) -> Database:
        """The same data as the published version that their files have become."""
        published = copy(self)
        published.published = manifest
        return published

    def run_query(self, name: str, **parameters: Any) -> pd.DataFrame:
        """The answer to a question in queries/<name>.sql, `name` being `page/question`.

        Parameters are plain Python values, bound by name; a list or tuple goes into
        `in $counties` or `list_contains($counties, ...)`. Sums, decimals and doubles come as
        float64, as do integers where some are missing; text as str; dates as datetime64. The frame
        is the caller's own: it may be changed.

        Raises UnknownQueryError for a name without file, duckdb.Error for parameters the query
        does not have or lacks, or for a query that fails.
        """
        if name not in self._queries:
            raise UnknownQueryError(name)
        key = (name, tuple((key, _hashable(value)) for key, value in sorted(parameters.items())))
        frame = self._results.get(key)
        if frame is None:
            frame = self._ask(self._queries[name], dict(parameters))
            self._results.put(key, frame)
        # pandas copies on write, so a shallow copy is safe to hand out.
        return frame.copy(deep=False)

    def derived(self, key: Hashable, build: Callable[[], _T]) -> _T:
        """What `build` makes of this version, made once for each `key`.

        The result is shared by everybody who asks: callers must not change it. It is forgotten with
        the version.
        """
        result: _T | None = self._derived.get(key)
        if result is None:
            result = build()
            self._derived.put(key, result)
        return result

    def _ask(self, query: str, parameters: dict[str, Any]) -> pd.DataFrame:
        # A connection shared between threads mixes up their rows; a cursor each does not.
        with self._connection.cursor() as cursor:
            result = cursor.execute(query, parameters)
            types = {column[0]: str(column[1]) for column in result.description}
            return _with_plain_types(result.df(), types)


def _hashable(value: Any) -> Hashable:
    return tuple(value) if isinstance(value, (list, tuple)) else value


_WHOLE = {"TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER"}


def _with_plain_types(frame: pd.DataFrame, types: Mapping[str, str]) -> pd.DataFrame:
    """Give each column the same dtype whatever rows happen to be in it."""
    dtypes: dict[str, str] = {}
    for column, sql_type in types.items():
        dtype = str(frame[column].dtype)
        if sql_type == "VARCHAR" and dtype != "str":
            dtypes[column] = "str"
        elif sql_type in _WHOLE and not dtype.startswith(("int", "uint")):
            dtypes[column] = "float64"
    return frame.astype(dtypes) if dtypes else frame


class _Recent(Generic[_T]):
    """The results asked for last, as many as fit into a limit; may be shared between threads."""

    def __init__(self, limit: int, weight: Callable[[_T], int]) -> None:
        self._limit = limit
        self._weight = weight
        self._weights = 0
        self._results: OrderedDict[Hashable, _T] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable) -> _T | None:
        with self._lock:
            if key in self._results:
                self._results.move_to_end(key)
            return self._results.get(key)

    def put(self, key: Hashable, result: _T) -> None:
        with self._lock:
            if key not in self._results:
                self._results[key] = result
                self._weights += self._weight(result)
            while self._weights > self._limit:
                _, oldest = self._results.popitem(last=False)
                self._weights -= self._weight(oldest)


def _values_held(frame: pd.DataFrame) -> int:
    # An empty result takes room as well.
    return frame.size + 100


# ---- building a version -------------------------------------------------------------------------


def open_database(
    data_dir: Path | None = None,
    *,
    plan_dir: Path | None = None,
    queries_dir: Path = settings.QUERIES_DIR,
    package_path: Path = settings.DATAPACKAGE,
    outlines_path: Path | None = None,
    written: Mapping[str, str] | None = None,
) -> Database:
    """Build the data version of a folder of exports (default: the settings' folder).

    `written` is said of files that need not keep the present contract: see `Inputs`.

    Raises UnusableData when a file is missing, breaks the contract or a query over it fails.
    """
    return open_inputs(
        Inputs(
            data_dir or settings.data_dir(),
            plan_dir or settings.plan_dir(),
            queries_dir,
            package_path,
            outlines_path or settings.county_outlines(),
            written=written or {},
        )
    )


def is_of(database: Database, data_dir: Path) -> bool:
    """Whether a data version is what `open_database` would build of a folder, by checksums."""
    try:
        return Inputs.configured(data_dir).content_hash() == database.version
    except OSError:
        return False


def open_if_usable(data_dir: Path, published: Manifest | None) -> Database | None:
    """The data version of a published version or of the data folder; None where there is none."""
    try:
        return open_inputs(Inputs.configured(data_dir, published))
    except UnusableData:
        return None


def open_inputs(inputs: Inputs) -> Database:
    """Build the data version of these files. Raises UnusableData."""
    connection = duckdb.connect(
        ":memory:",
        config={
            "memory_limit": settings.MEMORY_LIMIT,
            "threads": settings.THREADS,
            "temp_directory": "",  # a query too large for memory fails instead of filling a disk
        },
    )
    try:
        return _build(connection, inputs)
    except BaseException:
        connection.close()
        raise


def _build(connection: duckdb.DuckDBPyConnection, inputs: Inputs) -> Database:
    version = _content_hash(inputs)
    package = read_package(inputs.package_path)
    catalogue = _catalogue(inputs.queries_dir)
    queries = _read_queries(inputs.queries_dir)

    held_to = package.for_files(inputs.written)
    sources, found = load_sources(connection, held_to, inputs.data_dir)
    optional = {resource.name for resource in package.resources if resource.optional}
    vocabularies = {"indicators": indicator_vocabulary(catalogue.indicators)}
    found += problems(connection, held_to, sources.keys() | optional, vocabularies=vocabularies)
    if found:
        raise UnusableData(found)
    plans = _plans(inputs.plan_dir, Known(catalogue.indicators, _county_codes(connection)))

    _create_staging(connection, queries)
    _create_plan_tables(connection, plans)
    for name, frame in catalogue.frames().items():
        _create_table(connection, name, frame)
    for name, frame in owed_tables(package).items():
        _create_table(connection, name, frame)
    for name in OWED_STEPS:
        _run_step(connection, name, f"create table {quoted(Path(name).name)} as {queries[name]}")
    _create_shared(connection, queries)
    for name, statement in publishing_steps(queries):
        _run_step(connection, name, statement)
    for name, statement in closing_steps(queries, people_columns(package)):
        _run_step(connection, name, statement)
    connection.execute("drop schema raw cascade")
    _lock(connection)

    outlines, outlines_problem = _outlines(inputs.outlines_path)
    is_sample = (inputs.data_dir / settings.SYNTHETIC_MARK).exists()
    is_sample = is_sample or (inputs.published is not None and inputs.published.is_sample)
    return Database(
        connection,
        version=version,
        is_sample=is_sample,
        sources=sources,
        package=package,
        catalogue=catalogue,
        plans=plans,
        queries=queries,
        outlines=outlines,
        outlines_problem=outlines_problem,
        published=inputs.published,
    )


def _outlines(path: Path) -> tuple[dict[str, Outline], Problem | None]:
    """The outlines of the map; a bad file costs the map and nothing else."""
    try:
        return load_outlines(path), None
    except OutlinesError as error:
        return {}, Problem(
            file=error.file,
            kind="outlines",
            message_zh=f"{error.file}：{error.message_zh}。",
            message_en=f"{error.file}: {error.message_en}.",
        )


def _content_hash(inputs: Inputs) -> str:
    try:
        return inputs.content_hash()
    except OSError as error:
        raise UnusableData([_vanished(error)]) from error


def read_package(path: Path) -> Package:
    """The contract. Raises UnusableData."""
    try:
        return load_package(path)
    except (OSError, yaml.YAMLError, msgspec.ValidationError) as error:
        raise UnusableData([_bad_definition(path.name, str(error))]) from error


def _catalogue(folder: Path) -> Catalogue:
    try:
        return load_catalogue(folder / "indicators")
    except CatalogueError as error:
        reason = ": ".join(filter(None, (error.indicator, error.field, error.problem)))
        raise UnusableData([_bad_definition(error.file, reason)]) from error


def _plans(folder: Path, known: Known) -> dict[int, Plan]:
    try:
        return load_plans(folder, known)
    except PlanError as error:
        raise UnusableData(error.problems) from error


def _county_codes(connection: duckdb.DuckDBPyConnection) -> list[str]:
    rows = connection.execute('select "区县代码" from raw.counties order by all').fetchall()
    return [code for (code,) in rows]


def _read_queries(folder: Path) -> dict[str, str]:
    """All queries by name, so that a version never asks tomorrow's question of today's data."""
    return {
        path.relative_to(folder).with_suffix("").as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*.sql"))
    }


def _create_staging(connection: duckdb.DuckDBPyConnection, queries: Mapping[str, str]) -> None:
    for name, query in _in_folder(queries, "staging"):
        table = name.removeprefix("staging/")
        _run_step(connection, name, f"create table {quoted(table)} as {query}")


def _create_shared(connection: duckdb.DuckDBPyConnection, queries: Mapping[str, str]) -> None:
    """Work out once what both indicators and pages ask of the staging tables."""
    for name, query in _in_folder(queries, "shared"):
        table = name.removeprefix("shared/")
        _run_step(connection, name, f"create table {quoted(table)} as {query}")


def _in_folder(queries: Mapping[str, str], folder: str) -> list[tuple[str, str]]:
    return [(name, query) for name, query in queries.items() if name.startswith(f"{folder}/")]


def _run_step(connection: duckdb.DuckDBPyConnection, name: str, statement: str) -> None:
    try:
        connection.execute(statement)
    except duckdb.Error as error:
        raise UnusableData([_failed_query(name, error)]) from error


def _create_plan_tables(connection: duckdb.DuckDBPyConnection, plans: Mapping[int, Plan]) -> None:
    for table in TABLES:
        frames = [plan.frame(table).assign(plan_year=year) for year, plan in plans.items()]
        if frames:
            _create_table(connection, f"plan_{table}", pd.concat(frames, ignore_index=True))


def _create_table(connection: duckdb.DuckDBPyConnection, name: str, frame: pd.DataFrame) -> None:
    connection.register("incoming", frame)
    connection.execute(f"create table {quoted(name)} as select * from incoming")
    connection.unregister("incoming")


def _lock(connection: duckdb.DuckDBPyConnection) -> None:
    """From here on: no files, no network, no extensions, no Python objects, no settings."""
    for setting in (
        "python_enable_replacements = false",
        "autoinstall_known_extensions = false",
        "autoload_known_extensions = false",
        "allow_community_extensions = false",
        "enable_external_access = false",
        "lock_configuration = true",
    ):
        connection.execute(f"set {setting}")


# ---- words --------------------------------------------------------------------------------------


def _vanished(error: OSError) -> Problem:
    file = Path(error.filename or "").name
    return Problem(
        file=file,
        kind="unreadable",
        message_zh=f"{file} 无法读取（{error.strerror}）。请检查该文件。",
        message_en=f"{file} cannot be read ({error.strerror}). Check the file.",
    )


def _bad_definition(file: str, reason: str) -> Problem:
    reason = " ".join(reason.split())
    return Problem(
        file=file,
        kind="definition",
        message_zh=f"{file} 有误：{reason}。请改正该文件。",
        message_en=f"{file} is wrong: {reason}. Correct it.",
    )


def _failed_query(name: str, error: duckdb.Error) -> Problem:
    file, reason = f"queries/{name}.sql", str(error).splitlines()[0]
    return Problem(
        file=file,
        kind="query",
        message_zh=f"{file} 无法执行：{reason}",
        message_en=f"{file} does not run: {reason}",
    )

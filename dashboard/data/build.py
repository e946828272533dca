"""Building a data version: the exports, the plan and the catalogue of one moment in one DuckDB.

Every table the pages ask for is built and the door is locked: from then on nothing can read files,
change settings or reach Python objects. A `Database` never changes; which one a process shows is
the matter of `dashboard.data.live`.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import duckdb
import msgspec
import pandas as pd
import yaml

from dashboard import settings
from dashboard.archive import Manifest
from dashboard.catalogue import Catalogue, CatalogueError, load_catalogue
from dashboard.contract import Package, Problem, load_package, owed_tables, problems, quoted
from dashboard.contract.people import people_columns
from dashboard.data.database import Database
from dashboard.data.inputs import Inputs
from dashboard.data.outlines import Outline, OutlinesError, load_outlines
from dashboard.data.problems import UnusableData, bad_definition, failed_query, vanished
from dashboard.data.suppression import closing_steps, publishing_steps
from dashboard.loading import load_sources
from dashboard.plan import TABLES, Known, Plan, PlanError, indicator_vocabulary, load_plans

# What is owed, what of it is in, what is missing: each of the tables before it.
OWED_STEPS = ("owed/reported_periods", "owed/owed_periods", "owed/missing_periods")


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
    """Return the data version of a published version or of the data folder.

    None where there is none.
    """
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
    """Return the outlines of the map; a bad file costs the map and nothing else."""
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
        raise UnusableData([vanished(error)]) from error


def read_package(path: Path) -> Package:
    """Return the contract. Raises UnusableData."""
    try:
        return load_package(path)
    except (OSError, yaml.YAMLError, msgspec.ValidationError) as error:
        raise UnusableData([bad_definition(path.name, str(error))]) from error


def _catalogue(folder: Path) -> Catalogue:
    try:
        return load_catalogue(folder / "indicators")
    except CatalogueError as error:
        reason = ": ".join(filter(None, (error.indicator, error.field, error.problem)))
        raise UnusableData([bad_definition(error.file, reason)]) from error


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
        raise UnusableData([failed_query(name, error)]) from error


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

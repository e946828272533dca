"""One data version in memory, and the questions asked of it.

SQL authors: 1 / 0 is `inf` in DuckDB, not an error; divide by `nullif(denominator, 0)`.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from copy import copy
from datetime import datetime
from typing import Any, TypeVar

import duckdb
import pandas as pd

from dashboard.archive import Manifest
from dashboard.catalogue import Catalogue
from dashboard.contract import Package, Problem
from dashboard.data.outlines import Outline
from dashboard.data.recent import Recent
from dashboard.loading import Source
from dashboard.plan import Plan

# Values (not bytes) that cached results may hold together: some 50 MB at the most.
CACHED_VALUES = 2_000_000
# Values, cards and figures worked out of a version: several choices of filters on every page.
DERIVED_RESULTS = 1_500

_T = TypeVar("_T")


class UnknownQueryError(LookupError):
    """There is no such file under queries/."""


class Database:
    """An immutable data version.

    `version` stands for the content of all its files; `sources` are the exports by resource name;
    `package`, `catalogue` and `plans` (by year) are what the tables were made with. `is_sample`
    says that the figures are made up and every page and export has to say so. `published` is the
    published version that the exports are, None for those of a data folder. `outlines` are those
    of the map by county; without a usable file there are none, and `outlines_problem` says why.

    Tables: the staging tables (named like the resources) without what counts people, plan_clauses,
    plan_tasks, plan_targets, plan_milestones and plan_offices (each with plan_year), those of the
    catalogue, those of queries/shared, those of what is owed (`dashboard.data.build.OWED_STEPS` and
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
        self._results = Recent[pd.DataFrame](CACHED_VALUES, _values_held)
        self._derived = Recent[Any](DERIVED_RESULTS, lambda _result: 1)
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
        """Return the same data as the published version that their files have become."""
        published = copy(self)
        published.published = manifest
        return published

    def run_query(self, name: str, **parameters: Any) -> pd.DataFrame:
        """Return the answer to a question in queries/<name>.sql, `name` being `page/question`.

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
        """Return what `build` makes of this version, made once for each `key`.

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


def _values_held(frame: pd.DataFrame) -> int:
    # An empty result takes room as well.
    return frame.size + 100

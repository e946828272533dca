"""From a number back: which rows of which files went into it, and with which version they came.

A row of a published version stands in its file (`_row`); the version's segments say in which
delivered file and row it was before. Without a published version the file is the data folder's own.

Nothing that small numbers hide comes out here (docs/adr/0007-small-numbers.md): of an export that
counts people, and for an indicator about people, rows are shown by their keys and places alone.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

import duckdb
import msgspec
import pandas as pd

from dashboard import settings
from dashboard.archive import Archive, Segment
from dashboard.catalogue import Indicator
from dashboard.contract import Package, Resource, quoted
from dashboard.contract.people import PERSONS
from dashboard.data import Database
from dashboard.deliveries.model import ROW
from dashboard.filters import CITY, shift_month
from dashboard.indicators import county_ids
from dashboard.indicators.snapshot import snapshot
from dashboard.loading import load_sources

PLACE_COLUMNS = ("version", "file", "sheet", "row")

# By these an indicator knows what it counts; a school last, for an award has one as well.
_UNIT_COLUMNS = ("event_id", "award_id", "station_id", "project_id", "school_id")
_DATES = ("event_date", "award_date", "cut_off_date")
# The kind of event behind an indicator, where it is not named after the indicator.
_EVENTS = {
    "rural_arts_bases": "arts_bases",
    "clean_case_counties": "clean_cases",
    "balanced_development_stage": "balanced_",
    "university_campuses": "campus_",
}
_FIGURES = {
    "vocational_double_high_passed": ("double_high_passed", "double_high_due"),
    "tertiary_gross_enrolment": ("gross_enrolment_pct",),
    "graduate_retention": ("retention_staying", "retention_graduates"),
    "olympiad_awards": ("olympiad_awards",),
    "unnatural_death_rate": ("student_deaths",),
}
_BEGINNING = "0000-00"


class ChangedFilesError(Exception):
    """The files are no longer those that the numbers were computed from."""


class FileOrigin(msgspec.Struct, frozen=True, kw_only=True):
    """A file that rows came from: with which version (None: the data folder), how many, which."""

    version: str | None
    file: str
    sheet: str | None
    count: int
    first: int
    last: int


class TracedExport(msgspec.Struct, frozen=True, kw_only=True):
    """The rows of one export that went into a number.

    `rows` has the columns version, file, sheet and row (as Excel counts them) and then the
    export's headers, without those in `hidden`.
    """

    resource: str
    title: str
    rows: pd.DataFrame
    origins: tuple[FileOrigin, ...]
    hidden: tuple[str, ...]


def trace(
    archive: Archive,
    database: Database,
    indicator_id: str,
    counties: Collection[str],
    as_of: str,
) -> tuple[TracedExport, ...]:
    """Return the rows behind an indicator of some counties (none: the city) at the end of a month.

    Raises ArchiveError when the version's files are no longer kept, ChangedFilesError when those
    of the data folder were replaced since they were read.
    """
    return tuple(
        _shown(traced, indicator, database.package.resource(traced.resource))
        for indicator in [database.catalogue.indicator(indicator_id)]
        for traced in rows_behind(archive, database, indicator_id, counties, as_of)
    )


def rows_behind(
    archive: Archive,
    database: Database,
    indicator_id: str,
    counties: Collection[str],
    as_of: str,
) -> list[TracedExport]:
    """As `trace`, with every column: for computing, never for showing."""
    indicator = database.catalogue.indicator(indicator_id)
    spans = _spans(database, indicator, as_of)
    if not spans:
        return []
    asked = tuple(counties) or (*county_ids(database), CITY)
    units = {
        unit
        for first, last in spans
        for unit in database.run_query(
            "indicator/traced_units",
            indicator_id=indicator_id,
            counties=asked,
            first=first,
            last=last,
        )["unit_id"]
    }
    found = []
    for name in indicator.sources:
        if name in database.sources:
            raw, staged = _export(archive, database, name)
            used = _of_units(archive, database, staged, indicator, units, asked)
            used &= _in_spans(staged, indicator, spans, as_of)
            found.append(_traced(archive, database, name, raw[used]))
    return found


def _spans(database: Database, indicator: Indicator, as_of: str) -> list[tuple[str, str]]:
    """Return the months, first and last, whose rows the value is made of."""
    sums = snapshot(database, as_of).get(indicator.indicator_id)
    if sums is None:
        return []
    if indicator.measure == "level":
        spans = [(sums.period, sums.period)]
        if indicator.kind == "change":
            before = shift_month(sums.period, -12)
            spans.append((before, before))
        return spans
    # What grows by events is measured against all that was there before.
    grows = indicator.denominator == "base" and indicator.cadence == "continuous"
    is_year = indicator.measure == "flow" and not grows
    return [(f"{as_of[:4]}-01" if is_year else _BEGINNING, as_of)]


def _of_units(
    archive: Archive,
    database: Database,
    staged: pd.DataFrame,
    indicator: Indicator,
    units: set[str],
    counties: Collection[str],
) -> pd.Series:
    """Which rows are of what the indicator counts; where it counts counties, of these."""
    used = pd.Series(True, index=staged.index)
    if "category" in staged:
        kind = _EVENTS.get(indicator.indicator_id, indicator.indicator_id)
        used &= staged["category"].str.startswith(kind, na=False)
    if "figure" in staged and indicator.indicator_id in _FIGURES:
        used &= staged["figure"].isin(_FIGURES[indicator.indicator_id])
    for column in _UNIT_COLUMNS:
        if column in staged:
            of_units = staged[column].isin(units)
            if of_units.any():
                return used & of_units
    if "county_id" in staged:
        return used & staged["county_id"].isin(counties)
    if "school_id" in staged:
        return used & staged["school_id"].isin(_schools_of(archive, database, counties))
    return used


def _schools_of(archive: Archive, database: Database, counties: Collection[str]) -> set[str]:
    _raw, schools = _export(archive, database, "schools")
    return set(schools.loc[schools["county_id"].isin(counties), "school_id"])


def _in_spans(
    staged: pd.DataFrame, indicator: Indicator, spans: Sequence[tuple[str, str]], as_of: str
) -> pd.Series:
    """Which rows are of the months that the value is made of."""
    if "plan_year" in staged:  # a year's plan counts in that year, whatever the measure
        return staged["plan_year"] == int(as_of[:4])
    begin, end = _months_of(staged)
    used = pd.Series(False, index=staged.index)
    for first, last in spans:
        used |= (begin <= last) & (end >= first)
    return used


def _months_of(staged: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """Return the first and the last month that each row is about."""
    if "month" in staged:
        return staged["month"], staged["month"]
    for column in _DATES:
        if column in staged:
            month = pd.to_datetime(staged[column]).dt.strftime("%Y-%m").fillna("9999-99")
            return month, month
    if "school_year" in staged:
        first = staged["school_year"].astype(int)
        return first.astype(str) + "-09", (first + 1).astype(str) + "-08"
    if "year" in staged:
        year = staged["year"].astype(int).astype(str)
        if "season" in staged:
            is_spring = staged["season"] == "spring"
            return (
                year + is_spring.map({True: "-01", False: "-09"}),
                year + is_spring.map({True: "-08", False: "-12"}),
            )
        return year + "-01", year + "-12"
    always = pd.Series(_BEGINNING, index=staged.index)
    return always, pd.Series("9999-99", index=staged.index)


# ---- the files ----------------------------------------------------------------------------------


def _export(archive: Archive, database: Database, name: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return export twice, row by row: as its file says it, with `_row`, and as staging has it."""
    return database.derived(
        ("traced export", name),
        lambda: _read(archive.exports_of(database.version_id), database, name),
    )


def _read(folder: Path, database: Database, name: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    resource = database.package.resource(name)
    written = database.published.written if database.published else {}
    alone = Package(name=database.package.name, resources=(resource,)).for_files(written)
    staging = (settings.QUERIES_DIR / "staging" / f"{name}.sql").read_text(encoding="utf-8")
    with duckdb.connect(":memory:", config={"threads": 1}) as connection:
        sources, _problems = load_sources(connection, alone, folder)
        if name not in sources or sources[name].sha256 != database.sources[name].sha256:
            raise ChangedFilesError(resource.file_name)
        raw = connection.execute(f"select * from raw.{quoted(name)} order by {ROW}").df()
        # Staging casts and names columns, row by row in the file's order.
        staged = connection.execute(staging).df()
    if len(raw) != len(staged):
        raise ChangedFilesError(resource.file_name)
    return raw, staged


def _traced(archive: Archive, database: Database, name: str, raw: pd.DataFrame) -> TracedExport:
    resource = database.package.resource(name)
    places = _places(archive, database, resource, raw[ROW])
    rows = pd.concat([places, raw[list(resource.headers)].reset_index(drop=True)], axis=1)
    return TracedExport(
        resource=name, title=resource.title, rows=rows, origins=_origins(places), hidden=()
    )


def _places(
    archive: Archive, database: Database, resource: Resource, rows: pd.Series
) -> pd.DataFrame:
    """Where each row stood when it was delivered."""
    if database.version_id is None:
        own = [(None, resource.file_name, None, int(row)) for row in rows]
        return pd.DataFrame(own, columns=list(PLACE_COLUMNS))
    segments = _segments(archive, database)[resource.name]
    firsts = [segment.first for segment in segments]
    found = []
    for row in rows:
        segment = segments[max(bisect_right(firsts, row) - 1, 0)]
        place = segment.source_first + int(row) - segment.first
        found.append((segment.version, segment.file, segment.sheet, place))
    return pd.DataFrame(found, columns=list(PLACE_COLUMNS))


def _segments(archive: Archive, database: Database) -> Mapping[str, list[Segment]]:
    def read() -> dict[str, list[Segment]]:
        by_export: dict[str, list[Segment]] = {}
        assert database.version_id is not None
        found = archive.segments(database.version_id)
        for segment in sorted(found, key=lambda segment: segment.first):
            by_export.setdefault(segment.resource, []).append(segment)
        return by_export

    return database.derived("traced segments", read)


def _origins(places: pd.DataFrame) -> tuple[FileOrigin, ...]:
    grouped = places.groupby(["version", "file", "sheet"], dropna=False, sort=False)["row"]
    return tuple(
        FileOrigin(
            version=version if isinstance(version, str) else None,
            file=str(file),
            sheet=sheet if isinstance(sheet, str) else None,
            count=len(rows),
            first=int(rows.min()),
            last=int(rows.max()),
        )
        for (version, file, sheet), rows in grouped
    )


# ---- small numbers ------------------------------------------------------------------------------


def _shown(traced: TracedExport, indicator: Indicator, resource: Resource) -> TracedExport:
    """Take the numbers out where they count people, or tell about some."""
    counts_people = any(field.unit == PERSONS for field in resource.fields)
    if not (indicator.people or counts_people):
        return traced
    hidden = tuple(
        field.header
        for field in resource.fields
        if field.header not in resource.primary_key and field.type in ("integer", "number")
    )
    return msgspec.structs.replace(
        traced, rows=traced.rows.drop(columns=list(hidden)), hidden=hidden
    )

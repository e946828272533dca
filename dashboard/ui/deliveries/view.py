"""What a run of the page works on: the data that are shown, or that there are none and why."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

from dashboard import settings
from dashboard.archive import Archive, Manifest
from dashboard.cards import Context
from dashboard.contract import Package, Problem
from dashboard.data import Database, read_package
from dashboard.ui.frame import NoData
from dashboard.words.language import Language


@dataclass(frozen=True)
class View:
    """The version that a delivery is held against, and what is known of it.

    `published` is None while nothing is published: then the data folder is the base, whatever it
    holds. What was found of a delivery holds for one `basis`: a version, or the folder as it was.
    `database` is None where the base makes no data version; `problems` say why. `as_of` is the
    month that the reader has chosen among the data.
    """

    language: Language
    package: Package
    basis: Hashable
    published: Manifest | None
    database: Database | None
    as_of: str | None
    problems: tuple[Problem, ...] = ()

    @property
    def base(self) -> str | None:
        """The id of the version that a delivery is held against."""
        return self.published.id if self.published else None


def view_of(run: Context | NoData, archive: Archive) -> View:
    """Return what the page can do in this run.

    Raises UnusableData for a contract that cannot be read.
    """
    if isinstance(run, NoData):
        return View(
            language=run.language,
            package=read_package(settings.DATAPACKAGE),
            basis=_basis(archive.current(), archive),
            published=archive.current(),
            database=None,
            as_of=None,
            problems=tuple(run.problems),
        )
    return View(
        language=run.language,
        package=run.database.package,
        basis=_basis(run.database.published, archive),
        published=run.database.published,
        database=run.database,
        as_of=run.filters.as_of,
    )


def _basis(published: Manifest | None, archive: Archive) -> Hashable:
    return published.id if published else archive.data_folder_state()

"""A data version: what it is made of, how it is built, what it answers, which one is shown.

``inputs``       the files a version is made of
``build``        from those files to tables in DuckDB
``database``     the version, and the questions asked of it
``suppression``  small numbers, withheld while a version is built
``outlines``     the map
``live``         which version a process shows
"""

from dashboard.data.build import (
    OWED_STEPS,
    is_of,
    open_database,
    open_if_usable,
    open_inputs,
    read_package,
)
from dashboard.data.database import Database, UnknownQueryError
from dashboard.data.inputs import Fingerprint, Inputs
from dashboard.data.problems import UnusableData

__all__ = [
    "OWED_STEPS",
    "Database",
    "Fingerprint",
    "Inputs",
    "UnknownQueryError",
    "UnusableData",
    "is_of",
    "open_database",
    "open_if_usable",
    "open_inputs",
    "read_package",
]

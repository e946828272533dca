"""The contract every export has to keep, and what is wrong with an export that breaks it.

The contract is data/datapackage.yaml, a Frictionless Data Package. `load_package` reads it,
`problems` checks tables of text (schema `raw`, see `dashboard.loading`) against it. The checks are
compiled to SQL, because they run at every start: see docs/adr/0002-contract-checks-in-sql.md.
"""

from dashboard.contract.checks import each_resource, problems, typed
from dashboard.contract.descriptor import (
    Field,
    ForeignKey,
    Owed,
    Package,
    Resource,
    Rule,
    Vocabulary,
    Words,
    load_package,
)
from dashboard.contract.owed import OWED_TABLES, owed_tables
from dashboard.contract.problem import LISTED_PER_FILE, Problem, shortlist
from dashboard.contract.sql import quoted, string
from dashboard.contract.version import is_later
from dashboard.contract.wording import duplicate_wording, field_expectations

__all__ = [
    "LISTED_PER_FILE",
    "OWED_TABLES",
    "Field",
    "ForeignKey",
    "Owed",
    "Package",
    "Problem",
    "Resource",
    "Rule",
    "Vocabulary",
    "Words",
    "duplicate_wording",
    "each_resource",
    "field_expectations",
    "is_later",
    "load_package",
    "owed_tables",
    "problems",
    "quoted",
    "shortlist",
    "string",
    "typed",
]

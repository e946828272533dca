"""Every case of the corpus is read to the letter as it is expected."""

from __future__ import annotations

from collections import Counter
from itertools import islice

import pandas as pd
import pytest

from dashboard import settings
from dashboard.contract import Package, load_package
from dashboard.deliveries.model import ROW
from dashboard.deliveries.reading.delivery import read_delivery
from tests.deliveries.corpus import cases
from tests.deliveries.drafts import Case, Expected
from tests.products import Share


@pytest.mark.corpus
def test_every_case_is_read_as_expected(share: Share) -> None:
    """`make quick` takes a tenth of them."""
    package = load_package(settings.DATAPACKAGE)
    step = 10 if share is Share.FEW else 1
    names: set[str] = set()
    wrong: list[str] = []
    for case in islice(cases(package), None, None, step):
        assert case.name not in names
        names.add(case.name)
        found = _found(case, package)
        if found != case.expected:
            wrong.append(_difference(case.name, case.expected, found))
    assert not wrong, f"{len(wrong)} of {len(names)}\n" + "\n".join(wrong[:40])
    assert len(names) * step >= 150


def _found(case: Case, package: Package) -> Expected:
    reading = read_delivery(case.uploads, package, case.answers)
    told: Counter[str] = Counter()
    for each in reading.normalised:
        told[each.kind] += each.count
    findings = [(each.kind, each.severity, each.row, each.column) for each in reading.findings]
    return Expected(
        [(each.resource, _rows(each.frame)) for each in reading.tables],
        dict(told),
        sorted(findings, key=repr),
        [each.choices for each in reading.questions],
    )


def _rows(frame: pd.DataFrame) -> list[list[str | None]]:
    return frame.drop(columns=ROW).to_numpy().tolist()


def _difference(name: str, expected: Expected, found: Expected) -> str:
    parts = [
        f"  {part}: expected {getattr(expected, part)}\n  {' ' * len(part)}  found    {value}"
        for part in ("tables", "normalised", "findings", "questions")
        if (value := getattr(found, part)) != getattr(expected, part)
    ]
    return "\n".join((name, *parts))

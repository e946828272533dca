"""The corpus and arbitrary bytes through the whole gate: it never raises, nothing bad passes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.archive import Archive
from dashboard.deliveries.checking.check import check
from dashboard.deliveries.checking.publish import UnpublishableError, discard, publish_delivery
from dashboard.deliveries.model import Checked, Upload
from dashboard.deliveries.reading.delivery import read_delivery
from tests.deliveries.corpus import cases, tutoring_months
from tests.deliveries.delivering import PACKAGE, export
from tests.deliveries.drafts import Case

# What the check adds for cases whose values reading leaves as they are.
BREACHES = {"type", "required", "bounds", "enum", "pattern", "length", "duplicate", "reference"}
BREACHES |= {"rule", "more"}

pytestmark = [pytest.mark.corpus, pytest.mark.slow]


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A city of one school and one project: enough to keep every contract, and quick to read."""
    folder = tmp_path_factory.mktemp("base")
    school = export("fitness").at[0, "学校标识码"]
    project = export("projects").at[0, "项目编号"]
    for resource in PACKAGE.resources:
        frame = export(resource.name)
        if resource.name not in ("counties", "tutoring_months"):
            if "学校标识码" in frame and (frame["学校标识码"] == school).any():
                frame = frame[frame["学校标识码"] == school]
            elif "项目编号" in frame:
                frame = frame[frame["项目编号"] == project]
            elif resource.name != "health_schools":
                frame = frame.head(1)
        if resource.name == "schools":
            frame = frame.assign(集团牵头校标识码="")
        if resource.name == "health_schools":
            frame = frame.head(1).assign(学校标识码=school)
        frame.to_csv(folder / resource.file_name, index=False)
    return folder


def test_the_corpus_goes_through_the_gate(base: Path) -> None:
    """Every defect alone and every fortieth other case; all of them have the test of their reading.

    What reading refuses stays refused. A case that is read without a finding either passes, or
    breaks the contract in a way that the check names; and a candidate never has another number of
    rows than those kept and those delivered.
    """
    outcomes = set()
    for case in _some(cases(PACKAGE)):
        reading = read_delivery(case.uploads, PACKAGE, case.answers)
        found = check(reading, base, None, PACKAGE)
        try:
            refused = [each for each in reading.findings if each.severity == "error"]
            added = [each for each in found.errors if each not in reading.findings]
            assert list(found.findings[: len(reading.findings)]) == list(reading.findings)
            assert {each.kind for each in added} <= BREACHES, case.name
            assert bool(found.folder) == (
                bool(reading.tables) and not found.errors and not reading.questions
            ), case.name
            outcomes.add((bool(refused), bool(added), bool(found.folder)))
            if found.folder:
                _holds_what_was_delivered(found, base)
        finally:
            discard(found)
    assert (False, False, True) in outcomes and (True, False, False) in outcomes


def _some(all_cases: Iterable[Case]) -> Iterator[Case]:
    seen: set[str] = set()
    for number, case in enumerate(all_cases):
        defect = case.name.partition(".")[0]
        if number % 40 == 0 or ("+" not in defect and defect not in seen):
            yield case
        seen.add(defect)


def _holds_what_was_delivered(found: Checked, base: Path) -> None:
    assert found.folder is not None
    for name in {table.resource for table in found.reading.tables}:
        rows = export(name, found.folder)
        delivered = [table for table in found.reading.tables if table.resource == name]
        count = sum(len(table.frame) for table in delivered)
        changes = next(each for each in found.changes if each.resource == name)
        assert changes.added + changes.changed + changes.same == count
        assert len(rows) == len(export(name, base)) + changes.added - changes.removed


@settings(
    max_examples=100, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
@given(st.data())
def test_no_bytes_make_the_gate_raise_or_publish(
    tmp_path_factory: pytest.TempPathFactory, base: Path, data: st.DataObject
) -> None:
    good = tutoring_months(PACKAGE).csv()
    content = bytearray(data.draw(st.one_of(st.binary(max_size=300), st.just(good))))
    for _ in range(data.draw(st.integers(0, 4))):
        if content:
            place = data.draw(st.integers(0, len(content) - 1))
            content[place] = data.draw(st.integers(0, 255))
    reading = read_delivery([Upload("a.csv", bytes(content))], PACKAGE)
    found = check(reading, base, None, PACKAGE)
    archive = Archive(tmp_path_factory.mktemp("deliveries"), base)
    try:
        if found.errors or found.warnings or found.folder is None:
            with pytest.raises(UnpublishableError):
                publish_delivery(archive, found, "王", "试试", {}, PACKAGE)
            assert archive.current() is None
        else:
            _holds_what_was_delivered(found, base)
    finally:
        discard(found)

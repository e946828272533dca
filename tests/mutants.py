"""Twenty small mistakes, one at a time, in a copy of the project: does a test find each of them?

    make mutants                        # or python -m tests.mutants
    python -m tests.mutants 3 17        # some of them
    python -m tests.mutants --project ../other-checkout

A mistake is one operator or number of the status rule, the values, suppression, the findings or the
exports. Only the tests that fit are run. Mistakes that survive are named, and end it with an error.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from dashboard.settings import ROOT

NOT_COPIED = shutil.ignore_patterns(".git", ".venv", ".*_cache", "__pycache__", "failures")


@dataclass(frozen=True)
class Mutant:
    """A mistake: in which file `right` becomes `wrong`, and the tests that should find it."""

    subject: str
    file: str
    right: str
    wrong: str
    tests: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.subject:<11} {Path(self.file).name:<20} {self.right!r} → {self.wrong!r}"

    def source(self, project: Path) -> Path:
        """The file in a checkout."""
        return project / self.file


def _of(subject: str, tests: str, *mistakes: tuple[str, str, str]) -> Iterator[Mutant]:
    for file, right, wrong in mistakes:
        yield Mutant(subject, file, right, wrong, tuple(tests.split()))


_SUPPRESSION = "queries/suppression/withheld_cells.sql"
MUTANTS = (
    *_of(
        "status",
        "tests/test_status.py",
        ("dashboard/indicators/status.py", "<= allowed + DUST", "<= allowed - DUST"),
        ("dashboard/indicators/status.py", "if as_of >= due_month:", "if as_of > due_month:"),
        ("dashboard/indicators/status.py", "due < self.few_things", "due <= self.few_things"),
        ("dashboard/indicators/status.py", "if printed(indicator, value) >= 1:", "if value > 1:"),
        ("dashboard/indicators/pace.py", "gone >= first_of_quarter", "gone > first_of_quarter"),
        ("dashboard/indicators/pace.py", "/ month * 12", "/ month * 11"),
    ),
    *_of(
        "values",
        "tests/counts/test_rule.py tests/counts/test_evidence.py tests/test_indicators.py",
        ("dashboard/indicators/indicator_month.py", "abs(line - value)", "abs(line + value)"),
        ("dashboard/indicators/counts.py", "and not is_city):", "and is_city):"),
        ("dashboard/indicators/moves.py", "if now > then else", "if now < then else"),
    ),
    *_of(
        "suppression",
        "tests/small_numbers tests/test_small_numbers.py",
        ("dashboard/indicators/sums.py", "chosen != hidden or", "chosen != hidden and"),
        (_SUPPRESSION, "s.people > 0 and s.people < t.fewest", "s.people > 0 and s.people < 3"),
        (_SUPPRESSION, "then place = 1", "then place = 0"),
        (_SUPPRESSION, "- small_cells < fewest - 1", "- small_cells < fewest - 3"),
    ),
    *_of(
        "findings",
        "tests/cards/test_standing.py tests/cards/test_county.py tests/cards/test_findings.py",
        ("dashboard/cards/sentences.py", "if change > 0:", "if change < 0:"),
        ("dashboard/cards/sentences.py", "worst = min(values", "worst = max(values"),
        ("dashboard/cards/ranking.py", "place=better + 1", "place=better"),
        ("dashboard/cards/ranking.py", "float(target) * 100", "float(target) * 10"),
    ),
    *_of(
        "exports",
        "tests/exports/test_native.py tests/exports/test_xlsx.py tests/exports/test_docx.py",
        ("dashboard/exports/scales.py", "else _decimals_of(value)", "else 0"),
        ("dashboard/exports/native.py", "/ target * 100", "/ target * 10"),
        (
            "dashboard/exports/cells.py",
            "written(self.value, self.decimals)",
            "written(self.value, 0)",
        ),
    ),
)


def main(arguments: list[str] | None = None) -> int:
    """Try mutants, print what became of each, and return 1 if one survives."""
    parser = argparse.ArgumentParser(description=__doc__, prog="python -m tests.mutants")
    parser.add_argument("numbers", nargs="*", type=int, help="of the mutants to try (default: all)")
    parser.add_argument("--project", type=Path, default=ROOT, help="the checkout to try them in")
    asked = parser.parse_args(arguments)
    numbers = asked.numbers or range(1, len(MUTANTS) + 1)
    survivors = 0
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        project = copied(asked.project, Path(folder))
        _must_pass(project, {test for n in numbers for test in MUTANTS[n - 1].tests})
        for number in numbers:
            began = time.perf_counter()
            is_caught = _is_caught(MUTANTS[number - 1], project)
            survivors += not is_caught
            word, seconds = "caught" if is_caught else "SURVIVES", time.perf_counter() - began
            print(f"{number:>2} {word:<8} {seconds:>4.0f} s  {MUTANTS[number - 1]}", flush=True)
    print(f"{len(numbers) - survivors} of {len(numbers)} caught")
    return 1 if survivors else 0


def copied(project: Path, folder: Path) -> Path:
    """Copy a checkout without what was made in it, into a new folder `project` of `folder`."""
    return shutil.copytree(project, folder / "project", ignore=NOT_COPIED)


def _is_caught(mutant: Mutant, project: Path) -> bool:
    source = mutant.source(project)
    sound = source.read_text(encoding="utf-8")
    assert sound.count(mutant.right) == 1, f"{mutant.right!r} is not there once: {source}"
    source.write_text(sound.replace(mutant.right, mutant.wrong), encoding="utf-8")
    try:
        return _pytest(project, mutant.tests) != 0
    finally:
        source.write_text(sound, encoding="utf-8")


def _must_pass(project: Path, tests: Iterable[str]) -> None:
    if _pytest(project, sorted(tests)):
        sys.exit("The tests fail without any mistake of ours: see to that first.")


def _pytest(project: Path, tests: Iterable[str]) -> int:
    """Run tests in a checkout until one fails; a mistake that makes them hang is found as well."""
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *tests]
    try:
        return subprocess.run(command, cwd=project, capture_output=True, timeout=900).returncode
    except subprocess.TimeoutExpired:
        return 1


if __name__ == "__main__":
    sys.exit(main())

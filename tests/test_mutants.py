"""The mutants can still be made, and their tests are still there: `make mutants` tries them."""

from __future__ import annotations

from dashboard.settings import ROOT
from tests.mutants import MUTANTS


def test_every_mistake_can_be_made_at_one_place() -> None:
    places = [mutant.source(ROOT).read_text("utf-8").count(mutant.right) for mutant in MUTANTS]
    assert places == [1] * len(MUTANTS) == [1] * 20


def test_the_tests_that_fit_are_there() -> None:
    assert all((ROOT / test).exists() for mutant in MUTANTS for test in mutant.tests)

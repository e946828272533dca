"""The committed references are what the catalogue and the plans say today."""

from __future__ import annotations

from pathlib import Path

from dashboard import settings
from dashboard.catalogue import Catalogue, load_catalogue
from dashboard.plan import Plan, load_plan, plan_years
from dashboard.reference import clauses_markdown, reference_markdown

DOCS = Path(__file__).parents[1] / "docs"
REFERENCE = DOCS / "indicators.md"
CLAUSES = DOCS / "clauses.md"


def shipped() -> Catalogue:
    return load_catalogue(settings.QUERIES_DIR / "indicators")


def shipped_plans() -> dict[int, Plan]:
    return {
        year: load_plan(settings.PLAN_DIR / str(year)) for year in plan_years(settings.PLAN_DIR)
    }


def test_the_committed_reference_is_up_to_date() -> None:
    # Otherwise: python -m dashboard reference > docs/indicators.md
    assert REFERENCE.read_text("utf-8") == reference_markdown(shipped())


def test_the_reference_defines_every_indicator_and_threshold() -> None:
    catalogue = shipped()
    text = reference_markdown(catalogue)
    for indicator in catalogue.indicators.values():
        assert f"### {indicator.name_zh} · {indicator.name_en}" in text
        assert f"| {indicator.caveats_zh} | {indicator.caveats_en} |" in text
    for threshold in catalogue.thresholds.values():
        assert f"| `{threshold.name}` | {threshold.value:g} |" in text


def test_the_committed_clauses_are_up_to_date() -> None:
    # Otherwise: python -m dashboard reference clauses > docs/clauses.md
    assert CLAUSES.read_text("utf-8") == clauses_markdown(shipped_plans())


def test_the_clauses_table_counts_every_task_and_names_every_target() -> None:
    plan = shipped_plans()[2024]
    rows = [
        line.split(" | ") for line in clauses_markdown({2024: plan}).splitlines() if "|" in line
    ]
    numbered = [row for row in rows if row[0].removeprefix("| ").isdigit()]
    assert len(numbered) == len(plan.clauses) == 26
    assert sum(int(row[2]) for row in numbered) == len(plan.tasks) == 253
    assert sum(int(row[3]) for row in numbered) == len(plan.targets) == 62
    assert sum(row[4].count("`") // 2 for row in numbered) == 62

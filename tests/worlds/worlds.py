"""Worlds in which life departs from the sample: folders of exports and plans, made when asked for.

Each is a copy of the sample, or of a longer one, with a few things as they are in some bureau's
year: nothing measured yet, a county that is silent, a month that is missing, a plan that follows.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from dashboard import settings
from dashboard.data import Database, Inputs, open_inputs
from tests.worlds import editing
from tools.sample import write_sample

SEED = 2024
NEXT_YEAR_UNTIL = "2025-06"

Edit = Callable[[Path], object]


def _as_it_is(_folder: Path) -> None:
    """Change nothing."""


@dataclass(frozen=True)
class World:
    """A world: edits of the exports and of the plan folder, and the months to look at it."""

    name: str
    months: tuple[str, ...]
    exports: Edit = _as_it_is
    plan: Edit = _as_it_is
    until: str | None = None  # the sample's last month, where it is not the committed one

    def __str__(self) -> str:
        return self.name


def _training_month_missing(folder: Path) -> None:
    editing.drop(
        folder / "职业培训月报.csv",
        lambda row: row["区县代码"] == editing.ZHUJI and row["月份"] == "2024-05",
    )


def _project_month_missing(folder: Path) -> None:
    editing.drop(
        folder / "项目月报.csv",
        lambda row: row["项目编号"] == "JS2024001" and row["月份"] == "2024-05",
    )


def _monthly_rows_missing(folder: Path) -> None:
    _training_month_missing(folder)
    _project_month_missing(folder)


WORLDS = (
    World("before the plan", ("2024-01", "2024-02")),
    World(
        "nothing of the plan's year",
        ("2024-01",),
        exports=lambda folder: editing.truncate_after(folder, "2023-12"),
    ),
    World("a month missing", ("2024-05", "2024-09"), exports=_monthly_rows_missing),
    World(
        "a county silent",
        ("2024-09",),
        exports=lambda folder: editing.drop_county(folder, editing.ZHUJI),
    ),
    World(
        "exports from this year on",
        ("2024-03", "2024-09"),
        exports=lambda folder: editing.truncate_before(folder, 2024),
    ),
    World(
        "schools that moved",
        ("2024-09",),
        exports=lambda folder: editing.move_schools(
            folder, editing.YUECHENG, editing.KEQIAO, count=20
        ),
    ),
    World("after the last plan", ("2025-01", "2025-06"), until=NEXT_YEAR_UNTIL),
    World(
        "a second plan year",
        ("2024-12", "2025-01", "2025-03", "2025-06"),
        plan=lambda folder: editing.next_plan_year(folder, 2025),
        until=NEXT_YEAR_UNTIL,
    ),
)


@cache
def exports_of(world: World) -> Path:
    """The world's folder of exports."""
    folder = Path(mkdtemp(prefix="world-exports-")) / "exports"
    shutil.copytree(_sample_until(world.until) if world.until else settings.SAMPLE_DIR, folder)
    world.exports(folder)
    return folder


@cache
def _sample_until(month: str) -> Path:
    folder = Path(mkdtemp(prefix="sample-")) / "exports"
    write_sample(folder, seed=SEED, scale=1, until=month)
    return folder


@cache
def plan_of(world: World) -> Path:
    """The world's folder of plans."""
    folder = Path(mkdtemp(prefix="world-plan-")) / "plan"
    shutil.copytree(settings.PLAN_DIR, folder)
    world.plan(folder)
    return folder


@cache
def database_of(world: World) -> Database:
    """The world, opened once."""
    return open_inputs(
        Inputs(exports_of(world), plan_of(world), settings.QUERIES_DIR, settings.DATAPACKAGE)
    )

"""What belongs to a plan year stays in it: steps, projects, targets, and what is said of them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd
import pytest

from dashboard.cards import Context, build_card, build_headline, is_of_year, year_sentence
from dashboard.data import Database, open_database
from dashboard.deliveries.checking.publish import discard
from dashboard.filters import Filters
from dashboard.frames import Row, records
from dashboard.indicators import months, values
from dashboard.indicators.goals import goals
from dashboard.meeting.brief import build_brief
from dashboard.words.language import language
from tests.deliveries.delivering import checked, export, upload
from tests.plan.years import CASES, asked, change, exports, plans

pytestmark = pytest.mark.slow


def city(database: Database, as_of: str, indicator_id: str) -> Row:
    (row,) = [
        row
        for row in records(values(database, as_of, (), [indicator_id]))
        if row["county_id"] == "all"
    ]
    return row


def view(database: Database, as_of: str, *counties: str, code: str = "zh") -> Context:
    return Context(database, Filters(as_of, counties), language(code))


@pytest.fixture(scope="module")
def new_steps(tmp_path_factory: pytest.TempPathFactory) -> Database:
    """The sample with a plan of 2025 that asks for four new steps."""
    root = plans(tmp_path_factory.mktemp("plan"), 2024, 2025)
    asks = ("balanced_development_stage", "municipal_projects")
    change(
        root / "2025" / "targets.csv",
        lambda rows: [r for r in rows if r["kind"] != "milestone" or r["indicator_id"] in asks],
    )
    shutil.copy(CASES / "milestones-2025-new-steps.csv", root / "2025" / "milestones.csv")
    return open_database(plan_dir=root)


# Steps


def test_last_years_steps_are_none_of_the_new_years(new_steps: Database) -> None:
    january = city(new_steps, "2025-01", "balanced_development_stage")
    assert (january["value"], january["target"], january["status"]) == (0, 2, "not_due")
    # The list of the new year's projects is not in yet: nobody knows.
    january = city(new_steps, "2025-01", "municipal_projects")
    assert (january["value"], january["target"], january["status"]) == (None, 2, "not_due")
    assert january["missing"] == "x"


@pytest.mark.parametrize("indicator_id", ["balanced_development_stage", "municipal_projects"])
def test_a_new_plan_does_not_change_the_old_years_steps(
    new_steps: Database, sample: Database, indicator_id: str
) -> None:
    for as_of in ("2024-06", "2024-09"):
        assert city(new_steps, as_of, indicator_id) == city(sample, as_of, indicator_id)


def test_a_recheck_of_2021_takes_no_step_of_2024(tmp_path: Path, sample: Database) -> None:
    folder = exports(tmp_path / "exports")
    path, case = folder / "创建认定.csv", CASES / "recheck_2021_counts_as_2024.csv"
    path.write_text(
        path.read_text("utf-8-sig") + case.read_text("utf-8").split("\n", 1)[1], "utf-8"
    )
    database = open_database(folder)

    for as_of in ("2024-03", "2024-09"):
        row = city(database, as_of, "balanced_development_stage")
        assert row == city(sample, as_of, "balanced_development_stage")
    steps = database.run_query("quality/balanced_steps", as_of="2024-09").set_index(
        ["county_id", "step"]
    )
    assert pd.isna(steps.loc[("330683", "provincial_recheck"), "taken_date"])


# Projects


def test_a_project_has_a_row_in_each_plan_that_lists_it() -> None:
    """Two projects go on in 2025: delivering that list leaves the one of 2024 as it was."""
    listed = export("projects").iloc[:2].assign(计划年度="2025")
    found = checked([upload(listed, "建设项目.csv")])
    assert found.folder is not None
    try:
        years = export("projects", found.folder)["计划年度"].value_counts()
        assert (years["2024"], years["2025"]) == (52, 2)
        (changes,) = found.changes
        assert (changes.added, changes.removed) == (2, 0)

        database = open_database(found.folder)
        # Both had started before: they are under way from January, and only in 2025 among two.
        assert city(database, "2025-01", "projects_underway")["value"] == 2
        before = city(open_database(), "2024-09", "projects_underway")
        assert city(database, "2024-09", "projects_underway") == before
        for as_of, count in (("2024-09", 52), ("2025-01", 2)):
            projects = database.run_query(
                "construction/projects", as_of=as_of, plan_year=int(as_of[:4])
            )
            assert len(projects) == projects["project_id"].nunique() == count
    finally:
        discard(found)


# What the plan asks


def test_the_plan_decides_kind_and_comparator_and_the_citys_number_is_no_countys(
    tmp_path: Path,
) -> None:
    root = plans(tmp_path, 2024)
    asked(root / "2024", "large_schools", kind="count", comparator="<=", target="5")
    database = open_database(plan_dir=root)

    by_unit = goals(database, "2024-09")["large_schools"]
    assert set(by_unit) == {"all"}
    assert (by_unit["all"].kind, by_unit["all"].comparator, by_unit["all"].target) == (
        "count",
        "<=",
        5,
    )
    row = city(database, "2024-09", "large_schools")
    assert (row["value"], row["status"]) == (18, "behind")  # 18 are more than 5


CHANGE = """indicator_id,from_month,target,reason_zh,reason_en
modern_schools_created,2024-07,26,省厅下调名额,The province lowered the number
"""


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Database:
    """The plan of 2024 with a target that the bureau lowered in July."""
    root = plans(tmp_path_factory.mktemp("plan"), 2024)
    (root / "2024" / "target_changes.csv").write_text(CHANGE, encoding="utf-8")
    return open_database(plan_dir=root)


def test_a_changed_target_keeps_its_old_number_in_the_months_before(changed: Database) -> None:
    targets = {
        as_of: city(changed, as_of, "modern_schools_created")["target"]
        for as_of in ("2024-06", "2024-07", "2024-09")
    }
    assert targets == {"2024-06": 30, "2024-07": 26, "2024-09": 26}


def test_a_changed_target_is_said_with_its_month_and_reason(changed: Database) -> None:
    said = "新创省级现代化学校数的目标自2024年7月起由30所调整为26所（省厅下调名额）。"
    name = changed.catalogue.indicator("modern_schools_created").name_zh
    said = said.replace("新创省级现代化学校数", name)
    card = build_card("standing", view(changed, "2024-09"), indicator_id="modern_schools_created")
    assert said in card.notes
    before = build_card("standing", view(changed, "2024-06"), indicator_id="modern_schools_created")
    assert said not in before.notes
    clause = build_card("plan.targets", view(changed, "2024-09"), clause=5)
    assert said in clause.notes
    brief = build_brief(view(changed, "2024-09", "330681"))
    told = [text for part in brief.sections for text in (*part.progress, *part.problems)]
    assert any(said in text for text in told)


# Years without a plan, and without data


@pytest.fixture(scope="module")
def plan_ended(tmp_path_factory: pytest.TempPathFactory) -> Database:
    """Data of January 2025 where there is no plan of 2025."""
    folder = exports(tmp_path_factory.mktemp("data") / "exports")
    change(
        folder / "职业培训月报.csv",
        lambda rows: [*rows, *(r | {"月份": "2025-01"} for r in rows if r["月份"] == "2024-01")],
    )
    return open_database(folder)


def test_months_after_the_last_plan_are_shown_without_status(plan_ended: Database) -> None:
    assert months(plan_ended)[-1] == "2025-01"
    row = city(plan_ended, "2025-01", "vocational_training")
    assert row["value"] == city(plan_ended, "2024-01", "vocational_training")["value"]
    assert (row["target"], row["status"]) == (None, None)
    assert city(plan_ended, "2025-01", "balanced_development_stage")["missing"] == "z"


def test_a_year_without_a_plan_says_why_nothing_is_judged(plan_ended: Database) -> None:
    why = "没有2025年工作要点，只列数据，不作评价。"
    context = view(plan_ended, "2025-01")
    assert year_sentence(context) == why
    assert why in build_headline("overview", context)
    assert why in build_card("standing", context, indicator_id="vocational_training").notes
    brief = build_brief(context)
    assert brief.summary == (why,)
    assert brief.title == "2025年教育数据"


def test_a_plan_without_data_leaves_last_year_and_says_so(new_steps: Database) -> None:
    assert months(new_steps)[-1] == "2024-09"
    assert year_sentence(view(new_steps, "2024-09")) == (
        "尚无2025年数据，仍为2024年，按2024年工作要点评价。"
    )
    assert year_sentence(view(new_steps, "2024-08")) == ""


# What a plan drops


def test_what_a_plan_drops_is_named_in_none_of_its_cards(tmp_path: Path) -> None:
    gone = ("arts_bases", "psychology_center_coverage")
    context = view(open_database(plan_dir=plans(tmp_path, 2024, 2025, dropped=gone)), "2025-01")
    assert not context.is_named("arts_bases")
    assert "arts_bases" not in build_card("quality.board", context).indicator_ids
    # The two psychology rates stand in one card: without one of them the other stands alone.
    assert not is_of_year(context, build_card("health.psychology", context))
    assert context.is_named("psychology_teacher_coverage")
    earlier = view(context.database, "2024-09")
    assert is_of_year(earlier, build_card("health.psychology", earlier))

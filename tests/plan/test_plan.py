"""The committed plan says what the published text says, and a folder that does not is refused."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import msgspec
import pandas as pd
import pytest

from dashboard.plan import (
    TABLES,
    Plan,
    PlanError,
    load_plan,
    passages,
    plan_years,
    sentences,
    uncovered_sentences,
)

PLANS = Path(__file__).parents[2] / "data" / "plan"

# The bureau's list of targets, kept here a second time so that a slip in targets.csv is seen.
EXPECTED_TARGETS = """
3 clean_schools directional increase - 所 county
5 modern_schools_created count >= 30 所 county
5 balanced_development_stage milestone reach - 阶段 county
5 balanced_seven_indicators rate >= 100 % county
6 projects_underway count >= 52 个 county
6 project_investment count >= 20 亿元 county
6 projects_completed count >= 24 个 county
6 municipal_projects milestone reach - 项 city
6 large_schools directional decrease - 所 county
6 small_schools_merged directional increase - 所 county
8 inclusive_kindergarten_coverage rate >= 95 % county
8 quality_kindergarten_coverage rate >= 85 % county
8 public_kindergarten_coverage rate >= 80 % county
8 quality_kindergarten_counties county_count >= 1 个 city
8 rural_quality_kindergarten_counties county_count >= 1 个 city
8 group_kindergarten_coverage directional increase - % county
8 quality_kindergartens_created directional increase - 所 county
8 preschool_community_coverage directional increase - % county
9 education_community_share rate >= 100 % county
9 tiered_class_schools count >= 10 所 county
9 teacher_rotation_rate directional increase - % county
10 quality_high_school_counties county_count >= 6 个 city
10 olympiad_awards directional increase - 项 city
11 home_teaching_share directional decrease - % county
12 sports_schools count >= 50 所 county
12 baseball_schools count >= 30 所 county
12 fitness_pass_rate rate >= 98.55 % county
12 fitness_good_rate rate >= 70 % county
12 psychology_teacher_coverage rate >= 100 % county
12 psychology_center_coverage rate >= 100 % county
12 psychology_cert_c_rate rate >= 97 % county
12 psychology_cert_b_rate rate >= 12 % county
13 arts_bases count >= 30 所 county
13 rural_arts_bases count >= 10 所 county
13 arts_club_bases count >= 30 个 county
13 labour_classroom_coverage rate >= 95 % county
13 study_travel_courses count >= 10 门 county
13 scientist_lectures count >= 50 场 county
13 civilised_campuses directional increase - 所 county
13 study_travel_bases directional increase - 个 county
14 vocational_double_high_passed rate >= 100 % city
14 national_double_excellence directional increase - 所 county
15 tertiary_gross_enrolment rate >= 70 % city
15 university_campuses milestone reach - 项 city
16 graduate_retention rate >= 27 % city
16 general_vocational_ratio directional stable - % county
16 technician_intake directional increase - 人 county
16 five_year_intake directional increase - 人 county
16 bachelor_track_intake directional increase - 人 county
18 smart_campuses count >= 15 所 county
18 it_training_coverage rate >= 100 % county
19 online_master_classes count >= 6 期 city
19 tutoring_managed_rate rate >= 100 % county
19 tutoring_platform_rate rate >= 100 % county
19 tutoring_registration_rate rate >= 100 % county
19 clean_case_counties county_count >= 6 个 city
19 external_resource_rate directional increase - % county
21 pupil_teacher_ratio directional decrease - - county
21 teachers_per_class directional increase - - county
22 senior_title_teachers directional increase - 人 county
22 graduate_degree_rate directional increase - % county
24 unnatural_death_rate directional decrease - 1/10万 city
25 migrant_public_rate rate >= 90 % county
25 vocational_training count >= 8 万人次 county
25 vision_screening_rounds count >= 2 次 county
25 vision_stations_growth rate >= 10 % county
25 myopia_decline change <= -1 百分点 county
25 health_school_rate rate >= 100 % county
25 gold_health_schools count >= 10 所 county
25 silver_health_schools count >= 30 所 county
25 student_aid_coverage rate >= 100 % county
25 myopia_model_schools directional increase - 所 county
25 model_canteens directional increase - 个 county
"""


@pytest.fixture(scope="module")
def plan() -> Plan:
    return load_plan(PLANS / "2024")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the committed plan that a test may spoil."""
    return shutil.copytree(PLANS / "2024", tmp_path / "2024")


def published_clauses() -> dict[int, str]:
    """The clauses as plan.txt has them, read without the code under test."""
    text = (PLANS / "2024" / "plan.txt").read_text(encoding="utf-8")
    return {int(number): words for number, words in re.findall(r"^(\d+)\.(.*)$", text, re.M)}


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def line_of(path: Path, words: str) -> int:
    lines = path.read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, start=1) if words in line)


# The committed plan


def test_the_clauses_are_the_published_text_word_for_word(plan: Plan) -> None:
    assert {clause.clause: clause.text_zh for clause in plan.clauses} == published_clauses()
    assert [clause.clause for clause in plan.clauses] == list(range(1, 27))
    for clause in plan.clauses:
        assert clause.text_zh.startswith(f"{clause.title_zh}。")


def test_the_sections_are_those_of_the_published_text(plan: Plan) -> None:
    headings = re.findall(r"^\([一二三四五六七]\)(.+)$", plan.text, re.M)
    assert list(dict.fromkeys(clause.section_zh for clause in plan.clauses)) == headings


def test_tasks_and_targets_quote_every_sentence_of_the_published_text(plan: Plan) -> None:
    assert uncovered_sentences(plan) == []


def test_every_character_of_the_published_clauses_is_in_a_quote() -> None:
    """The coverage above once more, from the files alone and counting unbroken quotes only."""
    remaining = published_clauses()
    titles = pd.read_csv(PLANS / "2024" / "clauses.csv").rename(columns={"title_zh": "quote_zh"})
    tables = [pd.read_csv(PLANS / "2024" / f"{name}.csv") for name in ("tasks", "targets")]
    quotes = pd.concat([titles, *tables])[["clause", "quote_zh"]]
    # Longest first: a short quote must not cut a longer one in two.
    for row in quotes.sort_values("quote_zh", key=lambda words: -words.str.len()).itertuples():
        remaining[row.clause] = remaining[row.clause].replace(row.quote_zh, "|")
    assert {re.sub(r"[\W_]", "", text) for text in remaining.values()} == {""}


def test_a_sentence_without_its_task_is_named(plan: Plan) -> None:
    without = tuple(task for task in plan.tasks if "中小学教师减负清单" not in task.quote_zh)
    assert uncovered_sentences(msgspec.structs.replace(plan, tasks=without)) == [
        (23, "制定落实中小学教师减负清单。")
    ]


def test_one_unquoted_word_leaves_its_sentence_uncovered(plan: Plan) -> None:
    shortened = tuple(
        msgspec.structs.replace(task, quote_zh=task.quote_zh.removeprefix("推广"))
        for task in plan.tasks
    )
    assert uncovered_sentences(msgspec.structs.replace(plan, tasks=shortened)) == [
        (23, "推广落实教师“十个有”关爱举措。")
    ]


def test_every_quote_stands_in_its_clause(plan: Plan) -> None:
    texts = published_clauses()
    rows: list[Any] = [*plan.tasks, *plan.targets]
    for row in rows:
        rest = texts[row.clause]
        for part in row.quote_zh.split("……"):
            assert part and part in rest, row
            rest = rest[rest.index(part) + len(part) :]


def test_a_task_is_one_passage_that_occurs_once(plan: Plan) -> None:
    texts = published_clauses()
    for task in plan.tasks:
        assert texts[task.clause].count(task.quote_zh) == 1, task


def test_task_ids_carry_their_clause_and_count_up(plan: Plan) -> None:
    for clause in plan.clauses:
        ids = [task.task_id for task in plan.tasks if task.clause == clause.clause]
        assert ids == [f"c{clause.clause:02}-{n:02}" for n in range(1, len(ids) + 1)]


def test_the_targets_are_those_of_the_bureaus_list(plan: Plan) -> None:
    found = [
        f"{row.clause} {row.indicator_id} {row.kind} {row.comparator}"
        f" {'-' if row.target is None else format(row.target, 'g')}"
        f" {row.unit_zh or '-'} {row.scope}"
        for row in plan.targets
    ]
    assert found == EXPECTED_TARGETS.split("\n")[1:-1]


def test_milestones_name_four_counties_two_campuses_and_four_projects(plan: Plan) -> None:
    assert {
        (row.county_id, row.key) for row in plan.milestones if row.source == "accreditation"
    } == {
        ("330602", "balanced_provincial_assessment"),
        ("330604", "balanced_national_recognition"),
        ("330624", "balanced_national_recognition"),
        ("330683", "balanced_provincial_recheck"),
        ("all", "campus_started:杭州电子科技大学绍兴校区"),
        ("all", "campus_in_use:浙江金融职业学院绍兴校区"),
    }
    projects = {row.key: row.step for row in plan.milestones if row.source == "project"}
    assert projects == {
        "稽山中学改扩建工程": "topping",
        "高级中学西校门及校舍提升工程": "completion",
        "阳明中学排羽训练中心项目": "approval",
        "越州中学校园整体提升工程": "approval",
    }
    assert all(name in plan.text for name in projects)


def test_the_plan_does_not_name_its_offices_and_says_so(plan: Plan) -> None:
    assert {office.certainty for office in plan.offices} == {"R"}
    rows: list[Any] = [*plan.tasks, *plan.targets]
    used = {row.office_id for row in rows}
    assert used == {office.office_id for office in plan.offices}


def test_what_is_due_is_due_in_the_plans_year(plan: Plan) -> None:
    rows: list[Any] = [*plan.tasks, *plan.targets, *plan.milestones]
    assert {row.due_month[:4] for row in rows} == {str(plan.year)}


# Frames


@pytest.mark.parametrize("table", TABLES)
def test_a_frame_has_the_files_columns_and_rows(plan: Plan, table: str) -> None:
    frame = plan.frame(table)
    header = (PLANS / "2024" / f"{table}.csv").read_text(encoding="utf-8").splitlines()[0]
    assert list(frame.columns) == header.split(",")
    assert len(frame) == len(getattr(plan, table))


def test_an_empty_table_keeps_its_column_types(plan: Plan) -> None:
    full, empty = plan.frame("targets"), msgspec.structs.replace(plan, targets=()).frame("targets")
    assert len(empty) == 0
    assert dict(empty.dtypes) == dict(full.dtypes)
    assert full["target"].dtype == "float64"
    assert full["clause"].dtype == "int64"


# Sentences and passages


def test_sentences_end_at_their_full_stop_and_keep_it() -> None:
    assert sentences("一。二,“三!”四;五?\n六") == ["一。", "二,“三!”", "四;五?", "六"]
    assert sentences("达到98.55%。组织 2.0 培训。") == ["达到98.55%。", "组织 2.0 培训。"]


def test_passages_give_the_offsets_of_each_part() -> None:
    assert passages("合格率……达到98%", "体质合格率、优良率分别达到98%、70%") == [(2, 5), (11, 16)]


def test_passages_prefer_the_shortest_stretch_then_the_first() -> None:
    assert passages("甲……丙", "甲乙甲丙甲丙") == [(2, 3), (3, 4)]
    assert passages("甲", "乙甲甲") == [(1, 2)]


@pytest.mark.parametrize("quote", ["丁", "丙……甲", "甲……丁", "", "……"])
def test_passages_are_none_when_a_part_is_missing_or_out_of_order(quote: str) -> None:
    assert passages(quote, "甲乙丙") == []


# Another year


def test_another_year_is_another_folder(tmp_path: Path) -> None:
    """A small plan of another year, with clauses, targets and offices of its own."""
    folder = tmp_path / "2031"
    folder.mkdir()
    files = {
        "plan.yaml": "year: 2031\ntitle_zh: 要点\ntitle_en: Plan\npublished: 2031-02-01\n"
        "source_zh: 公告\nsource_en: Notice\n",
        "plan.txt": "要点\n\n(一)章\n\n1.学前。覆盖面达96%。\n\n2.安全。守好底线。\n",
        "offices.csv": "office_id,name_zh,name_en,certainty\nsafety,安全处,Safety,V\n",
        "clauses.csv": "clause,section_zh,section_en,title_zh,title_en,text_zh\n"
        "1,章,Part,学前,Preschool,学前。覆盖面达96%。\n2,章,Part,安全,Safety,安全。守好底线。\n",
        "tasks.csv": "task_id,clause,quote_zh,office_id,due_month\n"
        "c02-01,2,守好底线,safety,2031-12\n",
        "targets.csv": "indicator_id,clause,quote_zh,kind,comparator,target,unit_zh,scope,"
        "office_id,due_month,basis\ncoverage,1,覆盖面达96%,rate,>=,96,%,county,safety,2031-12,plan\n",
        "milestones.csv": "indicator_id,milestone_id,county_id,name_zh,name_en,source,key,step,"
        "due_month\n",
    }
    for name, content in files.items():
        (folder / name).write_text(content, encoding="utf-8")

    plan = load_plan(folder)

    assert (plan.year, plan.targets[0].target) == (2031, 96)
    assert uncovered_sentences(plan) == []
    assert plan.milestones == ()


def test_a_copied_folder_loads_once_it_says_its_year(tmp_path: Path) -> None:
    folder = shutil.copytree(PLANS / "2024", tmp_path / "2025")
    with pytest.raises(PlanError, match="the folder is named 2025"):
        load_plan(folder)

    replace(folder / "plan.yaml", "year: 2024", "year: 2025")

    assert load_plan(folder).year == 2025
    assert uncovered_sentences(load_plan(folder)) == []


def test_plan_years_are_the_folders_named_by_a_year(tmp_path: Path) -> None:
    for name in ("2025", "2024", "drafts", "2024 copy"):
        (tmp_path / name).mkdir()
    (tmp_path / "2023").write_text("a file is no plan", encoding="utf-8")
    assert plan_years(tmp_path) == [2024, 2025]
    assert plan_years(tmp_path / "nowhere") == []


def test_a_byte_order_mark_is_no_obstacle(folder: Path) -> None:
    for path in folder.iterdir():
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert load_plan(folder) == load_plan(PLANS / "2024")

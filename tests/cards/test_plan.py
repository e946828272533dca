"""工作要点 on the sample: everything the plan asks for is on the ledger, once, and adds up."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from dashboard import charts, indicators
from dashboard.cards import Context, build_card, build_headline
from dashboard.cards.model import Emphasis, Passage, Run
from dashboard.cards.plan import STANDINGS, Choice
from dashboard.cards.plan.ledger import matching, targets, tasks
from dashboard.cards.plan.passages import found_in, marked_text, searched
from dashboard.data import Database, open_database
from dashboard.filters import Filters
from dashboard.indicators import count_targets
from dashboard.settings import SAMPLE_DIR
from dashboard.words.language import language
from tests.plan_of_2024 import TARGETS, TASKS

MakeContext = Callable[..., Context]

VIEWS = {
    "city": {},
    "one county": {"counties": ["330681"]},
    "city-run": {"counties": ["330600"]},
    "January": {"as_of": "2024-01"},
    "English": {"lang": "en"},
}
CHOICES = {
    "all": Choice(),
    "an office": Choice(office="preschool"),
    "a status": Choice(standings=("behind", "none")),
    "words": Choice(words="幼儿园 95%"),
    "nothing fits": Choice(words="nothing of the kind"),
}


def clause_texts(context: Context) -> dict[int, str]:
    plan = context.database.plans[2024]
    return {clause.clause: clause.text_zh for clause in plan.clauses}


@pytest.mark.product
@pytest.mark.parametrize("choice", CHOICES.values(), ids=CHOICES.keys())
@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS.keys())
def test_cards_can_be_shown_for(
    context: MakeContext, view: dict[str, object], choice: Choice
) -> None:
    cards = [
        build_card("plan.clauses", context(**view), choice=choice),
        build_card("plan.found_tasks", context(**view), choice=choice),
        build_card("plan.found_targets", context(**view), choice=choice),
        build_card("plan.offices", context(**view)),
        build_card("plan.problems", context(**view)),
    ]
    for clause in (1, 8, 26):
        for card_id in ("plan.words", "plan.targets", "plan.tasks"):
            cards.append(build_card(card_id, context(**view), clause=clause, choice=choice))
    for card in cards:
        assert card.finding
        card.table.labelled()
        for chart in card.charts:
            charts.figure(chart.shape, chart.frame, chart.options)


def test_every_clause_task_and_target_is_on_the_ledger(
    context: MakeContext, database: Database
) -> None:
    plan = database.plans[2024]
    overview = build_card("plan.clauses", context())
    assert overview.entries is not None
    numbers = [int(line.target_id) for line in overview.entries.lines]
    assert numbers == [clause.clause for clause in plan.clauses] == list(range(1, 27))

    listed_tasks: list[str] = []
    listed_targets: list[str] = []
    for number in numbers:
        tasks_card = build_card("plan.tasks", context(), clause=number)
        assert tasks_card.listing is not None
        listed_tasks += list(tasks_card.listing.frame["task_id"])
        targets_card = build_card("plan.targets", context(), clause=number)
        assert targets_card.entries is not None
        listed_targets += [line.target_id for line in targets_card.entries.lines]
    assert listed_tasks == [task.task_id for task in plan.tasks]
    assert len(listed_tasks) == TASKS
    assert sorted(listed_targets) == sorted(database.catalogue.indicators)
    assert len(listed_targets) == TARGETS


@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS.keys())
def test_the_counts_of_the_clauses_add_up_to_all_tasks_and_targets(
    context: MakeContext, view: dict[str, object]
) -> None:
    frame = build_card("plan.clauses", context(**view)).table.frame
    counted = targets(context(**view)).query("is_counted")
    assert frame["tasks"].sum() == TASKS
    for kind, rows in (("tasks", tasks(context(**view))), ("targets", counted)):
        parts = frame[[f"{kind}_{standing}" for standing in STANDINGS]]
        assert (parts.sum(axis=1) == frame[kind]).all()
        assert frame[kind].sum() == len(rows)
        assert frame[f"{kind}_behind"].sum() == (rows["status"] == "behind").sum()


def test_a_clause_shows_its_tasks_and_its_targets_side_by_side(context: MakeContext) -> None:
    card = build_card("plan.clauses", context())
    assert card.entries is not None
    line = next(line for line in card.entries.lines if line.target_id == "15")
    row = card.table.frame.set_index("clause").loc[15]
    for cell, word, kind in zip(line.cells, ("任务", "指标"), ("tasks", "targets"), strict=True):
        assert cell.startswith(word)
        assert sum(map(int, re.findall(r"\d+", cell))) == row[kind]


def test_a_county_is_not_charged_with_the_figures_of_the_city(context: MakeContext) -> None:
    view = context(counties=["330681"])
    own = targets(view).set_index("indicator_id")
    for indicator_id in ("graduate_retention", "online_master_classes", "municipal_projects"):
        assert not own.at[indicator_id, "is_counted"]
        assert own.at[indicator_id, "name"].endswith("（全市数）")
    card = build_card("plan.found_targets", view, choice=Choice(standings=("behind",)))
    assert card.entries is not None
    assert not any("全市数" in line.label for line in card.entries.lines)
    assert f"{len(card.entries.lines)}项" in card.finding


def test_offices_state_tasks_and_targets_apart_each_true_alone(context: MakeContext) -> None:
    card = build_card("plan.offices", context())
    frame = card.table.frame.set_index("office")
    assert "不超过" not in card.finding
    for part, kind in zip(card.finding.split("；"), ("targets", "tasks"), strict=True):
        behind = frame[f"{kind}_behind"]
        assert part.endswith(f"{behind.max()}项")
        assert all(office in part for office in behind.index[behind == behind.max()])
    assert frame["targets_behind"].sum() == (targets(context())["status"] == "behind").sum()


def test_the_headline_counts_every_task_once(context: MakeContext) -> None:
    text = build_headline("plan", context())
    total, *parts = [int(n) for n in re.findall(r"(\d+)项", text.split("；")[0])]
    assert total == sum(parts) == TASKS
    found = tasks(context())["standing"].value_counts()
    assert parts == [int(found[standing]) for standing in STANDINGS if standing in found]
    total, *parts = [int(n) for n in re.findall(r"(\d+)项", text.split("；")[1])]
    assert total == sum(parts) == len(count_targets(context().database, "2024-09"))


def test_the_finding_names_the_clauses_with_most_behind(context: MakeContext) -> None:
    card = build_card("plan.clauses", context())
    frame = card.table.frame
    for kind, word in (("targets_behind", "指标"), ("tasks_behind", "任务")):
        worst = frame[frame[kind] == frame[kind].max()]
        said = next(part for part in card.finding.split("；") if f"滞后{word}最多" in part)
        assert all(title in said for title in worst["title"])
        assert said.endswith(f"{frame[kind].max()}项")


def test_targets_are_the_chosen_counties(context: MakeContext, database: Database) -> None:
    frame = targets(context(counties=["330681"])).set_index("indicator_id")
    own = indicators.values(database, "2024-09", ["330681"]).query("county_id == 'all'")
    expected = own.set_index("indicator_id")
    for indicator_id in ("inclusive_kindergarten_coverage", "sports_schools", "myopia_decline"):
        assert frame.at[indicator_id, "value"] == expected.at[indicator_id, "value"]
        assert frame.at[indicator_id, "status"] == expected.at[indicator_id, "status"]


@pytest.mark.parametrize("clause", range(1, 27))
def test_a_clause_is_shown_word_for_word_with_its_marks_in_place(
    context: MakeContext, database: Database, clause: int
) -> None:
    card = build_card("plan.words", context(), clause=clause)
    text = clause_texts(context())[clause]
    assert card.passage is not None
    assert str(card.passage) == text
    plan = database.plans[2024]
    signs = sum(len(run.sign) for run in card.passage.runs)
    starts = {
        text.find(task.quote_zh.partition("……")[0]) for task in plan.tasks if task.clause == clause
    }
    assert signs == len(starts)
    measured = any(target.clause == clause for target in plan.targets)
    assert any(run.mark is Emphasis.TARGET for run in card.passage.runs) is measured


def test_the_words_of_the_indicator_that_was_asked_for_stand_out(context: MakeContext) -> None:
    card = build_card(
        "plan.words", context(), clause=8, indicator_ids=("inclusive_kindergarten_coverage",)
    )
    assert card.passage is not None
    asked = [run.text for run in card.passage.runs if run.mark is Emphasis.ASKED]
    assert asked == ["普惠性幼儿园在园儿童覆盖面达95%"]


def test_choices_narrow_and_together_lose_nothing(context: MakeContext) -> None:
    frame = tasks(context())
    by_status = [len(matching(frame, Choice(standings=(name,)))) for name in STANDINGS]
    assert sum(by_status) == len(frame)
    by_office = [
        len(matching(frame, Choice(office=office))) for office in frame["office_id"].unique()
    ]
    assert sum(by_office) == len(frame)
    found = matching(frame, Choice(words="近视 下降"))
    assert list(found["task_id"]) == ["c25-07"]


def test_the_search_looks_through_the_reports(context: MakeContext) -> None:
    frame = tasks(context())
    found = matching(frame, Choice(words="经费尚未全部到位"))
    assert len(found) > 0
    assert (found["problem"] == "经费尚未全部到位").all()
    listing = build_card(
        "plan.found_tasks", context(), choice=Choice(words="经费尚未全部到位")
    ).listing
    assert listing is not None
    for report in listing.frame["report"]:
        assert [run.text for run in report.runs if run.mark] == ["经费尚未全部到位"]


def test_words_that_no_single_task_has_still_find_their_clause(context: MakeContext) -> None:
    choice = Choice(words="托幼一体化 提质二十条")  # stand far apart in clause 8
    assert matching(tasks(context()), choice).empty
    card = build_card("plan.clauses", context(), choice=choice)
    assert card.entries is not None
    assert [line.target_id for line in card.entries.lines] == ["8"]


def test_a_task_shows_the_indicators_that_measure_it(context: MakeContext) -> None:
    listing = build_card("plan.tasks", context(), clause=12).listing
    assert listing is not None
    measured = listing.frame.set_index("task_id")["measured"]
    assert "体质合格率" in measured["c12-10"]
    assert measured["c12-07"] == ""


def test_without_reports_no_task_has_a_status_and_the_page_says_so(tmp_path: Path) -> None:
    exports = tmp_path / "exports"
    shutil.copytree(SAMPLE_DIR, exports)
    (exports / "工作月报.csv").unlink()
    bare = Context(open_database(exports), Filters("2024-09"), language("zh"))

    assert f"{TASKS}项任务，未报{TASKS}项" in build_headline("plan", bare)
    assert "没有工作月报数据" in "".join(build_card("plan.clauses", bare).notes)
    listing = build_card("plan.tasks", bare, clause=1).listing
    assert listing is not None
    assert {str(report) for report in listing.frame["report"]} == {"未报"}
    assert build_card("plan.problems", bare).listing is None


def test_marks_are_cut_where_they_begin_and_end() -> None:
    text = marked_text(
        "甲乙丙丁", {Emphasis.TARGET: (1, 2), Emphasis.MATCH: (2,)}, {1: "●", 3: "▲"}
    )
    assert text == Passage(
        (
            Run("甲"),
            Run("乙", Emphasis.TARGET, "●"),
            Run("丙", Emphasis.MATCH),
            Run("丁", None, "▲"),
        )
    )


def test_a_search_finds_every_place_in_either_case() -> None:
    assert found_in("C证c证", ("c证",)) == {0, 1, 2, 3}
    assert searched("无", ("c",)) == Passage((Run("无"),))
    assert searched("", ()) == Passage((Run(""),))

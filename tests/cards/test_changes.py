"""What a card says has changed since the month compared with."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dashboard.cards import Context, build_card, card_ids
from dashboard.cards.changes import counted, rate_change, since
from tests.cards.shown import shown_cards

MakeContext = Callable[..., Context]


@pytest.mark.parametrize(
    ("comparison", "indicator_id", "change"),
    [
        ("last_year", "inclusive_kindergarten_coverage", "比上年同期：提高1.0个百分点"),
        ("last_month", "vocational_training", "比上月：增加0.83万人次"),
        ("last_month", "project_investment", "比上月：诸暨市2024年7月未报，不作比较"),
        ("last_month", "small_schools_merged", "比上月：增加10所"),
        ("2024-03", "migrant_public_rate", "比2023年9月：提高0.8个百分点"),
        ("2024-03", "fitness_good_rate", "尚无新数据，仍为2023年11月数"),
        ("2023-12", "modern_schools_created", "比2023年12月：按年计，不作比较"),
        ("last_year", "myopia_decline", "比上年同期：嵊州市2024年9月未报，不作比较"),
        ("last_month", "myopia_decline", "比2024年5月：嵊州市2024年9月未报，不作比较"),
        ("last_year", "pupil_teacher_ratio", "上年同期：15.6"),  # the finding says the difference
    ],
)
def test_one_indicator(
    context: MakeContext, comparison: str, indicator_id: str, change: str
) -> None:
    view = context(comparison=comparison)
    assert build_card("standing", view, indicator_id=indicator_id).change == change


def test_several_indicators_are_named_and_share_a_reason(context: MakeContext) -> None:
    view = context(comparison="2024-03")
    assert build_card("construction.progress", view).change == (
        "比2024年3月：推进建设项目增加5个；完工项目增加14个；"
        "完成投资诸暨市2024年7月未报，不作比较；市直重点项目增加2项"
    )
    assert build_card("construction.progress", context()).change == "比上年同期：按年计，不作比较"


def test_the_change_is_that_of_the_chosen_counties_together(context: MakeContext) -> None:
    counties = ["330681", "330624"]
    view = context(counties=counties, comparison="2024-03")
    now, then = (
        sum(row["value"] for row in (v.standings("projects_completed").loc[c] for c in counties))
        for v in (view, view.then)
    )
    card = build_card("standing", view, indicator_id="projects_completed")
    assert card.change == f"比2024年3月：增加{now - then:.0f}个"


def test_words_follow_the_sign_at_the_decimals_shown(context: MakeContext) -> None:
    zh, en = context(), context(lang="en")
    assert [counted(zh, now, 3, "所") for now in (5, 1, 3)] == ["增加2所", "减少2所", "持平"]
    assert rate_change(zh, 67.34, 67.3, "%", 1) == "持平"
    assert rate_change(en, 66.3, 67.3, "%", 1) == "down by 1.0 percentage points"
    assert counted(en, 5, None, "schools") == "not reported then"
    assert since(en, "unchanged") == "Unchanged on a year before"
    assert since(en) == ""


# Cards whose change stands elsewhere, and why.
WITHOUT_CHANGE = {
    "overview.status_changes": "the finding is the change",
    **dict.fromkeys(
        (
            *("plan.clauses", "plan.offices", "plan.problems", "plan.tasks", "plan.targets"),
            "plan.conflicts",
            *("plan.words", "plan.found_tasks", "plan.found_targets"),
        ),
        "the ledger is the plan's text and reports; its indicators say theirs on their pages",
    ),
    **dict.fromkeys(
        (
            *("school.facts", "school.figures", "school.size", "school.teachers"),
            *("school.conditions", "school.recognitions"),
        ),
        "a school's yearly figures stand beside those of the years before",
    ),
    "project.facts": "progress, milestones and money say theirs on the cards beside it",
    "project.reports": "a list of reports",
    "county.extremes": "names of indicators; the card beside it counts the targets",
    "methods.indicators": "definitions do not change with the month",
    "methods.pace": "rules do not change with the month",
    "methods.status": "rules do not change with the month",
    "methods.symbols": "rules do not change with the month",
    "methods.thresholds": "rules do not change with the month",
    "methods.values": "rules do not change with the month",
}


@pytest.mark.slow
def test_every_card_says_what_has_changed_or_is_listed_here_with_the_reason(
    context: MakeContext,
) -> None:
    view = context(comparison="last_month")
    silent = {shown.name for shown in shown_cards() if not shown.card(view).change}
    assert silent == set(WITHOUT_CHANGE)


@pytest.mark.slow
def test_pages_show_every_card() -> None:
    sometimes = {"school.projects", "overview.values"}  # of some schools; of a year without a plan
    assert set(card_ids()) - {shown.name for shown in shown_cards()} <= sometimes

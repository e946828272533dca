"""The brief's sentences against the rows that they are made from."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from dashboard.cards import Context
from dashboard.data import Database
from dashboard.exports.documents import Brief
from dashboard.filters import Comparison, Filters
from dashboard.indicators import count_targets, values
from dashboard.meeting.brief import build_brief
from dashboard.words.language import language
from tests.plan_of_2024 import TARGETS

AS_OF = "2024-09"


def context(database: Database, *counties: str, lang: str = "zh") -> Context:
    return Context(database, Filters(AS_OF, counties, Comparison.LAST_MONTH), language(lang))


@pytest.fixture(scope="module")
def city(database: Database) -> Brief:
    return build_brief(context(database))


def statuses(database: Database, *counties: str) -> dict[str, str]:
    frame = values(database, AS_OF, list(counties))
    unit = "all" if len(counties) != 1 else counties[0]
    frame = frame[frame["county_id"] == unit].dropna(subset="status")
    return dict(zip(frame["indicator_id"], frame["status"], strict=True))


def test_the_summary_counts_every_status(database: Database, city: Brief) -> None:
    found = list(statuses(database).values())
    counts = count_targets(database, AS_OF)
    assert city.summary[0] == (
        f"截至2024年9月，{len(counts)}项指标中，已达成{found.count('met')}项，"
        f"正常{found.count('on_track')}项，接近{found.count('near')}项，"
        f"滞后{found.count('behind')}项，未到监测期{found.count('not_due')}项，"
        f"无状态{len(counts) - len(found)}项。"
    )


def test_the_summary_names_what_changed_since_last_month(database: Database, city: Brief) -> None:
    then = values(database, "2024-08")
    then = then[then["county_id"] == "all"].set_index("indicator_id")["status"]
    now = statuses(database)
    view = context(database)
    order = ["behind", "near", "on_track", "met"]
    changed: dict[str, set[str]] = {"变好的": set(), "变差的": set(), "首次监测的": set()}
    for indicator_id, status in now.items():
        before = then[indicator_id]
        if status in order and before not in order:
            changed["首次监测的"].add(indicator_id)
        elif status in order and status != before:
            rose = order.index(status) > order.index(before)
            changed["变好的" if rose else "变差的"].add(indicator_id)
    for word, found in changed.items():
        said = next(line for line in city.summary if word in line).split("：")[1]
        assert found
        for indicator_id in now:
            name = view.text(indicator_id, "short") + "（"
            assert (indicator_id in found) == (name in said), name
    assert any("月报与数据不一致3项" in line for line in city.summary)


def test_a_target_is_progress_or_a_problem_once(database: Database, city: Brief) -> None:
    behind = list(statuses(database).values()).count("behind")
    assert sum(len(section.problems) for section in city.sections) == behind
    assert sum(len(s.problems) + len(s.progress) for s in city.sections) == TARGETS


def test_next_steps_name_the_office_the_month_and_what_is_missing(city: Brief) -> None:
    steps = [step for section in city.sections for step in section.next_steps]
    assert any(
        step.startswith("教育督导处：2024年12月底前，") and "七项指标达标率还差7所学校" in step
        for step in steps
    )  # asked of 上虞 and 新昌 alone: 102 of their 109 schools
    assert all(step.endswith("。") and "：" in step for step in steps)
    fitness = next(step for step in steps if "体质优良率" in step)
    assert fitness.count("底前，") == 2  # two months, each said once


def test_a_problem_names_the_county_furthest_behind_of_those_asked(city: Brief) -> None:
    """七项指标 is asked of 上虞 and 新昌: 嵊州, lower than both, has nothing to bring in."""
    [said] = [p for section in city.sections for p in section.problems if "七项指标" in p]
    assert said == (
        "全市七项指标达标率92.8%；上虞区和新昌县合计93.6%，目标100.0%（本系统解读）；还差7所学校；"
        "新昌县最低，92.9%。"
    )


def test_each_county_has_an_annex_with_what_is_behind(database: Database, city: Brief) -> None:
    assert [annex.title for annex in city.counties][:2] == ["越城区", "柯桥区"]
    assert len(city.counties) == 7
    for annex, county in zip(city.counties[3:4], ["330681"], strict=True):
        behind = list(statuses(database, county).values()).count("behind")
        assert len(annex.behind.table.frame) == behind
        assert f"滞后{behind}项" in annex.summary


def test_one_countys_brief_is_about_it_alone(database: Database) -> None:
    brief = build_brief(context(database, "330681"))
    assert brief.counties == ()
    problems = [line for section in brief.sections for line in section.problems]
    assert not any(line.count("诸暨市") > 1 for line in problems)
    said = [line for section in brief.sections for line in (*section.progress, *problems)]
    assert not any("高教毛入学率" in line for line in said)  # the city's alone
    assert brief.subtitle == "诸暨市 · 2024年9月"
    found = list(statuses(database, "330681").values())
    assert f"滞后{found.count('behind')}项" in brief.summary[0]


def test_the_english_brief_has_no_chinese(database: Database) -> None:
    brief = build_brief(context(database, lang="en"))
    lines = [line for s in brief.sections for line in (*s.progress, *s.problems, *s.next_steps)]
    lines += brief.summary
    assert all(line.endswith(".") for line in lines)
    lines += [brief.title, brief.subtitle]
    assert not any("\u3400" <= sign <= "\u9fff" for line in lines for sign in line)


def test_a_lag_is_what_value_and_pace_as_printed_lie_apart(database: Database) -> None:
    said = re.compile(r"([\d.]+)[^\d，]*，比序时应达([\d.]+)[^\d，]*?差([\d.]+)(?![\d.]|个百分点)")
    briefs = [build_brief(context(database, *one)) for one in ((), ("330602",), ("330681",))]
    problems = [text for brief in briefs for part in brief.sections for text in part.problems]
    found = [match.groups() for text in problems for match in said.finditer(text)]
    assert any("." in lag for _value, _pace, lag in found)
    for value, pace, lag in found:
        assert Decimal(pace) - Decimal(value) == Decimal(lag), (value, pace, lag)


def test_nothing_is_missing_of_what_is_not_measured_yet(database: Database) -> None:
    frame = build_brief(context(database)).targets.table.frame.set_index("indicator")
    awaited = frame.loc["五大学科奥赛获奖"]
    assert awaited["status"] == "○ 未到监测期"
    assert awaited["missing"] != awaited["missing"]

"""What is owed and not in: on values, cards, brief and annex, for every export that is owed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from dashboard import indicators
from dashboard.__main__ import main
from dashboard.cards import Context, build_card, build_headline
from dashboard.data import Database, open_database
from dashboard.filters import Filters
from dashboard.frames import Row, records
from dashboard.indicators import Obstacle, unit_change
from dashboard.meeting.brief import build_brief
from dashboard.meeting.report import targets_annex
from dashboard.words.language import language
from tests.returns.worlds import CITY, OWED, ZHUJI, export, without, without_county, world

pytestmark = pytest.mark.slow

AS_OF = "2024-09"
MAY = f"{ZHUJI}:2024-05"


def rows_of(database: Database, indicator_id: str, as_of: str = AS_OF) -> dict[str, Row]:
    frame = indicators.values(database, as_of, (), [indicator_id])
    return {row["county_id"]: row for row in records(frame)}


def reader(database: Database, *counties: str) -> Context:
    return Context(database, Filters(AS_OF, counties=counties), language("zh"))


@pytest.fixture(scope="module")
def no_may_training(tmp_path_factory: pytest.TempPathFactory) -> Path:
    gone = without("training_months", lambda f: (f["区县代码"] == ZHUJI) & (f["月份"] == "2024-05"))
    return world(tmp_path_factory.mktemp("training"), gone)


@pytest.fixture(scope="module")
def training(no_may_training: Path) -> Database:
    return open_database(no_may_training)


def test_a_training_month_that_is_missing_leaves_county_and_city_provisional(
    training: Database,
) -> None:
    told = export("training_months")
    told = told[told["月份"].between("2024-01", AS_OF)]
    is_may = (told["区县代码"] == ZHUJI) & (told["月份"] == "2024-05")
    in_all = told["培训人次"].astype(int)[~is_may]
    rows = rows_of(training, "vocational_training")
    assert rows[CITY]["value"] == pytest.approx(in_all.sum() / 10_000)
    assert rows[ZHUJI]["value"] == pytest.approx(in_all[told["区县代码"] == ZHUJI].sum() / 10_000)
    for unit in (ZHUJI, CITY):
        row = rows[unit]
        assert (row["missing"], row["status"]) == ("p", None)
        assert row["missing_periods"] == (MAY,)
        for name in ("previous", "forecast", "gap", "gap_units"):
            assert row[name] is None
        change = unit_change(training, "vocational_training", AS_OF, "2023-09", unit)
        assert (change.obstacle, change.difference) == (Obstacle.INCOMPLETE_NOW, None)
    others = [row for unit, row in rows.items() if unit not in (ZHUJI, CITY)]
    assert all(row["missing"] is None and row["missing_periods"] == () for row in others)
    assert rows_of(training, "vocational_training", "2024-04")[ZHUJI]["missing"] is None


def test_every_place_that_shows_it_names_county_and_month(training: Database) -> None:
    words = "诸暨市2024年5月"
    for context in (reader(training), reader(training, ZHUJI)):
        for card_id in ("skills.training_total", "skills.training_months", "skills.training_kinds"):
            card = build_card(card_id, context)
            assert "暂定" in card.finding
            assert words in card.notes[0]
            assert card.change is not None and f"{words}未报，不作比较" in card.change
        standing = build_card("standing", context, indicator_id="vocational_training")
        assert f"暂定：{words}未报" in standing.finding
        assert "名" not in standing.finding  # it has no place among the counties
        remarks = standing.table.frame.set_index("county_id")["missing_text"]
        assert remarks[ZHUJI] == f"p 暂定：{words}"
        assert "（暂定）" in build_headline("skills", context)
        brief = build_brief(context)
        assert any(f"{words}（职业培训人次）" in line for line in brief.summary)
        progress = [line for section in brief.sections for line in section.progress]
        assert any("职业培训人次" in line and f"暂定：{words}未报" in line for line in progress)
        annex = targets_annex(context).table.frame.set_index("indicator")["remark"]
        assert annex["职业教育培训人次"] == f"p 暂定：{words}"
    # the county that has all its months in is told nothing of it
    assert "暂定" not in build_card("skills.training_total", reader(training, "330602")).finding


def test_values_on_the_command_line_list_what_is_missing(
    no_may_training: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATA_DIR", str(no_may_training))
    arguments = ["values", "--as-of", AS_OF, "--indicator", "vocational_training"]
    assert main([*arguments, "--format", "json"]) == 0
    rows = {row["county_id"]: row for row in json.loads(capsys.readouterr().out)}
    assert rows[ZHUJI]["missing_periods"] == [MAY]
    assert rows[CITY]["missing_periods"] == [MAY]
    assert rows["330602"]["missing_periods"] == []
    assert (rows[CITY]["missing"], rows[CITY]["status"]) == ("p", None)
    assert main([*arguments, "--format", "csv"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].endswith(",missing,missing_periods")
    assert next(line for line in lines if f",{ZHUJI}," in line).endswith(f",p,{MAY}")
    assert next(line for line in lines if ",330602," in line).endswith(",,")


def test_a_project_month_that_is_missing_leaves_the_investment_provisional(
    tmp_path: Path, sample: Database
) -> None:
    project, month = "JS2024012", "2024-05"  # of 柯桥, which has every month in
    county = "330603"
    told = export("project_months")
    is_gone = (told["项目编号"] == project) & (told["月份"] == month)
    yuan = float(told.loc[is_gone, "本月完成投资（万元）"].iloc[0]) * 10_000
    gone = without("project_months", lambda f: (f["项目编号"] == project) & (f["月份"] == month))
    database = open_database(world(tmp_path, gone))
    before = rows_of(sample, "project_investment")[county]
    row = rows_of(database, "project_investment")[county]
    assert (before["missing"], before["missing_periods"]) == (None, ())
    assert row["value"] == pytest.approx(before["value"] - yuan / 1e8)
    assert (row["missing"], row["status"]) == ("p", None)
    assert row["missing_periods"] == (f"{county}:{month}",)
    assert f"{county}:{month}" in rows_of(database, "project_investment")[CITY]["missing_periods"]
    # nothing was due of it before its start, or after its completion
    assert row["missing_periods"] == (f"{county}:{month}",)


@pytest.fixture(scope="module", params=OWED)
def absent(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, Database]]:
    """A world in which 诸暨 has never sent an export in."""
    folder = world(tmp_path_factory.mktemp(request.param), without_county(request.param))
    yield request.param, open_database(folder)


def test_a_county_that_never_reports_is_owed_all_the_same(absent: tuple[str, Database]) -> None:
    export_name, database = absent
    frame = indicators.values(database, AS_OF)
    concerned = [
        indicator.indicator_id
        for indicator in database.catalogue.indicators.values()
        if export_name in indicator.sources
        and (indicator.scope == "county" or indicator.kind == "county_count")
        and indicator.kind != "milestone"
    ]
    assert concerned
    rows = {(row["indicator_id"], row["county_id"]): row for row in records(frame)}
    for indicator_id in concerned:
        county, city = rows[indicator_id, ZHUJI], rows[indicator_id, CITY]
        assert (county["value"], county["missing"]) == (None, "x"), indicator_id
        assert county["missing_periods"], indicator_id
        assert all(missing.startswith(f"{ZHUJI}:") for missing in county["missing_periods"])
        assert set(county["missing_periods"]) <= set(city["missing_periods"])
        assert city["missing"] in ("p", "c", "x"), indicator_id
        if not city["judged_counties"]:
            assert city["status"] in (None, "met", "not_due"), indicator_id
        if database.catalogue.indicator(indicator_id).denominator == "base":
            is_count = database.catalogue.indicator(indicator_id).kind == "count"
            assert city["status"] != "met" or is_count, indicator_id


def test_an_absent_county_stays_in_what_is_counted_by_county(tmp_path: Path) -> None:
    database = open_database(world(tmp_path, without_county("vision")))
    rows = rows_of(database, "vision_screening_rounds", "2024-08")
    assert rows[CITY]["denominator"] == 7
    assert rows[CITY]["value"] == pytest.approx(6 / 7)
    assert rows[CITY]["missing_periods"] == (f"{ZHUJI}:2024-05",)
    assert rows[ZHUJI]["value"] is None


def test_only_who_owes_nothing_reads_not_applicable(sample: Database) -> None:
    rows = rows_of(sample, "tutoring_managed_rate")
    assert rows["330600"]["missing"] == "z"
    assert (rows["330624"]["missing"], rows["330624"]["missing_periods"]) == (
        "x",
        ("330624:2024-09",),
    )


def test_last_years_nothing_in_a_register_is_none(sample: Database) -> None:
    row = rows_of(sample, "small_schools_merged")["330603"]
    assert row["previous"] == 0


def test_the_sample_lacks_what_it_was_made_to_lack(sample: Database) -> None:
    lacking = {
        month: {
            missing
            for found in indicators.values(sample, month)["missing_periods"]
            for missing in found
        }
        for month in indicators.months(sample)
    }
    project, vision, tutoring = "330681:2024-07", "330683:2024-09", "330624:2024-09"
    assert lacking.pop("2024-09") == {project, vision, tutoring}
    assert lacking.pop("2024-08") == lacking.pop("2024-07") == {project}
    assert not any(lacking.values())


def test_a_month_of_which_nothing_is_in_anywhere_is_owed(tmp_path: Path) -> None:
    gone = without("training_months", lambda f: f["月份"] == AS_OF)
    row = rows_of(open_database(world(tmp_path, gone)), "vocational_training")[CITY]
    assert (row["missing"], row["status"]) == ("p", None)
    assert len(row["missing_periods"]) == 7


def test_a_return_is_in_when_nearly_all_schools_are(tmp_path: Path) -> None:
    schools = export("schools")
    mine = schools[(schools["区县代码"] == ZHUJI) & (schools["学年"] == "2024")]
    some = mine.loc[mine["学校类型"] == "初中", "学校标识码"]

    def of(codes: pd.Series) -> Database:
        gone = without("teachers", lambda f: f["学校标识码"].isin(codes) & (f["学年"] == "2024"))
        return open_database(world(tmp_path, gone))

    assert rows_of(of(some.head(1)), "graduate_degree_rate")[ZHUJI]["missing"] is None
    row = rows_of(of(some), "graduate_degree_rate")[ZHUJI]
    assert (row["missing"], row["missing_periods"]) == ("p", (f"{ZHUJI}:2024-09",))


def test_an_award_that_repeats_under_another_number_counts_once(
    tmp_path: Path, sample: Database
) -> None:
    award = {
        "类别": "省级现代化学校",
        "名称": "甲区乙小学",
        "区县代码": "330604",
        "是否乡村": "否",
        "认定日期": "2024-07-27",
    }
    frame = export("accreditations")
    twice = pd.concat(
        [frame, pd.DataFrame([{"事项编号": number, **award} for number in ("RDA", "RDB")])]
    )
    database = open_database(world(tmp_path, {"accreditations": twice}))
    before, after = (
        rows_of(each, "modern_schools_created")["330604"]["value"] for each in (sample, database)
    )
    assert after == before + 1

"""The school page on the sample: every kind of school, and second roads to its numbers."""

from __future__ import annotations

import csv
from collections.abc import Callable
from typing import Any

import pytest

from dashboard import charts
from dashboard.cards import Context, build_card, build_headline
from dashboard.cards.indicator.schools import schools
from dashboard.cards.model import Selects
from dashboard.cards.school import has_figures, has_projects, is_school, school_choices
from dashboard.cards.school.figures import CONDITIONS, TEACHERS
from dashboard.data import Database
from dashboard.settings import SAMPLE_DIR

MakeContext = Callable[..., Context]

PRIMARY, SENIOR, VOCATIONAL, KINDERGARTEN = (
    "2068100020",
    "5068300007",
    "6068300002",
    "1068300086",
)
CLOSED, MERGED = "2060200006", "1060200018"
SCHOOLS = {
    "primary": PRIMARY,
    "senior": SENIOR,
    "vocational": VOCATIONAL,
    "kindergarten": KINDERGARTEN,
    "closed": CLOSED,
    "merged kindergarten": MERGED,
    "special": "7068300001",
    "nine-year": "4068300004",
}
CARDS = ("facts", "size", "teachers", "conditions", "figures", "recognitions", "projects")
VIEWS: dict[str, dict[str, Any]] = {
    "default": {},
    "another county": {"counties": ["330624"]},
    "January": {"as_of": "2024-01"},
    "English": {"lang": "en"},
}


@pytest.mark.product
@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS.keys())
@pytest.mark.parametrize("school_id", SCHOOLS.values(), ids=SCHOOLS.keys())
def test_every_kind_of_school_has_a_page_for(
    context: MakeContext, school_id: str, view: dict[str, Any]
) -> None:
    chosen = context(**view)
    texts = [build_headline("school", chosen, school_id=school_id)]
    for name in CARDS:
        card = build_card(f"school.{name}", chosen, school_id=school_id)
        texts.append(card.finding)
        for chart in card.charts:
            charts.figure(chart.shape, chart.frame, chart.options)
    assert all(texts)
    assert "nan" not in " ".join(texts).lower()


def test_the_same_rate_is_on_the_school_s_page_and_in_the_indicator_s_list(
    context: MakeContext,
) -> None:
    view = context()
    pairs = {
        "fitness_good": "fitness_good_rate",
        "myopia": "myopia_decline",
        "pupils_per_teacher": "pupil_teacher_ratio",
    }
    frame = view.query("school/figures", school_id=PRIMARY, as_of="2024-09")
    own = frame[frame["scope"] == "school"].groupby("figure")["value"].last()
    for figure, indicator_id in pairs.items():
        listed = schools(view, indicator_id, view.county_ids).set_index("unit_id")
        assert own[figure] == pytest.approx(listed["value"][PRIMARY]), figure


def test_pupils_and_county_mean_are_those_of_the_export(context: MakeContext) -> None:
    with (SAMPLE_DIR / "学校名录.csv").open(encoding="utf-8-sig", newline="") as file:
        peers = {
            row["学校标识码"]
            for row in csv.DictReader(file)
            if (row["学年"], row["学校类型"], row["区县代码"], row["办学状态"])
            == ("2024", "小学", "330681", "在办")
        }
    with (SAMPLE_DIR / "在校生统计.csv").open(encoding="utf-8-sig", newline="") as file:
        pupils = {
            row["学校标识码"]: int(row["在校生数"])
            for row in csv.DictReader(file)
            if row["学年"] == "2024" and row["学段"] == "小学" and row["学校标识码"] in peers
        }
    frame = context().query("school/figures", school_id=PRIMARY, as_of="2024-09")
    values = frame[(frame["figure"] == "pupils") & (frame["year"] == 2024)]
    by_scope = values.set_index("scope")["value"]
    assert by_scope["school"] == pupils[PRIMARY]
    assert by_scope["county"] == pytest.approx(sum(pupils.values()) / len(pupils))


def test_a_closed_school_says_when_and_keeps_its_history(context: MakeContext) -> None:
    headline = build_headline("school", context(), school_id=CLOSED)
    assert "已停办（2022年7月31日）" in headline
    figures = build_card("school.figures", context(), school_id=CLOSED)
    years = [column.label for column in figures.listing.columns] if figures.listing else []
    assert "2021" in years
    assert "2022" not in years
    before = build_headline("school", context(as_of="2024-01"), school_id=KINDERGARTEN)
    assert "停办" not in before


def test_a_merged_school_names_the_one_it_merged_into(
    context: MakeContext, database: Database
) -> None:
    headline = build_headline("school", context(), school_id=MERGED)
    facts = database.run_query(
        "school/facts", school_id=MERGED, school_year=2024, as_of="2024-09"
    ).iloc[0]
    assert f"已并入{facts['merged_into_name']}" in headline


def test_a_kindergarten_has_no_resources_of_the_compulsory_stage(context: MakeContext) -> None:
    view = context()
    assert not has_figures(view, KINDERGARTEN, CONDITIONS)
    assert has_figures(view, KINDERGARTEN, TEACHERS)
    assert has_figures(view, PRIMARY, CONDITIONS)


def test_a_project_of_the_school_leads_to_its_page(
    context: MakeContext, database: Database
) -> None:
    with_project = next(s for s in school_choices(context()) if has_projects(context(), s))
    card = build_card("school.projects", context(), school_id=with_project)
    column = card.table.columns[0]
    assert (column.leads_to, column.id_column) == (Selects.PROJECT, "project_id")
    assert len(card.table.frame) >= 1


def test_the_chosen_counties_schools_can_be_picked_the_closed_ones_too(
    context: MakeContext,
) -> None:
    everybody, county = school_choices(context()), school_choices(context(counties=["330602"]))
    assert len(everybody) == 1160
    assert set(county) < set(everybody)
    assert everybody[CLOSED].endswith("（已停办）")


def test_an_unknown_school_is_unknown_whatever_it_is_called(context: MakeContext) -> None:
    assert is_school(context(), PRIMARY)
    for wrong in ("", "330681", "' or 1=1 --", "<b>x</b>", "小学"):
        assert not is_school(context(), wrong)


def test_what_an_indicator_withholds_is_on_no_school_s_page(
    context: MakeContext, database: Database
) -> None:
    view = context()
    withheld = database.run_query(
        "values/contributions",
        indicator_id="graduate_degree_rate",
        counties=list(view.county_ids),
        period="2024-09",
        line=None,
    ).set_index("unit_id")["is_withheld"]
    assert withheld.any()
    for school_id in (PRIMARY, SENIOR, KINDERGARTEN, *withheld.index[withheld][:5]):
        frame = view.query("school/figures", school_id=school_id, as_of="2024-09")
        own = frame[(frame["scope"] == "school") & (frame["figure"] == "degree_graduate")]
        last = own[own["year"] == 2024]
        if len(last):
            assert last["is_withheld"].item() == withheld[school_id]
        assert frame.loc[frame["is_withheld"], "value"].isna().all()


def test_a_withheld_figure_says_so_in_the_table(context: MakeContext) -> None:
    frame = context().query("school/figures", school_id=PRIMARY, as_of="2024-09")
    assert frame["is_withheld"].any()
    card = build_card("school.teachers", context(), school_id=PRIMARY)
    assert "c 隐去" in set(card.table.frame["value"])

"""Specifications as series: every shape, every number, formats as on screen."""

from __future__ import annotations

import pandas as pd
import pytest

from dashboard import palette
from dashboard.cards import Context
from dashboard.cards.model import Card, Chart, Table
from dashboard.data import Database
from dashboard.exports.documents import SlidePage
from dashboard.exports.native import native_charts
from dashboard.exports.pptx.deck import OWN_DRAWINGS
from dashboard.exports.series import ChartKind, NativeChart, Role, lies_within
from dashboard.filters import Filters
from dashboard.words.language import language
from tests.cards.shown import shown_cards


def page_with(chart: Chart) -> SlidePage:
    card = Card("made", "结论", "指标 · 全市", Table(pd.DataFrame(), ()), charts=(chart,))
    return SlidePage("", card.finding, card, (), "", "全市", "zh")


def native(shape: str, frame: pd.DataFrame, **options: object) -> NativeChart:
    chart = Chart(shape, frame, options, alt="")
    [built] = native_charts(page_with(chart), chart)
    return built


def places(**columns: object) -> pd.DataFrame:
    return pd.DataFrame({"id": ["a", "b", "all"], "label": ["甲", "乙", "全市"], **columns})


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_chart_of_every_page_is_native_or_drawn(database: Database, lang: str) -> None:
    view = Context(database, Filters("2024-09", ()), language(lang))
    charts = [chart for shown in shown_cards() for chart in shown.card(view).charts]
    assert len({chart.shape for chart in charts}) >= 10
    for chart in charts:
        if chart.frame.empty or chart.shape in OWN_DRAWINGS:
            continue
        built = native_charts(page_with(chart), chart)
        assert built, chart.shape
        drawn = sorted(
            value
            for one in built
            for series in one.series
            if series.role is Role.VALUE
            for value in series.values
            if value is not None
        )
        frame = chart.frame
        if chart.shape == "count_progress" and "is_total" in frame:
            frame = frame[~frame["is_total"].astype(bool)]
        if chart.shape == "count_progress" and "unit" in frame:  # amounts in several units
            frame = frame.assign(value=frame["value"] / frame["target"].replace(0, None) * 100)
        assert drawn == sorted(frame["value"].dropna().astype(float)), chart.shape
        assert all(series.name for one in built for series in one.series), chart.shape


def test_a_missing_number_stays_missing() -> None:
    chart = native("county_dot", places(value=[1.0, None, 2.0]), series_text="今年")
    assert chart.series[-1].values == (1.0, None, 2.0)


def test_what_is_compared_lies_behind_and_the_focus_keeps_its_colour() -> None:
    frame = places(value=[1.0, 2.0, 3.0], comparison=[0.0, 1.0, 2.0])
    chart = native("county_dot", frame, series_text="今年", comparison_text="上年", target=2.5)
    assert [series.role for series in chart.series] == [Role.COMPARISON, Role.VALUE, Role.TARGET]
    assert chart.series[1].colour == palette.SERIES_COLOURS[0]
    assert chart.series[2].values == (2.5, 2.5, 2.5)


@pytest.mark.parametrize(
    ("texts", "values", "suffix", "expected"),
    [
        (["1所", "2所", "30所"], [1, 2, 30], "", "#,##0"),
        (["54.33%", "52.79%", "53%"], [54.3312, 52.7912, 53.0], "%", '#,##0.00"%"'),
        (["98.9% 差4家", "98.7% 差5家", ""], [98.9, 98.7, None], "%", '#,##0.0"%"'),
        (["", "", ""], [1.25, 2.0, 3.5], "", "#,##0.00"),
    ],
)
def test_numbers_have_the_decimals_of_the_screen(
    texts: list[str], values: list[float], suffix: str, expected: str
) -> None:
    frame = places(value=values, text=texts)
    assert native("bar", frame, tick_suffix=suffix).number_format == expected


def test_numbers_of_several_kinds_keep_their_own_decimals() -> None:
    frame = places(value=[47.0, 13.6, 2.0], text=["47/52个", "13.60/20.00亿元", "2/4项"])
    chart = native("count_progress", frame.assign(target=[52.0, 20.0, 4.0]), target_text="目标")
    assert [chart.format_of(place) for place in range(3)] == ["#,##0", "#,##0.00", "#,##0"]


def test_amounts_in_several_units_are_shares_of_their_targets_beside_the_amounts() -> None:
    frame = places(
        value=[47.0, 13.6, None],
        target=[52.0, 20.0, 4.0],
        pace=[49.0, 14.5, 3.0],
        unit=["个", "亿元", "项"],
        text=["47/52个", "13.60/20.00亿元", "x"],
    )
    chart = native("count_progress", frame, target_text="目标", pace_text="序时应达")
    value, pace, target = chart.series
    assert value.values == (pytest.approx(47 / 52 * 100), pytest.approx(68.0), None)
    assert pace.values[1] == pytest.approx(72.5)
    assert target.values == (100.0,) * 3
    assert chart.categories == ("甲\n47/52个", "乙\n13.60/20.00亿元", "全市\nx")
    assert chart.number_format == '#,##0"%"'


def test_lying_bars_lie_within_their_targets_with_the_pace_around_them() -> None:
    frame = pd.DataFrame({"id": range(9), "label": list("甲乙丙丁戊己庚辛壬"), "value": 1.0})
    chart = native(
        "count_progress",
        frame.assign(target=3.0, pace=2.0),
        target_text="目标",
        pace_text="序时应达",
    )
    assert [series.role for series in chart.series] == [Role.TARGET, Role.VALUE, Role.PACE]
    assert lies_within(chart)


@pytest.mark.parametrize(
    ("values", "asked", "expected"),
    [
        ([97.2, 99.9], None, (97.0, 100.0, 1.0, '#,##0"%"')),
        ([68.1, 70.5], [64.50412969, 70.93], (64.0, 72.0, 2.0, '#,##0"%"')),
        ([98.0, 98.6], [97.27315, 98.7], (97.0, 99.0, 0.5, '#,##0.0"%"')),
        ([0.2, 0.3], [0, None], (0.0, 0.4, 0.1, '#,##0.0"%"')),
        ([5.0], None, (4.4, 5.6, 0.2, '#,##0.0"%"')),
    ],
)
def test_every_number_of_an_axis_is_round(
    values: list[float], asked: list[float] | None, expected: tuple[float, float, float, str]
) -> None:
    frame = places(value=(values * 3)[:3])
    chart = native("county_dot", frame, tick_suffix="%", value_range=asked)
    assert (chart.minimum, chart.maximum, chart.step, chart.axis_format) == expected


def test_a_percent_axis_ends_at_a_hundred_and_marks_lie_within() -> None:
    chart = native("county_dot", places(value=[97.2, 99.9, 98.5]), tick_suffix="%")
    assert chart.maximum == 100
    assert chart.minimum is not None and 90 < chart.minimum < 97.2
    falling = native("county_dot", places(value=[-1.37, -1.0, -1.2]))
    assert falling.minimum is not None and falling.minimum <= -1.37
    assert falling.maximum is not None and falling.maximum >= -1.0


def test_counties_that_are_not_meant_stand_back() -> None:
    frame = places(value=[1.0, 2.0, 3.0], is_total=[False, False, True])
    chart = native("bar", frame, highlight=["a"])
    assert chart.colours == ("", palette.CONTEXT, palette.CITY)


def test_bars_stand_where_their_names_are_short() -> None:
    frame = pd.DataFrame({"id": ["a"], "label": ["一个非常长的项目名称"], "value": [1.0]})
    assert native("bar", places(value=[1.0, 2.0, 3.0])).kind is ChartKind.COLUMNS
    assert native("bar", frame).kind is ChartKind.BARS
    assert native("bar", frame, horizontal=False).kind is ChartKind.COLUMNS


def test_an_empty_chart_has_nothing_to_draw() -> None:
    chart = Chart("bar", places(value=[1.0, 2.0, 3.0]).head(0), {}, alt="")
    assert native_charts(page_with(chart), chart) == []

from __future__ import annotations

import pandas as pd

from dashboard.charts import gantt_chart
from dashboard.charts.options import ChartOptions

DAY = 86_400_000
FRAME = pd.DataFrame(
    {
        "id": ["P01", "P02", "P03"],
        "label": ["稽山中学改扩建工程", "越州中学校园整体提升工程", "新建幼儿园"],
        "planned_start": pd.to_datetime(["2024-01-01", "2024-03-01", "2025-01-01"]),
        "planned_end": pd.to_datetime(["2024-01-31", "2024-12-31", "2025-12-31"]),
        "actual_start": pd.to_datetime(["2024-01-11", "2024-09-20", None]),
        "actual_end": pd.to_datetime(["2024-02-10", None, None]),
        "text": ["晚 10 天", "按期", None],
    }
)
START = {"text": "开工", "planned": "planned_start", "actual": "actual_start"}


def test_planned_and_actual_spans() -> None:
    planned, actual = gantt_chart(FRAME, ChartOptions(as_of="2024-09-30")).data[:2]

    assert list(planned.base) == ["2024-01-01", "2024-03-01", "2025-01-01"]
    assert planned.x[0] == 30 * DAY
    assert actual.x[0] == 30 * DAY
    assert planned.width > actual.width


def test_an_unfinished_project_runs_to_the_day_and_one_not_begun_has_no_bar() -> None:
    actual = gantt_chart(FRAME, ChartOptions(as_of="2024-09-30")).data[1]

    assert actual.x[1] == 10 * DAY
    assert actual.x[2] is None


def test_milestones_are_hollow_where_planned_and_filled_where_reached() -> None:
    planned, reached = gantt_chart(
        FRAME, ChartOptions(as_of="2024-09-30", milestones=[START])
    ).data[2:4]

    assert len(planned.x) == 3
    assert list(reached.x) == ["2024-01-11", "2024-09-20"]
    assert planned.marker.color == "#FFFFFF"
    assert reached.marker.color != planned.marker.color
    assert [row[0] for row in reached.customdata] == ["P01", "P02"]


def test_the_day_is_a_labelled_line_and_the_key_names_the_marks() -> None:
    fig = gantt_chart(
        FRAME, ChartOptions(as_of="2024-09-30", as_of_text="截至 2024年9月", milestones=[START])
    )

    assert (fig.layout.shapes[0].x0, fig.layout.annotations[0].x) == ("2024-09-30",) * 2
    assert fig.layout.annotations[0].text == "<b>截至 2024年9月</b>"
    assert "开工" in fig.layout.title.text


def test_names_are_written_in_full_and_delays_at_the_end_of_their_line() -> None:
    names, delays = gantt_chart(FRAME, ChartOptions(as_of="2024-09-30")).data[2:]

    assert list(names.text) == list(FRAME["label"])
    assert list(delays.text) == ["晚 10 天", "按期", ""]


def test_a_given_date_range_is_kept() -> None:
    fig = gantt_chart(
        FRAME, ChartOptions(as_of="2024-09-30", date_range=["2023-01-01", "2025-12-31"])
    )

    assert fig.layout.xaxis.range == ("2023-01-01", "2025-12-31")

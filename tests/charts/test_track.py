from __future__ import annotations

import pandas as pd

from dashboard.charts import STATUS_MARKS, track_chart
from dashboard.charts.options import ChartOptions

FRAME = pd.DataFrame(
    [
        ("330603", "柯桥区", "provincial", "reached", "2022年5月"),
        ("330603", "柯桥区", "national", "reached", "2023年9月"),
        ("330624", "新昌县", "provincial", "met", "2024年6月"),
        ("330624", "新昌县", "national", "not_due", "2024年11月\n应完成"),
        ("330602", "越城区", "provincial", "behind", "2024年6月\n应完成"),
        ("330602", "越城区", "national", "open", ""),
    ],
    columns=["id", "label", "step_id", "state", "text"],
)
STEPS = {"provincial": "省级评估", "national": "国家级评估"}
TEXTS = {"reached": "已通过", "met": "已达成", "not_due": "未到监测期", "behind": "滞后"}


def test_each_state_has_its_dot() -> None:
    dots = {
        trace.name: (trace.marker.symbol, list(trace.x), list(trace.text))
        for trace in track_chart(FRAME, ChartOptions(steps=STEPS, state_texts=TEXTS)).data
        if trace.name
    }

    assert dots["已通过"] == ("circle", [0, 1], ["2022年5月", "2023年9月"])
    assert dots["滞后"] == (STATUS_MARKS["behind"].symbol, [0], ["2024年6月<br>应完成"])
    assert dots["未到监测期"][0] == "circle-open"


def test_the_line_is_dark_as_far_as_a_county_has_come() -> None:
    whole, passed = track_chart(FRAME, ChartOptions(steps=STEPS, state_texts=TEXTS)).data[:2]

    assert list(whole.x) == [0, 1, None, 0, 1, None, 0, 1, None]
    assert list(passed.x) == [0, 1, None, 0, 0, None]  # Yuecheng has come nowhere yet


def test_a_click_hands_back_the_county() -> None:
    behind = next(
        t
        for t in track_chart(FRAME, ChartOptions(steps=STEPS, state_texts=TEXTS)).data
        if t.name == "滞后"
    )

    assert [list(ids) for ids in behind.customdata] == [["330602"]]


def test_the_key_names_only_the_states_there_are() -> None:
    title = track_chart(FRAME[:2], ChartOptions(steps=STEPS, state_texts=TEXTS)).layout.title.text

    assert "已通过" in title
    assert "滞后" not in title


def test_steps_are_named_above_from_left_to_right() -> None:
    axis = track_chart(FRAME, ChartOptions(steps=STEPS, state_texts=TEXTS)).layout.xaxis

    assert (axis.side, list(axis.ticktext)) == ("top", ["省级评估", "国家级评估"])

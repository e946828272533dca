from __future__ import annotations

from itertools import pairwise

from dashboard.charts.edge_labels import edge_label, edge_labels

PLOT_HEIGHT = 200


def places(values: list[float]) -> list[float]:
    labels = [edge_label(value, f"线 {value}", "#12436D") for value in values]
    annotations, _ = edge_labels(labels, (0.0, 100.0), PLOT_HEIGHT)
    return [annotation["y"] * PLOT_HEIGHT for annotation in annotations]


def test_labels_far_apart_stand_at_their_values() -> None:
    assert places([10, 50, 90]) == [20, 100, 180]


def test_close_labels_do_not_overlap_and_keep_their_order() -> None:
    found = places([50, 50.5, 51, 52])

    assert all(upper - lower >= 16.8 for lower, upper in pairwise(found))
    assert abs(sum(found) / 4 - 101.75) < 1e-9


def test_labels_at_the_top_stay_within_half_a_line_of_the_plot() -> None:
    assert max(places([99, 100, 100])) <= PLOT_HEIGHT + 1


def test_the_margin_holds_the_widest_label() -> None:
    _, narrow = edge_labels([edge_label(1, "短", "#12436D")], (0.0, 2.0), PLOT_HEIGHT)
    _, wide = edge_labels([edge_label(1, "普通高中 7.8", "#12436D")], (0.0, 2.0), PLOT_HEIGHT)

    assert wide > narrow
    assert edge_labels([], (0.0, 2.0), PLOT_HEIGHT)[0] == []


def test_long_labels_are_wrapped() -> None:
    assert "<br>" in edge_label(1, "普惠性幼儿园在园儿童覆盖面", "#12436D").text

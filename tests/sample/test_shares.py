from __future__ import annotations

import numpy as np
import pytest

from tools.sample.shares import apportion, centred, grow_set, ranks, whole


def test_whole_rounds_by_the_offset_and_stays_within_the_base() -> None:
    base = np.array([10, 10, 10, 3])
    share = np.array([0.25, 0.25, 1.3, -0.2])
    assert whole(base, share, np.array([0.4, 0.6, 0.0, 0.9])).tolist() == [2, 3, 10, 0]


def test_whole_is_right_on_average() -> None:
    offset = (np.arange(100) + 0.5) / 100
    assert whole(np.full(100, 7), 0.33, offset).sum() == pytest.approx(231, abs=1)


def test_centred_effects_leave_the_weighted_mean_of_a_group_alone() -> None:
    effects = np.array([0.1, 0.3, 5.0])
    weights = np.array([3.0, 1.0, 2.0])
    groups = [np.array(["a", "a", "b"])]
    shifted = centred(effects, weights, groups)
    assert shifted == pytest.approx([-0.05, 0.15, 0.0])


def test_apportion_adds_up_and_favours_the_largest_remainders() -> None:
    assert apportion(10, {"a": 1, "b": 1, "c": 1}) == {"a": 4, "b": 3, "c": 3}
    assert apportion(5, {"a": 2.6, "b": 2.4}) == {"a": 3, "b": 2}


def test_ranks_pick_a_share_of_every_group() -> None:
    groups = np.array(["a"] * 4 + ["b"] * 2)
    place = ranks(np.array([4, 3, 2, 1, 9, 8]), groups)
    assert (place < 0.5).tolist() == [False, False, True, True, False, True]


def test_grow_set_fills_the_gap_with_lighter_candidates() -> None:
    members: set[int] = set()
    grow_set(members, [1, 2, 3, 4], {1: 0.4, 2: 0.4, 3: 0.15, 4: 0.05}, 0.6)
    assert members == {1, 3, 4}


def test_grow_set_never_lets_a_member_go() -> None:
    members = {1}
    grow_set(members, [2], {1: 0.9, 2: 0.1}, 0.5)
    assert members == {1}


def test_grow_set_goes_beyond_the_target_where_that_is_nearer() -> None:
    members: set[int] = set()
    grow_set(members, [1, 2], {1: 0.5, 2: 0.5}, 0.9)
    assert members == {1, 2}

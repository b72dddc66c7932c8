"""Draws: the shares asked for, and a stream that is the same on every machine."""

import numpy as np
import pytest

from helpers.sample.chance import answer, apportion, category, happens_by, some
from helpers.sample.planted import read_planted

FROZEN = [0.9287055719803066, 0.9990233888559807, 0.7450661982129043, 0.6875353215344508]


def test_the_stream_is_frozen():
    """RandomState is promised never to change; these four numbers were drawn on Linux with numpy 2.4."""
    drawn = np.random.RandomState([20200122, 5]).random_sample(4)
    assert drawn.tolist() == FROZEN


def test_each_extract_has_a_stream_of_its_own():
    planted = read_planted(1)
    assert planted.stream("a").random_sample() != planted.stream("b").random_sample()


def test_answers_have_the_base_shares_where_nothing_shifts_them():
    drawn = answer(read_planted(1).stream("x"), [10, 30, 60], np.zeros(20_000))
    assert np.bincount(drawn) / 20_000 == pytest.approx([0.1, 0.3, 0.6], abs=0.015)


def test_a_shift_multiplies_the_odds():
    drawn = happens_by(read_planted(1).stream("x"), 0.5, np.full(20_000, np.log(3)))
    assert drawn.mean() == pytest.approx(0.75, abs=0.015)


def test_categories_follow_their_weights():
    drawn = category(read_planted(1).stream("x"), {"a": 1, "b": 3}, 20_000)
    assert (drawn == "b").mean() == pytest.approx(0.75, abs=0.015)


def test_a_sample_takes_only_eligible_rows_and_each_once():
    drawn = some(read_planted(1).stream("x"), [True, False, True, True], 3)
    assert drawn.tolist() == [0, 2, 3]


def test_more_rows_than_there_are_cannot_be_drawn():
    with pytest.raises(ValueError, match="2 rows wanted of 1 eligible"):
        some(read_planted(1).stream("x"), [True, False], 2)


def test_apportioned_parts_sum_to_the_total():
    assert apportion(10, {"a": 1, "b": 1, "c": 1}) == {"a": 4, "b": 3, "c": 3}

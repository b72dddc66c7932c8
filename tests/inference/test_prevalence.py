"""Shares weighted to a known frame."""

import numpy as np
import pytest

from helpers.inference import finite_population, simple_share, weighted_share, wilson


def test_one_stratum_is_the_simple_random_sample_of_a_finite_population():
    found, formula = weighted_share([30], [50], [80]), finite_population(30, 50, 80)
    assert found.se == pytest.approx(np.sqrt((1 - 50 / 80) * 0.6 * 0.4 / 49))
    assert (found.effect, found.ci_low, found.ci_high) == pytest.approx((0.6, formula.ci_low, formula.ci_high))


def test_two_strata_by_hand():
    found = weighted_share([4, 30], [10, 40], [20, 180])
    assert found.effect == pytest.approx(0.1 * 0.4 + 0.9 * 0.75)
    variance = 0.1**2 * 0.5 * 0.4 * 0.6 / 9 + 0.9**2 * (1 - 40 / 180) * 0.75 * 0.25 / 39
    assert found.se == pytest.approx(np.sqrt(variance))


def test_a_sample_that_is_the_whole_population_has_no_error():
    found = weighted_share([4, 3], [10, 5], [10, 5])
    assert (found.se, found.ci_low, found.ci_high) == (0.0, found.effect, found.effect)


def test_a_share_of_nothing_falls_back_on_wilson():
    found = weighted_share([0, 0], [10, 5], [100, 50])
    assert (found.ci_low, found.ci_high) == pytest.approx(wilson(0, 15))


def test_a_stratum_without_answers_is_left_out():
    assert weighted_share([4, 0], [10, 0], [20, 500]) == weighted_share([4], [10], [20])


def test_a_stratum_with_one_answer_takes_its_spread_about_the_whole():
    found = weighted_share([5, 1], [10, 1], [90, 10])
    assert found.alone == 1
    variance = 0.9**2 * (1 - 10 / 90) * 0.25 / 9 + 0.1**2 * (1 - 1 / 10) * (1 - 0.55) ** 2
    assert found.se == pytest.approx(np.sqrt(variance))


def test_more_in_the_sample_than_in_the_frame_counts_as_all_of_them():
    assert weighted_share([4], [10], [8]).se == 0.0


def test_without_a_base_there_is_no_share():
    assert np.isnan(simple_share(0, 0).effect)
    assert np.isnan(weighted_share([0], [0], [10]).effect)


def test_post_strata_have_no_finite_population_correction():
    # By hand: 0.25·0.5 + 0.75·0.8 = 0.725; variance 0.25²·0.5²/9 + 0.75²·0.8·0.2/19.
    found = weighted_share([5, 16], [10, 20], [30, 90], drawn=False)
    assert found.effect == pytest.approx(0.725)
    assert found.se == pytest.approx(np.sqrt(0.0625 * 0.25 / 9 + 0.5625 * 0.16 / 19))
    assert found.se > weighted_share([5, 16], [10, 20], [30, 90]).se


def test_even_when_everybody_answered_post_strata_of_one_answer_keep_an_interval():
    found = weighted_share([10, 20], [10, 20], [10, 20], drawn=False)
    assert found.effect == 1.0
    assert found.ci_low < 1.0

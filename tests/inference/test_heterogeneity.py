"""Do strata agree, and what would others like them show: against statsmodels, SciPy and by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.meta_analysis import combine_effects

from helpers.inference import heterogeneity, mean_of_strata

EFFECTS, ERRORS = [0.1, -0.2, 0.4, 0.05], [0.1, 0.15, 0.12, 0.3]


def test_cochrans_q_and_the_spread_between_strata_agree_with_statsmodels():
    found = heterogeneity(EFFECTS, ERRORS)
    other = combine_effects(np.array(EFFECTS), np.array(ERRORS) ** 2, method_re="chi2")
    assert (found.q, found.df) == (pytest.approx(other.q), 3)
    assert found.tau == pytest.approx(np.sqrt(other.tau2))
    assert found.i2 == pytest.approx(other.i2)
    assert found.p_value == pytest.approx(stats.chi2.sf(other.q, 3))


def test_strata_that_agree_entirely_have_no_spread_between_them():
    found = heterogeneity([0.3, 0.3], [0.1, 0.2])
    assert (found.q, found.tau, found.i2, found.p_value) == (pytest.approx(0, abs=1e-12), 0, 0, pytest.approx(1))


@pytest.mark.parametrize(("effect", "se"), [
    ([0.1], [0.2]), ([], []), ([0.1, 0.2], [0.1, np.nan]), ([0.5, 0.5], [0, 0])])
def test_fewer_than_two_strata_with_an_error_cannot_be_asked(effect, se):
    assert np.isnan(heterogeneity(effect, se).p_value)


def test_the_mean_of_strata_is_the_one_sample_t_test():
    found = mean_of_strata([0.4, 0.45, np.nan, 0.3, 0.52], none=0.5)
    other = stats.ttest_1samp([0.4, 0.45, 0.3, 0.52], 0.5)
    interval = other.confidence_interval(0.95)
    assert (found.t, found.p_two_sided, found.df) == pytest.approx((other.statistic, other.pvalue, 3))
    assert (found.ci_low, found.ci_high) == pytest.approx((interval.low, interval.high))


def test_one_stratum_has_a_mean_and_no_interval():
    found = mean_of_strata([0.4], none=0.5)
    assert found.effect == 0.4
    assert np.isnan([found.ci_low, found.ci_high, found.p_two_sided]).all()


@given(st.lists(st.tuples(st.floats(-1, 1), st.floats(0.05, 2)), min_size=2, max_size=9), st.floats(-3, 3))
def test_moving_all_effects_by_the_same_changes_nothing_about_their_agreement(strata, shift):
    effect, se = map(np.array, zip(*strata, strict=True))
    here, there = heterogeneity(effect, se), heterogeneity(effect + shift, se)
    assert there.q == pytest.approx(here.q, rel=1e-6, abs=1e-6)
    assert 0 <= here.i2 <= 1
    assert here.tau >= 0

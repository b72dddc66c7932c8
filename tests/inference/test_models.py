"""The adjusted model, imputations pooled, power, equivalence, measurements."""

from itertools import combinations

import numpy as np
import pytest
from scipy import optimize, stats
from scipy.special import expit
from statsmodels.miscmodels.ordinal_model import OrderedModel
from statsmodels.stats.proportion import power_proportions_2indep

from helpers.inference import (
    Shares,
    detectable_share,
    equivalent_shares,
    hedges_g,
    miettinen_nurminen,
    ordinal_logit,
    permutation_mean,
    pool,
    power_of_shares,
    welch,
)

RNG = np.random.default_rng(11)
GROUP, OTHER = RNG.integers(0, 2, 300), RNG.normal(size=300)
LEVEL = np.digitize(0.8 * GROUP - 0.5 * OTHER + RNG.logistic(size=300), [-1, 0, 1.5])


def model(**given):
    return ordinal_logit(LEVEL, {"group": GROUP, "other": OTHER}, group=["group"], levels=[1, 2, 3, 4], **given)


def test_the_ordinal_model_agrees_with_statsmodels():
    fitted = OrderedModel(LEVEL, np.column_stack([GROUP, OTHER]), distr="logit").fit(method="newton", disp=False)
    assert list(model().coef.values()) == pytest.approx(fitted.params[:2], rel=1e-5)
    assert list(model().se.values()) == pytest.approx(fitted.bse[:2], rel=1e-3)
    assert model().log_lik == pytest.approx(fitted.llf)


def test_a_frequency_weight_is_the_record_repeated():
    twice = ordinal_logit(np.repeat(LEVEL, 2), {"group": np.repeat(GROUP, 2), "other": np.repeat(OTHER, 2)},
                          group=["group"], levels=[1, 2, 3, 4])
    assert model(weight=np.full(300, 2)).coef == pytest.approx(twice.coef)
    assert model(weight=np.full(300, 2)).log_lik == pytest.approx(twice.log_lik)


def test_at_the_ends_of_the_profile_interval_the_likelihood_has_fallen_by_half_the_quantile():
    found = model()
    for end in (found.group_profile_low, found.group_profile_high):
        def worse(rest, end=end):
            cuts = np.append(rest[0], rest[0] + np.cumsum(np.exp(rest[1:3])))
            below = expit(cuts - (end * GROUP + rest[3] * OTHER)[:, None])
            below = np.column_stack([np.zeros(300), below, np.ones(300)])
            return -np.log(np.diff(below, axis=1)[np.arange(300), LEVEL]).sum()
        refitted = -optimize.minimize(worse, [-1, 0, 0, -0.5], method="BFGS").fun
        assert found.log_lik - refitted == pytest.approx(stats.chi2.ppf(0.95, 1) / 2, abs=1e-5)


def test_complete_separation_gives_no_interval():
    group = [1, 1, 1, 0, 0, 0]
    separated = ordinal_logit([0, 0, 0, 1, 1, 1], {"group": group}, group=["group"], levels=["low", "high"])
    assert np.isnan([separated.se["group"], separated.group_profile_low]).all()


def test_a_level_that_nobody_has_is_refused():
    with pytest.raises(ValueError, match="merge it with a neighbour"):
        ordinal_logit([0, 2, 0, 2], {"group": [0, 1, 1, 0]}, group=["group"], levels=["a", "b", "c"])


def test_imputations_that_agree_add_nothing_to_the_variance():
    found = pool([0.2, 0.2, 0.2], [0.01, 0.01, 0.01], n_complete=100, n_parameters=2)
    assert (found.total, found.r) == pytest.approx((0.01, 0.0))
    assert found.df == pytest.approx(99 / 101 * 98)


def test_one_imputation_cannot_be_pooled():
    with pytest.raises(ValueError, match="at least two imputations"):
        pool([0.2], [0.01], n_complete=100, n_parameters=2)


def test_power_agrees_with_statsmodels():
    # statsmodels adds the other tail, which is nothing here.
    other = power_proportions_2indep(0.15, 0.4, nobs1=120).power
    assert power_of_shares(120, 0.4, 0.55) == pytest.approx(other, abs=1e-3)


def test_what_can_be_detected_has_that_power_and_may_not_exist():
    assert power_of_shares(80, 0.3, detectable_share(80, 0.3)) == pytest.approx(0.8)
    assert np.isnan(detectable_share(3, 0.9))


def test_no_important_difference_is_the_90_per_cent_interval_inside_the_margin():
    for shares in (Shares(150, 300, 148, 300), Shares(20, 40, 15, 40), Shares(0, 30, 0, 40)):
        found = equivalent_shares(shares, low=-0.1, high=0.1)
        low, high = miettinen_nurminen(shares, confidence=0.9)
        assert (found.p_tost < 0.05) == (low > -0.1 and high < 0.1)


def test_welch_agrees_with_scipy_and_needs_two_values_a_group():
    first, second = [3.1, 4.0, 5.5, 2.2], [1.0, 2.0, 2.5]
    other = stats.ttest_ind(first, second, equal_var=False)
    found = welch(first, second)
    assert (found.t, found.df, found.p_two_sided) == pytest.approx((other.statistic, other.df, other.pvalue))
    assert (found.ci_low, found.ci_high) == pytest.approx(tuple(other.confidence_interval()))
    assert np.isnan(welch([1.0], second).p_two_sided)


def test_the_permutation_of_means_is_that_of_every_relabelling():
    first, second = [0.1, 0.4, 2.5], [0.3, 0.2, 1.1, 0.4]
    both = np.array(first + second)
    sums = np.array([both[list(chosen)].sum() for chosen in combinations(range(7), 3)])
    assert permutation_mean(first, second).p_exact_two_sided == pytest.approx(
        (abs(sums - sums.mean()) >= abs(3.0 - sums.mean()) - 1e-9).mean())


def test_hedges_g_shrinks_cohens_d():
    first, second = [3.1, 4.0, 5.5, 2.2], [1.0, 2.0, 2.5, 1.7]
    d = (np.mean(first) - np.mean(second)) / np.sqrt((np.var(first, ddof=1) + np.var(second, ddof=1)) / 2)
    assert hedges_g(first, second).effect == pytest.approx(d * (1 - 3 / (4 * 6 - 1)), rel=2e-3)

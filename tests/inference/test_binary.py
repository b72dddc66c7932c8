"""Yes/no outcomes: Cochran-Mantel-Haenszel, the risk difference, exact tests, shares and their intervals."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize, stats
from statsmodels.stats.contingency_tables import StratifiedTable
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from helpers.inference import (
    Shares,
    boschloo,
    clopper_pearson,
    cochran_mantel_haenszel,
    conditional_exact,
    fisher_exact,
    mantel_haenszel_difference,
    miettinen_nurminen,
    newcombe,
    odds_ratio_homogeneity,
    wilson,
)

# Three strata of (compared, reference) × (event, no event).
TABLES = np.array([[[5, 12], [9, 20]], [[8, 3], [11, 14]], [[2, 9], [6, 8]]])


def test_cmh_odds_ratio_and_homogeneity_agree_with_statsmodels():
    other = StratifiedTable([table.astype(float) for table in TABLES])
    found, test = cochran_mantel_haenszel(TABLES), other.test_null_odds(correction=False)
    assert (found.chi2, found.p_two_sided) == pytest.approx((test.statistic, test.pvalue))
    assert found.or_mh == pytest.approx(other.oddsratio_pooled)
    assert (found.ci_low, found.ci_high) == pytest.approx(other.oddsratio_pooled_confint())
    alike, tarone = other.test_equal_odds(), other.test_equal_odds(adjust=True)
    assert odds_ratio_homogeneity(TABLES).breslow_day == pytest.approx(alike.statistic)
    assert odds_ratio_homogeneity(TABLES).tarone == pytest.approx(tarone.statistic)


def test_the_risk_difference_of_one_table_is_the_difference_of_the_shares():
    assert mantel_haenszel_difference(TABLES[:1]).effect == pytest.approx(5 / 17 - 9 / 29)


def test_the_risk_difference_over_strata_by_hand():
    weights = [17 * 29 / 46, 11 * 25 / 36, 11 * 14 / 25]
    differences = [5 / 17 - 9 / 29, 8 / 11 - 11 / 25, 2 / 11 - 6 / 14]
    expected = sum(w * d for w, d in zip(weights, differences, strict=True)) / sum(weights)
    assert mantel_haenszel_difference(TABLES).effect == pytest.approx(expected)


@pytest.mark.parametrize("void", [[[3, 4], [0, 0]], [[0, 0], [0, 0]], [[0, 4], [0, 5]]], ids=["one side", "none", "no"])
def test_a_void_stratum_adds_nothing_to_the_test(void):
    more = np.concatenate([TABLES, [void]])
    assert cochran_mantel_haenszel(more).chi2 == pytest.approx(cochran_mantel_haenszel(TABLES).chi2)
    assert conditional_exact(more).p_exact_two_sided == pytest.approx(conditional_exact(TABLES).p_exact_two_sided)


def test_a_constant_outcome_has_no_p_value():
    constant = np.array([[[0, 4], [0, 5]], [[0, 3], [0, 3]]])
    assert np.isnan(cochran_mantel_haenszel(constant).p_two_sided)
    assert mantel_haenszel_difference(constant).effect == 0.0


def test_swapping_the_groups_changes_the_sign_alone():
    there, back = mantel_haenszel_difference(TABLES), mantel_haenszel_difference(TABLES[:, ::-1])
    assert (back.effect, back.ci_low, back.ci_high) == pytest.approx((-there.effect, -there.ci_high, -there.ci_low))


def test_fisher_agrees_with_scipy_and_its_mid_p_halves_what_was_seen():
    table = np.array([[3, 9], [8, 2]])
    found = fisher_exact(table)
    assert found.p_exact_two_sided == pytest.approx(stats.fisher_exact(table).pvalue)
    here = stats.hypergeom.pmf(3, 22, 11, 12)
    assert found.p_midp_two_sided == pytest.approx(2 * (stats.hypergeom.cdf(3, 22, 11, 12) - here / 2))


def test_the_exact_interval_leaves_half_of_alpha_in_each_tail():
    found = fisher_exact(np.array([[3, 9], [8, 2]]))
    noncentral = stats.nchypergeom_fisher(22, 11, 12, found.ci_high)
    assert noncentral.cdf(3) == pytest.approx(0.025, rel=1e-9)


def test_at_the_ends_of_the_support_the_odds_ratio_is_zero_or_infinite():
    none = fisher_exact(np.array([[0, 5], [4, 1]]))
    assert (none.or_cmle, none.ci_low) == (0.0, 0.0)
    assert fisher_exact(np.array([[5, 0], [1, 4]])).ci_high == np.inf


def test_boschloo_agrees_with_scipy():
    table = np.array([[7, 12], [8, 3]])
    scipy = stats.boschloo_exact(table.T, alternative="less", n=128).pvalue  # its groups are the columns
    assert boschloo(table).p_exact_less == pytest.approx(scipy, rel=1e-3)
    assert boschloo(table).p_exact_less >= scipy - 1e-9  # never a smaller maximum than scipy's


@pytest.mark.parametrize(("events", "base"), [(0, 12), (12, 12), (15, 148), (1, 2)])
def test_wilson_and_clopper_pearson_agree_with_statsmodels(events, base):
    assert wilson(events, base) == pytest.approx(proportion_confint(events, base, method="wilson"), abs=1e-12)
    assert clopper_pearson(events, base) == pytest.approx(proportion_confint(events, base, method="beta"), abs=1e-12)


def test_wilson_stays_at_0_and_1_exactly_and_has_no_interval_without_a_base():
    low, high = wilson(np.array([0, 7, 0]), np.array([7, 7, 0]))
    assert (low[0], high[1]) == (0.0, 1.0)
    assert np.isnan([low[2], high[2]]).all()


def test_newcombe_agrees_with_statsmodels():
    found = newcombe(Shares(9, 10, 3, 10))
    assert found == pytest.approx(confint_proportions_2indep(9, 10, 3, 10, method="newcomb", compare="diff"))


@settings(max_examples=40, deadline=None, derandomize=True)
@given(st.integers(1, 30), st.integers(1, 30), st.data())
def test_miettinen_nurminen_inverts_a_likelihood_maximised_by_search(n, m, data):
    x, y = data.draw(st.integers(0, n)), data.draw(st.integers(0, m))

    def score(difference):
        def unlikely(p2):
            p1 = p2 + difference
            return -(stats.binom.logpmf(x, n, p1) + stats.binom.logpmf(y, m, p2))
        bounds = (max(0, -difference), min(1, 1 - difference))
        p2 = optimize.minimize_scalar(unlikely, bounds=bounds, method="bounded", options={"xatol": 1e-12}).x
        p1 = p2 + difference
        variance = (p1 * (1 - p1) / n + p2 * (1 - p2) / m) * (n + m) / (n + m - 1)
        return (x / n - y / m - difference) / np.sqrt(variance)

    low, high = miettinen_nurminen(Shares(x, n, y, m))
    assert low <= x / n - y / m <= high
    for end, z in ((low, 1.959963985), (high, -1.959963985)):
        if abs(end) < 0.999:
            assert score(end) == pytest.approx(z, abs=1e-4)

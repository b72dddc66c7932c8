"""One person answers twice."""

from itertools import product

import numpy as np
import pytest
from scipy import stats
from statsmodels.stats.contingency_tables import SquareTable, mcnemar

from helpers.inference import (
    McNemar,
    bowker,
    dominance,
    dominance_of,
    score_homogeneity,
    signed_rank,
    signed_rank_of,
    stuart_maxwell,
    tango,
)

# Rows: first answer; columns: second. An empty cell on purpose.
SQUARE = np.array([[10, 4, 0], [7, 20, 5], [3, 9, 15]])


def test_dominance_by_hand():
    found = dominance_of(SQUARE)  # below the diagonal the first is higher: 7 + 3 + 9, above it 4 + 0 + 5
    assert found.effect == pytest.approx((19 - 9) / 73)
    assert found.se == pytest.approx(np.sqrt((19 / 73 + 9 / 73 - (10 / 73) ** 2) / 73))
    assert found.z == pytest.approx(10 / np.sqrt(28))
    assert found.p_exact_two_sided == pytest.approx(stats.binomtest(9, 28).pvalue)


def test_dominance_of_ties_alone_has_no_sign_to_test():
    found = dominance(0, 0, 8)
    assert (found.effect, found.se) == (0.0, 0.0)
    assert np.isnan([found.z, found.p_two_sided]).all()
    assert found.p_exact_two_sided == 1.0  # as the binomial of no pair has it; a row says not estimable


def test_nobody_at_all_gives_nan_and_no_error():
    assert np.isnan(dominance(0, 0, 0).effect)


def test_mcnemar_agrees_with_statsmodels():
    table = [[30, 12], [5, 40]]
    assert McNemar(12, 5).p_exact_two_sided == pytest.approx(mcnemar(table, exact=True).pvalue)
    assert McNemar(12, 5).p_two_sided == pytest.approx(mcnemar(table, exact=False, correction=False).pvalue)


def test_the_mid_p_takes_half_of_what_was_seen_off_each_tail():
    assert McNemar(12, 5).p_midp_two_sided == pytest.approx(
        2 * stats.binom.cdf(5, 17, 0.5) - stats.binom.pmf(5, 17, 0.5))


@pytest.mark.parametrize(("b", "c", "n"), [(12, 2, 28), (0, 0, 10), (6, 0, 6), (0, 5, 9)])
def test_tangos_interval_holds_the_difference_and_mirrors(b, c, n):
    low, high = tango(b, c, n)
    assert -1 <= low <= (b - c) / n <= high <= 1
    assert tango(c, b, n) == pytest.approx((-high, -low))


def test_bowker_adds_nothing_to_empty_cells_as_statsmodels_would():
    other = SquareTable(SQUARE.astype(float), shift_zeros=False).symmetry()
    assert bowker(SQUARE).chi2 == pytest.approx(other.statistic)
    assert bowker(np.diag([5, 5, 5])).chi2 == 0.0


def test_stuart_maxwell_agrees_with_statsmodels():
    other = SquareTable(SQUARE.astype(float), shift_zeros=False).homogeneity(method="stuart_maxwell")
    assert (stuart_maxwell(SQUARE).chi2, stuart_maxwell(SQUARE).df) == pytest.approx((other.statistic, other.df))


def test_a_level_nobody_chose_costs_stuart_maxwell_nothing():
    padded = np.pad(SQUARE, ((0, 1), (0, 1)))
    assert (stuart_maxwell(padded).chi2, stuart_maxwell(padded).df) == pytest.approx((stuart_maxwell(SQUARE).chi2, 2))


def test_two_levels_make_the_score_test_mcnemar():
    assert score_homogeneity([[30, 12], [5, 40]], [0, 1]).chi2 == pytest.approx(McNemar(12, 5).chi2)


def test_differences_equal_but_for_floating_point_are_tied():
    assert signed_rank([0.1 + 0.2, 0.3, -0.3]).doubled_ranks.tolist() == [4, 4, 4]


@pytest.mark.parametrize("zeros", ["pratt", "wilcoxon"])
def test_the_signed_rank_agrees_with_scipy(zeros):
    differences = [0, 0, 1, -1, 2, 2, -3, 1, 4, 2, 1]
    other = stats.wilcoxon(differences, zero_method="pratt" if zeros == "pratt" else "wilcox", method="asymptotic")
    assert signed_rank(differences, zeros=zeros).p_two_sided == pytest.approx(other.pvalue)


def test_the_exact_signed_rank_is_that_of_every_change_of_signs():
    differences = np.array([0, 1, -1, 2, 2, -3, 1, 4])
    ranks = stats.rankdata(abs(differences))[1:]
    sums = np.array([ranks @ signs for signs in product([0, 1], repeat=7)])
    seen = ranks @ (differences[1:] > 0)
    assert signed_rank(differences).p_exact_two_sided == pytest.approx(
        (abs(sums - sums.mean()) >= abs(seen - sums.mean()) - 1e-9).mean())


def test_a_square_is_the_pairs_it_counts():
    pairs = [i - j for i in range(3) for j in range(3) for _ in range(SQUARE[i, j])]
    assert signed_rank_of(SQUARE).z == pytest.approx(signed_rank(pairs).z)

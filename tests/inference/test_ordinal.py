"""Van Elteren, stratified theta, Brunner-Munzel and the exact rank sum."""

from collections import Counter
from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from helpers.inference import (
    blocked_rank_sum_exact,
    brunner_munzel,
    rank_sum,
    rank_sum_exact,
    stratified_theta,
    tabulate,
    van_elteren,
    van_elteren_bracket,
    van_elteren_exact,
)
from helpers.inference.methods.exact import _listed, _tabled

# Two strata of (compared, reference) × (low, middle, high).
TWO = np.array([[[2, 1, 0], [0, 1, 2]], [[1, 1, 1], [1, 0, 2]]])


def test_van_elteren_by_hand():
    # Stratum 1: ranks low 1.5, middle 3.5, high 5.5; compared 1.5+1.5+3.5 = 6.5, expected 3·7/2 = 10.5.
    # Stratum 2: ranks low 1.5, middle 3, high 5; compared 9.5, expected 10.5.
    assert van_elteren(TWO).statistic == pytest.approx((6.5 - 10.5) / 7 + (9.5 - 10.5) / 7)
    squares = 4 * 2**2 + (2 * 2**2 + 0.5**2 + 3 * 1.5**2)  # of all ranks about 3.5
    assert van_elteren(TWO).variance == pytest.approx(3 * 3 / (6 * 5) * squares / 7**2)


def test_one_stratum_is_the_rank_sum_test():
    table = TWO[:1]
    assert van_elteren(table).z == pytest.approx(rank_sum(table[0]).z)


VOID = {
    "no reference": [[3, 1, 0], [0, 0, 0]], "nobody compared": [[0, 0, 0], [1, 1, 1]],
    "all alike": [[0, 4, 0], [0, 5, 0]], "empty": [[0, 0, 0], [0, 0, 0]],
}


@pytest.mark.parametrize("void", VOID.values(), ids=VOID)
def test_a_void_stratum_adds_nothing_to_the_test(void):
    more = np.concatenate([TWO, [void]])
    assert van_elteren(more).statistic == van_elteren(TWO).statistic
    assert van_elteren(more).variance == van_elteren(TWO).variance


def test_where_every_stratum_is_void_p_is_nan_and_never_one():
    alike = np.array([[[0, 4, 0], [0, 5, 0]]])
    assert np.isnan(van_elteren(alike).p_two_sided)
    assert np.isnan(brunner_munzel(alike[0]).p_two_sided)


def test_theta_is_the_mean_over_strata_weighted_by_nm_over_n_plus_1():
    found = stratified_theta(TWO)
    assert found.theta.tolist() == pytest.approx([1 / 18, 3.5 / 9])  # pairs won plus half the ties, of nine
    assert found.theta_cmh == pytest.approx((1 / 18 + 3.5 / 9) / 2)


def test_a_stratum_where_everybody_answers_alike_has_theta_one_half_and_no_error():
    found = stratified_theta(np.array([[[0, 4, 0], [0, 5, 0]]]))
    assert (found.theta_cmh, found.se_cmh) == (0.5, 0.0)


def test_a_stratum_with_one_person_in_a_group_keeps_its_theta_but_not_its_place_in_the_interval():
    single = np.concatenate([TWO, [[[1, 0, 0], [0, 2, 3]]]])
    found = stratified_theta(single)
    assert found.theta[2] == 0.0
    assert np.isnan(found.se[2])
    assert found.theta_cmh == pytest.approx(stratified_theta(TWO).theta_cmh)
    assert found.theta_all < found.theta_cmh
    assert found.measured.tolist() == [True, True, False]


def test_brunner_munzel_agrees_with_scipy_on_ties():
    counts = np.array([[5, 3, 2, 7], [2, 4, 6, 9]])
    first, second = (np.repeat(range(4), side) for side in counts)
    scipy = stats.brunnermunzel(second, first)
    found = brunner_munzel(counts)
    assert (found.statistic, found.p_two_sided) == pytest.approx((scipy.statistic, scipy.pvalue))


def test_under_complete_separation_brunner_munzel_gives_theta_and_no_test():
    found = brunner_munzel(np.array([[0, 0, 6], [5, 3, 0]]))
    assert found.theta == 1.0
    assert np.isnan([found.statistic, found.ci_low, found.ci_logit_low]).all()


def test_cliffs_delta_is_twice_theta_less_one():
    assert brunner_munzel(TWO[1]).cliffs_delta == pytest.approx(2 * 3.5 / 9 - 1)


def relabelled(counts):
    """Van Elteren's and the plain rank sum's distance for every relabelling within strata, by listing them all."""
    choices = []
    for stratum in counts:
        values = np.repeat(np.arange(counts.shape[2]), stratum.sum(axis=0))
        ranks, size, n = stats.rankdata(values), len(values), int(stratum[0].sum())
        choices.append([(sum(ranks[list(c)]) - n * (size + 1) / 2, size + 1) for c in combinations(range(size), n)])
    return [(sum(d / w for d, w in each), sum(d for d, _ in each)) for each in product(*choices)]


UNEQUAL = np.array([[[1, 2, 0], [1, 0, 1]], [[0, 1, 1], [2, 0, 2]], [[1, 0, 0], [0, 1, 1]]])


@pytest.mark.parametrize("counts", [TWO, UNEQUAL], ids=["strata of one size", "strata of several sizes"])
def test_exact_p_values_are_those_of_listing_every_relabelling(counts):
    weighted, plain = np.array(relabelled(counts)).T
    statistic = van_elteren(counts).statistic
    found = van_elteren_exact(counts)
    assert found.p_exact_two_sided == pytest.approx((abs(weighted) >= abs(statistic) - 1e-9).mean(), rel=1e-12)
    assert found.p_exact_less == pytest.approx((weighted <= statistic + 1e-9).mean(), rel=1e-12)
    blocked = blocked_rank_sum_exact(counts)
    assert blocked.p_exact_two_sided == pytest.approx((abs(plain) >= abs(blocked.observed) - 1e-9).mean(), rel=1e-12)
    assert blocked.p_exact_greater == pytest.approx((plain >= blocked.observed - 1e-9).mean(), rel=1e-12)


def test_the_exact_rank_sum_agrees_with_scipy_where_there_are_no_ties():
    first, second = [1.1, 2.3, 5.6, 7.7], [0.4, 3.3, 4.2, 6.1, 9.0]
    counts = tabulate(first + second, ["a"] * 4 + ["b"] * 5, compared="a", reference="b").counts[0]
    assert rank_sum_exact(counts).p_exact_two_sided == pytest.approx(
        stats.mannwhitneyu(first, second, method="exact").pvalue, rel=1e-12)


def test_the_bracket_holds_the_exact_p_value_and_narrows_with_its_step():
    counts = np.array([[[4, 6, 2, 1], [3, 5, 6, 8]], [[5, 3, 2, 0], [2, 6, 4, 3]], [[2, 2, 3, 1], [1, 4, 6, 5]]])
    exact = van_elteren_exact(counts).p_exact_two_sided
    wide, narrow = van_elteren_bracket(counts, step=1e-2), van_elteren_bracket(counts, step=1e-4)
    assert wide.low <= exact <= wide.high
    assert narrow.low <= exact <= narrow.high
    assert narrow.width < wide.width / 10


def test_tails_far_beyond_floating_point_are_still_right():
    # 60 compared all above 60 reference: one relabelling in C(120, 60).
    counts = np.array([[0, 60], [60, 0]])
    assert rank_sum_exact(counts).p_exact_greater == pytest.approx(1 / 96614908840363322603893139521372656, rel=1e-9)


def test_a_weight_counts_a_record_several_times():
    one_by_one = tabulate([1, 1, 2, 2, 2], ["a", "b", "a", "a", "b"], compared="a", reference="b").counts
    weighted = tabulate([1, 1, 2, 2], ["a", "b", "a", "b"], compared="a", reference="b", weight=[1, 1, 2, 1]).counts
    assert one_by_one.tolist() == weighted.tolist()


def test_records_without_outcome_group_or_stratum_are_left_out():
    found = tabulate([1, None, 2, 2], ["a", "a", None, "b"], compared="a", reference="b", stratum=["s", "s", "s", None])
    assert found.counts.sum() == 1


@given(st.lists(st.integers(1, 7), min_size=1, max_size=5), st.data())
@settings(max_examples=150, deadline=None)
def test_the_sum_of_scores_is_distributed_as_trying_every_draw_finds_by_table_and_by_list(totals, data):
    scores = data.draw(st.lists(st.integers(0, 6), min_size=len(totals), max_size=len(totals)))
    size = data.draw(st.integers(0, min(sum(totals), 6)))
    people = np.repeat(scores, totals)
    tried = Counter(int(sum(draw)) for draw in combinations(people, size))
    width = max(tried) + 1
    wanted = np.array([tried[value] for value in range(width)]) / sum(tried.values())
    chance = size / sum(totals)
    for way in (_listed, _tabled):
        weights = way(np.array(totals), np.array(scores), size, width, chance)
        np.testing.assert_allclose(weights / weights.sum(), wanted, rtol=1e-9, atol=1e-15)

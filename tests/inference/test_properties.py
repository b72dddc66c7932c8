"""What must hold whatever the data: found by trying many."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from helpers.inference import (
    Shares,
    adjust,
    blocked_rank_sum_exact,
    blocked_score_exact,
    brunner_munzel,
    clopper_pearson,
    cochran_mantel_haenszel,
    conditional_exact,
    dominance,
    mantel_haenszel_difference,
    max_t,
    miettinen_nurminen,
    newcombe,
    rank_block,
    standardised,
    stratified_theta,
    tango,
    van_elteren,
    van_elteren_bracket,
    van_elteren_exact,
    wilson,
)
from helpers.inference.estimates import estimate

FEW = settings(deadline=None, max_examples=60)
SLOW = settings(deadline=None, max_examples=15)


@st.composite
def tables(draw, *, strata=4, levels=5, most=6):
    """Counts, strata x (compared, reference) x levels, at most so many of each."""
    shape = (draw(st.integers(1, strata)), 2, draw(st.integers(2, levels)))
    cells = draw(st.lists(st.integers(0, most), min_size=int(np.prod(shape)), max_size=int(np.prod(shape))))
    counts = np.array(cells).reshape(shape)
    assume((counts.sum(axis=2) > 0).all(axis=1).any())
    return counts


def same(one: float, other: float) -> bool:
    return bool(np.isnan(one) and np.isnan(other)) or one == pytest.approx(other, rel=1e-9, abs=1e-12)


@FEW
@given(tables(), st.randoms(use_true_random=False))
def test_renaming_and_reordering_strata_changes_nothing(counts, random):
    order = list(range(len(counts)))
    random.shuffle(order)
    for scale, given_counts in (("ordinal", counts), ("binary", counts[:, :, :2])):
        one, other = (estimate(scale, each, confidence=0.95) for each in (given_counts, given_counts[order]))
        assert one.test == other.test
        assert same(one.effect, other.effect) and same(one.p_value, other.p_value) and same(one.ci_low, other.ci_low)


@FEW
@given(tables(), st.lists(st.booleans(), min_size=6, max_size=6))
def test_levels_that_nobody_uses_change_nothing(counts, gaps):
    """A monotone recoding of ordinal codes puts empty levels between the others."""
    wider = np.zeros((*counts.shape[:2], 2 * counts.shape[2]), dtype=int)
    places = [2 * level + int(gap) for level, gap in zip(range(counts.shape[2]), gaps, strict=False)]
    wider[:, :, places] = counts
    one, other = (estimate("ordinal", each, confidence=0.95) for each in (counts, wider))
    assert same(one.statistic, other.statistic) and same(one.effect, other.effect) and same(one.ci_high, other.ci_high)
    assert same(blocked_rank_sum_exact(counts).p_exact_two_sided, blocked_rank_sum_exact(wider).p_exact_two_sided)


@FEW
@given(tables())
def test_exchanging_the_groups_turns_every_effect_round(counts):
    turned = counts[:, ::-1]
    assert same(stratified_theta(counts).theta_cmh, 1 - stratified_theta(turned).theta_cmh)
    assert same(van_elteren(counts).z, -van_elteren(turned).z)
    assert same(brunner_munzel(counts[0]).theta, 1 - brunner_munzel(turned[0]).theta)
    for scale in ("ordinal", "binary"):
        here, there = (estimate(scale, each if scale == "ordinal" else each[:, :, :2], confidence=0.95)
                       for each in (counts, turned))
        none = 1.0 if scale == "ordinal" else 0.0
        assert same(here.effect, none - there.effect) and same(here.ci_low, none - there.ci_high)
        assert same(here.p_value, there.p_value)


@FEW
@given(tables())
def test_turning_the_scale_round_turns_theta_round(counts):
    assert same(stratified_theta(counts).theta_cmh, 1 - stratified_theta(counts[:, :, ::-1]).theta_cmh)
    assert same(van_elteren(counts).p_two_sided, van_elteren(counts[:, :, ::-1]).p_two_sided)


@FEW
@given(tables())
def test_every_p_value_lies_between_0_and_1_or_is_not_estimable(counts):
    yes_no = counts[:, :, :2]
    exact = [blocked_rank_sum_exact(counts), blocked_score_exact(counts, range(counts.shape[2]))]
    p_values = [estimate("ordinal", counts, confidence=0.95).p_value,
                estimate("binary", yes_no, confidence=0.95).p_value,
                van_elteren(counts).p_two_sided, cochran_mantel_haenszel(yes_no).p_two_sided,
                conditional_exact(yes_no).p_exact_two_sided]
    p_values += [getattr(each, f"p_exact_{side}") for each in exact for side in ("two_sided", "greater", "less")]
    for p in p_values:
        assert np.isnan(p) or 0 <= p <= 1


@FEW
@given(tables())
def test_an_interval_holds_its_estimate(counts):
    for scale, given_counts in (("ordinal", counts), ("binary", counts[:, :, :2])):
        found = estimate(scale, given_counts, confidence=0.95)
        if not np.isnan(found.ci_low):
            assert found.ci_low - 1e-9 <= found.effect <= found.ci_high + 1e-9


@FEW
@given(tables(strata=3, levels=4, most=3))
def test_the_bracket_holds_van_elterens_exact_p_value(counts):
    exact = van_elteren_exact(counts).p_exact_two_sided
    for bracket in (van_elteren_bracket(counts), van_elteren_bracket(counts, width=5e-4)):
        assert bracket.low - 1e-12 <= exact <= bracket.high + 1e-12


@FEW
@given(tables(strata=3, levels=4))
def test_one_sided_exact_p_values_share_the_observed_value(counts):
    found = blocked_rank_sum_exact(counts)
    assert found.p_exact_greater + found.p_exact_less >= 1 - 1e-9
    assert found.p_exact_two_sided >= min(found.p_exact_greater, found.p_exact_less) - 1e-9


@SLOW
@given(tables(strata=3, levels=4, most=5), st.integers(0, 2**32 - 1))
def test_exact_and_monte_carlo_agree(counts, seed):
    blocks = []
    for table in counts:
        codes = np.repeat(np.tile(np.arange(table.shape[1]), 2), table.ravel())[:, None]
        compared = np.repeat([True, False], table.sum(axis=1))
        if compared.any() and not compared.all():
            blocks.append(rank_block(compared, codes))
    draws = 4000
    [drawn] = max_t(standardised(blocks, np.random.default_rng(seed), draws)).raw
    if np.isnan(drawn):
        assert np.isnan(van_elteren(counts).z)
        return
    exact = van_elteren_exact(counts).p_exact_two_sided
    assert drawn == pytest.approx(exact, abs=5 * np.sqrt(exact * (1 - exact) / draws) + 2 / draws)


@FEW
@given(st.integers(1, 30), st.integers(1, 30), st.data())
def test_score_intervals_stay_on_their_scale_and_hold_their_estimate(n, m, data):
    a, c = data.draw(st.integers(0, n)), data.draw(st.integers(0, m))
    shares = Shares(a, n, c, m)
    for low, high in (newcombe(shares), miettinen_nurminen(shares)):
        assert -1 - 1e-9 <= low <= a / n - c / m + 1e-9 and a / n - c / m - 1e-9 <= high <= 1 + 1e-9
    for low, high in (wilson(a, n), clopper_pearson(a, n)):
        assert -1e-12 <= low <= a / n + 1e-9 and a / n - 1e-9 <= high <= 1 + 1e-12


@FEW
@given(st.integers(0, 20), st.integers(0, 20), st.integers(0, 20))
def test_paired_intervals_turn_round_with_the_pair(b, c, same_both):
    n = b + c + same_both
    assume(n)
    (low, high), (other_low, other_high) = tango(b, c, n), tango(c, b, n)
    assert (low, high) == pytest.approx((-other_high, -other_low), abs=1e-7)
    assert -1 - 1e-9 <= low <= (b - c) / n + 1e-9 and (b - c) / n - 1e-9 <= high <= 1 + 1e-9
    assert dominance(b, c, n).effect == -dominance(c, b, n).effect


@FEW
@given(tables())
def test_one_stratum_repeated_keeps_the_effect_and_narrows_the_interval(counts):
    one, twice = counts[:1], np.repeat(counts[:1], 2, axis=0)
    assume(one.sum(axis=2).min() > 1)
    here, there = stratified_theta(one), stratified_theta(twice)
    assert same(here.theta_cmh, there.theta_cmh)
    assert there.se_cmh <= here.se_cmh + 1e-12
    assert same(mantel_haenszel_difference(one[:, :, :2]).effect, mantel_haenszel_difference(twice[:, :, :2]).effect)


@FEW
@given(st.lists(st.one_of(st.floats(0, 1), st.just(float("nan"))), max_size=8))
def test_an_adjusted_p_is_never_below_its_raw_one(p_values):
    for method in ("holm", "bh", "bonferroni"):
        adjusted = adjust(p_values, method)
        for raw, after in zip(p_values, adjusted, strict=True):
            assert (np.isnan(raw) and np.isnan(after)) or raw - 1e-12 <= after <= 1

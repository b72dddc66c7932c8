"""The permutation engine against a slow obvious one."""

from itertools import combinations, product

import numpy as np
import pytest
from scipy import stats

from helpers.inference import enumerated, event_block, max_t, rank_block, signs, standardised
from helpers.inference.methods.binary import cmh_moments
from helpers.inference.methods.ordinal import van_elteren_moments
from helpers.inference.methods.permutation import lowest, shuffled
from helpers.inference.methods.relabelling import jointly

# Eleven records in two strata, two outcomes, −1 is missing.
COMPARED = np.array([True, True, False, False, False, True, True, True, False, False, False])
STRATUM = np.array([0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1])
CODES = np.array([[0, 2], [1, -1], [2, 2], [2, 0], [1, 1], [0, 0], [0, 1], [2, -1], [1, 2], [2, 2], [-1, 2]])


def blocks(make=rank_block, codes=CODES):
    return [make(COMPARED[h == STRATUM], codes[h == STRATUM]) for h in (0, 1)]


def slow_z(compared, codes):
    """One outcome's van Elteren z for one labelling, straight from the definition: only who answered counts."""
    statistic = variance = 0.0
    for h in (0, 1):
        here = (h == STRATUM) & (codes >= 0)
        ranks, label = stats.rankdata(codes[here]), compared[here]
        size, n = len(ranks), label.sum()
        statistic += (ranks[label].sum() - n * (size + 1) / 2) / (size + 1)
        variance += n * (size - n) / (size * (size - 1)) * ((ranks - (size + 1) / 2) ** 2).sum() / (size + 1) ** 2
    return statistic / np.sqrt(variance) if variance else 0.0


def every_labelling():
    for first, second in product(combinations(range(5), 2), combinations(range(5, 11), 3)):
        labels = np.zeros(11, dtype=bool)
        labels[[*first, *second]] = True
        yield labels


def test_every_relabelling_has_the_z_of_the_definition_labels_of_missing_answers_moving_too():
    expected = np.array([[slow_z(labels, CODES[:, j]) for j in (0, 1)] for labels in every_labelling()])
    found = enumerated(blocks())
    assert len(found) == len(expected) == 200
    assert sorted(map(tuple, found.round(9))) == sorted(map(tuple, expected.round(9)))
    assert found[0] == pytest.approx([slow_z(COMPARED, CODES[:, j]) for j in (0, 1)])


def test_random_relabellings_approach_the_full_enumeration():
    exact, drawn = max_t(enumerated(blocks())), max_t(standardised(blocks(), np.random.default_rng(5), 20_000))
    assert drawn.raw == pytest.approx(exact.raw, abs=0.015)
    assert drawn.step_down == pytest.approx(exact.step_down, abs=0.015)


def test_the_first_row_is_the_labelling_observed_and_counts_as_one():
    z = standardised(blocks(), np.random.default_rng(5), 199)
    hits = (abs(z[1:, 0]) >= abs(z[0, 0]) - 1e-9).sum()
    assert max_t(z).raw[0] == (1 + hits) / 200


def test_the_same_seed_gives_the_same_draws_and_another_gives_others():
    draw = [standardised(blocks(), np.random.default_rng(seed), 300) for seed in (5, 5, 6)]
    assert (draw[0] == draw[1]).all()
    assert (draw[0] != draw[2]).any()


@pytest.mark.parametrize("records", [1, 2, 7, 5000])
def test_labels_are_dealt_in_the_right_number_and_evenly(records):
    size = (records + 1) // 3
    labels = np.concatenate([lowest(keys, size) for _, keys in shuffled(np.random.default_rng(1), records, 2000)])
    assert (labels.sum(axis=1) == size).all()
    error = np.sqrt(size / records * (1 - size / records) / 2000)
    assert abs(labels.mean(axis=0) - size / records).max() <= 5 * error


def test_scores_of_events_give_the_cmh_statistic():
    codes = np.where(CODES < 0, -1, CODES > 0).astype(int)
    found = enumerated(blocks(event_block, codes))[0]
    for j in (0, 1):
        tables = [[np.bincount(codes[(h == STRATUM) & (side == COMPARED) & (codes[:, j] >= 0), j], minlength=2)
                   for h in (0, 1)] for side in (True, False)]
        difference, variance = cmh_moments(np.array(tables[0]), np.array(tables[1]))
        assert found[j] == pytest.approx(difference.sum() / np.sqrt(variance.sum()))


def test_an_outcome_of_which_nothing_can_be_said_is_nan_and_no_part_of_the_largest():
    constant = np.column_stack([CODES[:, 0], np.ones(11, dtype=int)])
    both, alone = (max_t(enumerated(blocks(codes=codes))) for codes in (constant, constant[:, :1]))
    assert both.raw[1:].tolist() == pytest.approx([np.nan], nan_ok=True)
    assert both.step_down[0] == alone.step_down[0]


def slow_step_down(z):
    """Westfall and Young's algorithm 2.8 in words: each time against the largest of those not yet passed."""
    order = sorted(range(z.shape[1]), key=lambda j: -abs(z[0, j]))
    adjusted, least = {}, 0.0
    for place, j in enumerate(order):
        largest = abs(z[:, order[place:]]).max(axis=1)
        least = max(least, (largest >= abs(z[0, j]) - 1e-9).mean())
        adjusted[j] = least
    return [adjusted[j] for j in range(z.shape[1])]


def test_step_down_is_westfall_and_young_and_never_below_the_raw_p():
    rng = np.random.default_rng(3)
    z = rng.normal(size=(400, 6)) @ rng.normal(size=(6, 6))
    found = max_t(z)
    assert found.step_down == pytest.approx(slow_step_down(z))
    assert (found.step_down >= found.raw).all()
    assert (found.step_down <= found.single_step).all()


def test_ties_within_1e_9_count_as_reached():
    z = np.array([[1.0], [1.0 - 1e-10], [0.5], [-1.0]])
    assert max_t(z).raw[0] == 0.75


def test_jointly_relabelled_two_groups_are_the_two_groups_of_the_fast_engine():
    draws = [np.random.default_rng(8), np.random.default_rng(8)]
    fast = standardised(blocks(), draws[0], 500)
    general = jointly((~COMPARED).astype(int), STRATUM, list(CODES.T), [([0], [1])], van_elteren_moments, draws[1], 500)
    assert general == pytest.approx(fast)


def test_jointly_relabelled_groups_keep_their_sizes_and_every_contrast_its_observed_z():
    group = np.array([0, 0, 1, 1, 2, 0, 0, 0, 1, 2, 2])
    z = jointly(group, STRATUM, [CODES[:, 0]], [([0], [1]), ([0], [2]), ([0], [1, 2])], van_elteren_moments,
                np.random.default_rng(2), 300)
    assert z.shape == (301, 3)
    assert z[0, 2] == pytest.approx(slow_z(group == 0, CODES[:, 0]))
    assert z[0, 0] == pytest.approx(slow_z(group == 0, np.where(group == 2, -1, CODES[:, 0])))


def test_exchanging_first_and_second_is_the_sign_test():
    higher = np.array([1, 1, 1, 1, 1, 1, 1, 1, -1, 0, 0])[:, None]
    raw = max_t(signs(higher, np.random.default_rng(4), 40_000)).raw[0]
    assert raw == pytest.approx(stats.binomtest(1, 9).pvalue, abs=0.004)


def test_all_pairs_of_a_person_are_exchanged_together():
    higher = np.repeat([[1], [-1], [1], [1], [1]], 3, axis=1)
    z = signs(higher, np.random.default_rng(4), 1000)
    assert (z[:, 0] == z[:, 1]).all()
    assert max_t(z).step_down[0] == max_t(z[:, :1]).raw[0]

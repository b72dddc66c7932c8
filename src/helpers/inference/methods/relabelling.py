"""Several groups relabelled together, for a family that compares more than one pair of groups.

All groups' labels are shuffled within strata at once, so that comparisons which share a group keep their dependence.
Every relabelling is ranked afresh among the groups compared and standardised with the answers it really has.
"""

from collections.abc import Callable, Sequence

import numpy as np

from helpers.inference.methods.permutation import ratio, shuffled


def jointly(
    group: np.ndarray, stratum: np.ndarray, outcomes: Sequence[np.ndarray], contrasts: Sequence[tuple],
    moments: Callable, rng: np.random.Generator, permutations: int,
) -> np.ndarray:
    """z by relabelling and comparison (contrasts × outcomes, flat); the first row is the labelling observed.

    `group`, `stratum` and each outcome are whole-number codes by record (an outcome below 0 is missing), a contrast is
    (groups compared, groups of reference), `moments` gives a stratum's statistic and variance from counts by level.
    """
    total = np.zeros((2, 1 + permutations, len(contrasts), len(outcomes)))
    for each in np.unique(stratum):
        here = stratum == each
        levels = [_levels(codes[here]) for codes in outcomes]
        total[:, :1] += _sums(_indicators(group[here])[:, None], levels, contrasts, moments)
        for where, keys in shuffled(rng, int(here.sum()), permutations):
            labels = _dealt(keys, np.bincount(group[here]))
            total[:, 1 + where.start:1 + where.stop] += _sums(labels, levels, contrasts, moments)
    return ratio(*total.reshape(2, 1 + permutations, -1))


def _levels(codes: np.ndarray) -> np.ndarray:
    """Records × levels, 1 where the record has that level; a missing answer is 0 throughout."""
    levels = np.arange(max(int(codes.max(initial=0)), 1) + 1)
    return (codes[:, None] == levels).astype(np.float32)


def _indicators(group: np.ndarray) -> np.ndarray:
    return group == np.arange(int(group.max()) + 1)[:, None]


def _dealt(keys: np.ndarray, sizes: np.ndarray) -> np.ndarray:
    """Labels dealt out in the order of the keys: groups × relabellings × records, boolean."""
    ends = np.cumsum(sizes)
    held = ends[(ends > 0) & (ends < keys.shape[1])]
    ordered = np.partition(keys, np.unique(held - 1), axis=1) if held.size else keys
    place = np.zeros(keys.shape, dtype=np.int16)
    for end in ends[:-1]:
        place += keys > ordered[:, end - 1:end] if 0 < end < keys.shape[1] else end == 0
    return place == np.arange(len(sizes))[:, None, None]


def _sums(labels: np.ndarray, levels: Sequence, contrasts: Sequence[tuple], moments: Callable) -> np.ndarray:
    """(statistic, variance) × relabellings × contrasts × outcomes of one stratum."""
    total = np.zeros((2, labels.shape[1], len(contrasts), len(levels)))
    labels = labels.astype(np.float32)
    for column, indicators in enumerate(levels):
        counts = (labels @ indicators).astype(float)
        for row, (compared, reference) in enumerate(contrasts):
            total[:, :, row, column] = moments(_side(counts, compared), _side(counts, reference))
    return total


def _side(counts: np.ndarray, groups: Sequence[int]) -> np.ndarray:
    """Counts of several groups together; a group that the stratum lacks adds nobody."""
    return counts[[group for group in groups if group < len(counts)]].sum(axis=0)

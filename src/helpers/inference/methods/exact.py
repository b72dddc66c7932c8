"""Exact permutation p-values of score sums, ties and strata included, by dynamic programming and convolution."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np
from scipy import signal
from scipy.linalg.blas import daxpy
from scipy.special import gammaln, xlog1py, xlogy

from helpers.inference.methods.ordinal import rank_moments

TIE = 1e-9  # relative to the largest distance possible; equal statistics count as equal
ROUNDED = 1e-4  # a tail this large keeps ten digits and more through Fourier transforms


@dataclass(frozen=True)
class ExactTest:
    """Where a statistic lies in its permutation distribution."""

    distance: np.ndarray  # of each possible value from its expectation
    pmf: np.ndarray
    observed: float  # distance
    z: float = np.nan

    @property
    def _tie(self) -> float:
        return TIE * max(1.0, float(np.abs(self.distance).max(initial=0)))

    @property
    def p_exact_two_sided(self) -> float:
        return min(1.0, float(self.pmf[np.abs(self.distance) >= abs(self.observed) - self._tie].sum()))

    @property
    def p_exact_greater(self) -> float:
        return min(1.0, float(self.pmf[self.distance >= self.observed - self._tie].sum()))

    @property
    def p_exact_less(self) -> float:
        return min(1.0, float(self.pmf[self.distance <= self.observed + self._tie].sum()))


def sum_distribution(totals: np.ndarray, size: int, scores: np.ndarray) -> tuple[int, np.ndarray]:
    """The distribution of the sum of whole-number scores of `size` people drawn from `totals` people a level.

    Returned as (smallest sum, probabilities of it and of every whole number above). Levels are added one by one to a
    table of how many were drawn by what they sum to, or, where few levels leave most of that table empty, to a list of
    what is possible; binomial weights keep the numbers within reach, and are all positive, so that even the far tails
    are right to many digits.
    """
    held = totals > 0
    if not held.any():
        return 0, np.ones(1)
    totals, scores = totals[held].astype(np.int64), np.asarray(scores, dtype=np.int64)[held]
    low = int(scores.min(initial=0))
    scores = scores - low
    step = max(int(np.gcd.reduce(scores)), 1) if scores.size else 1
    scores = scores // step
    width = int((np.sort(np.repeat(scores, np.minimum(totals, size)))[::-1][:size]).sum()) + 1
    chance = size / max(int(totals.sum()), 1)
    few = np.prod(np.minimum(totals, size)[:-1] + 1.0) < width
    weights = _listed(totals, scores, size, width, chance) if few else _tabled(totals, scores, size, width, chance)
    least = int(np.sort(np.repeat(scores, np.minimum(totals, size)))[:size].sum())
    pmf = np.zeros((width - 1 - least) * step + 1)
    pmf[::step] = weights[least:] / weights.sum()
    return low * size + least * step, pmf


def _chances(many: np.ndarray, total: int, chance: float) -> np.ndarray:
    """Binomial probabilities; scipy.stats spends more on checking its arguments than these few numbers take."""
    ways = gammaln(total + 1) - gammaln(many + 1) - gammaln(total - many + 1)
    return np.exp(ways + xlogy(many, chance) + xlog1py(total - many, -chance))


def _tabled(totals: np.ndarray, scores: np.ndarray, size: int, width: int, chance: float) -> np.ndarray:
    """The weight of each sum from 0 to width - 1, by a table of drawn × sum that widens with the levels added."""
    order = np.argsort(scores, kind="stable")
    totals, scores = totals[order], scores[order]
    table = np.zeros((size + 1, 1))
    table[0, 0] = 1.0
    for level in range(len(totals) - 1):
        reach = int(np.sort(np.repeat(scores[:level + 1], np.minimum(totals[:level + 1], size)))[::-1][:size].sum()) + 1
        table = _with_level(table, reach, totals, scores, level, chance)
    drawn = np.arange(min(int(totals[-1]), size) + 1)
    weights = np.zeros(width)
    for many, weight in zip(drawn, _chances(drawn, totals[-1], chance), strict=True):
        rest, shift = table[size - many], int(many * scores[-1])
        held = min(len(rest), width - shift)
        weights[shift:shift + held] += weight * rest[:held]
    return weights


def _with_level(table: np.ndarray, width: int, totals: np.ndarray, scores: np.ndarray, level: int,
                chance: float) -> np.ndarray:
    """The table with one level more, `width` sums wide; only rows from which `size` can still be reached are kept.

    Seen as one line of numbers, drawing once more shifts it by a row and the score, so each way of drawing is one
    scaled addition of BLAS. No sum runs over its row's end, since the row is as wide as its largest sum.
    """
    rows, size = len(table), len(table) - 1
    before = np.zeros((rows, width))
    before[:, :table.shape[1]] = table
    after, before = np.zeros(rows * width), before.ravel()
    least = max(0, size - int(totals[level:].sum()))
    most = min(size, int(totals[:level].sum()))
    reach = np.arange(min(int(totals[level]), size - least) + 1)
    for many, weight in zip(reach, _chances(reach, totals[level], chance), strict=True):
        ends = (min(most, size - int(many)) + 1) * width
        shift = int(many) * (width + int(scores[level]))
        held = min(ends, rows * width - shift) - least * width
        if held > 0 and weight:
            daxpy(before, after, n=held, a=weight, offx=least * width, offy=least * width + shift)
    return after.reshape(rows, width)


def _listed(totals: np.ndarray, scores: np.ndarray, size: int, width: int, chance: float) -> np.ndarray:
    """The same by a list of every way to draw from all levels but the last, which then gives the rest."""
    drawn, sums, weights = np.zeros(1, dtype=np.int64), np.zeros(1, dtype=np.int64), np.ones(1)
    for total, score in zip(totals[:-1], scores[:-1], strict=True):
        more = np.arange(min(total, size) + 1)
        drawn, sums = np.add.outer(drawn, more).ravel(), np.add.outer(sums, more * score).ravel()
        weights = np.outer(weights, _chances(more, total, chance)).ravel()
    rest = size - drawn
    possible = (rest >= 0) & (rest <= (totals[-1] if totals.size else 0))
    if totals.size:
        weights = weights * _chances(np.clip(rest, 0, totals[-1]), totals[-1], chance)
        sums = sums + rest * scores[-1]
    return np.bincount(sums[possible], weights=weights[possible], minlength=width)


def doubled_ranks(totals: np.ndarray) -> np.ndarray:
    """Twice the midrank of each level, a whole number."""
    return 2 * np.cumsum(totals) - totals + 1


def rank_sum_exact(counts: np.ndarray) -> ExactTest:
    """The exact rank-sum test of one stratum with ties. `counts`: (compared, reference) × levels."""
    return blocked_rank_sum_exact(np.asarray(counts)[None])


def blocked_rank_sum_exact(counts: np.ndarray) -> ExactTest:
    """The exact test of the midranks summed over strata without weights. `counts`: strata × 2 × levels."""
    scores = np.stack([doubled_ranks(totals) for totals in np.asarray(counts).sum(axis=1)])
    found = _blocked(np.asarray(counts), scores)
    centred, variance = rank_moments(counts[:, 0], counts[:, 1])
    z = float(centred.sum() / np.sqrt(variance.sum())) if variance.sum() > 0 else np.nan
    return ExactTest(found.distance / 2, found.pmf, found.observed / 2, z)


def blocked_score_exact(counts: np.ndarray, scores: Sequence[int]) -> ExactTest:
    """The exact test of whole-number scores of the levels, summed over strata. `counts`: strata × 2 × levels."""
    counts = np.asarray(counts)
    return _blocked(counts, np.broadcast_to(np.asarray(scores, dtype=np.int64), (len(counts), counts.shape[2])))


def _blocked(counts: np.ndarray, scores: np.ndarray) -> ExactTest:
    low, parts, observed, expected = 0, [], 0, 0.0
    for stratum, points in zip(counts, scores, strict=True):
        first, probabilities = sum_distribution(stratum.sum(axis=0), int(stratum[0].sum()), points)
        low, parts = low + first, [*parts, probabilities]
        observed += int(stratum[0] @ points)
        expected += stratum[0].sum() * (stratum.sum(axis=0) @ points) / max(int(stratum.sum()), 1)
    # Convolution by Fourier transform is quick, and right but for a rounding error that only a small p-value feels.
    for convolve in (signal.fftconvolve, np.convolve):
        pmf = np.maximum(reduce(convolve, sorted(parts, key=len), np.ones(1)), 0)
        found = ExactTest(np.arange(low, low + len(pmf)) - expected, pmf, observed - expected)
        if min(found.p_exact_greater, found.p_exact_less) > ROUNDED:
            break
    return found

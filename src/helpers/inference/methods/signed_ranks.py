"""Paired differences ranked by size: Wilcoxon's signed rank test with Pratt's or Wilcoxon's zeros; the paired t."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy import stats

from helpers.inference.methods.continuous import DECIMALS, Shift, ordered_interval


@dataclass(frozen=True)
class SignedRank:
    """The sum of the ranks of positive differences, against every change of signs."""

    v: float
    doubled_ranks: np.ndarray  # of the differences that are not 0; twice the midrank, so whole numbers

    @property
    def z(self) -> float:
        spread = float((self.doubled_ranks.astype(float) ** 2).sum()) / 16
        return float((self.v - self.doubled_ranks.sum() / 4) / np.sqrt(spread)) if spread > 0 else np.nan

    @property
    def p_two_sided(self) -> float:
        return float(2 * stats.norm.sf(abs(self.z)))

    @property
    def p_two_sided_cc(self) -> float:
        """With continuity correction, for comparison with other software."""
        spread = float((self.doubled_ranks.astype(float) ** 2).sum()) / 16
        beyond = abs(self.v - self.doubled_ranks.sum() / 4) - 0.5
        return min(1.0, float(2 * stats.norm.sf(beyond / np.sqrt(spread)))) if spread > 0 else np.nan

    @property
    def _pmf(self) -> np.ndarray:
        """P(twice V = 0, 1, 2, …), by adding one difference after another."""
        pmf = np.zeros(int(self.doubled_ranks.sum()) + 1)
        pmf[0] = 1.0
        for rank in self.doubled_ranks:
            shifted = np.zeros_like(pmf)
            shifted[rank:] = pmf[:len(pmf) - rank]
            pmf = (pmf + shifted) / 2
        return pmf

    @property
    def p_exact_greater(self) -> float:
        return float(self._pmf[round(2 * self.v):].sum())

    @property
    def p_exact_less(self) -> float:
        return float(self._pmf[:round(2 * self.v) + 1].sum())

    @property
    def p_exact_two_sided(self) -> float:
        """The distribution is symmetric, so twice the smaller tail is P(|V − E| at least as far)."""
        return min(1.0, 2 * min(self.p_exact_greater, self.p_exact_less))


def signed_rank(differences: Sequence[float], *, zeros: Literal["pratt", "wilcoxon"] = "pratt",
                weight: Sequence[int] | None = None) -> SignedRank:
    """The signed rank test of paired differences; `weight` says how many pairs have each difference.

    Pratt ranks the zeros and then drops them, Wilcoxon drops them first. Differences are rounded to DECIMALS places
    before ranking, since floating point makes false non-ties.
    """
    differences = np.round(np.asarray(differences, dtype=float), DECIMALS)
    weight = np.ones(len(differences), dtype=np.int64) if weight is None else np.asarray(weight, dtype=np.int64)
    if zeros == "wilcoxon":
        differences, weight = differences[differences != 0], weight[differences != 0]
    _, place = np.unique(np.abs(differences), return_inverse=True)
    ties = np.bincount(place, weight, minlength=1).astype(np.int64)
    doubled = (2 * np.cumsum(ties) - ties + 1)[place] if place.size else np.zeros(0, dtype=np.int64)
    positive, other = differences > 0, differences != 0
    return SignedRank(float((doubled * weight)[positive].sum() / 2), np.repeat(doubled[other], weight[other]))


def signed_rank_of(square: np.ndarray, *, zeros: Literal["pratt", "wilcoxon"] = "pratt") -> SignedRank:
    """The signed rank test of a square of counts, levels one apart; square[i, j] counts i first and j second."""
    square = np.asarray(square)
    first, second = np.indices(square.shape)
    return signed_rank((first - second).ravel(), zeros=zeros, weight=square.ravel())


def hodges_lehmann_paired(first: Sequence[float], second: Sequence[float], *, confidence: float = 0.95) -> Shift:
    """The median of the Walsh averages of first − second, with the interval of the exact test (no ties, no zeros)."""
    differences = np.asarray(first, dtype=float) - np.asarray(second, dtype=float)
    i, j = np.triu_indices(len(differences))
    untied = SignedRank(0.0, 2 * np.arange(1, len(differences) + 1))
    return ordered_interval(np.sort((differences[i] + differences[j]) / 2), np.cumsum(untied._pmf[::2]), confidence)


@dataclass(frozen=True)
class PairedMean:
    """The mean difference of pairs with Student's t."""

    effect: float
    t: float
    df: int
    p_two_sided: float
    ci_low: float
    ci_high: float


def paired_t(first: Sequence[float], second: Sequence[float], *, confidence: float = 0.95) -> PairedMean:
    """First minus second: the mean, its t-test and interval. scipy.stats.ttest_rel."""
    found = stats.ttest_rel(first, second)
    mean, (low, high) = float(np.mean(np.subtract(first, second))), found.confidence_interval(confidence)
    return PairedMean(mean, float(found.statistic), int(found.df), float(found.pvalue), float(low), float(high))

"""Counts and measurements of two groups: Welch, Hedges' g, permutation of the mean, Hodges-Lehmann shift."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import stats
from scipy.special import gammaln

from helpers.inference.methods.exact import ExactTest, blocked_score_exact, rank_sum_exact
from helpers.inference.methods.tabulation import tabulate

DECIMALS = 6  # values are taken as decimal numbers of at most so many places: 0.1 + 0.2 must tie with 0.3


@dataclass(frozen=True)
class MeanDifference:
    """A difference of means with Welch's t."""

    effect: float
    se: float
    df: float
    confidence: float

    @property
    def t(self) -> float:
        return self.effect / self.se if self.se > 0 else np.nan

    @property
    def p_two_sided(self) -> float:
        return float(2 * stats.t.sf(abs(self.t), self.df))

    @property
    def ci_low(self) -> float:
        return self.effect - float(stats.t.ppf((1 + self.confidence) / 2, self.df)) * self.se

    @property
    def ci_high(self) -> float:
        return self.effect + float(stats.t.ppf((1 + self.confidence) / 2, self.df)) * self.se


def welch(compared: Sequence[float], reference: Sequence[float], *, confidence: float = 0.95) -> MeanDifference:
    """Compared minus reference, with unequal variances; Welch-Satterthwaite degrees of freedom; NaN for one value."""
    first, second = np.asarray(compared, dtype=float), np.asarray(reference, dtype=float)
    effect = float(first.mean() - second.mean())
    if min(len(first), len(second)) < 2:
        return MeanDifference(effect, np.nan, np.nan, confidence)
    a, b = first.var(ddof=1) / len(first), second.var(ddof=1) / len(second)
    df = (a + b) ** 2 / (a**2 / (len(first) - 1) + b**2 / (len(second) - 1)) if a + b > 0 else np.nan
    return MeanDifference(effect, float(np.sqrt(a + b)), float(df), confidence)


@dataclass(frozen=True)
class MeanEquivalence:
    """Two one-sided Welch tests against bounds fixed beforehand."""

    found: MeanDifference
    low: float
    high: float

    @property
    def p_lower(self) -> float:
        return float(stats.t.sf((self.found.effect - self.low) / self.found.se, self.found.df))

    @property
    def p_upper(self) -> float:
        return float(stats.t.cdf((self.found.effect - self.high) / self.found.se, self.found.df))

    @property
    def p_tost(self) -> float:
        return max(self.p_lower, self.p_upper)

    @property
    def ci_low(self) -> float:
        return self.found.ci_low

    @property
    def ci_high(self) -> float:
        return self.found.ci_high


def equivalent_means(compared: Sequence[float], reference: Sequence[float], *, low: float, high: float,
                     confidence: float = 0.9) -> MeanEquivalence:
    """"No important difference" of means: both bounds excluded; the interval has confidence 1 − 2α."""
    return MeanEquivalence(welch(compared, reference, confidence=confidence), low, high)


@dataclass(frozen=True)
class Standardised:
    """A difference of means in standard deviations."""

    effect: float
    variance: float


def hedges_g(compared: Sequence[float], reference: Sequence[float]) -> Standardised:
    """Hedges' g: the mean difference over the pooled standard deviation, with the exact small-sample factor."""
    first, second = np.asarray(compared, dtype=float), np.asarray(reference, dtype=float)
    n, m = len(first), len(second)
    df = n + m - 2
    pooled = np.sqrt(((n - 1) * first.var(ddof=1) + (m - 1) * second.var(ddof=1)) / df)
    from_gamma = np.exp(gammaln(df / 2) - gammaln((df - 1) / 2)) / np.sqrt(df / 2)
    effect = float(from_gamma * (first.mean() - second.mean()) / pooled)
    return Standardised(effect, 1 / n + 1 / m + effect**2 / (2 * (n + m)))


@dataclass(frozen=True)
class PermutedMean:
    """The permutation test of raw values."""

    z: float
    exact: ExactTest

    @property
    def p_two_sided(self) -> float:
        return float(2 * stats.norm.sf(abs(self.z)))

    @property
    def p_exact_two_sided(self) -> float:
        return self.exact.p_exact_two_sided


def permutation_mean(compared: Sequence[float], reference: Sequence[float]) -> PermutedMean:
    """The sum of the compared values in its permutation distribution, by normal approximation and exactly.

    Values count to DECIMALS places; the exact p-value takes time in proportion to their range in the smallest unit.
    """
    values = np.concatenate([np.asarray(compared, dtype=float), np.asarray(reference, dtype=float)])
    whole = np.rint(values * 10**DECIMALS).astype(np.int64)
    unit = max(int(np.gcd.reduce(whole - whole.min())), 1)
    scores = (whole - whole.min()) // unit
    table = tabulate(scores, np.repeat(["c", "r"], [len(compared), len(reference)]), compared="c", reference="r")
    n, size = len(compared), len(values)
    spread = n * (size - n) / (size * (size - 1)) * ((scores - scores.mean()) ** 2).sum()
    beyond = scores[:n].sum() - n * scores.mean()
    return PermutedMean(float(beyond / np.sqrt(spread)) if spread > 0 else np.nan,
                        blocked_score_exact(table.counts, table.levels))


@dataclass(frozen=True)
class Shift:
    """A shift in location with its interval."""

    effect: float
    ci_low: float
    ci_high: float


def hodges_lehmann_shift(compared: Sequence[float], reference: Sequence[float], *, confidence: float = 0.95) -> Shift:
    """The median of all differences compared − reference, with the interval of the exact rank-sum test (no ties)."""
    first, second = np.asarray(compared, dtype=float), np.asarray(reference, dtype=float)
    differences = np.sort(np.subtract.outer(first, second).ravel())
    n, m = len(compared), len(reference)
    untied = rank_sum_exact(np.stack([np.repeat([1, 0], [n, m]), np.repeat([0, 1], [n, m])]))
    return ordered_interval(differences, np.cumsum(untied.pmf[::2]), confidence)


def ordered_interval(ordered: np.ndarray, below: np.ndarray, confidence: float) -> Shift:
    """Median and interval from sorted candidates and P(statistic ≤ 0, 1, 2, …) of the exact test without ties."""
    # A hair's breadth of floating point must not move the bound by one candidate.
    q = max(int(np.argmax(below >= (1 - confidence) / 2 * (1 - 1e-12))), 1)
    return Shift(float(np.median(ordered)), float(ordered[q - 1]), float(ordered[-q]))

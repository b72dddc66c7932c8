"""Exact tests of 2 × 2 tables given all margins: Fisher, its mid-p, and the same over strata (exact CMH)."""

from dataclasses import dataclass

import numpy as np
from scipy import optimize, stats
from scipy.special import logsumexp

SAME = 1e-7  # relative tolerance within which two tables count as equally probable, as in R


@dataclass(frozen=True)
class Conditional:
    """The distribution of the compared group's events over strata, given every margin, and where the data lie in it."""

    support: np.ndarray
    log_pmf: np.ndarray
    statistic: int
    confidence: float

    @property
    def pmf(self) -> np.ndarray:
        return np.exp(self.log_pmf)

    @property
    def p_exact_two_sided(self) -> float:
        """Sum of the probabilities of everything no more probable than what was seen."""
        observed = self.log_pmf[self.support == self.statistic][0]
        return min(1.0, float(self.pmf[self.log_pmf <= observed + np.log1p(SAME)].sum()))

    @property
    def p_exact_greater(self) -> float:
        return min(1.0, float(self.pmf[self.support >= self.statistic].sum()))

    @property
    def p_exact_less(self) -> float:
        return min(1.0, float(self.pmf[self.support <= self.statistic].sum()))

    @property
    def p_midp_two_sided(self) -> float:
        """Twice the smaller tail, with half the probability of what was seen."""
        here = float(self.pmf[self.support == self.statistic][0])
        tails = (self.p_exact_greater - here / 2, self.p_exact_less - here / 2)
        return min(1.0, 2 * min(tails))

    @property
    def or_cmle(self) -> float:
        """The odds ratio whose mean is what was seen; 0 or infinite at the ends of the support, NaN for one point."""
        if len(self.support) < 2:
            return np.nan
        if self.statistic in (self.support[0], self.support[-1]):
            return 0.0 if self.statistic == self.support[0] else np.inf
        return _solve(lambda log_or: self._tilted(log_or) @ self.support - self.statistic)

    @property
    def ci_low(self) -> float:
        if len(self.support) < 2 or self.statistic == self.support[0]:
            return 0.0
        tail = (1 - self.confidence) / 2
        return _solve(lambda log_or: self._tilted(log_or)[self.support >= self.statistic].sum() - tail)

    @property
    def ci_high(self) -> float:
        if len(self.support) < 2 or self.statistic == self.support[-1]:
            return np.inf
        tail = (1 - self.confidence) / 2
        return _solve(lambda log_or: tail - self._tilted(log_or)[self.support <= self.statistic].sum())

    def _tilted(self, log_or: float) -> np.ndarray:
        weighted = self.log_pmf + log_or * (self.support - self.statistic)
        return np.exp(weighted - logsumexp(weighted))


def conditional_exact(tables: np.ndarray, *, confidence: float = 0.95) -> Conditional:
    """The exact conditional test over strata. `tables`: strata × (compared, reference) × (event, no event).

    A stratum with an empty margin has one possible table and changes nothing. The interval's ends leave
    (1 − confidence)/2 in each tail, solved to 1e-12 on the log odds ratio (R's carry an error of up to 0.8%).
    """
    low, pmf, observed = 0, np.ones(1), 0
    for (a, b), (c, d) in np.asarray(tables, dtype=np.int64):
        first = max(0, a - d)
        reach = np.arange(first, min(a + b, a + c) + 1)
        if len(reach) > 1:
            pmf = np.convolve(pmf, stats.hypergeom.pmf(reach, a + b + c + d, a + c, a + b))
        low, observed = low + first, observed + a
    with np.errstate(divide="ignore"):
        log_pmf = np.log(pmf / pmf.sum())
    return Conditional(np.arange(low, low + len(pmf)), log_pmf, int(observed), confidence)


def fisher_exact(table: np.ndarray, *, confidence: float = 0.95) -> Conditional:
    """Fisher's exact test of one table, (compared, reference) × (event, no event), with its mid-p."""
    return conditional_exact(np.asarray(table)[None], confidence=confidence)


def _solve(rising) -> float:
    """exp of the root of a function that rises with the log odds ratio."""
    low, high = -1.0, 1.0
    while rising(low) > 0:
        low *= 2
    while rising(high) < 0:
        high *= 2
    return float(np.exp(optimize.brentq(rising, low, high, xtol=1e-13, rtol=1e-14, maxiter=500)))

"""Do partnerships agree, and what of others like them: Cochran's Q, the spread between them, their mean with t."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import stats


@dataclass(frozen=True)
class Heterogeneity:
    """Whether effects differ between strata by more than chance, and by how much."""

    q: float
    df: int
    tau: float  # standard deviation of the true effects between strata, on the scale of the effect
    i2: float  # share of the variation between estimates that is not chance

    @property
    def p_value(self) -> float:
        return float(stats.chi2.sf(self.q, self.df)) if self.df > 0 else np.nan


def heterogeneity(effect: Sequence[float], se: Sequence[float]) -> Heterogeneity:
    """Cochran's Q of the effects that have a standard error, τ by DerSimonian and Laird (1986), I² of Higgins (2003).

    Rough where strata are small, since the standard errors are estimated too; NaN with fewer than two strata.
    """
    effect, se = np.asarray(effect, dtype=float), np.asarray(se, dtype=float)
    able = (se > 0) & ~np.isnan(effect)
    effect, weight = effect[able], 1 / se[able] ** 2
    df = len(effect) - 1
    if df < 1:
        return Heterogeneity(np.nan, max(df, 0), np.nan, np.nan)
    q = float((weight * (effect - weight @ effect / weight.sum()) ** 2).sum())
    scale = weight.sum() - (weight**2).sum() / weight.sum()
    return Heterogeneity(q, df, float(np.sqrt(max(q - df, 0.0) / scale)), max(0.0, 1 - df / q) if q > 0 else 0.0)


@dataclass(frozen=True)
class MeanOfStrata:
    """The mean effect over strata, every stratum weighing the same, with t on (strata − 1) degrees of freedom."""

    effect: float
    se: float
    strata: int
    confidence: float
    none: float

    @property
    def df(self) -> int:
        return self.strata - 1

    @property
    def t(self) -> float:
        return (self.effect - self.none) / self.se if self.se > 0 else np.nan

    @property
    def p_two_sided(self) -> float:
        return float(2 * stats.t.sf(abs(self.t), self.df)) if self.df > 0 else np.nan

    @property
    def _reach(self) -> float:
        return float(stats.t.ppf((1 + self.confidence) / 2, self.df)) * self.se if self.df > 0 else np.nan

    @property
    def ci_low(self) -> float:
        return self.effect - self._reach

    @property
    def ci_high(self) -> float:
        return self.effect + self._reach


def mean_of_strata(effect: Sequence[float], *, none: float = 0.0, confidence: float = 0.95) -> MeanOfStrata:
    """What strata like these would show on average: their effects as a sample, t on (strata − 1) degrees of freedom.

    Holds its level whatever the strata's sizes, and is cautious where they differ in precision: Ibragimov and Müller
    (2010). `none` is the effect without a difference. Strata without an effect (NaN) are left out; the error is NaN
    with fewer than two.
    """
    effect = np.asarray(effect, dtype=float)
    effect = effect[~np.isnan(effect)]
    strata = len(effect)
    se = float(effect.std(ddof=1) / np.sqrt(strata)) if strata > 1 else np.nan
    return MeanOfStrata(float(effect.mean()) if strata else np.nan, se, strata, confidence, none)

"""Estimates of several imputed data sets pooled into one (Rubin), with small-sample degrees of freedom."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import stats


@dataclass(frozen=True)
class Pooled:
    """The pooled estimate and what its uncertainty is made of."""

    effect: float
    within: float
    between: float
    imputations: int
    free: float  # degrees of freedom of the complete data
    confidence: float

    @property
    def total(self) -> float:
        return self.within + (1 + 1 / self.imputations) * self.between

    @property
    def r(self) -> float:
        """Relative increase of the variance because data are missing."""
        return (1 + 1 / self.imputations) * self.between / self.within

    @property
    def df(self) -> float:
        """Barnard and Rubin (1999)."""
        missing = (1 + 1 / self.imputations) * self.between / self.total
        seen = (self.free + 1) / (self.free + 3) * self.free * (1 - missing)
        if not missing:
            return seen
        old = (self.imputations - 1) / missing**2
        return old * seen / (old + seen)

    @property
    def fmi(self) -> float:
        """Fraction of information that is missing."""
        return (self.r + 2 / (self.df + 3)) / (self.r + 1)

    @property
    def ci_low(self) -> float:
        return self.effect - float(stats.t.ppf((1 + self.confidence) / 2, self.df)) * float(np.sqrt(self.total))

    @property
    def ci_high(self) -> float:
        return self.effect + float(stats.t.ppf((1 + self.confidence) / 2, self.df)) * float(np.sqrt(self.total))


def pool(estimates: Sequence[float], variances: Sequence[float], *, n_complete: int, n_parameters: int,
         confidence: float = 0.95) -> Pooled:
    """Rubin's rules; `variances` are squared standard errors. Raises ValueError for fewer than two imputations."""
    if len(estimates) < 2 or len(estimates) != len(variances):
        raise ValueError("pooling needs at least two imputations, each with an estimate and a variance.")
    within, between = float(np.mean(variances)), float(np.var(estimates, ddof=1))
    return Pooled(float(np.mean(estimates)), within, between, len(estimates), n_complete - n_parameters, confidence)

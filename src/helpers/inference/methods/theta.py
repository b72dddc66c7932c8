"""Stratified θ: how often a person of the compared group answers higher, within strata, with its interval."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from helpers.inference.methods.normal import errors_reached
from helpers.inference.methods.ordinal import placements


@dataclass(frozen=True)
class StratifiedTheta:
    """θ a stratum, and the two ways of averaging it."""

    strata: tuple
    theta: np.ndarray  # a stratum; NaN without both groups
    se: np.ndarray  # NaN with one person in a group as well
    weight: np.ndarray  # n m / (N + 1); 0 without both groups
    confidence: float

    @property
    def theta_by_stratum(self) -> dict:
        return dict(zip(self.strata, self.theta.tolist(), strict=True))

    @property
    def se_by_stratum(self) -> dict:
        return dict(zip(self.strata, self.se.tolist(), strict=True))

    @property
    def compared(self) -> np.ndarray:
        """Strata in which both groups are present."""
        return self.weight > 0

    @property
    def measured(self) -> np.ndarray:
        """Strata with a variance: at least two people a group."""
        return self.compared & ~np.isnan(self.se)

    @property
    def theta_all(self) -> float:
        """θ over every stratum with both groups, those of a single person included."""
        return _mean(self.theta, self.weight, self.compared)

    @property
    def theta_cmh(self) -> float:
        """θ over the strata that have a variance: what the interval is about."""
        return _mean(self.theta, self.weight, self.measured)

    @property
    def se_cmh(self) -> float:
        weight = self.weight[self.measured]
        return float(np.sqrt((weight**2 * self.se[self.measured] ** 2).sum()) / weight.sum()) if weight.size else np.nan

    @property
    def ci_cmh_low(self) -> float:
        return self.theta_cmh - self.reach

    @property
    def ci_cmh_high(self) -> float:
        return self.theta_cmh + self.reach

    @property
    def reach(self) -> float:
        """Half the width of the interval."""
        return errors_reached(self.confidence) * self.se_cmh

    @property
    def theta_iv(self) -> float:
        """θ weighted by inverse variance, for comparison with other software: strata of se 0 are left out."""
        sure = self.measured & (self.se > 0)
        return _mean(self.theta, np.divide(1, self.se**2, out=np.zeros_like(self.se), where=sure), sure)

    @property
    def se_iv(self) -> float:
        sure = self.measured & (self.se > 0)
        return float(1 / np.sqrt((1 / self.se[sure] ** 2).sum())) if sure.any() else np.nan


def stratified_theta(
    counts: np.ndarray, *, confidence: float = 0.95, strata: Sequence | None = None
) -> StratifiedTheta:
    """θ by stratum, and its mean with weights n m / (N + 1), the ones van Elteren's test implies.

    `counts`: strata × (compared, reference) × levels. A stratum where everybody answered alike has θ ½ and se 0; one
    with a single person in a group has θ but no variance, so the interval leaves it out.
    """
    found = [placements(stratum) for stratum in counts]
    n, m = counts.sum(axis=2).T.astype(float)
    return StratifiedTheta(
        strata=tuple(range(len(counts)) if strata is None else strata),
        theta=np.array([each.theta for each in found]), se=np.array([each.se for each in found]),
        weight=n * m / (n + m + 1), confidence=confidence,
    )


def _mean(values: np.ndarray, weight: np.ndarray, chosen: np.ndarray) -> float:
    return float(values[chosen] @ weight[chosen] / weight[chosen].sum()) if chosen.any() else np.nan

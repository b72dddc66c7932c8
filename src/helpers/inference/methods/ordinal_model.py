"""The adjusted comparison: proportional odds with partnership and covariates, likelihood ratio and profile interval."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from scipy import optimize, stats

from helpers.inference.methods.cumulative import Design, Fit, maximise


@dataclass(frozen=True)
class OrdinalModel:
    """A fitted proportional odds model; coefficients are log odds ratios of a higher level."""

    design: Design
    names: tuple[str, ...]  # of the covariates' columns
    group_columns: tuple[int, ...]
    levels: tuple
    confidence: float
    tolerance: float = 1e-12  # of the profile interval's ends

    @cached_property
    def fit(self) -> Fit:
        return maximise(self.design)

    @property
    def _cuts(self) -> int:
        return self.design.levels - 1

    @property
    def coef(self) -> dict[str, float]:
        return dict(zip(self.names, self.fit.parameters[self._cuts:].tolist(), strict=True))

    @property
    def se(self) -> dict[str, float]:
        """From the observed information; NaN where the fit runs off, as under complete separation."""
        if not self.fit.converged:
            return dict.fromkeys(self.names, np.nan)
        errors = np.sqrt(np.diag(np.linalg.inv(-self.fit.hessian)))
        return dict(zip(self.names, errors[self._cuts:].tolist(), strict=True))

    @property
    def thresholds(self) -> dict[str, float]:
        pairs = [f"{low}|{high}" for low, high in zip(self.levels[:-1], self.levels[1:], strict=True)]
        return dict(zip(pairs, self.fit.parameters[:self._cuts].tolist(), strict=True))

    @property
    def log_lik(self) -> float:
        return self.fit.log_likelihood

    @property
    def group_lr_chi2(self) -> float:
        held = {self._cuts + column: 0.0 for column in self.group_columns}
        return 2 * (self.log_lik - maximise(self.design, held=held).log_likelihood)

    @property
    def group_lr_df(self) -> int:
        return len(self.group_columns)

    @property
    def group_lr_p(self) -> float:
        return float(stats.chi2.sf(self.group_lr_chi2, self.group_lr_df))

    @property
    def group_wald_p_two_sided(self) -> float:
        name = self.names[self.group_columns[0]]
        return float(2 * stats.norm.sf(abs(self.coef[name] / self.se[name])))

    @property
    def group_profile_low(self) -> float:
        return self.profile_end(-1)

    @property
    def group_profile_high(self) -> float:
        return self.profile_end(1)

    def held_at(self, value: float) -> Fit:
        """The fit with the group's coefficient held at a value."""
        place = self._cuts + self.group_columns[0]
        return maximise(self.design, held={place: value}, start=self.fit.parameters)

    def profile_end(self, side: int) -> float:
        """Where the likelihood, refitted with the coefficient held, has fallen by half the χ² quantile, or NaN."""
        if not self.fit.converged:
            return np.nan
        place = self._cuts + self.group_columns[0]
        best, error = self.fit.parameters[place], self.se[self.names[self.group_columns[0]]]
        fall = stats.chi2.ppf(self.confidence, 1) / 2

        def beyond(value: float) -> float:
            return self.log_lik - self.held_at(value).log_likelihood - fall

        far = 2.0
        while beyond(best + side * far * error) < 0:
            far *= 1.5
            if far > 60:
                return np.nan
        ends = sorted((best, best + side * far * error))
        return float(optimize.brentq(beyond, *ends, xtol=self.tolerance, rtol=1e-12))

    @property
    def po_lr_chi2(self) -> float:
        """One group coefficient a threshold against a common one."""
        free = replace(self.design, free=self.group_columns)
        start = np.concatenate([self.fit.parameters, np.zeros(free.parameters - self.design.parameters)])
        return 2 * (maximise(free, start=start).log_likelihood - self.log_lik)

    @property
    def po_lr_df(self) -> int:
        return (self.design.levels - 2) * len(self.group_columns)

    @property
    def po_lr_p(self) -> float:
        return float(stats.chi2.sf(self.po_lr_chi2, self.po_lr_df)) if self.po_lr_df else np.nan


def ordinal_logit(
    level: Sequence[int], covariates: dict[str, Sequence[float]], *, group: Sequence[str], levels: Sequence,
    weight: Sequence[int] | None = None, confidence: float = 0.95, tolerance: float = 1e-12,
) -> OrdinalModel:
    """The model logit P(Y ≤ k) = θ_k − x'β, with the covariates in the order given.

    `level`: codes from 0 in the order of `levels`, every level used. `covariates`: name → numbers, categories as 0 and
    1 with the reference left out; `group` names those that are the comparison. `weight` is a frequency. Raises
    ValueError for a level that nobody has, since its threshold is not estimable: merge it with a neighbour.
    """
    level = np.asarray(level, dtype=np.int64)
    weight = np.ones(len(level)) if weight is None else np.asarray(weight, dtype=float)
    if (np.bincount(level, weight, minlength=len(levels)) == 0).any():
        raise ValueError("a level that nobody has leaves its threshold without an estimate; merge it with a neighbour.")
    columns = np.column_stack([np.asarray(values, dtype=float) for values in covariates.values()])
    return OrdinalModel(Design(level, columns, weight, len(levels)), tuple(covariates),
                        tuple(list(covariates).index(name) for name in group), tuple(levels), confidence, tolerance)

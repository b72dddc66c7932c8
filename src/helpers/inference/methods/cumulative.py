"""Cumulative logit likelihood, its gradient and Hessian, maximised by Newton's method with some coefficients held.

statsmodels' OrderedModel can neither hold a coefficient, as a profile interval needs, nor let one differ from threshold
to threshold, as the test of proportional odds needs. So it serves the tests, as the other opinion.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import expit

STEPS = 200
# The gain in log-likelihood that ends the steps: absolute, and relative to a log-likelihood in whose last digits it
# would be lost.
ENOUGH, ENOUGH_OF = 1e-11, 1e-13


@dataclass(frozen=True)
class Design:
    """The records: level from 0, covariates, frequency; `free` columns have a coefficient a threshold."""

    level: np.ndarray
    covariates: np.ndarray  # records × columns
    weight: np.ndarray
    levels: int
    free: tuple[int, ...] = ()

    @property
    def parameters(self) -> int:
        return self.levels - 1 + self.covariates.shape[1] + len(self.free) * (self.levels - 2)

    def rows(self, threshold: np.ndarray) -> np.ndarray:
        """How each parameter enters the record's predictor at that threshold: logit P(Y ≤ k) = θ_k − x'β."""
        cuts, records = self.levels - 1, len(self.level)
        design = np.zeros((records, self.parameters))
        design[np.arange(records), np.clip(threshold, 0, cuts - 1)] = 1
        design[:, cuts:cuts + self.covariates.shape[1]] = -self.covariates
        for place, column in enumerate(self.free):
            start = cuts + self.covariates.shape[1] + place * (cuts - 1)
            for later in range(1, cuts):
                design[:, start + later - 1] = np.where(threshold == later, -self.covariates[:, column], 0)
        return design

    def start(self) -> np.ndarray:
        """Thresholds that give the shares seen, all else 0."""
        below = np.cumsum(np.bincount(self.level, self.weight, minlength=self.levels))[:-1] / self.weight.sum()
        found = np.zeros(self.parameters)
        found[:self.levels - 1] = np.log(below / (1 - below))
        return found


@dataclass(frozen=True)
class Fit:
    """The maximum: parameters (thresholds first), log-likelihood, and the Hessian there."""

    parameters: np.ndarray
    log_likelihood: float
    hessian: np.ndarray
    converged: bool


def likelihood(design: Design, parameters: np.ndarray, upper: np.ndarray, lower: np.ndarray):
    """Log-likelihood, gradient and Hessian; `upper` and `lower` are the rows at the record's two thresholds."""
    top, bottom = design.level == design.levels - 1, design.level == 0
    high = np.where(top, 1.0, expit(upper @ parameters))
    low = np.where(bottom, 0.0, expit(lower @ parameters))
    # The upper tail from the other side, where 1 − expit would lose its digits.
    chance = np.where(top, expit(-(lower @ parameters)), high - low)
    if not (chance > 0).all():
        return -np.inf, None, None
    slope_high, slope_low = (np.where(edge, 0.0, p * (1 - p)) for edge, p in ((top, high), (bottom, low)))
    score = (slope_high[:, None] * upper - slope_low[:, None] * lower) / chance[:, None]
    bend_high, bend_low = slope_high * (1 - 2 * high) / chance, slope_low * (1 - 2 * low) / chance
    weight = design.weight
    bends = (upper.T * (weight * bend_high)) @ upper - (lower.T * (weight * bend_low)) @ lower
    return float(weight @ np.log(chance)), score.T @ weight, bends - (score.T * weight) @ score


def maximise(design: Design, *, held: dict[int, float] | None = None, start: np.ndarray | None = None) -> Fit:
    """The maximum likelihood fit, by Newton steps halved until they climb; `held` fixes parameters by their place."""
    held = held or {}
    parameters = (design.start() if start is None else start).copy()
    parameters[list(held)] = list(held.values())
    loose = np.setdiff1d(np.arange(design.parameters), list(held))
    upper, lower = design.rows(design.level), design.rows(design.level - 1)
    value, gradient, hessian = likelihood(design, parameters, upper, lower)
    converged = False
    for _ in range(STEPS):
        step = np.zeros_like(parameters)
        step[loose] = np.linalg.lstsq(-hessian[np.ix_(loose, loose)], gradient[loose], rcond=None)[0]
        gain = float(gradient[loose] @ step[loose])
        if gain < max(ENOUGH, ENOUGH_OF * abs(value)):
            converged = True
            break
        size = 1.0
        while size > 1e-10:
            tried = likelihood(design, parameters + size * step, upper, lower)
            if tried[0] >= value + 1e-8 * size * gain:
                break
            size /= 2
        else:
            break
        parameters, (value, gradient, hessian) = parameters + size * step, tried
    return Fit(parameters, value, hessian, converged and bool(np.abs(parameters).max() < 30))

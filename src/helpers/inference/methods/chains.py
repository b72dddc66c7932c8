"""Proportional odds models fitted side by side, one a chain, and draws from their posterior.

The model is logit P(Y ≤ k) = θ_k − x'β. A weak normal prior on β (standard deviation PRIOR for predictors of about unit
size, after Gelman and others 2008) keeps a coefficient finite where an outcome is separated, and moves no other by
anything that matters.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.special import expit

PRIOR = 2.5
STEPS, HALVINGS, ENOUGH = 30, 12, 1e-4  # Newton steps at most, and the gain in log-likelihood that ends them


@dataclass(frozen=True)
class Records:
    """Levels from 0, predictors chains (or 1) × records × columns, weights chains (or 1) × records."""

    level: np.ndarray
    predictors: np.ndarray
    weight: np.ndarray
    levels: int

    @property
    def chains(self) -> int:
        return max(len(self.predictors), len(self.weight))

    @cached_property
    def upper(self) -> np.ndarray:
        """Records × thresholds: 1 at the threshold above the record's level."""
        return (self.level[:, None] == np.arange(self.levels - 1)).astype(float)

    @cached_property
    def lower(self) -> np.ndarray:
        """The same for the threshold below it."""
        return (self.level[:, None] - 1 == np.arange(self.levels - 1)).astype(float)


@dataclass(frozen=True)
class Parameters:
    """Thresholds and coefficients, a row a chain."""

    threshold: np.ndarray
    slope: np.ndarray

    def moved(self, step: np.ndarray) -> "Parameters":
        cuts = self.threshold.shape[1]
        return Parameters(self.threshold + step[:, :cuts], self.slope + step[:, cuts:])


def posterior_draw(records: Records, rng: np.random.Generator,
                   start: Parameters | None = None) -> tuple[Parameters, Parameters]:
    """Parameters drawn from the normal approximation to their posterior, one set a chain; and its mode."""
    mode, information = fitted(records, start)
    root = np.linalg.cholesky(information)
    noise = rng.standard_normal((records.chains, information.shape[1], 1))
    drawn = mode.moved(np.linalg.solve(np.swapaxes(root, 1, 2), noise)[:, :, 0])
    return Parameters(np.sort(drawn.threshold, axis=1), drawn.slope), mode


def draw_levels(parameters: Parameters, predictors: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """A level for everybody, chains × people, from the model with these parameters."""
    linear = (predictors @ parameters.slope[:, :, None])[:, :, 0]
    below = expit(parameters.threshold[:, None] - linear[:, :, None])
    return (rng.random(linear.shape)[:, :, None] >= below).sum(axis=2)


def fitted(records: Records, start: Parameters | None = None) -> tuple[Parameters, np.ndarray]:
    """Mode and observed information of every chain, by Newton steps that are halved until they climb."""
    parameters = _start(records) if start is None else start
    value, gradient, information = _posterior(records, parameters)
    for _ in range(STEPS):
        step = np.linalg.solve(information, gradient[:, :, None])[:, :, 0]
        if ((gradient * step).sum(axis=1) < ENOUGH).all():
            break
        size = np.ones(records.chains)
        for _ in range(HALVINGS):
            tried = parameters.moved(size[:, None] * step)
            after, *derivatives = _posterior(records, tried)
            worse = ~(after >= value)
            if not worse.any():
                break
            size = np.where(worse, size / 2, size)
        parameters, value, (gradient, information) = tried, after, derivatives
    return parameters, information


def _start(records: Records) -> Parameters:
    """Thresholds that give the shares seen, all else 0."""
    share = (records.weight @ np.eye(records.levels)[records.level]) + 0.5
    below = np.cumsum(share, axis=1)[:, :-1] / share.sum(axis=1, keepdims=True)
    threshold = np.broadcast_to(np.log(below / (1 - below)), (records.chains, records.levels - 1))
    return Parameters(threshold, np.zeros((records.chains, records.predictors.shape[2])))


def _posterior(records: Records, parameters: Parameters) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Log posterior, its gradient and minus its Hessian, a chain; −inf where a record has no chance."""
    x, weight, upper, lower = records.predictors, records.weight, records.upper, records.lower
    linear = (x @ parameters.slope[:, :, None])[:, :, 0]
    top, bottom = records.level == records.levels - 1, records.level == 0
    high = np.where(top, 1.0, expit(parameters.threshold @ upper.T - linear))
    low = np.where(bottom, 0.0, expit(parameters.threshold @ lower.T - linear))
    chance = np.maximum(high - low, 1e-300)
    up, down = high * (1 - high) / chance, low * (1 - low) / chance
    bend_up, bend_down, both = up * (1 - 2 * high) - up**2, -down * (1 - 2 * low) - down**2, up * down
    slope = np.swapaxes(x, 1, 2) @ (weight * (down - up))[:, :, None]
    prior = 1 / PRIOR**2
    gradient = np.concatenate([(weight * up) @ upper - (weight * down) @ lower,
                               slope[:, :, 0] - prior * parameters.slope], axis=1)
    value = (weight * np.log(chance)).sum(axis=1) - prior / 2 * (parameters.slope**2).sum(axis=1)
    ordered = (np.diff(parameters.threshold, axis=1) > 0).all(axis=1)
    return np.where(ordered, value, -np.inf), gradient, _information(
        records, weight * bend_up, weight * bend_down, weight * both)


def _information(records: Records, up: np.ndarray, down: np.ndarray, both: np.ndarray) -> np.ndarray:
    """Minus the Hessian, chains × parameters × parameters, from second derivatives by the record's two thresholds."""
    x, upper, lower = records.predictors, records.upper, records.lower
    cuts, columns = upper.shape[1], x.shape[2]
    hessian = np.zeros((records.chains, cuts + columns, cuts + columns))
    place = np.arange(cuts)
    hessian[:, place, place] = up @ upper + down @ lower
    beside = both @ (upper[:, 1:] * lower[:, :-1])
    hessian[:, place[1:], place[:-1]] = hessian[:, place[:-1], place[1:]] = beside
    mixed = (up + both)[:, :, None] * upper + (down + both)[:, :, None] * lower
    crossed = -np.swapaxes(mixed, 1, 2) @ x
    hessian[:, :cuts, cuts:], hessian[:, cuts:, :cuts] = crossed, np.swapaxes(crossed, 1, 2)
    hessian[:, cuts:, cuts:] = np.swapaxes(x, 1, 2) @ ((up + down + 2 * both)[:, :, None] * x)
    hessian[:, cuts + np.arange(columns), cuts + np.arange(columns)] -= 1 / PRIOR**2
    return -hessian

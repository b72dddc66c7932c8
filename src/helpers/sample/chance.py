"""Draws by inversion of uniforms: categories by weight, answers by a cumulative-logit model, rows as a sample."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.random import RandomState


def log_odds(share):
    """log(p / (1 - p)) of a share, or of an array of shares."""
    return np.log(share) - np.log1p(-np.asarray(share))


def logistic(chance: RandomState, size: int) -> np.ndarray:
    """`size` draws from the standard logistic distribution."""
    return log_odds(np.clip(chance.random_sample(size), 1e-12, 1 - 1e-12))


def category(chance: RandomState, weights: Mapping[str, float], size: int) -> np.ndarray:
    """`size` names drawn in proportion to their weights."""
    ends = np.cumsum(list(weights.values())) / sum(weights.values())
    at = np.minimum(np.searchsorted(ends, chance.random_sample(size), side="right"), len(weights) - 1)
    return np.array(list(weights), dtype=object)[at]


def happens(chance: RandomState, share, size: int) -> np.ndarray:
    """`size` draws of true or false, true with the chance `share` (one, or one a draw)."""
    return chance.random_sample(size) < share


def happens_by(chance: RandomState, share, shift: np.ndarray) -> np.ndarray:
    """True with the chance `share` moved by `shift` log odds, one draw a shift."""
    return logistic(chance, len(shift)) < log_odds(np.asarray(share, dtype=float)) + shift


def answer(chance: RandomState, base_shares: Sequence[float], shift: np.ndarray) -> np.ndarray:
    """Positions 0, 1, … on a scale: answers have `base_shares` (low to high) where the shift is 0; one draw a shift.

    Proportional odds: answer = number of cut points below shift + logistic noise.
    """
    below = np.cumsum(base_shares)[:-1] / sum(base_shares)
    return np.searchsorted(log_odds(below), shift + logistic(chance, len(shift)), side="right")


def whole(chance: RandomState, low, high, size: int) -> np.ndarray:
    """`size` whole numbers from low to high, both included (each one number, or one a draw)."""
    return np.floor(low + chance.random_sample(size) * (np.asarray(high) - low + 1)).astype(int)


def some(chance: RandomState, eligible, rows: int) -> np.ndarray:
    """Positions of `rows` rows drawn without replacement among those where `eligible` is true, in order."""
    places = np.flatnonzero(np.asarray(eligible, dtype=bool))
    if len(places) < rows:
        raise ValueError(f"{rows} rows wanted of {len(places)} eligible")
    return np.sort(places[np.argsort(chance.random_sample(len(places)), kind="stable")[:rows]])


def apportion(total: int, weights: Mapping[str, float]) -> dict[str, int]:
    """`total` shared out in whole numbers in proportion to the weights (largest remainders; ties to the first)."""
    exact = {name: total * weight / sum(weights.values()) for name, weight in weights.items()}
    parts = {name: int(value) for name, value in exact.items()}
    by_remainder = sorted(exact, key=lambda name: parts[name] - exact[name])
    for name in by_remainder[: total - sum(parts.values())]:
        parts[name] += 1
    return parts

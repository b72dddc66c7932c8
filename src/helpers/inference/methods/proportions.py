"""Shares and differences of two shares: Wilson, Clopper-Pearson, Newcombe, Miettinen-Nurminen."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy import optimize, stats

from helpers.inference.methods.normal import errors_reached


def wilson(events, base, *, confidence: float = 0.95):
    """Wilson's score interval of events/base, as (low, high); arrays give arrays, a base of 0 gives NaN."""
    events, base, z = np.asarray(events, dtype=float), np.asarray(base, dtype=float), errors_reached(confidence)
    with np.errstate(invalid="ignore", divide="ignore"):
        share = np.where(base > 0, events / base, np.nan)
        centre = share + z**2 / (2 * base)
        reach = z * np.sqrt(share * (1 - share) / base + z**2 / (4 * base**2))
        low, high = (centre - reach) / (1 + z**2 / base), (centre + reach) / (1 + z**2 / base)
    # At 0 and 1 the end is the share itself; floating point would leave it a hair off.
    low, high = np.where(events == 0, np.where(base > 0, 0.0, np.nan), low), np.where(events == base, share, high)
    return (low, high) if low.ndim else (float(low), float(high))


def wilson_continuity(events: int, base: int, *, confidence: float = 0.95) -> tuple[float, float]:
    """Wilson's interval with continuity correction. Newcombe (1998), method 4."""
    z, share = errors_reached(confidence), events / base
    divisor = 2 * (base + z**2)
    low_root = np.sqrt(z**2 - 2 - 1 / base + 4 * share * (base * (1 - share) + 1)) if events else 0.0
    high_root = np.sqrt(z**2 + 2 - 1 / base + 4 * share * (base * (1 - share) - 1)) if events < base else 0.0
    low = 0.0 if events == 0 else max(0.0, (2 * base * share + z**2 - 1 - z * low_root) / divisor)
    high = 1.0 if events == base else min(1.0, (2 * base * share + z**2 + 1 + z * high_root) / divisor)
    return float(low), float(high)


def clopper_pearson(events: int, base: int, *, confidence: float = 0.95) -> tuple[float, float]:
    """The exact interval of a share."""
    tail = (1 - confidence) / 2
    low = stats.beta.ppf(tail, events, base - events + 1) if events else 0.0
    high = stats.beta.ppf(1 - tail, events + 1, base - events) if events < base else 1.0
    return float(low), float(high)


@dataclass(frozen=True)
class Shares:
    """Two independent shares: events and base of the compared group and of the reference."""

    x_compared: int
    n_compared: int
    x_reference: int
    n_reference: int

    @property
    def effect(self) -> float:
        return self.x_compared / self.n_compared - self.x_reference / self.n_reference


def newcombe(shares: Shares, *, confidence: float = 0.95) -> tuple[float, float]:
    """Newcombe's hybrid score interval of the difference, from two Wilson intervals. Newcombe (1998), method 10."""
    p1, p2 = shares.x_compared / shares.n_compared, shares.x_reference / shares.n_reference
    l1, u1 = wilson(shares.x_compared, shares.n_compared, confidence=confidence)
    l2, u2 = wilson(shares.x_reference, shares.n_reference, confidence=confidence)
    return (float(p1 - p2 - np.hypot(p1 - l1, u2 - p2)), float(p1 - p2 + np.hypot(u1 - p1, p2 - l2)))


def score_z(shares: Shares, difference: float) -> float:
    """The score statistic of "the true difference is `difference`". Miettinen and Nurminen (1985)."""
    n1, n2 = shares.n_compared, shares.n_reference
    size = n1 + n2
    p1, p2 = _constrained(shares, difference)
    variance = (p1 * (1 - p1) / n1 + p2 * (1 - p2) / n2) * size / (size - 1)
    beyond = shares.effect - difference
    if variance <= 0:
        return 0.0 if abs(beyond) < 1e-12 else float(np.copysign(np.inf, beyond))
    return float(beyond / np.sqrt(variance))


def miettinen_nurminen(shares: Shares, *, confidence: float = 0.95) -> tuple[float, float]:
    """Every difference that the score test does not reject; ±1 where there is no root."""
    return score_interval(lambda d: score_z(shares, d), shares.effect, errors_reached(confidence))


def score_interval(z_at: Callable[[float], float], effect: float, z: float) -> tuple[float, float]:
    """The differences d with |z(d)| ≤ z, for a score statistic that falls with d and is 0 at the effect seen."""
    ends = []
    for edge, level in ((-1.0, z), (1.0, -z)):
        if abs(effect - edge) < 1e-12 or abs(z_at(edge * (1 - 1e-12))) <= z:
            ends.append(edge)
        else:
            low, high = sorted((edge * (1 - 1e-12), effect))
            root = optimize.brentq(lambda d, level=level: z_at(d) - level, low, high, xtol=1e-14, rtol=1e-13)
            ends.append(float(root))
    return ends[0], ends[1]


def _constrained(shares: Shares, difference: float) -> tuple[float, float]:
    """Maximum likelihood of both shares when they differ by `difference`: the middle root of a cubic."""
    x1, n1, x2, n2 = shares.x_compared, shares.n_compared, shares.x_reference, shares.n_reference
    size, events = n1 + n2, x1 + x2
    l2 = (n1 + 2 * n2) * difference - size - events
    l1 = (n2 * difference - size - 2 * x2) * difference + events
    l0 = x2 * difference * (1 - difference)
    q = l2**3 / (27 * size**3) - l1 * l2 / (6 * size**2) + l0 / (2 * size)
    p = np.copysign(np.sqrt(max(l2**2 / (9 * size**2) - l1 / (3 * size), 0.0)), q)
    angle = (np.pi + np.arccos(np.clip(q / p**3, -1, 1))) / 3 if p else np.pi / 2
    second = float(np.clip(2 * p * np.cos(angle) - l2 / (3 * size), max(0.0, -difference), min(1.0, 1 - difference)))
    return float(np.clip(second + difference, 0, 1)), second


@dataclass(frozen=True)
class Equivalence:
    """Two one-sided score tests of a difference of shares against bounds fixed beforehand."""

    z_lower: float
    z_upper: float
    ci_low: float
    ci_high: float

    @property
    def p_tost(self) -> float:
        return float(max(stats.norm.sf(self.z_lower), stats.norm.cdf(self.z_upper)))


def equivalent_shares(shares: Shares, *, low: float, high: float, confidence: float = 0.9) -> Equivalence:
    """"No important difference": both bounds excluded; the interval has confidence 1 − 2α (Miettinen-Nurminen)."""
    return Equivalence(score_z(shares, low), score_z(shares, high), *miettinen_nurminen(shares, confidence=confidence))

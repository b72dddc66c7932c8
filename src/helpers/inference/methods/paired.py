"""One person answers twice: paired dominance, McNemar with Tango's interval, and tests of the table's shape.

A `square` counts pairs: square[i, j] people at level i first and level j second. First minus second throughout.
"""

from dataclasses import dataclass

import numpy as np
from scipy import stats

from helpers.inference.methods.normal import NormalInterval, errors_reached
from helpers.inference.methods.proportions import score_interval


@dataclass(frozen=True)
class Dominance(NormalInterval):
    """D = P(first higher) − P(second higher), and the sign test."""

    higher: int
    lower: int
    n: int
    confidence: float

    @property
    def prop_greater(self) -> float:
        return self.higher / self.n if self.n else np.nan

    @property
    def prop_less(self) -> float:
        return self.lower / self.n if self.n else np.nan

    @property
    def prop_tied(self) -> float:
        return 1 - self.prop_greater - self.prop_less

    @property
    def effect(self) -> float:
        return self.prop_greater - self.prop_less

    @property
    def se(self) -> float:
        """√((p₊ + p₋ − D²)/n)."""
        spread = self.prop_greater + self.prop_less - self.effect**2
        return float(np.sqrt(max(spread, 0.0) / self.n)) if self.n else np.nan

    @property
    def z(self) -> float:
        """The sign test's statistic; NaN where all pairs are tied."""
        return (self.higher - self.lower) / np.sqrt(self.higher + self.lower) if self.higher + self.lower else np.nan

    @property
    def p_two_sided(self) -> float:
        return float(2 * stats.norm.sf(abs(self.z)))

    @property
    def p_exact_two_sided(self) -> float:
        return binomial_halves(self.higher, self.lower)[0]


def dominance(higher: int, lower: int, n: int, *, confidence: float = 0.95) -> Dominance:
    """Paired dominance from the pairs where the first is higher, those where it is lower, and all pairs."""
    return Dominance(int(higher), int(lower), int(n), confidence)


def dominance_of(square: np.ndarray, *, confidence: float = 0.95) -> Dominance:
    """Paired dominance from a square of ordered levels, low to high."""
    square = np.asarray(square)
    return dominance(np.tril(square, -1).sum(), np.triu(square, 1).sum(), square.sum(), confidence=confidence)


def binomial_halves(b: int, c: int) -> tuple[float, float]:
    """Exact and mid-p two-sided p-values of b against c when each was equally likely; both 1 where there is neither."""
    tail = float(stats.binom.cdf(min(b, c), b + c, 0.5))
    here = float(stats.binom.pmf(min(b, c), b + c, 0.5))
    return min(1.0, 2 * tail), min(1.0, 2 * tail - here)


@dataclass(frozen=True)
class McNemar:
    """Discordant pairs compared: b with the event only first, c only second."""

    b: int
    c: int

    @property
    def chi2(self) -> float:
        return (self.b - self.c) ** 2 / (self.b + self.c) if self.b + self.c else np.nan

    @property
    def chi2_cc(self) -> float:
        return max(abs(self.b - self.c) - 1, 0) ** 2 / (self.b + self.c) if self.b + self.c else np.nan

    @property
    def p_two_sided(self) -> float:
        return float(stats.chi2.sf(self.chi2, 1))

    @property
    def p_two_sided_cc(self) -> float:
        return float(stats.chi2.sf(self.chi2_cc, 1))

    @property
    def p_exact_two_sided(self) -> float:
        return binomial_halves(self.b, self.c)[0]

    @property
    def p_midp_two_sided(self) -> float:
        return binomial_halves(self.b, self.c)[1]


def tango(b: int, c: int, n: int, *, confidence: float = 0.95) -> tuple[float, float]:
    """Tango's score interval of (b − c)/n: b pairs with the event only first, c only second, n pairs in all.

    Tango (1998). q is the maximum likelihood of "only second" when the difference is d.
    """
    def z_at(difference: float) -> float:
        linear = -b - c + (2 * n - b + c) * difference
        constant = -c * difference * (1 - difference)
        q = (np.sqrt(max(linear**2 - 8 * n * constant, 0.0)) - linear) / (4 * n)
        variance = n * (2 * q + difference * (1 - difference))
        beyond = b - c - n * difference
        if variance <= 0:
            return 0.0 if abs(beyond) < 1e-12 else float(np.copysign(np.inf, beyond))
        return float(beyond / np.sqrt(variance))

    return score_interval(z_at, (b - c) / n, errors_reached(confidence))


@dataclass(frozen=True)
class ChiSquare:
    """A χ² statistic with its degrees of freedom."""

    chi2: float
    df: int

    @property
    def p_value(self) -> float:
        return float(stats.chi2.sf(self.chi2, self.df)) if self.df else np.nan


def bowker(square: np.ndarray) -> ChiSquare:
    """Bowker's test that movements i → j and j → i are equally common; nothing is added to empty cells."""
    square = np.asarray(square, dtype=float)
    rows, cols = np.triu_indices(len(square), 1)
    both = square[rows, cols] + square[cols, rows]
    moved = (square[rows, cols] - square[cols, rows])[both > 0] ** 2 / both[both > 0]
    return ChiSquare(float(moved.sum()), len(rows))


def stuart_maxwell(square: np.ndarray) -> ChiSquare:
    """The Stuart-Maxwell test that both margins are the same; a level nobody chose either time is left out."""
    square = np.asarray(square, dtype=float)
    chosen = square.sum(axis=0) + square.sum(axis=1) > 0
    square = square[np.ix_(chosen, chosen)]
    difference, variance = _margins(square)
    if len(square) < 2:
        return ChiSquare(np.nan, 0)
    # Any one level is implied by the others; the generalised inverse spares choosing which.
    return ChiSquare(float(difference @ np.linalg.pinv(variance) @ difference), int(np.linalg.matrix_rank(variance)))


def score_homogeneity(square: np.ndarray, scores: np.ndarray) -> ChiSquare:
    """The same question of the mean score, on 1 degree of freedom: a'd squared over a'Va."""
    difference, variance = _margins(np.asarray(square, dtype=float))
    scores = np.asarray(scores, dtype=float)
    spread = scores @ variance @ scores
    return ChiSquare(float((scores @ difference) ** 2 / spread) if spread > 0 else np.nan, 1)


def _margins(square: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Differences of the margins and their variance under the null."""
    rows, cols = square.sum(axis=1), square.sum(axis=0)
    return rows - cols, np.diag(rows + cols) - square - square.T

"""Boschloo's exact test of a 2 × 2 table: two binomials with a common share that nobody knows."""

from dataclasses import dataclass

import numpy as np
from scipy import optimize, stats
from scipy.special import gammaln, xlog1py, xlogy

from helpers.inference.methods.conditional import SAME

POINTS = 2000  # shares tried before the best is polished: the p-value as a function of the share has many humps


@dataclass(frozen=True)
class Boschloo:
    """The p-values of Boschloo's test; the two-sided ones follow two conventions, so each says which."""

    fisher_p_greater: float
    p_exact_greater: float
    p_exact_less: float
    p_exact_two_sided_fisher_order: float

    @property
    def p_exact_two_sided_doubled(self) -> float:
        """Twice the smaller one-sided p-value, as scipy.stats.boschloo_exact has it."""
        return min(1.0, 2 * min(self.p_exact_greater, self.p_exact_less))


def boschloo(table: np.ndarray) -> Boschloo:
    """Boschloo's test of (compared, reference) × (event, no event): tables ordered by Fisher's p, the share maximised.

    By hand, since scipy's boschloo_exact gives the doubled convention alone and maximises to about 1e-4.
    """
    (a, b), (c, d) = np.asarray(table, dtype=np.int64)
    n, m = int(a + b), int(c + d)
    x, y = np.arange(n + 1)[:, None], np.arange(m + 1)[None]
    greater = stats.hypergeom.sf(x - 1, n + m, x + y, n)
    less = stats.hypergeom.cdf(x, n + m, x + y, n)
    two_sided = _fisher_two_sided(n, m)
    return Boschloo(
        float(greater[a, c]), _largest(greater <= greater[a, c] * (1 + 1e-10), n, m),
        _largest(less <= less[a, c] * (1 + 1e-10), n, m),
        _largest(two_sided <= two_sided[a, c] * (1 + SAME), n, m),
    )


def _fisher_two_sided(n: int, m: int) -> np.ndarray:
    """Fisher's two-sided p of every table with these group sizes."""
    p_values = np.ones((n + 1, m + 1))
    for events in range(1, n + m):
        x = np.arange(max(0, events - m), min(n, events) + 1)
        pmf = stats.hypergeom.pmf(x, n + m, events, n)
        p_values[x, events - x] = [min(1.0, pmf[pmf <= here * (1 + SAME)].sum()) for here in pmf]
    return p_values


def _largest(extreme: np.ndarray, n: int, m: int) -> float:
    """The largest probability, over the common share, of the tables marked extreme."""
    x, y = np.nonzero(extreme)
    ways = (gammaln(n + 1) - gammaln(x + 1) - gammaln(n - x + 1) + gammaln(m + 1) - gammaln(y + 1) - gammaln(m - y + 1))
    events, at_least = np.unique(x + y, return_inverse=True)
    weight = np.bincount(at_least, np.exp(ways - ways.max(initial=0)))
    shift = ways.max(initial=0)

    def probability(share):
        share = np.asarray(share, dtype=float)[..., None]
        return (weight * np.exp(shift + xlogy(events, share) + xlog1py(n + m - events, -share))).sum(axis=-1)

    shares = np.linspace(0, 1, POINTS + 1)
    found = probability(shares)
    best = found.max()
    for place in np.flatnonzero(found >= best - 0.01 * abs(best)):
        low, high = shares[max(place - 1, 0)], shares[min(place + 1, POINTS)]
        polished = optimize.minimize_scalar(lambda share: -probability(share), bounds=(low, high), method="bounded",
                                            options={"xatol": 1e-12})
        best = max(best, -float(polished.fun))
    return min(1.0, float(best))


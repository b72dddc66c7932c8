"""Two groups on an ordered outcome: van Elteren's test and, for one stratum, rank sum and Brunner-Munzel."""

from dataclasses import dataclass

import numpy as np
from scipy import stats


@dataclass(frozen=True)
class RankTest:
    """A rank statistic against its permutation moments; positive where the compared group answers higher."""

    statistic: float
    variance: float
    n_used: int

    @property
    def z(self) -> float:
        """The standardised statistic; NaN where nothing varies, since no p-value can be given then."""
        return float(self.statistic / np.sqrt(self.variance)) if self.variance > 0 else np.nan

    @property
    def chi2(self) -> float:
        return self.z**2

    @property
    def p_greater(self) -> float:
        return float(stats.norm.sf(self.z))

    @property
    def p_less(self) -> float:
        return float(stats.norm.cdf(self.z))

    @property
    def p_two_sided(self) -> float:
        return float(2 * stats.norm.sf(abs(self.z)))


def rank_moments(compared: np.ndarray, reference: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The compared group's centred midrank sum R − n(N+1)/2 and its permutation variance, both over leading axes.

    `compared` and `reference` are counts by level along the last axis; a side with nobody gives 0 and 0.
    """
    n, m, both = compared.sum(axis=-1), reference.sum(axis=-1), compared + reference
    size = n + m
    doubled = 2 * np.cumsum(both, axis=-1) - both - size[..., None]  # 2 · midrank − (N + 1)
    centred = (compared * doubled).sum(axis=-1) / 2
    squares = (both * doubled.astype(float) ** 2).sum(axis=-1) / 4
    return centred, n * m * squares / np.maximum(size * (size - 1.0), 1)


def van_elteren_moments(compared: np.ndarray, reference: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """What each stratum adds to van Elteren's statistic and to its variance; shapes as for `rank_moments`."""
    centred, variance = rank_moments(compared, reference)
    weight = 1 / (compared.sum(axis=-1) + reference.sum(axis=-1) + 1)
    return weight * centred, weight**2 * variance


def van_elteren(counts: np.ndarray) -> RankTest:
    """Van Elteren's test: midranks within each stratum, strata weighted by 1/(N_h + 1).

    `counts`: strata × (compared, reference) × levels. A stratum with one group, or with everybody on one level, adds
    nothing. van Elteren (1960); Lehmann, Nonparametrics (1975), 3.3.
    """
    statistic, variance = van_elteren_moments(counts[:, 0], counts[:, 1])
    return RankTest(float(statistic.sum()), float(variance.sum()), int(counts.sum()))


@dataclass(frozen=True)
class RankSum(RankTest):
    """The rank-sum test of one stratum; `u` counts the pairs won, ties as half."""

    u: float
    pairs: int

    @property
    def p_two_sided_cc(self) -> float:
        """The p-value with continuity correction, capped at 1; for comparison with other software."""
        beyond = (abs(self.u - self.pairs / 2) - 0.5) / np.sqrt(self.variance)
        return min(1.0, float(2 * stats.norm.sf(beyond)))


def rank_sum(counts: np.ndarray) -> RankSum:
    """The rank-sum (Mann-Whitney) test with midranks and tie-corrected variance. `counts`: 2 × levels."""
    centred, variance = rank_moments(counts[0], counts[1])
    pairs = int(counts[0].sum() * counts[1].sum())
    return RankSum(float(centred), float(variance), int(counts.sum()), float(centred + pairs / 2), pairs)


@dataclass(frozen=True)
class Placements:
    """θ of one stratum with the two variances of its placements."""

    theta: float
    v_compared: float  # NaN with one person in the group
    v_reference: float
    n: int
    m: int

    @property
    def se(self) -> float:
        return float(np.sqrt(self.v_compared / max(self.n, 1) + self.v_reference / max(self.m, 1)))


def placements(counts: np.ndarray) -> Placements:
    """θ = P(compared higher) + ½ P(equal) and its Brunner-Munzel variances. `counts`: 2 × levels.

    Brunner and Munzel (2000). Where everybody is on one level θ is ½ and both variances are 0.
    """
    n, m = (int(side) for side in counts.sum(axis=1))
    if not n or not m:
        return Placements(np.nan, np.nan, np.nan, n, m)
    below_reference = (np.cumsum(counts[1]) - counts[1] / 2) / m
    below_compared = (np.cumsum(counts[0]) - counts[0] / 2) / n
    return Placements(float(counts[0] @ below_reference / n), _variance(below_reference, counts[0]),
                      _variance(below_compared, counts[1]), n, m)


def _variance(values: np.ndarray, counts: np.ndarray) -> float:
    """Sample variance of values that stand there `counts` times; NaN for one."""
    size = counts.sum()
    if size < 2:
        return np.nan
    mean = counts @ values / size
    return float(counts @ (values - mean) ** 2 / (size - 1))


@dataclass(frozen=True)
class BrunnerMunzel:
    """The Brunner-Munzel test of one stratum."""

    theta: float
    se: float
    df: float
    confidence: float

    @property
    def cliffs_delta(self) -> float:
        return 2 * self.theta - 1

    @property
    def statistic(self) -> float:
        return (self.theta - 0.5) / self.se if self.se > 0 else np.nan

    @property
    def p_two_sided(self) -> float:
        return float(2 * stats.t.sf(abs(self.statistic), self.df))

    @property
    def _reach(self) -> float:
        return float(stats.t.ppf((1 + self.confidence) / 2, self.df)) * self.se

    @property
    def ci_low(self) -> float:
        return self.theta - self._reach

    @property
    def ci_high(self) -> float:
        return self.theta + self._reach

    @property
    def ci_logit_low(self) -> float:
        return logit_interval(self.theta, self._reach)[0]

    @property
    def ci_logit_high(self) -> float:
        return logit_interval(self.theta, self._reach)[1]


def brunner_munzel(counts: np.ndarray, *, confidence: float = 0.95) -> BrunnerMunzel:
    """Test of θ = ½ without assuming equal shapes, for one stratum. `counts`: 2 × levels.

    The formulae are those of scipy.stats.brunnermunzel, which gives no interval. With one person in a group, or with
    groups that do not overlap, statistic, p-value and interval are NaN.
    """
    found = placements(counts)
    first, second = found.v_compared / max(found.n, 1), found.v_reference / max(found.m, 1)
    if not first + second > 0:
        return BrunnerMunzel(found.theta, found.se, np.nan, confidence)
    df = (first + second) ** 2 / (first**2 / (found.n - 1) + second**2 / (found.m - 1))
    return BrunnerMunzel(found.theta, found.se, df, confidence)


def logit_interval(theta: float, reach: float) -> tuple[float, float]:
    """θ ∓ reach carried to the logit scale and back, so that it stays inside 0 to 1; NaN at 0 and 1 themselves."""
    if not 0 < theta < 1:
        return np.nan, np.nan
    centre, reach = np.log(theta / (1 - theta)), reach / (theta * (1 - theta))
    return tuple(float(1 / (1 + np.exp(-end))) for end in (centre - reach, centre + reach))

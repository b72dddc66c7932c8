"""Two groups on a yes/no outcome in strata: Cochran-Mantel-Haenszel, Mantel-Haenszel odds ratio and risk difference.

Everywhere `tables` has the shape strata × (compared, reference) × (event, no event). By hand rather than from
statsmodels' StratifiedTable, because that gives no risk difference and NaN where a stratum has an empty margin.
"""

from dataclasses import dataclass

import numpy as np
from scipy import stats

from helpers.inference.methods.normal import NormalInterval, errors_reached


@dataclass(frozen=True)
class Cells:
    """The cells and margins of each table, as floats: a, b of the compared group, c, d of the reference."""

    a: np.ndarray
    b: np.ndarray
    c: np.ndarray
    d: np.ndarray

    @classmethod
    def of(cls, tables: np.ndarray) -> "Cells":
        """The cells of the tables that hold anybody."""
        held = np.asarray(tables, dtype=float)
        held = held[held.sum(axis=(1, 2)) > 0]
        return cls(held[:, 0, 0], held[:, 0, 1], held[:, 1, 0], held[:, 1, 1])

    @property
    def n(self) -> np.ndarray:
        return self.a + self.b

    @property
    def m(self) -> np.ndarray:
        return self.c + self.d

    @property
    def e(self) -> np.ndarray:
        return self.a + self.c

    @property
    def size(self) -> np.ndarray:
        return self.n + self.m


@dataclass(frozen=True)
class CochranMantelHaenszel:
    """The CMH test and the Mantel-Haenszel odds ratio with its Robins-Breslow-Greenland interval."""

    difference: float  # events of the compared group beyond those expected, over strata
    variance: float
    or_mh: float
    log_or_se: float
    confidence: float

    @property
    def z(self) -> float:
        return self.difference / np.sqrt(self.variance) if self.variance > 0 else np.nan

    @property
    def chi2(self) -> float:
        return self.z**2

    @property
    def p_two_sided(self) -> float:
        return float(stats.chi2.sf(self.chi2, 1))

    @property
    def chi2_cc(self) -> float:
        """With continuity correction, for comparison with other software."""
        beyond = abs(self.difference) - 0.5
        return beyond**2 / self.variance if beyond >= 0 and self.variance > 0 else self.chi2

    @property
    def p_two_sided_cc(self) -> float:
        return float(stats.chi2.sf(self.chi2_cc, 1))

    @property
    def ci_low(self) -> float:
        return self._end(-1)

    @property
    def ci_high(self) -> float:
        return self._end(1)

    def _end(self, side: int) -> float:
        if not (0 < self.or_mh < np.inf):
            return np.nan
        return float(self.or_mh * np.exp(side * errors_reached(self.confidence) * self.log_or_se))


def cmh_moments(compared: np.ndarray, reference: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """What each stratum adds to the CMH difference and to its variance. Last axis: (no event, event), low to high."""
    n, m, events = compared.sum(axis=-1), reference.sum(axis=-1), compared[..., 1] + reference[..., 1]
    size = np.maximum(n + m, 1)
    variance = n * m * events * (size - events) / (size**2 * np.maximum(size - 1.0, 1))
    return compared[..., 1] - n * events / size, variance


def cochran_mantel_haenszel(tables: np.ndarray, *, confidence: float = 0.95) -> CochranMantelHaenszel:
    """The CMH test without continuity correction; a stratum with an empty margin adds nothing, no cell is added to."""
    t = Cells.of(tables)
    difference = (t.a - t.n * t.e / t.size).sum()
    variance = (t.n * t.m * t.e * (t.size - t.e) / (t.size**2 * np.maximum(t.size - 1, 1))).sum()
    for_, against = t.a * t.d / t.size, t.b * t.c / t.size
    ratio = for_.sum() / against.sum() if against.sum() else (np.inf if for_.sum() else np.nan)
    se = _log_or_se(t, for_, against)
    return CochranMantelHaenszel(float(difference), float(variance), float(ratio), se, confidence)


def _log_or_se(t: Cells, for_: np.ndarray, against: np.ndarray) -> float:
    """Robins, Breslow and Greenland (1986); NaN where the odds ratio is 0 or infinite."""
    r, s = for_.sum(), against.sum()
    if not r or not s:
        return np.nan
    p, q = (t.a + t.d) / t.size, (t.b + t.c) / t.size
    mixed = (p * against + q * for_).sum()
    return float(np.sqrt((p * for_).sum() / (2 * r**2) + mixed / (2 * r * s) + (q * against).sum() / (2 * s**2)))


@dataclass(frozen=True)
class RiskDifference(NormalInterval):
    """The Mantel-Haenszel risk difference with its interval, and the risk ratio on the log scale."""

    effect: float
    se: float  # NaN where nothing can be said about it
    log_rr: float
    log_rr_se: float
    confidence: float


def mantel_haenszel_difference(tables: np.ndarray, *, confidence: float = 0.95) -> RiskDifference:
    """The difference of shares, compared minus reference, pooled over strata. Sato, Greenland and Robins (1989).

    NaN where no stratum has both groups. Where every stratum has one answer only the difference is 0 and se 0.
    """
    t = Cells.of(tables)
    weight = (t.n * t.m / t.size).sum()
    if not weight:
        return RiskDifference(np.nan, np.nan, np.nan, np.nan, confidence)
    effect = ((t.a * t.m - t.c * t.n) / t.size).sum() / weight
    p = (t.c * (t.n / t.size) ** 2 - t.a * (t.m / t.size) ** 2 + t.n * t.m / t.size * (t.m - t.n) / (2 * t.size)).sum()
    q = ((t.a * (t.m - t.c) + t.c * (t.n - t.a)) / (2 * t.size)).sum()
    variance = effect * p + q
    se = np.sqrt(max(variance, 0.0)) / weight if variance > -1e-12 else np.nan
    return RiskDifference(float(effect), float(se), *_log_risk_ratio(t), confidence)


def _log_risk_ratio(t: Cells) -> tuple[float, float]:
    above, below = (t.a * t.m / t.size).sum(), (t.c * t.n / t.size).sum()
    if not above or not below:
        return np.nan, np.nan
    variance = ((t.n * t.m * t.e - t.a * t.c * t.size) / t.size**2).sum() / (above * below)
    return float(np.log(above / below)), float(np.sqrt(variance))


@dataclass(frozen=True)
class Homogeneity:
    """Whether one odds ratio holds in every stratum."""

    breslow_day: float
    tarone: float
    df: int

    @property
    def p_breslow_day(self) -> float:
        return float(stats.chi2.sf(self.breslow_day, self.df))

    @property
    def p_tarone(self) -> float:
        return float(stats.chi2.sf(self.tarone, self.df))


def odds_ratio_homogeneity(tables: np.ndarray) -> Homogeneity:
    """Breslow-Day and Tarone's correction of it, at the Mantel-Haenszel odds ratio.

    Strata with an empty margin say nothing and are left out of the degrees of freedom. NaN where the odds ratio is 0
    or infinite, or where fewer than two strata are left.
    """
    t = Cells.of(tables)
    full = (t.n > 0) & (t.m > 0) & (t.e > 0) & (t.e < t.size)
    t = Cells(t.a[full], t.b[full], t.c[full], t.d[full])
    ratio = cochran_mantel_haenszel(tables).or_mh
    if not (0 < ratio < np.inf) or full.sum() < 2:
        return Homogeneity(np.nan, np.nan, max(int(full.sum()) - 1, 0))
    fitted = _fitted(t, ratio)
    variance = 1 / (1 / fitted + 1 / (t.n - fitted) + 1 / (t.e - fitted) + 1 / (t.m - t.e + fitted))
    beyond = t.a - fitted
    breslow_day = float((beyond**2 / variance).sum())
    return Homogeneity(breslow_day, breslow_day - float(beyond.sum() ** 2 / variance.sum()), int(full.sum()) - 1)


def _fitted(t: Cells, ratio: float) -> np.ndarray:
    """The count of compared events that has the odds ratio given, with the margins as observed."""
    if abs(ratio - 1) < 1e-12:
        return t.n * t.e / t.size
    square, linear, constant = ratio - 1, -(t.m - t.e + ratio * (t.n + t.e)), ratio * t.n * t.e
    root = np.sqrt(linear**2 - 4 * square * constant)
    # The stable form of the root between the margins' bounds.
    return 2 * constant / (-linear + root)

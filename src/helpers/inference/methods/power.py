"""What could have been found: power and the smallest effect a comparison of that size can detect."""

import numpy as np
from scipy import optimize, stats


def _z(alpha: float) -> float:
    return float(stats.norm.ppf(1 - alpha / 2))


def power_of_shares(n_per_group: float, p_reference: float, p_compared: float, *, alpha: float = 0.05) -> float:
    """The power of comparing two shares, normal approximation with the pooled share under the null."""
    mean = (p_reference + p_compared) / 2
    apart = np.sqrt(n_per_group) * abs(p_compared - p_reference) - _z(alpha) * np.sqrt(2 * mean * (1 - mean))
    return float(stats.norm.cdf(apart / np.sqrt(p_reference * (1 - p_reference) + p_compared * (1 - p_compared))))


def detectable_share(n_per_group: float, p_reference: float, *, alpha: float = 0.05, power: float = 0.8) -> float:
    """The smallest higher share found with that power; NaN where even 1 would not be."""
    def short(share: float) -> float:
        return power_of_shares(n_per_group, p_reference, share, alpha=alpha) - power

    top = 1 - 1e-12
    return float(optimize.brentq(short, p_reference + 1e-9, top, xtol=1e-14)) if short(top) > 0 else np.nan


def detectable_smd(n_per_group: int, *, alpha: float = 0.05, power: float = 0.8) -> float:
    """The smallest standardised mean difference found with that power by a two-sample t-test (upper tail)."""
    df = 2 * n_per_group - 2
    beyond = stats.t.ppf(1 - alpha / 2, df)

    def short(delta: float) -> float:
        return float(stats.nct.sf(beyond, df, np.sqrt(n_per_group / 2) * delta)) - power

    return float(optimize.brentq(short, 0.0, 20 / np.sqrt(n_per_group) + 5, xtol=1e-13))


def detectable_theta(n_compared: int, n_reference: int, *, alpha: float = 0.05, power: float = 0.8) -> float:
    """|θ − ½| found with that power by a rank-sum test. Noether (1987)."""
    size = n_compared + n_reference
    part = n_compared / size
    return float((_z(alpha) + stats.norm.ppf(power)) / np.sqrt(12 * size * part * (1 - part)))

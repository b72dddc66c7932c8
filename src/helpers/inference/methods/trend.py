"""A share over the years: the stratified trend test, and the mean slope over partnerships with its interval."""

from dataclasses import dataclass

import numpy as np
from scipy import stats

from helpers.inference.methods.normal import errors_reached
from helpers.inference.methods.tables import StratifiedTest, cmh_correlation


@dataclass(frozen=True)
class Slope:
    """Change of the share a year. `df` is NaN for the binomial interval of a single stratum."""

    effect: float
    se: float
    df: float
    ci_low: float
    ci_high: float
    strata: int


def trend_test(part: np.ndarray, total: np.ndarray, years: np.ndarray) -> StratifiedTest:
    """CMH correlation of year and event; `z` is positive where the share rises. `part`, `total`: strata × years."""
    tables = np.stack([part, total - part], axis=2)
    return cmh_correlation(tables, years - np.mean(years), [1, 0])


def mean_slope(part: np.ndarray, total: np.ndarray, years: np.ndarray, *, confidence: float = 0.95) -> Slope:
    """The mean yearly change of the share over strata, each by least squares weighted by its totals.

    Strata are weighted by their own spread of years Σ n (t − t̄)², so that the mean is the common slope of the
    stratified regression. The interval rests on how the strata differ, since the same children recur from year to year;
    with one stratum it is binomial and says less. `part`, `total`: strata × years, a total of 0 where there is no
    figure.
    """
    part, total, years = (np.asarray(each, dtype=float) for each in (part, total, years))
    size = total.sum(axis=1, keepdims=True)
    summed = (total * years).sum(axis=1, keepdims=True)
    centre = years - np.divide(summed, size, out=np.zeros_like(size), where=size > 0)
    spread = (total * centre**2).sum(axis=1)
    able = spread > 0
    if not able.any():
        return Slope(np.nan, np.nan, np.nan, np.nan, np.nan, 0)
    slopes = (part * centre).sum(axis=1)[able] / spread[able]
    weight = spread[able] / spread[able].sum()
    effect, strata = float(slopes @ weight), int(able.sum())
    if strata == 1:
        se, df = _binomial_se(part[able][0], total[able][0], centre[able][0]), np.nan
        reach = errors_reached(confidence) * se
    else:
        se, df = _between(slopes, weight)
        reach = float(stats.t.ppf((1 + confidence) / 2, df)) * se
    return Slope(effect, se, df, effect - reach, effect + reach, strata)


def _between(slopes: np.ndarray, weight: np.ndarray) -> tuple[float, float]:
    """Standard error of the weighted mean from how the slopes differ, and its degrees of freedom.

    Each squared residual is divided by what it falls short of a slope's own variance, so that the variance is unbiased
    where slopes vary alike, and has Satterthwaite's degrees of freedom: Bell and McCaffrey (2002), for a mean. Strata
    of one weight give t on (strata − 1); without this, strata of unequal weight made intervals that held 91%, not 95%.
    """
    residual = np.eye(len(slopes)) - weight
    share = weight**2 / (residual**2).sum(axis=1)
    form = residual.T @ (share[:, None] * residual)
    return float(np.sqrt(share @ (residual @ slopes) ** 2)), float(np.trace(form) ** 2 / (form**2).sum())


def _binomial_se(part: np.ndarray, total: np.ndarray, centre: np.ndarray) -> float:
    """Standard error of one stratum's slope, each year's count taken as binomial."""
    share = np.divide(part, total, out=np.zeros_like(part), where=total > 0)
    return float(np.sqrt((total * share * (1 - share) * centre**2).sum()) / (total * centre**2).sum())

"""The tests put on trial: the package's own and, beside them, those that a reader might have used instead.

Each states the null hypothesis it is read as. A pooled test is read as answering the study's question; that
partnerships make it answer another one is what the trial shows.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy import stats

from helpers.inference.methods.binary import cmh_moments
from helpers.inference.methods.ordinal import rank_moments, van_elteren_moments
from helpers.inference.methods.permutation import max_t, rank_block, standardised
from helpers.inference.validation.samples import Samples
from helpers.inference.validation.scenarios import Scenario

Null = Literal["in any partnership", "on average"]


@dataclass(frozen=True)
class Method:
    """A test. `p_values(samples, rng, permutations)` gives one two-sided p-value a sample, NaN = not estimable."""

    name: str
    title: str
    p_values: Callable[[Samples, np.random.Generator, int], np.ndarray]
    null: Null = "in any partnership"

    def null_holds(self, scenario: Scenario) -> bool:
        return scenario.nothing_anywhere if self.null == "in any partnership" else scenario.nothing_on_average


def van_elteren_permuted(samples: Samples, rng: np.random.Generator, permutations: int) -> np.ndarray:
    """The study's own: labels shuffled within partnerships by the engine that makes the study's p-values.

    All samples given share their relabellings. p-values of one call are thus correlated by about 1/permutations, which
    adds (samples − 1)/permutations to the variance of a rejection rate: small for the batches drawn here.
    """
    people, compared = samples.design.stratum, samples.design.is_compared
    blocks = [rank_block(compared[people == code], samples.codes[:, people == code].T)
              for code in range(len(samples.design.size))]
    return max_t(standardised(blocks, rng, permutations)).raw


def _normal(statistic: np.ndarray, variance: np.ndarray) -> np.ndarray:
    """Two-sided p-values from the normal distribution."""
    z = np.divide(statistic, np.sqrt(variance), out=np.full(statistic.shape, np.nan), where=variance > 0)
    return 2 * stats.norm.sf(np.abs(z))


def van_elteren_normal(samples: Samples, *_) -> np.ndarray:
    moments = van_elteren_moments(samples.counts[:, :, 0], samples.counts[:, :, 1])
    return _normal(*(each.sum(axis=1) for each in moments))


def stratified_shares(samples: Samples, *_) -> np.ndarray:
    """The study's own for two categories: Cochran-Mantel-Haenszel, exact where the tables are sparse."""
    return np.array([each.p_value for each in samples.within["binary"]])


def partnership_t(samples: Samples, *_) -> np.ndarray:
    """One θ − ½ a partnership, all weighing the same; t on (partnerships − 1) degrees of freedom.

    Cautious where partnerships are of different precision (Ibragimov and Müller 2010).
    """
    n, m = np.moveaxis(samples.counts.sum(axis=-1), -1, 0)
    centred = rank_moments(samples.counts[:, :, 0], samples.counts[:, :, 1])[0]
    difference = np.divide(centred, n * m, out=np.full(centred.shape, np.nan), where=n * m > 0)
    return stats.ttest_1samp(difference, 0, axis=1, nan_policy="omit").pvalue


def mann_whitney_pooled(samples: Samples, *_) -> np.ndarray:
    pooled = samples.counts.sum(axis=1)
    return _normal(*rank_moments(pooled[:, 0], pooled[:, 1]))


def chi_square_pooled(samples: Samples, *_) -> np.ndarray:
    """Pearson's χ² of the pooled 2×2 table: that of one CMH stratum, times N/(N − 1)."""
    pooled = samples.events.sum(axis=1)
    difference, variance = cmh_moments(pooled[:, 0], pooled[:, 1])
    size = pooled.sum(axis=(1, 2))
    return _normal(difference, variance * (size - 1) / size)


def t_on_codes_pooled(samples: Samples, *_) -> np.ndarray:
    """Student's t of the levels taken for the numbers 1 to 6."""
    pooled, codes = samples.counts.sum(axis=1), np.arange(samples.counts.shape[-1])
    size = pooled.sum(axis=-1)
    mean = pooled @ codes / size
    spread = np.sqrt((pooled * (codes - mean[..., None]) ** 2).sum(axis=-1) / (size - 1))
    return stats.ttest_ind_from_stats(mean[:, 0], spread[:, 0], size[:, 0], mean[:, 1], spread[:, 1], size[:, 1]).pvalue


def clustered_z(samples: Samples, *_) -> np.ndarray:
    """Regression of the codes on group and partnership, standard errors by partnership (HC1-like factor H/(H − 1))."""
    codes = np.arange(samples.counts.shape[-1])
    n, m = np.moveaxis(samples.counts.sum(axis=-1), -1, 0)
    difference = samples.counts[:, :, 0] @ codes / np.maximum(n, 1) - samples.counts[:, :, 1] @ codes / np.maximum(m, 1)
    weight = n * m / np.maximum(n + m, 1)  # nothing where a group is missing altogether
    effect = (weight * difference).sum(axis=1) / weight.sum(axis=1)
    strata = (weight > 0).sum(axis=1)
    squares = (weight**2 * (difference - effect[:, None]) ** 2).sum(axis=1) * strata / (strata - 1)
    return _normal(effect * weight.sum(axis=1), squares)


METHODS = (
    Method("van_elteren", "van Elteren, permuted", van_elteren_permuted),
    Method("van_elteren_normal", "van Elteren, normal", van_elteren_normal),
    Method("cochran_mantel_haenszel", "Cochran-Mantel-Haenszel", stratified_shares),
    Method("partnership_t", "t on partnerships' differences", partnership_t, "on average"),
    Method("mann_whitney_pooled", "Mann-Whitney, pooled", mann_whitney_pooled),
    Method("chi_square_pooled", "chi-square, pooled", chi_square_pooled),
    Method("t_on_codes_pooled", "t on codes, pooled", t_on_codes_pooled),
    Method("clustered_z", "z with clustered errors", clustered_z, "on average"),
)

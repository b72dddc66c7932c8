"""Counts and measurements of two groups in strata: the difference of means within strata, and its interval."""

from dataclasses import dataclass

import numpy as np
from scipy import stats

from helpers.inference.choose import SMALL
from helpers.inference.estimates import NOT_ESTIMABLE, TOO_FEW, Estimate
from helpers.inference.methods.continuous import hedges_g, welch

BLOCKED, WELCH = "difference of means, blocked permutation", "Welch t"


@dataclass(frozen=True)
class GroupMeans:
    """One stratum: the difference of means and its variance, NaN with one person in a group."""

    difference: float
    variance: float
    small: float  # what Satterthwaite's degrees of freedom take from this stratum
    weight: float  # n m / N
    varies: bool


def group_means(first: np.ndarray, second: np.ndarray) -> GroupMeans | None:
    """Two groups' values in one stratum; None where one has nobody."""
    n, m = len(first), len(second)
    if not n or not m:
        return None
    varies = len(np.unique(np.concatenate([first, second]))) > 1
    a, b = (each.var(ddof=1) / len(each) if len(each) > 1 else np.nan for each in (first, second))
    small = a**2 / (n - 1) + b**2 / (m - 1) if min(n, m) > 1 else np.nan
    return GroupMeans(float(first.mean() - second.mean()), float(a + b), float(small), n * m / (n + m), varies)


def mean_difference(values: np.ndarray, group: np.ndarray, reference: np.ndarray, stratum: np.ndarray, *,
                    confidence: float) -> Estimate:
    """Compared minus reference within strata, weighted n m/N as the permuted statistic is; p left to permutation.

    `values` by record (NaN missing), `group` and `reference` masks, `stratum` codes. The interval takes each group's
    own variance in each stratum, with Satterthwaite's degrees of freedom: in one stratum it is Welch's. Strata with
    fewer than two answers in a group are left out of it. The note gives Hedges' g over all strata.
    """
    known = ~np.isnan(values)
    strata = _strata(values, group, reference, stratum)
    found = [each for each in strata if each is not None]
    weight = np.array([each.weight for each in found])
    whole = float(np.array([each.difference for each in found]) @ weight / weight.sum()) if found else np.nan
    if not any(each.varies for each in found):
        return Estimate("none", np.nan, np.nan, "mean difference", whole, np.nan, np.nan, NOT_ESTIMABLE)
    first, second = values[known & group], values[known & reference]
    effect, se, df = _combined(found)
    if min(len(first), len(second)) < SMALL or not se > 0:
        return Estimate(BLOCKED, np.nan, np.nan, "mean difference", whole, np.nan, np.nan, TOO_FEW)
    reach = float(stats.t.ppf((1 + confidence) / 2, df)) * se
    note = f"Hedges' g over all partnerships {hedges_g(first, second).effect:.2f}.".replace("-", "\N{MINUS SIGN}")
    return Estimate(BLOCKED, effect / se, np.nan, "mean difference", effect, effect - reach, effect + reach, note)


def _strata(values: np.ndarray, group: np.ndarray, reference: np.ndarray,
            stratum: np.ndarray, strata: int | None = None) -> list[GroupMeans | None]:
    known = ~np.isnan(values)
    many = int(stratum.max(initial=-1)) + 1 if strata is None else strata
    return [group_means(values[known & (stratum == each) & group], values[known & (stratum == each) & reference])
            for each in range(many)]


def telling(values: np.ndarray, group: np.ndarray, reference: np.ndarray, stratum: np.ndarray,
            strata: int) -> np.ndarray:
    """Which strata can tell the groups apart: both have values, and not all are alike."""
    found = _strata(values, group, reference, stratum, strata)
    return np.array([each is not None and each.varies for each in found], dtype=bool)


def pooled_welch(values: np.ndarray, group: np.ndarray, reference: np.ndarray, *, confidence: float) -> Estimate:
    """Welch's t over all strata together: the second opinion on a difference of means."""
    known = ~np.isnan(values)
    if min((known & group).sum(), (known & reference).sum()) < 2:
        return Estimate("none", np.nan, np.nan, "mean difference", np.nan, np.nan, np.nan, NOT_ESTIMABLE)
    found = welch(values[known & group], values[known & reference], confidence=confidence)
    return Estimate(WELCH, found.t, found.p_two_sided, "mean difference", found.effect, found.ci_low, found.ci_high)


def _combined(strata: list[GroupMeans]) -> tuple[float, float, float]:
    """Effect, standard error and Satterthwaite's degrees of freedom over the strata that have a variance."""
    able = [each for each in strata if not np.isnan(each.variance)]
    if not able:
        return np.nan, np.nan, np.nan
    difference, variance, small, weight = (np.array([getattr(each, name) for each in able])
                                           for name in ("difference", "variance", "small", "weight"))
    weight = weight / weight.sum()
    total = float((weight**2 * variance).sum())
    df = total**2 / float((weight**4 * small).sum()) if total > 0 else np.nan
    return float(difference @ weight), float(np.sqrt(total)), df

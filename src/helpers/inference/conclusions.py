"""What may be concluded: a difference, none that matters, or neither; and the smallest that could have been found."""

from collections.abc import Iterator, Sequence
from typing import Literal

import numpy as np
import pandas as pd
from scipy import stats

from helpers.inference.estimates import estimate
from helpers.inference.independent import counts_of
from helpers.inference.material import Material, Sides, sides_of
from helpers.inference.measured import mean_difference
from helpers.inference.methods.binary import cmh_moments
from helpers.inference.methods.normal import errors_reached
from helpers.inference.methods.ordinal import van_elteren_moments
from helpers.inference.pairs import direction, estimate_pair
from helpers.inference.rows import NO_DIFFERENCE, Row
from helpers.inference.series import slope_of

Conclusion = Literal["important difference", "difference", "difference too small to matter",
                     "no important difference", "not settled", "not estimable"]
COLUMNS = ["family", "outcome", "group", "reference", "effect_name", "conclusion", "margin", "detectable",
           "equivalence_low", "equivalence_high", "p_equivalence"]
NUMBERS = COLUMNS[6:]
INTERVAL_TESTS = {"share a year"}  # decided by their interval alone: the test's own null is another


def conclusions(material: Material, rows: Sequence[Row]) -> pd.DataFrame:
    """A row a tested comparison of the main analysis.

    `conclusion` as in `concluded`; `margin` the plan's; `detectable` the smallest difference from none found with the
    plan's power at its alpha (unadjusted), on the scale of the effect; `equivalence_low` and `_high` the interval of
    confidence 1 − 2 alpha; `p_equivalence` of two one-sided tests against the margin.
    """
    found = [_row(material, row, *bounds) for row, bounds in zip(rows, _equivalence(material, rows), strict=True)
             if row.effect_name in NO_DIFFERENCE]
    return pd.DataFrame(found, columns=COLUMNS).astype(
        {name: "float64" if name in NUMBERS else "str" for name in COLUMNS})


def concluded(row: Row, low: float, high: float, *, margin: float, alpha: float) -> Conclusion:
    """One of six, by the 95% interval and the adjusted p-value (for a plan's alpha of 0.05) and the 90% interval.

    A difference needs both interval and adjusted p; it is important where the whole interval lies beyond the margin,
    and too small to matter where the 90% interval lies within it. Without a difference the same 90% interval decides
    between "no important difference" and "not settled".
    """
    if np.isnan(row.effect) or np.isnan(row.ci_low):
        return "not estimable"
    none = NO_DIFFERENCE[row.effect_name]
    tested = row.p_adjusted < alpha or row.effect_name in INTERVAL_TESTS
    differs = tested and not row.ci_low <= none <= row.ci_high
    negligible = none - margin < low and high < none + margin
    if differs and (row.ci_low > none + margin or row.ci_high < none - margin):
        return "important difference"
    if differs:
        return "difference too small to matter" if negligible else "difference"
    return "no important difference" if negligible else "not settled"


def _row(material: Material, row: Row, low: float, high: float, error: float) -> tuple:
    plan, margin = material.study.plan, material.family.margin
    reach = stats.norm.ppf(1 - plan.alpha / 2) + stats.norm.ppf(plan.power)
    return (row.family, row.outcome, row.group, row.reference, row.effect_name,
            concluded(row, low, high, margin=margin, alpha=plan.alpha), margin, float(reach * error), low, high,
            equivalence_p(row.effect, low, high, none=NO_DIFFERENCE[row.effect_name], margin=margin, alpha=plan.alpha))


def equivalence_p(effect: float, low: float, high: float, *, none: float, margin: float, alpha: float) -> float:
    """The larger p of two one-sided tests, with the standard errors that the interval of 1 − 2 alpha has on each side.

    It is below alpha exactly where that interval lies within the margin.
    """
    reach = errors_reached(1 - 2 * alpha)
    below, above = (effect - low) / reach, (high - effect) / reach
    if not below > 0 or not above > 0:
        return np.nan
    return float(max(stats.norm.sf((effect - none + margin) / below), stats.norm.sf((none + margin - effect) / above)))


def _equivalence(material: Material, rows: Sequence[Row]) -> Iterator[tuple[float, float, float]]:
    """Of each comparison the interval of confidence 1 − 2 alpha, and the standard error if there were no difference.

    What a trend or a difference of means could have found is reckoned with the normal curve: the wider tails of t go
    into the error.
    """
    confidence = 1 - 2 * material.study.plan.alpha
    if material.family.design == "independent":
        for side in sides_of(material):
            for outcome in material.family.outcomes:
                yield _of_sides(material, side, outcome, confidence)
    elif material.family.design == "paired":
        for pair in material.family.pairs:
            seen = direction(material, pair)
            higher, lower, n = (int(mask.sum()) for mask in (seen == 1, seen == -1, seen != 9))
            found = estimate_pair(material.scale(pair.first), higher, lower, n, confidence=confidence)
            yield found.ci_low, found.ci_high, float(np.sqrt(higher + lower) / n) if n else np.nan
    elif material.family.design == "trend":
        for series in material.family.series:
            found = slope_of(material, series, confidence=confidence)
            yield found.ci_low, found.ci_high, (found.ci_high - found.ci_low) / 2 / errors_reached(confidence)
    else:
        yield from [(np.nan, np.nan, np.nan)] * len(rows)


def _of_sides(material: Material, side: Sides, outcome: str, confidence: float) -> tuple[float, float, float]:
    if material.kind == "measured":
        found = mean_difference(material.values(outcome), material.is_in(side.group), material.is_in(side.reference),
                                material.stratum, confidence=confidence)
        return found.ci_low, found.ci_high, abs(found.ci_high - found.ci_low) / 2 / errors_reached(confidence)
    counts = counts_of(material, side, outcome, material.stratum, len(material.partnerships))
    found = estimate(material.scale(outcome), counts, confidence=confidence)
    n, m = counts.sum(axis=2).T.astype(float)
    if material.kind == "ordinal":
        variance, weight = van_elteren_moments(counts[:, 0], counts[:, 1])[1], n * m / (n + m + 1)
    else:
        variance = cmh_moments(counts[:, 0], counts[:, 1])[1] if material.kind == "binary" else np.full(len(n), np.nan)
        weight = n * m / np.maximum(n + m, 1)
    return found.ci_low, found.ci_high, float(np.sqrt(variance.sum()) / weight.sum()) if weight.sum() else np.nan

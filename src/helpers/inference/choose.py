"""The decision which test: one rule, in one place, for the row and for the reader."""

from typing import Literal

import numpy as np

from helpers.inference.methods.ordinal import brunner_munzel
from helpers.inference.methods.tabulation import informative

SMALL = 5  # fewer than this in a group: exact p only, no interval
EDGE = 0.1  # θ nearer than this to 0 or 1: the interval is made on the logit scale

Test = Literal[
    "not estimable", "van Elteren", "Brunner-Munzel", "exact rank sum", "Cochran-Mantel-Haenszel",
    "exact conditional", "Fisher mid-p", "generalised CMH", "chi-square", "Freeman-Halton",
]


def which_test(scale: str, counts: np.ndarray) -> Test:
    """The test for one comparison. `counts`: strata × (compared, reference) × levels, of strata with both groups.

    ordinal: van Elteren over strata; Brunner-Munzel in one stratum, or the exact rank sum where a group is small or
    the groups do not overlap. Binary: Cochran-Mantel-Haenszel over strata, or exact given the margins where it is
    sparse; Fisher's mid-p in one stratum. Nominal: generalised Cochran-Mantel-Haenszel over strata; in one, Pearson's
    χ², or Freeman and Halton's test where it is sparse. Nothing where no stratum can tell the groups apart.

    Measurements are no counts and come another way: blocked permutation of the difference of means (`measured`).
    """
    if not informative(counts).any():
        return "not estimable"
    if scale == "nominal":
        return "generalised CMH" if len(counts) > 1 else "Freeman-Halton" if sparse(counts) else "chi-square"
    if len(counts) > 1:
        if scale == "ordinal":
            return "van Elteren"
        return "exact conditional" if sparse(counts) else "Cochran-Mantel-Haenszel"
    if scale == "binary":
        return "Fisher mid-p"
    return "exact rank sum" if small(counts) or not brunner_munzel(counts[0]).se > 0 else "Brunner-Munzel"


def sparse(counts: np.ndarray) -> bool:
    """Whether an expected count of the pooled table, or a margin of a stratum that counts, is under 5."""
    pooled = counts.sum(axis=0)
    expected = np.outer(pooled.sum(axis=1), pooled.sum(axis=0)) / pooled.sum()
    used = counts[informative(counts)]
    margins = min(used.sum(axis=2).min(), used.sum(axis=1).min())
    return bool(expected.min() < 5 or margins < 5)


def small(counts: np.ndarray) -> bool:
    """Whether a group has too few answers, over all strata, for an interval."""
    return bool(counts.sum(axis=(0, 2)).min() < SMALL)


def near_edge(theta: float, low: float, high: float) -> bool:
    """Whether an interval of θ is to be made on the logit scale: near 0 or 1, or reaching beyond them."""
    return theta < EDGE or theta > 1 - EDGE or low < 0 or high > 1

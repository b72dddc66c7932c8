"""Several p-values adjusted together: Holm, Benjamini-Hochberg, Bonferroni; a missing one is not counted."""

from collections.abc import Sequence
from typing import Literal

import numpy as np


def adjust(p_values: Sequence[float], method: Literal["holm", "bh", "bonferroni"]) -> np.ndarray:
    """Adjusted p-values in the order given, capped at 1; NaN stays NaN and is not counted among the tests.

    By hand: statsmodels' multipletests counts NaN among the tests, and sweeps the whole heap for garbage at every call
    (74 ms where pandas is loaded, more than a family's permutations take). The tests hold both against each other.
    """
    p_values = np.asarray(p_values, dtype=float)
    known = np.flatnonzero(~np.isnan(p_values))
    adjusted, size = np.full(p_values.shape, np.nan), len(known)
    ordered = known[np.argsort(p_values[known], kind="stable")]
    place = np.arange(1, size + 1)
    if method == "bonferroni":
        adjusted[known] = p_values[known] * size
    elif method == "holm":
        adjusted[ordered] = np.maximum.accumulate(p_values[ordered] * (size - place + 1))
    elif method == "bh":
        adjusted[ordered[::-1]] = np.minimum.accumulate((p_values[ordered] * size / place)[::-1])
    else:
        raise ValueError(f"no adjustment '{method}'; known: holm, bh, bonferroni.")
    return np.minimum(adjusted, 1)

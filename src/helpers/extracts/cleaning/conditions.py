"""Conditions on columns, as written in a codebook: for each row whether they hold, and whether they surely do not."""

import numpy as np
import pandas as pd

from helpers.extracts.cleaning.rows import ANSWERED, Rows
from helpers.extracts.codebooks.variables import KINDS, Bounds, Condition, Conditions


def holds(conditions: Conditions, rows: Rows) -> np.ndarray:
    """Mask of the rows for which every condition holds; a missing value holds only where missing is what is asked."""
    mask = np.ones(len(rows), dtype=bool)
    for name, wanted in conditions.items():
        mask &= _one(name, wanted, rows)
    return mask


def surely_fails(conditions: Conditions, rows: Rows) -> np.ndarray:
    """Mask of the rows for which some condition fails on a value that is there, or on a question that was not asked:
    any other unknown decides nothing."""
    mask = np.zeros(len(rows), dtype=bool)
    for name, wanted in conditions.items():
        known = np.isin(rows.kinds[name], (ANSWERED, KINDS.index("not_asked")))
        known |= _words(wanted) & {"present", "missing", *KINDS} != set()
        mask |= known & ~_one(name, wanted, rows)
    return mask


def _words(wanted: Condition) -> set:
    return set() if isinstance(wanted, Bounds) else set(wanted if isinstance(wanted, list) else [wanted])


def _one(name: str, wanted: Condition, rows: Rows) -> np.ndarray:
    values, kinds = rows.table[name], rows.kinds[name]
    if isinstance(wanted, Bounds):
        return within(values, wanted.min, wanted.max)
    words = _words(wanted)
    mask = np.isin(kinds, [KINDS.index(word) for word in words if word in KINDS])
    if "present" in words:
        mask |= kinds == ANSWERED
    if "missing" in words:
        mask |= kinds != ANSWERED
    plain = [word for word in words if word not in KINDS]
    return mask | (_among(values, plain) & (kinds == ANSWERED))


def _among(values: pd.Series, words: list) -> np.ndarray:
    if isinstance(values.dtype, pd.CategoricalDtype):
        wanted = np.array([name in words for name in values.cat.categories] + [False])
        return wanted[values.cat.codes.to_numpy()]
    if values.dtype == "Int64":
        return values.isin([int(word) for word in words if str(word).isdigit()]).to_numpy(dtype=bool)
    if values.dtype.kind == "M":
        return values.isin([_day(word) for word in words if word not in ("present", "missing")]).to_numpy(dtype=bool)
    return values.isin([str(word) for word in words]).to_numpy(dtype=bool)


def within(values: pd.Series, low, high) -> np.ndarray:
    """Mask of the values from low to high, both included and either absent; a missing value lies nowhere."""
    if isinstance(values.dtype, pd.CategoricalDtype):
        names, codes = list(values.cat.categories), values.cat.codes.to_numpy()
        least = names.index(low) if low is not None else 0
        most = names.index(high) if high is not None else len(names)
        return (codes >= least) & (codes <= most)
    low, high = (_day(bound) if values.dtype.kind == "M" and bound is not None else bound for bound in (low, high))
    mask = values.notna()
    if low is not None:
        mask &= (values >= low).fillna(False)
    if high is not None:
        mask &= (values <= high).fillna(False)
    return mask.to_numpy(dtype=bool)


def _day(value) -> pd.Timestamp:
    return pd.Timestamp(value)

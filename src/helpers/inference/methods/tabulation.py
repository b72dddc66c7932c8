"""Answers counted by stratum, group and level: the one form in which every unpaired method takes its data."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd


@dataclass(frozen=True)
class Tabulation:
    """Counts of answers, with the names of what was counted."""

    counts: np.ndarray  # strata × (compared, reference) × levels, whole numbers
    strata: tuple
    levels: tuple  # the values, low to high


def tabulate(
    outcome: Sequence, group: Sequence, *, compared, reference, stratum: Sequence | None = None,
    weight: Sequence | None = None, levels: Sequence | None = None,
) -> Tabulation:
    """Counts of shape strata × 2 × levels; a record without outcome, group or stratum is left out.

    `weight` is a frequency: the record stands for that many identical ones. Without `levels` the values found are
    the levels, in their order. Records of other groups than the two named are left out.
    """
    size = len(outcome)
    records = pd.DataFrame({
        "outcome": outcome, "group": group,
        "stratum": ["all"] * size if stratum is None else stratum,
        "weight": np.ones(size, dtype=np.int64) if weight is None else weight,
    }).dropna()
    records = records[records["group"].isin([compared, reference])]
    values = sorted(records["outcome"].unique()) if levels is None else list(levels)
    strata = sorted(records["stratum"].unique())
    counts = count(
        pd.Index(values).get_indexer(records["outcome"]),
        (records["group"] == reference).to_numpy().astype(np.int64),
        pd.Index(strata).get_indexer(records["stratum"]),
        shape=(len(strata), 2, len(values)), weight=records["weight"].to_numpy(),
    )
    return Tabulation(counts, tuple(strata), tuple(values))


def count(level, side, stratum, *, shape: tuple[int, int, int], weight=None) -> np.ndarray:
    """Counts of shape (strata, sides, levels) from whole-number codes; a record with any code below 0 is left out."""
    known = (level >= 0) & (side >= 0) & (stratum >= 0)
    place = np.ravel_multi_index((stratum[known], side[known], level[known]), shape)
    weights = None if weight is None else np.asarray(weight)[known]
    return np.bincount(place, weights, minlength=int(np.prod(shape))).reshape(shape).astype(np.int64)


def codes_of(values: Sequence) -> np.ndarray:
    """Whole-number codes in the order of the values, −1 where missing."""
    return pd.Series(values).rank(method="dense").sub(1).fillna(-1).to_numpy().astype(np.int64)


def informative(counts: np.ndarray) -> np.ndarray:
    """Which strata can tell the groups apart: both are there, and not everybody answered alike."""
    both = (counts.sum(axis=2) > 0).all(axis=1)
    varied = (counts.sum(axis=1) > 0).sum(axis=1) > 1
    return both & varied

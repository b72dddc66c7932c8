"""More than two groups on an ordered outcome: Kruskal-Wallis, asked before each group is set against the reference."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
from scipy import stats


@dataclass(frozen=True)
class KruskalWallis:
    """H, corrected for ties."""

    h: float
    df: int
    p_value: float


def kruskal_wallis(outcome: Sequence[float], group: Sequence) -> KruskalWallis:
    """Whether any group tends to higher values; records without outcome or group are left out. scipy.stats.kruskal."""
    records = pd.DataFrame({"outcome": outcome, "group": group}).dropna()
    samples = [values.to_numpy(dtype=float) for _, values in records.groupby("group", sort=True)["outcome"]]
    if len(samples) < 2 or records["outcome"].nunique() < 2:
        return KruskalWallis(float("nan"), max(len(samples) - 1, 0), float("nan"))
    found = stats.kruskal(*samples)
    return KruskalWallis(float(found.statistic), len(samples) - 1, float(found.pvalue))

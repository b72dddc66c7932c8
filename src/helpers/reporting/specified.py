"""A question asked in every reasonable way: what each way chose, and what all of them say together."""

import pandas as pd

from helpers.reporting.measures import only_measure
from helpers.reporting.words import lower_first, spelled, whole

CHOICES = {  # column of the frame: its heading, and its values as readers call them
    "ages": ("Ages", {"all": "All", "16_plus": "16 and over", "adjusted": "All, adjusted for age"}),
    "partnerships": ("Partnerships", {"within": "Compared within", "pooled": "Pooled"}),
    "continuing_care": ("Continuing care", {"left_out": "Left out", "with_group": "With the group",
                                            "with_reference": "With the reference"}),
    "missing": ("Missing answers", {"left_out": "Left out", "lowest": "Against the group", "highest": "For the group",
                                    "imputed": "Imputed"}),
}


def in_words(rows: pd.DataFrame) -> str:
    """How many ways, how many find the same side as the plan's, and between which ends."""
    rows = rows.dropna(subset=["effect", "ci_low", "ci_high"])
    measure, planned = only_measure(rows), rows[own(rows)]
    none = measure.no_difference
    settled = (rows["ci_high"] < none) | (rows["ci_low"] > none)
    least, most = (measure.value(end) for end in (rows["effect"].min(), rows["effect"].max()))
    words = (f"Asked in {whole(len(rows))} ways, the answers run from {least} to {most} "
             f"({lower_first(measure.heading)}; {measure.none} is no difference).")
    if planned.empty:
        return words
    side = rows["effect"] < none if planned["effect"].iloc[0] < none else rows["effect"] > none
    alike, wholly = (_of(int(mask.sum()), len(rows)) for mask in (side, side & settled))
    return (f"{words} {alike} on the same side as the plan’s own, {measure.value(planned['effect'].iloc[0])}; "
            f"{wholly.lower()} there with the whole interval.")


def _of(some: int, every: int) -> str:
    return "All lie" if some == every else f"{spelled(some).capitalize()} lie" if some != 1 else "One lies"


def own(rows: pd.DataFrame) -> pd.Series:
    """Which row is the plan's own analysis: the first value of every choice."""
    planned = pd.Series(True, rows.index)
    for name, (_, values) in CHOICES.items():
        planned &= rows[name] == next(iter(values))
    return planned

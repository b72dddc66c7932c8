"""One person answers twice: every pair of a family, adjusted together by exchanging first and second a person."""

from dataclasses import replace

import numpy as np

from helpers.inference.choose import SMALL
from helpers.inference.estimates import SEPARATED, Estimate, separated
from helpers.inference.independent import seeded
from helpers.inference.material import Material
from helpers.inference.methods.paired import McNemar, dominance, tango
from helpers.inference.methods.permutation import max_t, signs
from helpers.inference.rows import Row, joined
from helpers.study import Pair

ALL_TIED = "Not estimable: every pair is tied."
TOO_FEW_PAIRS = f"Fewer than {SMALL} pairs: exact p only, interval not estimable."


def compare_pairs(material: Material, *, analysis: str = "main", remark: str = "") -> list[Row]:
    """A row a pair, first minus second; n and missing of `group` are those of the first answer.

    Both n are the pairs with both answers; a missing count is the rows without that answer.
    """
    pairs = material.family.pairs
    higher = np.column_stack([direction(material, pair) for pair in pairs])
    rows = [pair_row(material, pair, remark) for pair in pairs]
    if len(rows) > 1:
        z = signs(np.where(np.abs(higher) > 1, 0, higher), seeded(material, analysis), material.study.plan.permutations)
        adjusted = max_t(z).step_down
    else:
        adjusted = [np.nan]
    return [replace(row, p_adjusted=float(np.fmax(row.p_value, p_max)) if row.test != "none" else np.nan)
            for row, p_max in zip(rows, adjusted, strict=True)]


def direction(material: Material, pair: Pair) -> np.ndarray:
    """1 where the first answer is higher, −1 where the second is, 0 where they are the same, 9 where one is missing."""
    first, second = material.codes(pair.first), material.codes(pair.second)
    return np.where((first < 0) | (second < 0), 9, np.sign(first - second))


def pair_row(material: Material, pair: Pair, remark: str = "") -> Row:
    """The row of one pair, its p-value not yet adjusted."""
    seen = direction(material, pair)
    complete = seen != 9
    found = estimate_pair(material.scale(pair.first), int((seen == 1).sum()), int((seen == -1).sum()),
                          int(complete.sum()), confidence=1 - material.study.plan.alpha)
    return Row(
        family=material.family.name, outcome=pair.name, scale=material.scale(pair.first), design="paired",
        group=pair.first, reference=pair.second, n_group=int(complete.sum()), n_reference=int(complete.sum()),
        missing_group=int(material.missing(pair.first).sum()),
        missing_reference=int(material.missing(pair.second).sum()),
        test=found.test, statistic=found.statistic, p_value=found.p_value, effect_name="D", effect=found.effect,
        ci_low=found.ci_low, ci_high=found.ci_high, strata_used=len(np.unique(material.stratum[complete])),
        note=joined(material.standing, remark, found.note),
    )


def estimate_pair(scale: str, higher: int, lower: int, n: int, *, confidence: float) -> Estimate:
    """Paired dominance with the exact sign test for an ordinal pair, McNemar's mid-p with Tango for a binary one.

    For two levels D is the difference of the two shares, so both give the same effect.
    """
    found = dominance(higher, lower, n, confidence=confidence)
    if not n or not higher + lower:
        note = ALL_TIED if n else "Not estimable: nobody answered both."
        return Estimate("none", np.nan, np.nan, "D", found.effect, np.nan, np.nan, note)
    low, high, note = found.ci_low, found.ci_high, ""
    test, p_value = "paired dominance, exact sign test", found.p_exact_two_sided
    if scale == "binary":
        test, p_value = "McNemar mid-p", McNemar(higher, lower).p_midp_two_sided
        low, high = tango(higher, lower, n, confidence=confidence)
    if n < SMALL:
        low, high, note = np.nan, np.nan, TOO_FEW_PAIRS
    elif separated(found.effect):
        low, high, note = np.nan, np.nan, SEPARATED
    return Estimate(test, found.z, p_value, "D", found.effect, max(low, -1.0), min(high, 1.0), note)

"""The rules of the claims: each turns evidence into supported, contradicted or not settled, with a reason.

No verdict says that a sentence is true: data support it, contradict it, or leave it unsettled. What is not estimable
supports nothing and contradicts nothing, since no comparison with NaN holds.
"""

from collections.abc import Callable

import pandas as pd

from helpers.inference.evidence import Evidence, among, percent

SUPPORTED, CONTRADICTED, NOT_SETTLED = "supported", "contradicted", "not settled"

Verdict = tuple[str, str, pd.Series]  # verdict, reason, the row whose estimate stands beside it


def worse_than_each(evidence: Evidence) -> Verdict:
    """Intersection-union: below every group compared, each at the plan's alpha, with no further adjustment.

    Contradicted where an interval lies wholly above no difference. A claim with an age guard is supported only where
    the intervals of ages 16 and over lie wholly below as well.
    """
    rows, none = evidence.rows, evidence.none
    if (above := rows["ci_low"] > none).any():
        row = rows.loc[rows["ci_low"].where(above).idxmax()]
        return CONTRADICTED, f"Not lower but higher, {evidence.about(row)}: {evidence.figure(row)}.", row
    below = (rows["effect"] < none) & (rows["p_value"] < evidence.alpha)
    row = rows.loc[rows["effect"].idxmax()] if rows["effect"].notna().any() else rows.iloc[0]
    each = f"Lower in {among(int(below.sum()), len(rows), 'comparison')}"
    least = f"{'the least clear, ' if len(rows) > 1 else ''}{evidence.about(row)}: {evidence.figure(row)}"
    if not below.all():
        return NOT_SETTLED, f"{each}; {least}.", row
    if not evidence.claim.age_guard:
        return SUPPORTED, f"{each}; {least}.", row
    if len(evidence.older) == len(rows) and (evidence.older["ci_high"] < none).all():
        return SUPPORTED, f"{each}, and so among ages 16 and over; {least}.", row
    return NOT_SETTLED, f"{each}, but age may explain it: among ages 16 and over, {_oldest(evidence)}.", row


def _oldest(evidence: Evidence) -> str:
    """The comparison of ages 16 and over that stands most in the way."""
    known = evidence.older.dropna(subset=["ci_high"])
    if len(known) < len(evidence.rows):
        return "not every comparison is estimable"
    row = known.loc[known["ci_high"].idxmax()]
    return f"{evidence.about(row)}, {evidence.figure(row)}"


def majority(evidence: Evidence) -> Verdict:
    """The lower bound of the share lies above the threshold."""
    row, threshold = evidence.row, evidence.claim.threshold
    against = f"against a threshold of {percent(threshold)}"
    return _decided(evidence, row["ci_low"] > threshold, row["ci_high"] < threshold, against)


def not_all(evidence: Evidence) -> Verdict:
    """The upper bound of the share lies below what would count as all."""
    row, threshold = evidence.row, evidence.claim.threshold
    against = f"where {percent(threshold)} or more would count as all"
    return _decided(evidence, row["ci_high"] < threshold, row["ci_low"] > threshold, against)


def less_well(evidence: Evidence) -> Verdict:
    """The whole interval lies below no difference by more than the margin; contradicted where none of it does."""
    row, line = evidence.row, evidence.none - evidence.margin
    supported, contradicted = row["ci_high"] < line, row["ci_low"] > line
    where = "beyond" if supported else "short of" if contradicted else "on both sides of"
    return _decided(evidence, supported, contradicted, f"{where} the margin of {evidence.margin:g} fixed beforehand")


def majority_of_partnerships(evidence: Evidence) -> Verdict:
    """More than half of the study's partnerships have a lower bound above the threshold.

    Contradicted where half or more have an upper bound below it. A partnership without an answer counts as neither.
    """
    threshold, size = evidence.claim.threshold, evidence.partnerships
    above = int((evidence.areas["ci_low"] > threshold).sum())
    below = int((evidence.areas["ci_high"] < threshold).sum())
    verdict = SUPPORTED if above * 2 > size else CONTRADICTED if below * 2 >= size else NOT_SETTLED
    reason = (f"The interval lies above {percent(threshold)} in {among(above, size, 'partnership')} and below it in "
              f"{below}; over all of them together: {evidence.figure(evidence.row)}.")
    return verdict, reason, evidence.row


def rising(evidence: Evidence) -> Verdict:
    """The trend test and the interval both say that the share rises."""
    up, down = _directions(evidence)
    return _decided(evidence, up, down, _period(evidence))


def falling(evidence: Evidence) -> Verdict:
    """The trend test and the interval both say that the share falls."""
    up, down = _directions(evidence)
    return _decided(evidence, down, up, _period(evidence))


def _directions(evidence: Evidence) -> tuple[bool, bool]:
    row = evidence.row
    tested = row["p_adjusted"] < evidence.alpha
    up, down = row["statistic"] > 0 and row["ci_low"] > 0, row["statistic"] < 0 and row["ci_high"] < 0
    return tested and up, tested and down


def _period(evidence: Evidence) -> str:
    row = evidence.row
    where = among(row["strata_used"], evidence.partnerships, "partnership")
    return f"from {row['reference']} to {row['group']} in {where}"


def associated(evidence: Evidence) -> Verdict:
    """Higher in the group than in the reference, by adjusted p-value and interval."""
    row, none = evidence.row, evidence.none
    tested = row["p_adjusted"] < evidence.alpha
    where = f"within {among(row['strata_used'], evidence.partnerships, 'partnership')}: an association, not a cause"
    return _decided(evidence, tested and row["ci_low"] > none, tested and row["ci_high"] < none, where)


def _decided(evidence: Evidence, supported: bool, contradicted: bool, against: str) -> Verdict:
    verdict = SUPPORTED if supported else CONTRADICTED if contradicted else NOT_SETTLED
    return verdict, f"The estimate is {evidence.figure(evidence.row)}, {against}.", evidence.row


RULES: dict[str, Callable[[Evidence], Verdict]] = {
    "worse_than_each": worse_than_each, "majority": majority, "not_all": not_all, "less_well": less_well,
    "majority_of_partnerships": majority_of_partnerships, "rising": rising, "falling": falling,
    "associated": associated,
}

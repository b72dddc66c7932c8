"""Age: who is 16 and over, and the comparison adjusted for it."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from helpers.inference.material import Material, Sides, sides_of
from helpers.inference.methods.adjusted import Adjusted, adjusted
from helpers.inference.rows import Row, by_holm, instead

AGE, AGE_GROUP, OLDER = "age", "age_group", "16_plus"  # what "ages 16 and over" is read from, in this order
OLDER_FROM = 16
CENTRE, DECADE = 12.0, 10.0  # age is counted in decades from the middle of childhood, so that its square stays tame
TEST = "proportional odds model, likelihood ratio"
UNSETTLED = "Not estimable: the model settles on no coefficient (separation, or too few answers)."


def has_age(material: Material) -> bool:
    """Whether the extract says how old people are."""
    return bool({AGE, AGE_GROUP} & set(material.table.columns))


def ages_known(material: Material) -> bool:
    """Whether age can be adjusted for: it varies among those compared, and is not itself what is compared."""
    if material.family.by in (AGE, AGE_GROUP):
        return False
    inside = material.is_in([member for side in sides_of(material) for member in (*side.group, *side.reference)])
    return bool((np.ptp(np.nan_to_num(ages(material)[inside]), axis=0) > 0).any()) if inside.any() else False


def older(table: pd.DataFrame) -> np.ndarray:
    """Rows of people of 16 and over, by age where the table has it, else by age group."""
    if AGE in table.columns:
        return table[AGE].ge(OLDER_FROM).fillna(False).to_numpy(dtype=bool)
    return table[AGE_GROUP].astype("object").eq(OLDER).to_numpy()


def older_frame(frame: pd.DataFrame) -> pd.DataFrame | None:
    """The part of the frame that is 16 and over; without ages it cannot weight that part of the sample."""
    return frame[older(frame)] if {AGE, AGE_GROUP} & set(frame.columns) else None


def ages(material: Material) -> np.ndarray:
    """Age and its square by record, or a column for each age group but one; NaN where unknown."""
    if AGE in material.table.columns:
        decades = (material.table[AGE].to_numpy(dtype=float, na_value=np.nan) - CENTRE) / DECADE
        return np.column_stack([decades, decades**2])
    groups = material.table[AGE_GROUP].astype("object")
    known = sorted(groups.dropna().unique())
    columns = [np.where(groups.isna(), np.nan, groups.eq(each).to_numpy(dtype=float)) for each in known[1:]]
    return np.column_stack(columns) if columns else np.zeros((len(groups), 0))


def adjusted_comparisons(material: Material) -> list[tuple[Sides, str, Adjusted]]:
    """The adjusted model of every contrast and outcome."""
    return material.once(("adjusted for age",), lambda: _adjusted(material))


def _adjusted(material: Material) -> list[tuple[Sides, str, Adjusted]]:
    columns, found = ages(material), []
    for side in sides_of(material):
        group, reference = material.is_in(side.group), material.is_in(side.reference)
        here = (group | reference) & (material.stratum >= 0)
        for outcome in material.family.outcomes:
            model = adjusted(material.codes(outcome)[here], group[here], material.stratum[here], columns[here],
                             levels=material.levels(outcome), confidence=material.confidence)
            found.append((side, outcome, model))
    return found


def age_adjusted_rows(material: Material, _, main: Sequence[Row], remark: str) -> list[Row]:
    """A row a comparison on the family's own scale, standardised over the people compared; p adjusted by Holm."""
    unaged = np.isnan(ages(material)).any(axis=1)
    return by_holm([_row(material, row, side, model, unaged, remark)
                    for row, (side, _, model) in zip(main, adjusted_comparisons(material), strict=True)])


def _row(material: Material, row: Row, side: Sides, model: Adjusted, unaged: np.ndarray, remark: str) -> Row:
    answered, sizes = material.codes(row.outcome) >= 0, {}
    for name, members in (("group", side.group), ("reference", side.reference)):
        here = material.is_in(members)
        lost = (here & answered & unaged).sum()
        sizes |= {f"n_{name}": int((here & answered & ~unaged).sum()),
                  f"missing_{name}": int((here & material.missing(row.outcome)).sum() + lost)}
    if np.isnan(model.p_value):
        return instead(row, material.standing, remark, note=UNSETTLED, **sizes)
    z = float(np.copysign(np.sqrt(max(model.chi2, 0.0)), model.odds_ratio - 1))
    return instead(row, material.standing, remark, test=TEST, statistic=z, p_value=model.p_value, effect=model.effect,
                   ci_low=model.ci_low, ci_high=model.ci_high, note="" if model.converged else UNSETTLED, **sizes)

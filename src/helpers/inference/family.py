"""A family of the plan compared: main rows, sensitivity analyses, partnerships, and the counts behind them."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from helpers.extracts import Loaded
from helpers.inference.areas import by_partnership
from helpers.inference.counting import counted
from helpers.inference.door import ADDED, AGE, AGE_GROUP, OLDER, OLDER_FROM, refuse_faults
from helpers.inference.independent import compare_sides
from helpers.inference.material import Material, sides_of
from helpers.inference.pairs import compare_pairs
from helpers.inference.population import prevalence_rows, share_frame, shares_as_frame
from helpers.inference.rows import Row, as_frame
from helpers.inference.series import trend_rows
from helpers.study import Family, Study

REMARKS = {
    "ages_16_plus": "Ages 16 and over only; rows without an age are left out.",
    "pooled": "Pooled over partnerships: differences between partnerships are part of it.",
    "continuing_care_as_group": "Continuing care counted with the group compared.",
    "continuing_care_as_reference": "Continuing care counted with the reference.",
}


@dataclass(frozen=True)
class FamilyResult:
    """Everything one family gives; see `compare_family`."""

    rows: pd.DataFrame
    sensitivity: pd.DataFrame
    by_partnership: pd.DataFrame
    counts: pd.DataFrame
    shares: pd.DataFrame


def compare_family(study: Study, family: Family, loaded: Loaded, frame: Loaded | None = None) -> FamilyResult:
    """The family's comparisons as the plan fixed them.

    `rows`: one tidy row a comparison. `sensitivity`: the analyses the plan names, the same columns behind `analysis`.
    `by_partnership`: two-category effects behind `partnership`. `counts`: every atom, partnership × group × answer.
    `shares`: over all partnerships, weighted to `frame`, the cleaned sampling frame, where one is given.

    Raises InputFault, before anything is computed, for a comparison that the plan does not name, a column that is
    missing or has no order, a group that is empty or on both sides, or a table without rows.
    """
    material = Material(study, family, loaded.table, loaded.missing, loaded.codebook)
    frame_table = None if frame is None else frame.table
    refuse_faults(material, frame_table)
    weighted = family.design in ("independent", "prevalence")
    return FamilyResult(
        rows=as_frame(_main(material, frame_table)), sensitivity=_sensitivity(material, frame_table),
        by_partnership=by_partnership(material), counts=counted(material),
        shares=share_frame(material, frame_table) if weighted else shares_as_frame([]),
    )


def _main(material: Material, frame: pd.DataFrame | None, *, analysis: str = "main", remark: str = "") -> list[Row]:
    design = material.family.design
    if design == "independent":
        return compare_sides(material, sides_of(material), analysis=analysis, remark=remark)
    if design == "paired":
        return compare_pairs(material, analysis=analysis, remark=remark)
    return prevalence_rows(material, frame, remark=remark) if design == "prevalence" else trend_rows(material)


def _sensitivity(material: Material, frame: pd.DataFrame | None) -> pd.DataFrame:
    rows, names = [], []
    for analysis in material.family.sensitivity:
        found = _analysed(material, frame, analysis)
        rows += found
        names += [analysis] * len(found)
    return as_frame(rows, analysis=names)


def _analysed(material: Material, frame: pd.DataFrame | None, analysis: str) -> list[Row]:
    """One sensitivity analysis: the main comparison with one thing changed."""
    remark = REMARKS[analysis]
    if analysis == "ages_16_plus":
        return _main(material.within(_older(material.table)), None if frame is None else _older_frame(frame),
                     analysis=analysis, remark=remark)
    if analysis == "pooled":
        return compare_sides(material, sides_of(material), analysis=analysis, pooled=True, remark=remark)
    side = "into_group" if analysis.endswith("as_group") else "into_reference"
    return compare_sides(material, sides_of(material, **{side: (ADDED[analysis],)}), analysis=analysis, remark=remark)


def _older(table: pd.DataFrame) -> np.ndarray:
    """Rows of people of 16 and over, by age where the table has it, else by age group."""
    if AGE in table.columns:
        return table[AGE].ge(OLDER_FROM).fillna(False).to_numpy(dtype=bool)
    return table[AGE_GROUP].astype("object").eq(OLDER).to_numpy()


def _older_frame(frame: pd.DataFrame) -> pd.DataFrame | None:
    """The part of the frame that is 16 and over; without ages it cannot weight that part of the sample."""
    return frame[_older(frame)] if {AGE, AGE_GROUP} & set(frame.columns) else None

"""A family of the plan compared: main rows, sensitivity analyses, partnerships, and the counts behind them."""

from dataclasses import dataclass

import pandas as pd

from helpers.extracts import Loaded
from helpers.inference.analyses import main_rows, sensitivity_rows, wanted
from helpers.inference.areas import by_partnership
from helpers.inference.checks import checks
from helpers.inference.conclusions import conclusions
from helpers.inference.counting import counted
from helpers.inference.door import refuse_faults
from helpers.inference.local import local_frame, locally
from helpers.inference.material import Material
from helpers.inference.population import share_frame, shares_as_frame
from helpers.inference.rows import as_frame
from helpers.inference.specifications import specifications, specifications_as_frame
from helpers.study import Family, Study


@dataclass(frozen=True)
class FamilyResult:
    """Everything one family gives; see `compare_family`."""

    rows: pd.DataFrame
    sensitivity: pd.DataFrame
    by_partnership: pd.DataFrame
    counts: pd.DataFrame
    shares: pd.DataFrame
    conclusions: pd.DataFrame
    checks: pd.DataFrame
    local: pd.DataFrame
    specifications: pd.DataFrame


def compare_family(study: Study, family: Family, loaded: Loaded, frame: Loaded | None = None) -> FamilyResult:
    """The family's comparisons as the plan fixed them.

    `rows`: one tidy row a comparison. `sensitivity`: the analyses the plan names, the same columns behind `analysis`.
    `conclusions`: what may be concluded, and the smallest difference that could have been found. `checks`: whether
    groups differ at all, whether partnerships agree, whether assumptions hold. `local`: every comparison within each
    partnership, on its own scale. `specifications`: the leading one in every reasonable way, for a family with a
    headline. `by_partnership`: two-category effects behind `partnership`. `counts`: every atom, partnership × group ×
    answer. `shares`: over all partnerships, weighted to `frame`, the cleaned sampling frame, where one is given.

    Raises InputFault, before anything is computed, for a comparison that the plan does not name, a column that is
    missing or has no order, a margin beyond the scale, a group that is empty or on both sides, or a table without rows.
    """
    material = Material(study, family, loaded.table, loaded.missing, loaded.codebook)
    frame_table = None if frame is None else frame.table
    refuse_faults(material, frame_table)
    main, places = main_rows(material, frame_table), locally(material, frame_table)
    others, analyses = sensitivity_rows(material, frame_table, main)
    weighted = family.design in ("independent", "prevalence") and material.in_two
    crossed = specifications(material) if family.headline and analyses else specifications_as_frame([])
    return FamilyResult(
        rows=as_frame(main), sensitivity=as_frame(others, analysis=analyses), conclusions=conclusions(material, main),
        checks=checks(material, places, models="age_adjusted" in wanted(material, frame_table)),
        local=local_frame(family.name, places, material.partnerships), specifications=crossed,
        by_partnership=by_partnership(material), counts=counted(material),
        shares=share_frame(material, frame_table) if weighted else shares_as_frame([]),
    )

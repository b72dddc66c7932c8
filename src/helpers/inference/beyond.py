"""Beyond these partnerships: the mean of their effects, taken as a sample of partnerships like them."""

from collections.abc import Sequence

import pandas as pd

from helpers.inference.local import Local, locally
from helpers.inference.material import Material
from helpers.inference.methods.heterogeneity import mean_of_strata
from helpers.inference.rows import NO_DIFFERENCE, Row, by_holm, instead

TEST = "t over partnerships"
TOO_FEW = "Not estimable: fewer than two partnerships have an effect of their own."


def beyond_rows(material: Material, frame: pd.DataFrame | None, main: Sequence[Row], remark: str) -> list[Row]:
    """A row a comparison: the mean over partnerships, each weighing the same. A share has no test."""
    return by_holm([_row(material, row, local, remark)
                    for row, local in zip(main, locally(material, frame), strict=True)])


def _row(material: Material, row: Row, local: Local, remark: str) -> Row:
    none = NO_DIFFERENCE.get(local.effect_name)
    found = mean_of_strata(local.effect, none=none or 0.0, confidence=material.confidence)
    if found.strata < 2:
        return instead(row, material.standing, remark, effect=found.effect, strata_used=found.strata, note=TOO_FEW)
    tested = {} if none is None else {"test": TEST, "statistic": found.t, "p_value": found.p_two_sided}
    return instead(row, material.standing, remark, effect=found.effect, ci_low=found.ci_low, ci_high=found.ci_high,
                   strata_used=found.strata, **tested)

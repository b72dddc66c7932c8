"""The same comparisons partnership by partnership, on two categories: what a partnership's own page shows."""

import numpy as np
import pandas as pd

from helpers.inference.estimates import estimate
from helpers.inference.material import Material, Sides, sides_of
from helpers.inference.methods.prevalence import simple_share
from helpers.inference.methods.tabulation import count
from helpers.inference.pairs import pair_row
from helpers.inference.population import population_name, population_rows
from helpers.inference.rows import Row, as_frame, by_holm


def by_partnership(material: Material) -> pd.DataFrame:
    """A frame with `partnership` in front of the columns of a row; no rows for a trend, or without two categories.

    Independent groups: the risk difference at or above the cut with Newcombe's interval and Fisher's mid-p. Pairs: D.
    Prevalence: the share with Wilson's interval. p-values of one comparison are adjusted over partnerships by Holm.
    """
    of_design = {"independent": _independent, "paired": _paired, "prevalence": _prevalence}
    if material.family.design not in of_design or not material.in_two:
        return as_frame([], partnership=[])
    comparisons = of_design[material.family.design](material)
    rows = [row for comparison in comparisons for row in by_holm(comparison)]
    return as_frame(rows, partnership=[name for _ in comparisons for name in material.partnerships])


def _independent(material: Material) -> list[list[Row]]:
    return [[_two_groups(material, side, outcome, code) for code in range(len(material.partnerships))]
            for side in sides_of(material) for outcome in material.family.outcomes]


def _two_groups(material: Material, side: Sides, outcome: str, code: int) -> Row:
    here = material.stratum == code
    group, reference = here & material.is_in(side.group), here & material.is_in(side.reference)
    events = material.events(outcome)
    who = np.where(group, 0, np.where(reference, 1, -1))
    counts = count(events, who, np.zeros(len(here), dtype=np.int64), shape=(1, 2, 2))
    found = estimate("binary", counts, confidence=1 - material.study.plan.alpha)
    return Row(
        family=material.family.name, outcome=outcome, scale="binary", design="independent", group=side.contrast.group,
        reference=side.contrast.reference, n_group=int(counts[0, 0].sum()), n_reference=int(counts[0, 1].sum()),
        missing_group=int((group & material.missing(outcome)).sum()),
        missing_reference=int((reference & material.missing(outcome)).sum()),
        test=found.test, statistic=found.statistic, p_value=found.p_value, effect_name=found.effect_name,
        effect=found.effect, ci_low=found.ci_low, ci_high=found.ci_high, strata_used=int(found.test != "none"),
        note=found.note,
    )


def _paired(material: Material) -> list[list[Row]]:
    places = [material.within(material.stratum == code) for code in range(len(material.partnerships))]
    return [[pair_row(place, pair) for place in places] for pair in material.family.pairs]


def _prevalence(material: Material) -> list[list[Row]]:
    return [[_share(material, outcome, code) for code in range(len(material.partnerships))]
            for outcome in material.family.outcomes]


def _share(material: Material, outcome: str, code: int) -> Row:
    chosen, events = population_rows(material) & (material.stratum == code), material.events(outcome)
    base = int((chosen & (events >= 0)).sum())
    found = simple_share(int((chosen & (events == 1)).sum()), base, confidence=1 - material.study.plan.alpha)
    return Row(
        family=material.family.name, outcome=outcome, scale="binary", design="prevalence",
        group=population_name(material), reference="", n_group=base, n_reference=0,
        missing_group=int((chosen & material.missing(outcome)).sum()), missing_reference=0, effect_name="share",
        effect=found.effect, ci_low=found.ci_low, ci_high=found.ci_high, strata_used=int(base > 0),
        note="" if base else "Not estimable: nobody answered.",
    )

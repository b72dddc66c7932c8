"""The same question by another test: what the choice of the test decides."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from helpers.inference.choose import which_test
from helpers.inference.independent import counts_of
from helpers.inference.material import Material, Sides, sides_of
from helpers.inference.measured import pooled_welch
from helpers.inference.methods.binary import cochran_mantel_haenszel
from helpers.inference.methods.conditional import conditional_exact, fisher_exact
from helpers.inference.methods.elteren_exact import table_cells, van_elteren_bracket
from helpers.inference.methods.ordinal import rank_sum, van_elteren
from helpers.inference.methods.paired import McNemar
from helpers.inference.methods.signed_ranks import signed_rank
from helpers.inference.methods.unconditional import boschloo
from helpers.inference.pairs import direction
from helpers.inference.rows import Row, by_holm, instead
from helpers.study import Pair

WIDTH = 5e-4  # of the bracket around van Elteren's exact p-value
MOST_CELLS = 10_000_000  # of the table behind the largest stratum's distribution: some 400 people, a second's work
BOSCHLOO_BELOW = 100  # people in one 2×2 table up to which the unconditional test is worth its time


def second_test_rows(material: Material, _: pd.DataFrame | None, main: Sequence[Row], remark: str) -> list[Row]:
    """A row a comparison with the main row's effect and interval, tested another way; p adjusted by Holm.

    Over strata: van Elteren's exact p-value, as the upper end of a bracket; the exact conditional test beside
    Cochran-Mantel-Haenszel, or that one where the exact one was chosen. In one stratum: Mann-Whitney; Boschloo's test
    or, from BOSCHLOO_BELOW people on, Fisher's. Measurements: Welch's t without strata. Pairs: Pratt's signed rank,
    or McNemar's exact test.
    """
    if material.family.design == "paired":
        found = [_pair(material, pair) for pair in material.family.pairs]
    else:
        found = [_independent(material, side, outcome)
                 for side in sides_of(material) for outcome in material.family.outcomes]
    return by_holm([_beside(row, other, material.standing, remark) for row, other in zip(main, found, strict=True)])


def _beside(row: Row, other: dict, standing: str, remark: str) -> Row:
    """The main row's effect and interval with the other test; where nothing can be tested, the row as it is."""
    same = {"effect": row.effect, "ci_low": row.ci_low, "ci_high": row.ci_high}
    return row if row.test == "none" else instead(row, standing, remark, **(same | other))


def _independent(material: Material, side: Sides, outcome: str) -> dict:
    if material.kind == "measured":
        found = pooled_welch(material.values(outcome), material.is_in(side.group), material.is_in(side.reference),
                             confidence=material.confidence)
        return {"test": found.test, "statistic": found.statistic, "p_value": found.p_value, "effect": found.effect,
                "ci_low": found.ci_low, "ci_high": found.ci_high, "note": "Partnerships pooled."}
    counts = counts_of(material, side, outcome, material.stratum, len(material.partnerships))
    counts = counts[(counts.sum(axis=2) > 0).all(axis=1)]
    chosen = which_test(material.kind, counts)
    if chosen == "not estimable":
        return {}
    return _ranks(counts) if material.kind == "ordinal" else _shares(chosen, counts[:, :, ::-1])


def _ranks(counts: np.ndarray) -> dict:
    if len(counts) == 1:
        found = rank_sum(counts[0])
        return {"test": "Mann-Whitney", "statistic": found.z, "p_value": found.p_two_sided}
    if table_cells(counts) > MOST_CELLS:
        found = van_elteren(counts)
        return {"test": "van Elteren, normal", "statistic": found.z, "p_value": found.p_two_sided,
                "note": "Too many people for an exact p-value; the normal curve serves as well."}
    bracket = van_elteren_bracket(counts, width=WIDTH)
    return {"test": "van Elteren, exact", "p_value": bracket.high,
            "note": f"The exact p-value is at most this, and less by no more than {bracket.width:.1g}."}


def _shares(chosen: str, tables: np.ndarray) -> dict:
    """`tables`: strata × (compared, reference) × (event, no event)."""
    if len(tables) == 1:
        if tables.sum() < BOSCHLOO_BELOW:
            return {"test": "Boschloo, doubled", "p_value": boschloo(tables[0]).p_exact_two_sided_doubled}
        return {"test": "Fisher, exact", "p_value": fisher_exact(tables[0]).p_exact_two_sided}
    found = cochran_mantel_haenszel(tables)
    if chosen == "exact conditional":
        return {"test": "Cochran-Mantel-Haenszel", "statistic": found.z, "p_value": found.p_two_sided}
    return {"test": "Cochran-Mantel-Haenszel, exact conditional",
            "p_value": conditional_exact(tables).p_exact_two_sided}


def _pair(material: Material, pair: Pair) -> dict:
    seen = direction(material, pair)
    if material.scale(pair.first) == "binary":
        return {"test": "McNemar, exact",
                "p_value": McNemar(int((seen == 1).sum()), int((seen == -1).sum())).p_exact_two_sided}
    both = seen != 9
    sizes, many = np.unique((material.codes(pair.first) - material.codes(pair.second))[both], return_counts=True)
    found = signed_rank(sizes, weight=many)
    return {"test": "signed rank, Pratt", "statistic": found.z, "p_value": found.p_two_sided}

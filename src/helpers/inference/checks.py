"""Questions around a family's comparisons: do its groups differ at all, do partnerships agree, do assumptions hold."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from helpers.inference.by_age import adjusted_comparisons
from helpers.inference.independent import counts_of
from helpers.inference.local import Local
from helpers.inference.material import Material, sides_of
from helpers.inference.methods.binary import odds_ratio_homogeneity
from helpers.inference.methods.heterogeneity import heterogeneity
from helpers.inference.methods.paired import bowker, stuart_maxwell
from helpers.inference.methods.tables import cmh_row_mean
from helpers.inference.methods.tabulation import count

# question: what is asked. "groups": does any of several groups differ; "heterogeneity": do partnerships differ in the
# effect; "odds_ratio", "proportional_odds": the model adjusted for age; "symmetry", "margins": how paired answers move.
COLUMNS = ["family", "outcome", "group", "reference", "question", "test", "statistic", "df", "p_value", "measure",
           "estimate", "ci_low", "ci_high"]
NUMBERS = ("statistic", "df", "p_value", "estimate", "ci_low", "ci_high")
NO_ESTIMATE = ("", np.nan, np.nan, np.nan)


def checks(material: Material, places: list[Local], *, models: bool) -> pd.DataFrame:
    """A frame of COLUMNS; `measure` names the estimate beside a test: the spread between partnerships, an odds ratio.

    `models`: whether the plan asks for the comparison adjusted for age.
    """
    design, found = material.family.design, []
    if design in ("independent", "paired", "prevalence"):
        found += _agreement(material, places)
    if design == "independent":
        found += [*_groups(material), *(_models(material) if models else ())]
    if design == "paired":
        found += _shapes(material)
    frame = pd.DataFrame([(material.family.name, *row) for row in found], columns=COLUMNS)
    return frame.astype({name: "float64" if name in NUMBERS else "str" for name in COLUMNS})


def _agreement(material: Material, places: list[Local]) -> Iterator[tuple]:
    """Cochran's Q of every comparison and, for shares compared within partnerships, Tarone's test of one odds ratio."""
    for each in places:
        found = heterogeneity(each.effect, each.se)
        named = (each.outcome, each.group, each.reference)
        yield (*named, "heterogeneity", "Cochran's Q", found.q, found.df, found.p_value, "tau", found.tau, np.nan,
               np.nan)
    if material.family.design == "independent" and material.kind == "binary":
        for side in sides_of(material):
            for outcome in material.family.outcomes:
                counts = counts_of(material, side, outcome, material.stratum, len(material.partnerships))
                found = odds_ratio_homogeneity(counts[:, :, ::-1])
                yield (outcome, side.contrast.group, side.contrast.reference, "heterogeneity", "Breslow-Day-Tarone",
                       found.tarone, found.df, found.p_tarone, *NO_ESTIMATE)


def _groups(material: Material) -> Iterator[tuple]:
    """Whether any group of a family with several differs: asked before each is set against the reference."""
    atoms = material.atoms()
    if len(atoms) < 3 or material.kind not in ("ordinal", "binary"):
        return
    code = {atom: place for place, atom in enumerate(atoms)}
    group = material.answers_of_by.map(code).fillna(-1).to_numpy().astype(np.int64)
    for outcome in material.family.outcomes:
        shape = (len(material.partnerships), len(atoms), material.levels(outcome))
        tables = count(material.codes(outcome), group, material.stratum, shape=shape)
        found = cmh_row_mean(tables, modified_ridits(tables))
        yield (outcome, "+".join(atoms), "", "groups", "Cochran-Mantel-Haenszel row means of ranks", found.chi2,
               found.df, found.p_value, *NO_ESTIMATE)


def modified_ridits(tables: np.ndarray) -> np.ndarray:
    """Midrank/(N + 1) of every level within its stratum, as van Elteren weighs them: strata × levels."""
    totals = tables.sum(axis=1)
    return (np.cumsum(totals, axis=1) - (totals - 1) / 2) / (totals.sum(axis=1, keepdims=True) + 1)


def _models(material: Material) -> Iterator[tuple]:
    for side, outcome, model in adjusted_comparisons(material):
        named = (outcome, side.contrast.group, side.contrast.reference)
        yield (*named, "odds_ratio", "likelihood ratio, adjusted for age", model.chi2, model.df, model.p_value,
               "odds ratio", model.odds_ratio, model.or_low, model.or_high)
        if material.kind == "ordinal":
            yield (*named, "proportional_odds", "likelihood ratio, one coefficient a threshold", model.po_chi2,
                   model.po_df, model.po_p, *NO_ESTIMATE)


def _shapes(material: Material) -> Iterator[tuple]:
    """How paired answers move between levels; of two levels McNemar's test says it all."""
    for pair in material.family.pairs:
        if material.scale(pair.first) == "binary":
            continue
        first, second, levels = material.codes(pair.first), material.codes(pair.second), material.levels(pair.first)
        both = (first >= 0) & (second >= 0)
        square = np.bincount(first[both] * levels + second[both], minlength=levels**2).reshape(levels, levels)
        for question, test, found in (("margins", "Stuart-Maxwell", stuart_maxwell(square)),
                                      ("symmetry", "Bowker", bowker(square))):
            yield (pair.name, pair.first, pair.second, question, test, found.chi2, found.df, found.p_value,
                   *NO_ESTIMATE)

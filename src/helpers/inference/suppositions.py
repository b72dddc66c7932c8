"""What missing answers might have been: the extremes they could hide, and imputation from what else is known.

Rows keep the numbers of who answered and of who did not; it is for the latter that something is supposed.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
from scipy import stats

from helpers.inference.by_age import ages, has_age
from helpers.inference.independent import compare_sides, counts_of, seeded
from helpers.inference.material import Material, Sides, sides_of
from helpers.inference.methods.binary import mantel_haenszel_difference
from helpers.inference.methods.imputation import pool
from helpers.inference.methods.imputing import impute
from helpers.inference.methods.paired import dominance
from helpers.inference.methods.theta import stratified_theta
from helpers.inference.pairs import compare_pairs
from helpers.inference.population import population_rows, prevalence_rows, share_of, weights_of
from helpers.inference.rows import NO_DIFFERENCE, Row, by_holm, instead

IMPUTATIONS = 20
SEX = "sex"  # read where the extract has it, beside age
TEST = "multiple imputation, Rubin's rules"
NOTHING = "Not estimable: too few answers to impute from."
SIZES = ("n_group", "n_reference", "missing_group", "missing_reference")

# ---- extremes --------------------------------------------------------------------------------------------------------


def bound_rows(*, lowest: bool) -> Callable[[Material, pd.DataFrame | None, Sequence[Row], str], list[Row]]:
    """The analysis in which missing answers of the group compared are lowest and of the reference highest, or the
    other way about. For shares all missing answers are lowest, or highest."""
    analysis = "missing_lowest" if lowest else "missing_highest"

    def rows(material: Material, frame: pd.DataFrame | None, main: Sequence[Row], remark: str) -> list[Row]:
        found = _bounded(material, frame, lowest, analysis, remark)
        return [replace(row, **{size: getattr(known, size) for size in SIZES})
                for row, known in zip(found, main, strict=True)]
    return rows


def _bounded(material: Material, frame: pd.DataFrame | None, lowest: bool, analysis: str, remark: str) -> list[Row]:
    family = material.family
    if family.design == "prevalence":
        return prevalence_rows(supposed(material, family.outcomes, population_rows(material), lowest), frame,
                               remark=remark)
    if family.design == "paired":
        everybody = np.ones(len(material.table), dtype=bool)
        first = supposed(material, [pair.first for pair in family.pairs], everybody, lowest)
        return compare_pairs(supposed(first, [pair.second for pair in family.pairs], everybody, not lowest),
                             analysis=analysis, remark=remark)
    rows, sides = [], sides_of(material)
    for place, side in enumerate(sides):
        group = supposed(material, family.outcomes, material.is_in(side.group), lowest)
        both = supposed(group, family.outcomes, material.is_in(side.reference), not lowest)
        rows += compare_sides(both, [side], analysis=f"{analysis}/{place}", remark=remark)
    return rows if len(sides) == 1 else by_holm(rows)


def supposed(material: Material, outcomes: Sequence[str], people: np.ndarray, lowest: bool) -> Material:
    """Their missing answers on the lowest level, or the highest."""
    return material.filled({
        outcome: np.where(people & material.missing(outcome), 0 if lowest else material.levels(outcome) - 1,
                          material.codes(outcome)) for outcome in dict.fromkeys(outcomes)})


# ---- imputation ------------------------------------------------------------------------------------------------------


def imputed_rows(material: Material, frame: pd.DataFrame | None, main: Sequence[Row], remark: str) -> list[Row]:
    """A row a comparison: the effect in each of IMPUTATIONS completed data sets, pooled by Rubin's rules."""
    of_design = {"independent": _sides_imputed, "paired": _pairs_imputed, "prevalence": _shares_imputed}
    found = of_design[material.family.design](material, frame)
    return by_holm([_pooled(material, row, *each, remark) for row, each in zip(main, found, strict=True)])


def _pooled(material: Material, row: Row, effects: list[float], errors: list[float], remark: str) -> Row:
    effects, errors = np.array(effects), np.array(errors)
    if np.isnan(effects).any() or not (errors > 0).all():
        return instead(row, material.standing, remark, note=NOTHING)
    n = row.n_group + row.missing_group + row.n_reference + row.missing_reference
    found = pool(effects, errors**2, n_complete=n, n_parameters=row.strata_used + 1, confidence=material.confidence)
    none = NO_DIFFERENCE.get(row.effect_name)
    tested = {}
    if none is not None:
        t = (found.effect - none) / np.sqrt(found.total)
        tested = {"test": TEST, "statistic": float(t), "p_value": float(2 * stats.t.sf(abs(t), found.df))}
    told = f"{IMPUTATIONS} imputations; {100 * found.fmi:.0f}% of the information is missing."
    return instead(row, material.standing, remark, effect=found.effect, ci_low=found.ci_low, ci_high=found.ci_high,
                   note=told, **tested)


def completed(material: Material, outcomes: Sequence[str], people: np.ndarray) -> list[Material]:
    """IMPUTATIONS versions of the family's material, these people's missing answers to the outcomes filled in."""
    return material.once(("completed", *outcomes, people.tobytes()), lambda: _completed(material, outcomes, people))


def _completed(material: Material, outcomes: Sequence[str], people: np.ndarray) -> list[Material]:
    codes, wanted = (np.column_stack([of(outcome) for outcome in outcomes])
                     for of in (material.codes, material.missing))
    drawn = impute(codes[people], [material.levels(outcome) for outcome in outcomes], _known(material)[people],
                   wanted=wanted[people], rng=seeded(material, "imputed", *outcomes), imputations=IMPUTATIONS)
    versions = []
    for each in drawn:
        whole = codes.copy()
        whole[people] = each
        versions.append(material.filled({outcome: whole[:, place] for place, outcome in enumerate(outcomes)}))
    return versions


def _known(material: Material) -> np.ndarray:
    """What answers are imputed from, by record: partnership, who is compared, age and sex, as columns of numbers."""
    columns = [_dummies(pd.Series(material.stratum))]
    if material.family.design != "paired":
        columns += [_dummies(material.table[name].astype("object")) for name in dict.fromkeys([material.family.by, SEX])
                    if name in material.table.columns]
        if has_age(material):
            known = ages(material)
            unaged = np.isnan(known).any(axis=1)
            columns += [np.where(unaged[:, None], 0.0, known), unaged[:, None].astype(float)]
    return np.column_stack(columns)


def _dummies(values: pd.Series) -> np.ndarray:
    """A column of 0 and 1 for every answer but the first; a missing one is an answer of its own."""
    codes, answers = pd.factorize(values, use_na_sentinel=False, sort=False)
    return (codes[:, None] == np.arange(1, len(answers))).astype(float)


def _sides_imputed(material: Material, _) -> list[tuple[list[float], list[float]]]:
    sides = sides_of(material)
    people = material.is_in([member for side in sides for member in (*side.group, *side.reference)])
    versions = completed(material, material.family.outcomes, people & (material.stratum >= 0))
    return [_over([_effect(each, side, outcome) for each in versions])
            for side in sides for outcome in material.family.outcomes]


def _effect(material: Material, side: Sides, outcome: str) -> tuple[float, float]:
    counts = counts_of(material, side, outcome, material.stratum, len(material.partnerships))
    return effect_of(material.kind, counts)


def effect_of(kind: str, counts: np.ndarray) -> tuple[float, float]:
    """θ or the risk difference within strata, with its standard error; NaN without a stratum that has both groups."""
    counts = counts[(counts.sum(axis=2) > 0).all(axis=1)]
    if not len(counts):
        return np.nan, np.nan
    if kind == "binary":
        found = mantel_haenszel_difference(counts[:, :, ::-1])
        return found.effect, found.se
    theta = stratified_theta(counts)
    return theta.theta_cmh, theta.se_cmh


def _pairs_imputed(material: Material, _) -> list[tuple[list[float], list[float]]]:
    everybody, found = np.ones(len(material.table), dtype=bool), []
    for pair in material.family.pairs:
        versions = completed(material, [pair.first, pair.second], everybody)
        found.append(_over([_surplus(each.codes(pair.first), each.codes(pair.second)) for each in versions]))
    return found


def _surplus(first: np.ndarray, second: np.ndarray) -> tuple[float, float]:
    asked = (first >= 0) & (second >= 0)
    found = dominance((first > second)[asked].sum(), (first < second)[asked].sum(), asked.sum())
    return found.effect, found.se


def _shares_imputed(material: Material, frame: pd.DataFrame | None) -> list[tuple[list[float], list[float]]]:
    people, weights = population_rows(material), weights_of(material, frame)
    versions = completed(material, material.family.outcomes, people)
    return [_over([(found.effect, found.se) for found in (share_of(each, weights, people, outcome)
                                                          for each in versions)])
            for outcome in material.family.outcomes]


def _over(found: list[tuple[float, float]]) -> tuple[list[float], list[float]]:
    effects, errors = zip(*found, strict=True)
    return list(effects), list(errors)

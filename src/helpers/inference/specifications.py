"""The headline question asked in every reasonable way: whose ages, which strata, which groups, what is missing.

A sensitivity analysis changes one thing; here every choice is crossed with every other, for the outcome that reports
lead with. Only effects with intervals: nobody picks a p-value out of so many.
"""

from collections.abc import Sequence
from itertools import product

import numpy as np
import pandas as pd

from helpers.inference.by_age import ages, ages_known, has_age, older
from helpers.inference.estimates import estimate
from helpers.inference.independent import counts_of
from helpers.inference.material import CONTINUING, Material, Sides, sides_of
from helpers.inference.methods.adjusted import adjusted
from helpers.inference.methods.imputation import pool
from helpers.inference.suppositions import completed, effect_of, supposed

CHOICES = {
    "ages": ("all", "16_plus", "adjusted"), "partnerships": ("within", "pooled"),
    "continuing_care": ("left_out", "with_group", "with_reference"),
    "missing": ("left_out", "lowest", "highest", "imputed"),
}
COLUMNS = ["family", "outcome", "group", "reference", *CHOICES, "effect_name", "effect", "ci_low", "ci_high", "n_group",
           "n_reference"]
DTYPES = {name: "Int64" if name.startswith("n_") else "float64" if name in ("effect", "ci_low", "ci_high") else "str"
          for name in COLUMNS}


def specifications(material: Material) -> pd.DataFrame:
    """A row a combination of choices that the data allow, the plan's own first; no row where nothing can be crossed.

    The age-adjusted model is not fitted to imputed data.
    """
    family, rows = material.family, []
    if family.design == "independent" and material.kind in ("ordinal", "binary"):
        sides = _sides(material)
        everybody = material.is_in(list(dict.fromkeys(
            member for _, side in sides for member in (*side.group, *side.reference)))) & (material.stratum >= 0)
        for continuing, side in sides:
            rows += [(family.name, family.lead, family.group, family.reference, *row)
                     for row in _of_side(material, continuing, side, everybody)]
    return specifications_as_frame(rows)


def specifications_as_frame(rows: Sequence[tuple]) -> pd.DataFrame:
    """Rows of COLUMNS as a frame, the same dtypes even without a row."""
    return pd.DataFrame(rows, columns=COLUMNS).astype(DTYPES)


def _sides(material: Material) -> list[tuple[str, Sides]]:
    """The family's first contrast, and the same with continuing care on either side of it."""
    main = sides_of(material)[0]
    if material.family.by != "care_group" or CONTINUING not in material.study.settings.groups or (
            CONTINUING in (*main.group, *main.reference)):
        return [("left_out", main)]
    return [("left_out", main), ("with_group", sides_of(material, into_group=[CONTINUING])[0]),
            ("with_reference", sides_of(material, into_reference=[CONTINUING])[0])]


def _of_side(material: Material, continuing: str, side: Sides, everybody: np.ndarray) -> list[tuple]:
    """The rows with continuing care where it is put; `everybody` are those whose answers are imputed together."""
    people = (material.is_in(side.group) | material.is_in(side.reference)) & everybody
    worlds, rows = _worlds(material, side, people, everybody), []
    for (missing, versions), age, strata in product(worlds.items(), _ages(material), CHOICES["partnerships"]):
        if age == "adjusted" and missing == "imputed":
            continue
        here = people & older(material.table) if age == "16_plus" else people
        stratum = np.where(here, material.stratum if strata == "within" else 0, -1)
        found = _adjusted(versions[0], side, stratum) if age == "adjusted" else _crude(versions, side, stratum)
        answered = here & (material.codes(material.family.lead) >= 0)
        sizes = [int((answered & material.is_in(members)).sum()) for members in (side.group, side.reference)]
        rows.append((age, strata, continuing, missing,
                     "theta" if material.kind == "ordinal" else "risk difference", *found, *sizes))
    return rows


def _ages(material: Material) -> list[str]:
    return ["all", *(["16_plus"] if has_age(material) else []), *(["adjusted"] if has_age(material) and
                                                                  ages_known(material) else [])]


def _worlds(material: Material, side: Sides, people: np.ndarray, everybody: np.ndarray) -> dict[str, list[Material]]:
    """The material under each supposition on what is missing; one supposition where nothing is."""
    lead, worlds = [material.family.lead], {"left_out": [material]}
    if not (material.missing(lead[0]) & people).any():
        return worlds
    for name in ("lowest", "highest"):
        group = supposed(material, lead, material.is_in(side.group), name == "lowest")
        worlds[name] = [supposed(group, lead, material.is_in(side.reference), name == "highest")]
    return worlds | {"imputed": completed(material, material.family.outcomes, everybody)}


def _crude(versions: Sequence[Material], side: Sides, stratum: np.ndarray) -> tuple[float, float, float]:
    lead, strata = versions[0].family.lead, int(stratum.max(initial=-1)) + 1
    counts = [counts_of(each, side, lead, stratum, strata) for each in versions]
    if len(versions) == 1:
        found = estimate(versions[0].kind, counts[0], confidence=versions[0].confidence)
        return found.effect, found.ci_low, found.ci_high
    effects, errors = np.array([effect_of(versions[0].kind, each) for each in counts]).T
    if np.isnan(effects).any() or not (errors > 0).all():
        return np.nan, np.nan, np.nan
    found = pool(effects, errors**2, n_complete=int(counts[0].sum()), n_parameters=strata + 1,
                 confidence=versions[0].confidence)
    return found.effect, found.ci_low, found.ci_high


def _adjusted(material: Material, side: Sides, stratum: np.ndarray) -> tuple[float, float, float]:
    here, lead = stratum >= 0, material.family.lead
    found = adjusted(material.codes(lead)[here], material.is_in(side.group)[here], stratum[here], ages(material)[here],
                     levels=material.levels(lead), confidence=material.confidence)
    return found.effect, found.ci_low, found.ci_high

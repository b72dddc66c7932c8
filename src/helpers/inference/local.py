"""Every comparison partnership by partnership, on its own scale: for averages, tests of agreement and a picture."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from helpers.inference.choose import near_edge
from helpers.inference.estimates import shares_of
from helpers.inference.independent import counts_of
from helpers.inference.material import Material, Sides, sides_of
from helpers.inference.measured import group_means
from helpers.inference.methods.normal import errors_reached
from helpers.inference.methods.ordinal import logit_interval, placements
from helpers.inference.methods.paired import dominance
from helpers.inference.methods.proportions import newcombe
from helpers.inference.pairs import direction
from helpers.inference.population import population_name, population_rows, share_of, weights_of

COLUMNS = ["family", "outcome", "group", "reference", "partnership", "effect_name", "effect", "ci_low", "ci_high",
           "n_group", "n_reference"]
DTYPES = {name: "Int64" if name.startswith("n_") else "float64" if name in ("effect", "ci_low", "ci_high") else "str"
          for name in COLUMNS}


@dataclass(frozen=True)
class Place:
    """One partnership's own estimate; what cannot be estimated is NaN."""

    effect: float
    se: float
    ci_low: float
    ci_high: float
    n: int
    m: int


@dataclass(frozen=True)
class Local:
    """One comparison in every partnership of the study's data, in their order."""

    outcome: str
    group: str
    reference: str
    effect_name: str
    places: list[Place]

    @property
    def effect(self) -> np.ndarray:
        return np.array([place.effect for place in self.places])

    @property
    def se(self) -> np.ndarray:
        return np.array([place.se for place in self.places])


def locally(material: Material, frame: pd.DataFrame | None = None) -> list[Local]:
    """Every comparison of the family within each partnership; none for nominal outcomes, which have no direction.

    theta with Brunner and Munzel's standard error, differences of shares and of means with each group's own variance,
    D, and shares, which are weighted to `frame` where there is one. A trend sees to partnerships by its own design.
    """
    design = material.family.design
    if design == "paired":
        return [_pair(material, pair) for pair in material.family.pairs]
    if design == "prevalence":
        return [_share(material, frame, outcome) for outcome in material.family.outcomes]
    if design == "trend" or material.kind == "nominal":
        return []
    of_kind = {"ordinal": _thetas, "binary": _differences, "measured": _means}[material.kind]
    return [of_kind(material, side, outcome) for side in sides_of(material) for outcome in material.family.outcomes]


def local_frame(family: str, found: list[Local], partnerships: list[str]) -> pd.DataFrame:
    """A row a comparison and partnership, with COLUMNS."""
    rows = [(family, each.outcome, each.group, each.reference, name, each.effect_name, place.effect, place.ci_low,
             place.ci_high, place.n, place.m)
            for each in found for name, place in zip(partnerships, each.places, strict=True)]
    return pd.DataFrame(rows, columns=COLUMNS).astype(DTYPES)


def _thetas(material: Material, side: Sides, outcome: str) -> Local:
    counts = counts_of(material, side, outcome, material.stratum, len(material.partnerships))
    return Local(outcome, side.contrast.group, side.contrast.reference, "theta",
                 [_theta(table, material.confidence) for table in counts])


def _theta(table: np.ndarray, confidence: float) -> Place:
    found = placements(table)
    reach = errors_reached(confidence) * found.se
    low, high = found.theta - reach, found.theta + reach
    if near_edge(found.theta, low, high):
        low, high = logit_interval(found.theta, reach)
    return Place(found.theta, found.se, low, high, found.n, found.m)


def _differences(material: Material, side: Sides, outcome: str) -> Local:
    counts = counts_of(material, side, outcome, material.stratum, len(material.partnerships))[:, :, ::-1]
    return Local(outcome, side.contrast.group, side.contrast.reference, "risk difference",
                 [_difference(table, material.confidence) for table in counts])


def _difference(table: np.ndarray, confidence: float) -> Place:
    n, m = (int(size) for size in table.sum(axis=1))
    if not n or not m:
        return Place(np.nan, np.nan, np.nan, np.nan, n, m)
    p, q = table[0, 0] / n, table[1, 0] / m
    se = float(np.sqrt(p * (1 - p) / (n - 1) + q * (1 - q) / (m - 1))) if min(n, m) > 1 else np.nan
    return Place(float(p - q), se, *newcombe(shares_of(table), confidence=confidence), n, m)


def _means(material: Material, side: Sides, outcome: str) -> Local:
    values, group, reference = material.values(outcome), material.is_in(side.group), material.is_in(side.reference)
    reach, places = errors_reached(material.confidence), []
    for code in range(len(material.partnerships)):
        here = (material.stratum == code) & ~np.isnan(values)
        n, m = int((here & group).sum()), int((here & reference).sum())
        found = group_means(values[here & group], values[here & reference])
        effect, se = (found.difference, float(np.sqrt(found.variance))) if found else (np.nan, np.nan)
        places.append(Place(effect, se, effect - reach * se, effect + reach * se, n, m))
    return Local(outcome, side.contrast.group, side.contrast.reference, "mean difference", places)


def _pair(material: Material, pair) -> Local:
    seen, places = direction(material, pair), []
    for code in range(len(material.partnerships)):
        here = seen[(material.stratum == code) & (seen != 9)]
        found = dominance((here == 1).sum(), (here == -1).sum(), len(here), confidence=material.confidence)
        places.append(Place(found.effect, found.se, max(found.ci_low, -1.0), min(found.ci_high, 1.0), len(here),
                            len(here)))
    return Local(pair.name, pair.first, pair.second, "D", places)


def _share(material: Material, frame: pd.DataFrame | None, outcome: str) -> Local:
    chosen, weights, places = population_rows(material), weights_of(material, frame), []
    for code in range(len(material.partnerships)):
        found = share_of(material, weights, chosen & (material.stratum == code), outcome)
        places.append(Place(found.effect, found.se, found.ci_low, found.ci_high, found.base, 0))
    return Local(outcome, population_name(material), "", "share", places)

"""The counts behind every figure and table: each answer by partnership and group, the atoms of protection."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from helpers.inference.material import Material
from helpers.inference.pairs import direction
from helpers.inference.population import population_rows
from helpers.inference.series import yearly

COUNT_COLUMNS = ["extract", "family", "outcome", "partnership", "group", "answer", "n"]
TWO_CATEGORIES = {"above": 1, "below": 0}
DIRECTIONS = {"first_higher": 1, "same": 0, "second_higher": -1}


def counted(material: Material) -> pd.DataFrame:
    """Every atom of the family, zeros included, so that partnership × group × answer is complete.

    Two-category answers for independent families and prevalence, who is higher for pairs, part and rest for trends.
    None for nominal outcomes and measurements, which are not published.
    """
    if not material.in_two:
        return _as_frame([])
    of_design = {"independent": _independent, "prevalence": _prevalence, "paired": _paired, "trend": _trend}
    atoms = of_design[material.family.design](material)
    return _as_frame([(material.family.extract, material.family.name, *atom) for atom in atoms])


def _as_frame(atoms: list[tuple]) -> pd.DataFrame:
    return pd.DataFrame(atoms, columns=COUNT_COLUMNS).astype(dict.fromkeys(COUNT_COLUMNS[:-1], "str") | {"n": "Int64"})


def _independent(material: Material) -> Iterable[tuple]:
    for outcome in material.family.outcomes:
        answers = _answers(material, outcome)
        for name, place, group in _cells(material, material.atoms()):
            for answer, mask in answers.items():
                yield outcome, name, group, answer, int(mask[place].sum())


def _answers(material: Material, outcome: str) -> dict[str, np.ndarray]:
    """A mask for each of above, below and missing."""
    events = material.events(outcome)
    return {name: events == code for name, code in TWO_CATEGORIES.items()} | {"missing": material.missing(outcome)}


def _cells(material: Material, groups: list[str]) -> list[tuple[str, np.ndarray, str]]:
    inside = {group: material.is_in([group]) for group in groups}
    return [(name, np.flatnonzero((material.stratum == code) & inside[group]), group)
            for code, name in enumerate(material.partnerships) for group in groups]


def _prevalence(material: Material) -> Iterable[tuple]:
    chosen = population_rows(material)
    for outcome in material.family.outcomes:
        answers = _answers(material, outcome)
        for code, name in enumerate(material.partnerships):
            for answer, mask in answers.items():
                yield outcome, name, "all", answer, int((chosen & (material.stratum == code) & mask).sum())


def _paired(material: Material) -> Iterable[tuple]:
    for pair in material.family.pairs:
        seen = direction(material, pair)
        answers = {name: seen == value for name, value in DIRECTIONS.items()}
        answers["missing"] = material.missing(pair.first) | material.missing(pair.second)
        for code, name in enumerate(material.partnerships):
            for answer, mask in answers.items():
                yield pair.name, name, "all", answer, int(((material.stratum == code) & mask).sum())


def _trend(material: Material) -> Iterable[tuple]:
    for series in material.family.series:
        for row in yearly(material, series).itertuples():
            yield series.name, row.partnership, str(row.year), "part", int(row.part)
            yield series.name, row.partnership, str(row.year), "rest", int(row.total - row.part)

"""Shares of the people behind a sample: weighted to its frame by partnership and care group, where there is one."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from helpers.inference.material import Material, sides_of
from helpers.inference.methods.prevalence import Share, simple_share, weighted_share
from helpers.inference.rows import Row, joined

CELL = ["partnership", "care_group"]  # what a sample is drawn by, and weighted back to
SHARE_COLUMNS = ["family", "outcome", "group", "base", "share", "ci_low", "ci_high"]


@dataclass(frozen=True)
class Weights:
    """The cell of partnership × care group that each row was drawn from, and what each cell stands for."""

    cell: np.ndarray  # by row
    sampled: np.ndarray  # by cell: rows drawn
    population: np.ndarray  # by cell: rows in the frame, never fewer than were drawn
    drawn: bool  # from the frame; otherwise whoever chose to answer
    held: float  # share of the frame's rows in cells that have a row here


def weights_of(material: Material, frame: pd.DataFrame | None) -> Weights | None:
    """How the sample stands to its frame; None without one. A row whose cell the frame lacks stands for itself."""
    if frame is None:
        return None
    cell, cells = pd.factorize(pd.MultiIndex.from_frame(material.table[CELL].astype("object").fillna("")))
    sampled = np.bincount(cell, minlength=len(cells))
    known = frame[CELL].astype("object").fillna("").value_counts().reindex(cells).fillna(0).to_numpy()
    drawn = not material.study.extract(material.family.extract).post_stratify_to
    held = float(known.sum() / max(len(frame), 1))
    return Weights(cell, sampled, np.maximum(known, sampled), drawn, held)


def share_of(material: Material, weights: Weights | None, rows: np.ndarray, outcome: str) -> Share:
    """The share at or above the cut among `rows` (a mask), with its interval.

    With weights a cell counts for what it has in the frame: N, or, where `rows` are only part of the cell's sample,
    that part of N. Without: unweighted, Wilson's interval.
    """
    confidence, events = 1 - material.study.plan.alpha, material.events(outcome)
    answered, above = rows & (events >= 0), rows & (events == 1)
    if weights is None:
        return simple_share(int(above.sum()), int(answered.sum()), confidence=confidence)
    cells = len(weights.sampled)
    population = weights.population * np.bincount(weights.cell[rows], minlength=cells) / weights.sampled
    return weighted_share(np.bincount(weights.cell[above], minlength=cells),
                          np.bincount(weights.cell[answered], minlength=cells), population, confidence=confidence,
                          drawn=weights.drawn)


def population_rows(material: Material) -> np.ndarray:
    """The rows that a prevalence family counts together."""
    if not material.family.population:
        return np.ones(len(material.table), dtype=bool)
    return material.is_in([member for group in material.family.population for member in material.members(group)])


def population_name(material: Material) -> str:
    return "+".join(material.family.population) or "everyone"


def prevalence_rows(material: Material, frame: pd.DataFrame | None, *, remark: str = "") -> list[Row]:
    """A row an outcome: the share of the family's population, with its interval and no test."""
    chosen, weights, rows = population_rows(material), weights_of(material, frame), []
    for outcome in material.family.outcomes:
        found = share_of(material, weights, chosen, outcome)
        rows.append(Row(
            family=material.family.name, outcome=outcome, scale=material.scale(outcome), design="prevalence",
            group=population_name(material), reference="", n_group=found.base, n_reference=0,
            missing_group=int((chosen & material.missing(outcome)).sum()), missing_reference=0, effect_name="share",
            effect=found.effect, ci_low=found.ci_low, ci_high=found.ci_high,
            strata_used=len(np.unique(material.stratum[chosen & (material.codes(outcome) >= 0)])),
            note=joined(material.standing, remark, _weighting(weights),
                        "" if found.base else "Not estimable: nobody answered."),
        ))
    return rows


def _weighting(weights: Weights | None) -> str:
    if weights is None:
        return ""
    if weights.drawn:
        return "Weighted to the sampling frame, with its finite population correction."
    return (f"Post-stratified to the frame by partnership and care group; cells with an answer hold "
            f"{100 * weights.held:.0f}% of it.")


def share_frame(material: Material, frame: pd.DataFrame | None) -> pd.DataFrame:
    """Shares over all partnerships: of every single group involved and of both sides of each contrast."""
    weights, groups, found = weights_of(material, frame), _groups(material), []
    for outcome in material.family.outcomes:
        for name, rows in groups:
            share = share_of(material, weights, rows, outcome)
            found.append((material.family.name, outcome, name, share.base, share.effect, share.ci_low, share.ci_high))
    return shares_as_frame(found)


def _groups(material: Material) -> list[tuple[str, np.ndarray]]:
    if material.family.design == "prevalence":
        return [(population_name(material), population_rows(material))]
    named = {atom: [atom] for atom in material.atoms()}
    for side in sides_of(material):
        named |= {side.contrast.group: side.group, side.contrast.reference: side.reference}
    return [(name, material.is_in(members)) for name, members in named.items()]


def shares_as_frame(found: Sequence[tuple]) -> pd.DataFrame:
    return pd.DataFrame(found, columns=SHARE_COLUMNS).astype({
        "family": "str", "outcome": "str", "group": "str", "base": "Int64",
        "share": "float64", "ci_low": "float64", "ci_high": "float64"})

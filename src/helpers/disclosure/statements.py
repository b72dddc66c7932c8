"""What the published cells say about sums of atoms: the rows of one independent part of the linear system."""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array, diags_array

from helpers.disclosure.system import Registry

SCALE_FLOOR = 1e-6


@dataclass(frozen=True)
class Statements:
    """One sum with one interval each, however many cells make it; every array has a place a statement."""

    sums: csr_array  # statements × atoms, coefficients at most 1; atoms that no statement tells apart are one
    low: np.ndarray
    high: np.ndarray
    cells: list[np.ndarray]  # positions of its cells in the registry
    names: list[str]
    cost: np.ndarray
    page: np.ndarray  # family, outcome and partnership: what a reader loses together
    visible: np.ndarray  # shown in a report, or known without being told
    optional: np.ndarray  # could be withheld
    nonzero: np.ndarray  # counts of 1 or more in outcomes whose zeros are shown
    zero: np.ndarray  # counts of 0 there
    base: np.ndarray  # the statement whose people this one divides up; -1 for none
    truth: np.ndarray  # the atoms


def statements(registry: Registry, inside: np.ndarray, rows: np.ndarray, atoms: np.ndarray) -> Statements:
    """What the registry's cells `inside` say, over the sums `rows` and the `atoms`."""
    sums, truth = _merged(registry.sums[rows][:, atoms], registry.atoms["n"].to_numpy()[atoms])
    part = registry.cells.iloc[inside].reset_index(drop=True)
    groups = list(part.groupby(["row", "low", "high", "kind"], sort=False).indices.values())
    first = part.iloc[[group[0] for group in groups]]
    chosen = sums[np.searchsorted(rows, first["row"].to_numpy())]
    scale = np.maximum(abs(chosen).max(axis=1).toarray().ravel(), SCALE_FLOOR)
    names, costs = part["cell"].to_numpy(), part["cost"].to_numpy()
    of = {name: number for number, group in enumerate(groups) for name in names[group]}
    optional = first["kind"].isin(["count", "share", "effect"]).to_numpy()
    counted = (first["kind"].eq("count") & first["zero_shown"]).to_numpy()
    return Statements(
        sums=csr_array(diags_array(1 / scale) @ chosen), low=first["low"].to_numpy() / scale,
        high=first["high"].to_numpy() / scale, cells=[inside[group] for group in groups], names=first["cell"].tolist(),
        cost=np.array([costs[group].max() for group in groups]),
        page=(first["family"] + "." + first["outcome"] + "." + first["partnership"]).to_numpy(),
        visible=optional | first["kind"].isin(["coverage", "link"]).to_numpy(), optional=optional,
        nonzero=counted & (first["value"] > 0).to_numpy(), zero=counted & (first["value"] == 0).to_numpy(),
        base=_bases(part["base"].to_numpy(), groups, of), truth=truth,
    )


def _bases(named: np.ndarray, groups: list, of: dict[str, int]) -> np.ndarray:
    """Each statement's base; a sum that is shown both with and without one has none: it stands by itself."""
    bases = [{of.get(base, -1) for base in named[group]} for group in groups]
    return np.array([found.pop() if len(found) == 1 else -1 for found in bases])


def _merged(sums: csr_array, values: np.ndarray) -> tuple[csr_array, np.ndarray]:
    """The sums over fewer atoms: those that stand in the same sums alike can only be told together."""
    columns, seen = sums.tocsc(), {}
    where = np.empty(columns.shape[1], dtype=int)
    for atom in range(columns.shape[1]):
        span = slice(columns.indptr[atom], columns.indptr[atom + 1])
        key = (columns.indices[span].tobytes(), columns.data[span].tobytes())
        where[atom] = seen.setdefault(key, len(seen))
    keep = np.unique(where, return_index=True)[1]
    return csr_array(columns[:, keep]), np.bincount(where, weights=values, minlength=len(seen))

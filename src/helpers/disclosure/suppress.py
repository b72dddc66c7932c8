"""Which cells to withhold: the small counts, and the cheapest others without which nobody can work them out.

Complementary suppression after Fischetti and Salazar (2001), by the usual heuristic: one small linear programme a
protected count and direction, weighted by what a reader would lose. Each ends in a witness: whole-number counts that
agree with everything published and put the protected count at the far end of its range. No reasoning from the
published numbers, integrality included, can exclude a witness.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.sparse import csgraph, csr_array

from helpers.disclosure.blocks import Block
from helpers.disclosure.statements import statements
from helpers.disclosure.system import Registry
from helpers.study import ReleaseRefused


@dataclass(frozen=True)
class Suppression:
    """Masks over the registry's cells: what must not be known, and what is therefore withheld."""

    secret: np.ndarray
    withheld: np.ndarray


def suppress(registry: Registry, minimum_base: int) -> Suppression:
    """The cells to withhold so that every secret count could be anything from 1 to threshold - 1.

    Raises ReleaseRefused where a count cannot be protected whatever is withheld.
    """
    cells = registry.cells
    secret = registry.secret
    shown = cells["kind"].isin(["count", "share", "effect"]).to_numpy()
    too_fine = cells["step"].eq(0).to_numpy()
    withheld = shown & (secret | _small_bases(cells, minimum_base) | _shares_of_secrets(cells, secret) | too_fine)
    lost: list[str] = []
    for inside, rows, atoms in blocks(registry, secret):
        block = Block(statements(registry, inside, rows, atoms), withheld, registry.threshold)
        withheld[block.protect(secret)] = True
        lost += block.lost
    if lost:
        raise ReleaseRefused("These counts cannot be protected whatever else is withheld, because something that is "
                             "always shown gives them away: " + ", ".join(lost) + ". Take them out of the plan.")
    return Suppression(secret, follow(cells, withheld))


def blocks(registry: Registry, secret: np.ndarray):
    """The parts of the system that share no atom and hold a secret, as (cells, rows, atoms)."""
    sums: csr_array = registry.sums
    links = csr_array((np.ones(sums.nnz), (sums.tocoo().coords[0], sums.tocoo().coords[1] + sums.shape[0])),
                      shape=(sum(sums.shape),) * 2)
    _, part = csgraph.connected_components(links, directed=False)
    row_part, atom_part = part[: sums.shape[0]], part[sums.shape[0]:]
    row_of = registry.cells["row"].to_numpy()
    cell_part = np.full(len(row_of), -1)
    cell_part[row_of >= 0] = row_part[row_of[row_of >= 0]]
    for name in np.unique(cell_part[secret & (row_of >= 0)]):
        yield np.flatnonzero(cell_part == name), np.flatnonzero(row_part == name), np.flatnonzero(atom_part == name)


def follow(cells: pd.DataFrame, withheld: np.ndarray) -> np.ndarray:
    """The mask with the shares that rest on a withheld number: their base, or the counts that they only repeat."""
    gone = set(cells["cell"][withheld])
    is_share = (cells["kind"] == "share").to_numpy()
    own = cells["row"].to_numpy() >= 0
    counts = cells["kind"].eq("count") & cells["base"].ne("")
    halves_gone = set(cells["base"][counts & withheld])
    repeats = cells["base"].isin(halves_gone).to_numpy() & _repeats_counts(cells) & ~own
    return withheld | (is_share & (cells["base"].isin(gone).to_numpy() | repeats))


def _repeats_counts(cells: pd.DataFrame) -> np.ndarray:
    """Shares of a partnership whose counts are shown beside them."""
    from_counts = set(cells["base"][cells["kind"] == "count"])
    return (cells["base"].isin(from_counts) & (cells["partnership"] != "all")).to_numpy()


def _small_bases(cells: pd.DataFrame, minimum: int) -> np.ndarray:
    bases = cells["base"].map(cells.set_index("cell")["value"])
    return ((cells["kind"] == "share") & (bases > 0) & (bases < minimum)).to_numpy()


def _shares_of_secrets(cells: pd.DataFrame, secret: np.ndarray) -> np.ndarray:
    """Shares whose own counts, shown or implied, are secret: a percentage goes with its count."""
    return ((cells["kind"] == "share") & cells["base"].isin(set(cells["base"][secret]) - {""})).to_numpy()

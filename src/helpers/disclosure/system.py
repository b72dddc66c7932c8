"""The linear system behind the reports: cells, and the sums of atoms that they show."""

from dataclasses import dataclass, field

import numpy as np
import pandas as pd
import scipy.sparse as sparse

from helpers.disclosure.atoms import Atoms
from helpers.disclosure.cells import cell_id
from helpers.study import Family, Study

COLUMNS = ["cell", "analysis", "extract", "family", "outcome", "partnership", "group", "answer", "kind", "value", "low",
           "high", "row", "base", "zero_shown", "cost", "step"]
# Kinds: count, share and effect are shown; coverage (missing answers, rows received and kept) is shown and says nothing
# about a person, so it is never withheld; implied is not shown but follows from what is; link is what a reader knows
# without being told, such as two names for the same people.
SHOWN = ("count", "share", "effect", "coverage")


@dataclass(frozen=True)
class Registry:
    """Cells, and the sums of atoms that they show.

    cells: one row a cell, COLUMNS; `value` is the true one, `low` and `high` what a reader concludes where it is shown,
        `row` its row in `sums` (-1: it shows no sum of counts), `base` the cell that a share rests on, `step` the whole
        percents that a share is printed in steps of (0: none is coarse enough, it is withheld).
    sums: one row a different sum, one column an atom.
    atoms: space, partnership, group, answer, n.
    """

    cells: pd.DataFrame
    sums: sparse.csr_array
    atoms: pd.DataFrame
    threshold: int

    @property
    def secret(self) -> np.ndarray:
        """Mask over cells: counts that must not be known: 1 to threshold - 1, and the zeros of sensitive outcomes."""
        people = self.cells["kind"].isin(["count", "implied"])
        small = self.cells["value"].between(1, self.threshold - 1)
        bases = self.cells["base"].map(self.cells.set_index("cell")["value"])
        nobody = (self.cells["value"] == 0) & (bases > 0) & ~self.cells["zero_shown"]
        return (people & (small | nobody)).to_numpy()


@dataclass
class Builder:
    """Cells as they are found, sums counted once however often they are shown."""

    study: Study
    atoms: Atoms
    sensitive: set[str]
    headlines: set[str]
    claimed: set[tuple[str, str]] = field(default_factory=set)  # (family, outcome) that a claim's sentence tells of
    rows: dict[tuple, int] = field(default_factory=dict)
    cells: list[tuple] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    frames: dict[str, dict[tuple[str, str], int]] = field(default_factory=dict)

    def add(self, family: Family, outcome: str, partnership: str, group: str, answer: str, form: dict | None, *,
            kind: str = "count", value: float | None = None, interval: tuple[float, float] | None = None,
            base: str = "", cost: float = 1.0, analysis: str = "main", step: int = 1) -> str:
        """The cell's id. `form` is {atom: coefficient}, None for a number that is no sum of counts."""
        name = cell_id(family.name, outcome, partnership, group, answer, analysis)
        if name in self.names:
            return name
        value = self.atoms.value(form) if value is None else value
        low, high = interval or (value, value)
        self.names.add(name)
        cost *= 3.0 if outcome in self.headlines else 1.0
        place = (family.extract, family.name, outcome, partnership, group, answer)
        self.cells.append((name, analysis, *place, kind, value, low, high, self._row(form), base,
                           outcome not in self.sensitive, cost, step))
        return name

    def frame(self, extract: str) -> dict[tuple[str, str], int]:
        """How many people each partnership and care group has in the sampling frame; empty where there is none."""
        if extract not in self.frames:
            frame = self.study.extract(extract).frame
            cells = self.study.read(frame)[["partnership", "care_group"]].astype("str") if frame else None
            self.frames[extract] = {} if cells is None else cells.value_counts().to_dict()
        return self.frames[extract]

    def members(self, family: Family, group: str) -> list[str]:
        """The single groups behind a side: care groups of a set, or the answer of `by` itself."""
        return self.study.members(group) if family.by == "care_group" else [group]

    def _row(self, form: dict | None) -> int:
        if not form:
            return -1
        return self.rows.setdefault(tuple(sorted(form.items())), len(self.rows))

    def registry(self) -> Registry:
        """What was found, with the sums as one sparse matrix."""
        entries = [(row, atom, coefficient) for form, row in self.rows.items() for atom, coefficient in form]
        row, atom, coefficient = (np.array(part) for part in zip(*entries, strict=True)) if entries else ([], [], [])
        sums = sparse.csr_array((np.asarray(coefficient, dtype=float), (np.asarray(row, dtype=int),
                                                                       np.asarray(atom, dtype=int))),
                                shape=(len(self.rows), len(self.atoms.values)))
        cells = pd.DataFrame(self.cells, columns=COLUMNS)
        return Registry(cells, sums, self.atoms.frame(), self.study.settings.disclosure.threshold)

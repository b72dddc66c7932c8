"""What the comparisons of a family are made from: its cleaned table, read through the codebook."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd

from helpers.study import Contrast, Family, Study

# Whom a question was never put to has left no gap: such a row is no part of the outcome, and not missing from it.
NO_GAP = ("not_asked", "not_applicable")


@dataclass(frozen=True)
class Material:
    """A family's table and codebook. Inside, everything is whole-number codes, −1 where missing."""

    study: Study
    family: Family
    table: pd.DataFrame
    kinds: pd.DataFrame  # the kind of missing where the table has no value
    codebook: object  # helpers.extracts.Codebook

    def within(self, rows: np.ndarray) -> "Material":
        """The same with only these rows."""
        return replace(self, table=self.table[rows], kinds=self.kinds[rows])

    def scale(self, outcome: str) -> str:
        """"ordinal" or "binary"."""
        return self.codebook.column(outcome).type

    def codes(self, outcome: str) -> np.ndarray:
        """The levels of an outcome, low to high from 0."""
        return self.table[outcome].cat.codes.to_numpy().astype(np.int64)

    def missing(self, outcome: str) -> np.ndarray:
        """Mask of the rows that were asked and have no answer on the scale."""
        return (self.codes(outcome) < 0) & ~self.kinds[outcome].isin(NO_GAP).to_numpy()

    def levels(self, outcome: str) -> int:
        return len(self.table[outcome].cat.categories)

    def events(self, outcome: str) -> np.ndarray:
        """The outcome in two categories: 1 at or above the scale's cut, 0 below."""
        scale = self.codebook.scale(self.codebook.column(outcome).scale)
        cut = list(self.table[outcome].cat.categories).index(scale.at_or_above[0])
        codes = self.codes(outcome)
        return np.where(codes < 0, -1, (codes >= cut).astype(np.int64))

    @cached_property
    def partnerships(self) -> list[str]:
        """Partnerships that have rows, in the study's order."""
        present = set(self.table["partnership"].dropna().astype(str))
        known = [name for name in self.study.settings.partnerships if name in present]
        return known + sorted(present.difference(known))

    @cached_property
    def stratum(self) -> np.ndarray:
        return pd.Index(self.partnerships).get_indexer(self.table["partnership"].astype("object"))

    @cached_property
    def answers_of_by(self) -> pd.Series:
        """The column that says who is compared, as plain text."""
        return self.table[self.family.by].astype("object")

    @property
    def standing(self) -> str:
        """What a row's note says of a family outside the plan."""
        return "Exploratory: not in the plan fixed beforehand." if self.family.exploratory else ""

    def members(self, group: str) -> list[str]:
        """What a named group stands for in the column `by`."""
        return self.study.members(group) if self.family.by == "care_group" else [group]

    def atoms(self) -> list[str]:
        """Every single care group (or answer of `by`) that the family's contrasts involve, in order of mention."""
        named = [group for each in self.family.contrasts for group in (each.group, each.reference)]
        return list(dict.fromkeys(member for group in named for member in self.members(group)))

    def is_in(self, members: list[str]) -> np.ndarray:
        return self.answers_of_by.isin(members).to_numpy()


@dataclass(frozen=True)
class Sides:
    """One contrast of a family, with the members that each side stands for in this analysis."""

    contrast: Contrast
    group: list[str]
    reference: list[str]


def sides_of(material: Material, *, into_group: Sequence[str] = (), into_reference: Sequence[str] = ()) -> list[Sides]:
    """The family's contrasts as sides; a sensitivity analysis adds care groups to one of them."""
    return [Sides(each, list(dict.fromkeys([*material.members(each.group), *into_group])),
                  list(dict.fromkeys([*material.members(each.reference), *into_reference])))
            for each in material.family.contrasts]

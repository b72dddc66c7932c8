"""What the comparisons of a family are made from: its cleaned table, read through the codebook."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TypeVar

import numpy as np
import pandas as pd

from helpers.study import Contrast, Family, Study

# Whom a question was never put to has left no gap: such a row is no part of the outcome, and not missing from it.
NO_GAP = ("not_asked", "not_applicable")
CONTINUING = "continuing_care"  # a third state in law: left out of the main comparison, put on either side in others
MEASURED = ("count", "number")  # scales of numbers; "ordinal", "binary" and "nominal" ones are of levels
DECIMALS = 6  # measurements are taken as decimal numbers of at most so many places: 0.1 + 0.2 must tie with 0.3


Found = TypeVar("Found")


@dataclass(frozen=True)
class Material:
    """A family's table and codebook. Inside, everything is whole-number codes, −1 where missing."""

    study: Study
    family: Family
    table: pd.DataFrame
    kinds: pd.DataFrame  # the kind of missing where the table has no value
    codebook: object  # helpers.extracts.Codebook
    known: dict = field(default_factory=dict, repr=False, compare=False)

    def once(self, what: tuple, make: Callable[[], Found]) -> Found:
        """What was made of this material before, or is made now: several analyses ask for the same."""
        if what not in self.known:
            self.known[what] = make()
        return self.known[what]

    def within(self, rows: np.ndarray) -> "Material":
        """The same with only these rows."""
        return replace(self, table=self.table[rows], kinds=self.kinds[rows], known={})

    def filled(self, answers: dict[str, np.ndarray]) -> "Material":
        """The same with other codes for these outcomes, as an analysis of what is missing supposes them."""
        table, kinds = self.table.copy(), self.kinds.copy()
        for outcome, codes in answers.items():
            table[outcome] = pd.Categorical.from_codes(codes, dtype=table[outcome].dtype)
            kinds[outcome] = kinds[outcome].astype("object").mask(codes >= 0)
        return replace(self, table=table, kinds=kinds, known={})

    def scale(self, outcome: str) -> str:
        """"ordinal", "binary" or "nominal", or one of MEASURED."""
        return self.once(("scale", outcome), lambda: self.codebook.column(outcome).type)

    def codes(self, outcome: str) -> np.ndarray:
        """The levels of an outcome, low to high from 0; measurements in their smallest unit above the least."""
        return self.once(("codes", outcome), lambda: self._codes(outcome))

    def _codes(self, outcome: str) -> np.ndarray:
        if self.scale(outcome) in MEASURED:
            return self._in_units(outcome)
        values = self.table[outcome]
        if not isinstance(values.dtype, pd.CategoricalDtype):
            values = values.astype("category")
        return values.cat.codes.to_numpy().astype(np.int64)

    def values(self, outcome: str) -> np.ndarray:
        """A measured outcome as numbers, NaN where missing."""
        return self.table[outcome].to_numpy(dtype=float, na_value=np.nan)

    def _in_units(self, outcome: str) -> np.ndarray:
        values = self.values(outcome)
        known = ~np.isnan(values)
        whole = np.rint(np.where(known, values, 0.0) * 10**DECIMALS).astype(np.int64)
        whole -= whole[known].min(initial=np.iinfo(np.int64).max if known.any() else 0)
        unit = max(int(np.gcd.reduce(whole[known])), 1) if known.any() else 1
        return np.where(known, whole // unit, -1)

    def missing(self, outcome: str) -> np.ndarray:
        """Mask of the rows that were asked and have no answer on the scale."""
        return self.once(("missing", outcome), lambda: self._missing(outcome))

    def _missing(self, outcome: str) -> np.ndarray:
        return (self.codes(outcome) < 0) & ~self.kinds[outcome].isin(NO_GAP).to_numpy()

    def levels(self, outcome: str) -> int:
        if isinstance(self.table[outcome].dtype, pd.CategoricalDtype):
            return len(self.table[outcome].cat.categories)
        return int(self.codes(outcome).max(initial=-1)) + 1

    @property
    def kind(self) -> str:
        """The scale that all outcomes of the family have: "measured" for counts and numbers together."""
        scale = self.scale(self.family.outcomes[0]) if self.family.outcomes else "ordinal"
        return "measured" if scale in MEASURED else scale

    @property
    def in_two(self) -> bool:
        """Whether outcomes have two categories to publish: nominal ones and measurements stay on internal pages."""
        return self.family.design != "independent" or self.kind in ("ordinal", "binary")

    @property
    def confidence(self) -> float:
        return 1 - self.study.plan.alpha

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
        return self.family.standing

    def members(self, group: str) -> list[str]:
        """What a named group stands for in the column `by`."""
        return self.study.members(group) if self.family.by == "care_group" else [group]

    def atoms(self) -> list[str]:
        """Every single care group (or answer of `by`) that the family's contrasts involve, in order of mention."""
        named = [group for each in self.family.contrasts for group in (each.group, each.reference)]
        return list(dict.fromkeys(member for group in named for member in self.members(group)))

    def is_in(self, members: Sequence[str]) -> np.ndarray:
        """Mask of the people of these groups."""
        return self.once(("in", *members), lambda: self.answers_of_by.isin(members).to_numpy())


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

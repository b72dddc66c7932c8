"""Rows on their way through cleaning: their values, why a value is missing, and where each row came from."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from helpers.extracts.codebooks.variables import KINDS

ANSWERED, UNREADABLE, UNDECLARED = -1, -2, -3  # beside the places in KINDS


@dataclass(frozen=True)
class Rows:
    """The rows and what is known of them.

    `table` holds the values; `kinds` a place in KINDS for each cell (ANSWERED where there is a value); `origin` has
    the columns file, row (as its sender numbers it), state (see reading.table), at (place among all received).
    """

    table: pd.DataFrame
    kinds: dict[str, np.ndarray]
    origin: pd.DataFrame

    def __len__(self) -> int:
        return len(self.origin)

    def where(self, mask: np.ndarray) -> "Rows":
        """The rows of the mask, numbered anew."""
        if mask.all():
            return self
        return Rows(
            self.table.loc[mask].reset_index(drop=True),
            {name: kind[mask] for name, kind in self.kinds.items()},
            self.origin.loc[mask].reset_index(drop=True),
        )

    def with_column(self, name: str, values: pd.Series, kinds: np.ndarray) -> "Rows":
        """The rows with one column more."""
        return Rows(self.table.assign(**{name: values}), {**self.kinds, name: kinds}, self.origin)

    def with_kinds(self, kinds: dict[str, np.ndarray]) -> "Rows":
        """The rows with other kinds of missing for the columns named."""
        return Rows(self.table, {**self.kinds, **kinds}, self.origin)

    def answered(self, columns: Sequence[str]) -> np.ndarray:
        """How many of the columns each row answers."""
        return np.sum([self.kinds[name] == ANSWERED for name in columns], axis=0)

    @property
    def missing(self) -> pd.DataFrame:
        """A frame of the table's shape that says the kind of missing where there is no value."""
        dtype = pd.CategoricalDtype(KINDS)
        return pd.DataFrame({name: pd.Categorical.from_codes(self.kinds[name], dtype=dtype)
                             for name in self.table.columns}, index=self.table.index)

"""What real extracts do to good data: other spellings, repeated rows. Each draws its rows and returns a new frame."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.random import RandomState

from helpers.sample.chance import some, whole


def respell(table: pd.DataFrame, chance: RandomState, columns: Sequence[str], *, of: str, into: Sequence[str],
            rows: int) -> pd.DataFrame:
    """The table with one spelling of `rows` cells (one a row at most) replaced by others, in turn."""
    messy = table.copy()
    has_it = (table[list(columns)] == of).to_numpy()
    for turn, row in enumerate(some(chance, has_it.any(axis=1), rows)):
        places = np.flatnonzero(has_it[row])
        column = columns[places[whole(chance, 0, len(places) - 1, 1)[0]]]
        messy.iloc[row, messy.columns.get_loc(column)] = into[turn % len(into)]
    return messy


def overwrite(table: pd.DataFrame, places: Sequence[int], column: str, values) -> pd.DataFrame:
    """The table with the rows at `places` given `values` (one, or one a row) in a column."""
    messy = table.copy()
    messy.iloc[list(places), messy.columns.get_loc(column)] = values
    return messy


def repeat(table: pd.DataFrame, places: Sequence[int], *, blank: Sequence[str] = ()) -> pd.DataFrame:
    """The table with the rows at `places` repeated further down, the columns `blank` emptied in the repeat."""
    again = table.iloc[list(places)].copy()
    for column in blank:
        again[column] = None
    order = np.argsort(np.r_[np.arange(len(table)), np.asarray(places) + 7.5], kind="stable")
    return pd.concat([table, again], ignore_index=True).iloc[order].reset_index(drop=True)

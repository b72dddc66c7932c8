"""A raw column as codes over its distinct texts, so that every text is looked at once, however many rows say it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa

NO_CELL, NO_COLUMN = -1, -2  # codes of rows that say nothing: their row lacks the cell, or their file the column


@dataclass(frozen=True)
class Coded:
    """`codes[i]` is the place of row i's text in `texts`; NO_CELL or NO_COLUMN where there is none."""

    codes: np.ndarray
    texts: list[str]

    def __len__(self) -> int:
        return len(self.codes)

    def text(self, row: int) -> str:
        """The text of one row as received."""
        code = self.codes[row]
        return self.texts[code] if code >= 0 else ""

    def counts(self) -> np.ndarray:
        """How many rows say each text."""
        said = self.codes if len(self.codes) and self.codes.min() >= 0 else self.codes[self.codes >= 0]
        return np.bincount(said, minlength=len(self.texts))

    def looked_up(self, answers: np.ndarray, no_cell, no_column) -> np.ndarray:
        """Each row's entry of `answers` (one a text), or what stands for no cell and no column."""
        return np.append(answers, np.array([no_column, no_cell], dtype=answers.dtype))[self.codes]


def coded(cells: Sequence[str | None]) -> Coded:
    """The cells of one column, None where the row has no such cell, as codes over distinct texts."""
    codes, texts = pd.factorize(np.array(cells, dtype=object), use_na_sentinel=True)
    return Coded(codes.astype(np.int32), list(texts))


def coded_arrow(column: pa.ChunkedArray) -> Coded:
    """A dictionary-encoded Arrow column of text as codes over distinct texts."""
    whole = column.unify_dictionaries().combine_chunks()
    if isinstance(whole, pa.ChunkedArray):
        whole = whole.chunk(0) if whole.num_chunks else pa.array([], column.type)
    return Coded(whole.indices.to_numpy(zero_copy_only=False), whole.dictionary.to_pylist())


def spread(column: Coded, between: Sequence[int]) -> Coded:
    """The column with rows put in that have no cell and then stand at those places."""
    if not between:
        return column
    codes = np.full(len(column) + len(between), NO_CELL, dtype=np.int32)
    there = np.ones(len(codes), dtype=bool)
    there[list(between)] = False
    codes[there] = column.codes
    return Coded(codes, column.texts)


def joined(parts: Sequence[Coded]) -> Coded:
    """The same column of several files, one after the other, over one list of texts."""
    if len(parts) == 1:
        return parts[0]
    places: dict[str, int] = {}
    codes = []
    for part in parts:
        moved = np.array([places.setdefault(text, len(places)) for text in part.texts], dtype=np.int32)
        codes.append(part.looked_up(moved, NO_CELL, NO_COLUMN))
    return Coded(np.concatenate(codes), list(places))

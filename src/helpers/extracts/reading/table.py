"""One sheet's rows on their way to the codebook: headers by position, coded columns, row numbers, states."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np

from helpers.extracts.codebooks.spelling import folded_header, header_quoted, suggestion
from helpers.extracts.reading.coded import NO_CELL, Coded
from helpers.study import InputFault

# States of a row as received. Only whole rows go on; rules that every extract keeps say what becomes of the others.
WHOLE, RAGGED, EMPTY, CONFLICTING, ORPHANED, REPEATED = range(6)


@dataclass(frozen=True)
class Header:
    """One column of an export: how its sender sees it, and the folded names it can be declared by."""

    position: int
    shown: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """Rows under headers.

    `body`: position → coded texts. `row`: the number of each row as its sender sees it. `state`: WHOLE and so on.
    `notes`: (name, sentence, rows) of what reading did to the layout, for the ledger. `apart`: rows of further sheets
    that found no place, a table a sheet. `width`: positions there are, with or without a header.
    """

    headers: list[Header]
    body: dict[int, Coded]
    row: np.ndarray
    state: np.ndarray
    width: int
    notes: tuple[tuple[str, str, int], ...] = ()
    apart: dict[str, "Table"] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.row)

    def where(self, mask: np.ndarray) -> "Table":
        """The rows of the mask."""
        body = {at: Coded(column.codes[mask], column.texts) for at, column in self.body.items()}
        return replace(self, body=body, row=self.row[mask], state=self.state[mask])

    def emptied(self) -> "Table":
        """The table with no cells in its empty rows, which then answer nothing."""
        empty = self.state == EMPTY
        if not empty.any():
            return self
        body = {at: Coded(np.where(empty, NO_CELL, column.codes).astype(np.int32), column.texts)
                for at, column in self.body.items()}
        return replace(self, body=body)


def laid_out(table: Table, name: str, place: str, called: Callable[[Header], str | None] = lambda header: None) -> int:
    """Where the header of that name stands, or the one of the column that the codebook calls so."""
    wanted = folded_header(name)
    for fits in (lambda header: wanted in header.names, lambda header: called(header) == wanted):
        if found := next(filter(fits, table.headers), None):
            return found.position
    near = suggestion(name, [header.shown for header in table.headers])
    raise InputFault(f"{place}: no column {header_quoted(name)}, which the codebook's [reading] lays out{near} "
                     "Add it to the extract, or correct [reading].", "data")

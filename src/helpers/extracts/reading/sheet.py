"""One sheet as received: head rows, and a body of coded columns by position."""

from dataclasses import dataclass, field, replace

import numpy as np

from helpers.extracts.reading.coded import Coded, coded


@dataclass(frozen=True)
class Sheet:
    """One sheet as received: its head rows, and a body of coded columns by position, rows numbered as its sender sees
    them."""

    head: list[list[str]]
    body: dict[int, Coded]
    first_row: int
    rows: int
    ragged: dict[int, int] = field(default_factory=dict)  # row of the body → how many cells it has instead
    style: str | None = None  # of its head, where the kind of file settles it
    notes: tuple[tuple[str, str, int], ...] = ()


def from_rows(head: list[list[str]], rows: list[list[str]], first_row: int) -> Sheet:
    """The sheet of those head rows and body rows; a row of another width than the header has no cells."""
    width = max(len(row) for row in head)
    ragged = {at: len(row) for at, row in enumerate(rows) if len(row) != width and any(cell.strip() for cell in row)}
    whole = [([None] * width if at in ragged else (row + [""] * width)[:width]) for at, row in enumerate(rows)]
    body = {at: coded([row[at] for row in whole]) for at in range(width)}
    return trimmed(Sheet(head, body, first_row, len(rows), ragged))


def trimmed(sheet: Sheet) -> Sheet:
    """The sheet without the empty rows below its last filled one, which are no rows to a sender."""
    filled = np.flatnonzero(~empty_rows(sheet))
    rows = int(filled[-1]) + 1 if len(filled) else 0
    if rows == sheet.rows:
        return sheet
    body = {at: Coded(column.codes[:rows], column.texts) for at, column in sheet.body.items()}
    return replace(sheet, body=body, rows=rows)


def empty_rows(sheet: Sheet) -> np.ndarray:
    """Mask of the rows with nothing in any cell."""
    empty = np.ones(sheet.rows, dtype=bool)
    empty[list(sheet.ragged)] = False
    for column in sheet.body.values():
        if not empty.any():
            break
        blank = np.array([not text.strip() for text in column.texts], dtype=bool)
        empty &= column.looked_up(blank, True, True)
    return empty

"""A table written as CSV twice: every row is one quoted cell that holds a whole row of its own."""

import csv
import io
from collections.abc import Collection

from helpers.extracts.codebooks.spelling import folded_header
from helpers.extracts.reading.text import DELIMITERS
from helpers.study import InputFault


def refuse_wrapped(rows: list[list[str]], known: Collection[str], place: str) -> None:
    """Raises InputFault where the first rows of a file, header included, are such; `known` holds folded headers, and a
    single column that bears one of them is a table of one column."""
    cells = [_only(row) for row in rows if any(cell.strip() for cell in row)]
    if not cells or None in cells or folded_header(cells[0]) in known:
        return
    for mark in DELIMITERS:
        widths = {_width(cell, mark) for cell in cells}
        if len(widths) == 1 and widths.pop() > 1:
            raise InputFault(f"{place}: every row is a single quoted cell that holds a whole row, so it was written as "
                             "CSV twice; export it once, from its source.", "data")


def _width(cell: str, mark: str) -> int:
    """How many cells the cell would be as a row; 1 where it would be none or several rows."""
    rows = list(csv.reader(io.StringIO(cell, newline=""), delimiter=mark))
    return len(rows[0]) if len(rows) == 1 else 1


def _only(row: list[str]) -> str | None:
    """The first cell, where nothing stands in the others."""
    return row[0] if row and row[0].strip() and not any(cell.strip() for cell in row[1:]) else None

"""Quotation marks in a delimited text: whether each is in its place, and whether one swallows the rows below it."""

import re
from functools import cache

from helpers.study import InputFault


@cache
def _patterns(mark: str) -> tuple[re.Pattern, re.Pattern, re.Pattern]:
    """What is in order, as far as it goes; a cell that begins with a quotation mark; the rest of a cell."""
    ends = f"{re.escape(mark)}\r\n"
    quoted = '"(?:[^"]++|"")*+"'
    return (re.compile(rf'(?:{quoted}(?=[{ends}]|\Z)|[^"{ends}][^{ends}]*+|[{ends}]++)*+'), re.compile(quoted),
            re.compile(f"[^{ends}]*+"))


def is_well_quoted(text: str, mark: str, place: str) -> bool:
    """Whether every cell that begins with a quotation mark ends with one.

    Raises InputFault where a mark is closed lines below in the midst of another cell: one of the two is a slip, and the
    rows between would be read as one cell. A slip within a line costs no row, so it is let pass.
    """
    in_order, quoted, rest = _patterns(mark)
    at, well = 0, True
    while (at := in_order.match(text, at).end()) < len(text):
        well, cell = False, quoted.match(text, at)
        if cell is None:  # never closed: the reader says so
            return False
        if "\n" in cell[0] or "\r" in cell[0]:
            line = _lines(text[:at]) + 1
            raise InputFault(f"{place}, line {line}: a quotation mark is opened there and closed in the midst of line "
                             f"{line + _lines(cell[0])}, and the rows between would be lost; correct the quotation "
                             "marks, "
                             "or export it again.", "data")
        at = rest.match(text, cell.end()).end()
    return well


def _lines(text: str) -> int:
    """How many lines end in the text, whichever line ends it has."""
    return max(text.count("\n"), text.count("\r"))

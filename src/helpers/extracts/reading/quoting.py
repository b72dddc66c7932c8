"""Quotation marks in a delimited text: whether each is in its place, and whether one swallows the rows below it."""

import re
from functools import cache

import numpy as np

from helpers.study import InputFault

_QUOTE, _LINE_ENDS = ord('"'), (ord("\r"), ord("\n"))
_PIECE = 1 << 20  # bytes looked at together: they stay in the processor's cache


def marks_in_place(utf8: bytes, mark: str) -> tuple[bool, bool]:
    """Whether every quotation mark begins a cell, ends one or is doubled, and whether a line may end within a cell.

    A file of which this is true is well quoted; of any other `is_well_quoted` tells, much more slowly.
    """
    body = np.frombuffer(utf8, np.uint8)
    beside = np.isin(np.arange(256), [ord(mark), _QUOTE, *_LINE_ENDS])
    is_open, spanning = 0, False
    for begin in range(0, len(body), _PIECE):
        piece = body[begin:begin + _PIECE]
        quotes = np.flatnonzero(piece == _QUOTE)
        opening, closing = quotes[is_open::2] + begin, quotes[1 - is_open::2] + begin
        before, after = opening[opening > 0] - 1, closing[closing + 1 < len(body)] + 1
        if not (beside[body[before]].all() and beside[body[after]].all()):
            return False, True
        if not spanning and (is_open or len(quotes)):
            ends = np.flatnonzero((piece == _LINE_ENDS[0]) | (piece == _LINE_ENDS[1]))
            spanning = bool(((np.searchsorted(quotes, ends) + is_open) % 2).any())
        is_open = (is_open + len(quotes)) % 2
    return not is_open, spanning


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
                             "marks, or export it again.", "data")
        at = rest.match(text, cell.end()).end()
    return well


def _lines(text: str) -> int:
    """How many lines end in the text, whichever line ends it has."""
    return max(text.count("\n"), text.count("\r"))

"""The cells of an XLSX sheet as its XML has them, one after the other."""

import re

from helpers.extracts.reading.workbook.archive import damaged
from helpers.extracts.reading.workbook.scanned import (
    MOST_COLUMNS,
    MOST_DIGITS,
    MOST_ROWS,
    NEGATIVE,
    Merged,
    Scanned,
    at,
)

_LETTERS, _ROW = re.compile("[A-Z]{1,3}"), re.compile("[1-9][0-9]{0,6}")
_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")


class _Columns(dict):
    """The place of a column by its letters, each worked out once; none beyond the last there can be."""

    def __missing__(self, letters: str) -> int:
        place = 0
        for letter in letters if _LETTERS.fullmatch(letters) else "":
            place = place * 26 + ord(letter) - 64
        self[letters] = place - 1 if 0 < place <= MOST_COLUMNS else -1
        return self[letters]


class Cells:
    """What the elements of one sheet add up to, called back for each in turn."""

    def __init__(self, found: Scanned, shown: dict[str, int], file: str) -> None:
        self.found, self._shown, self._file, self._columns = found, shown, file, _Columns()
        self.formulas, self.zeros = 0, []
        self._row, self._number, self._column, self._last, self._filled = -1, "0", -1, -1, 0
        self._cell, self._value, self._reading, self._formula = None, "", False, False

    def start(self, name: str, given: dict[str, str]) -> None:
        if name == "c":
            self._column = self._column_of(given.get("r"))
            self._cell, self._value, self._formula = given, "", False
        elif name == "v":
            self._reading = self._cell is not None
        elif name == "row":
            self._row, self._column, self._last, self._filled = self._row_of(given.get("r")), -1, -1, 0
            self._number = str(self._row + 1)
        elif name == "f" and self._cell is not None:
            self._formula = True
        elif name == "is" and self._cell is not None:
            self._value = "inline"
        elif name == "mergeCell":
            self.found.merged.append(self._merged(given.get("ref", "")))

    def text(self, text: str) -> None:
        if self._reading:
            self._value += text

    def end(self, name: str) -> None:
        if name == "v":
            self._reading = False
        elif name == "c":
            self._settle(self._cell.get("t", "n"), self._value)
            self._cell = None
        elif name == "row" and self._filled:
            self.found.fill(self._row, self._last, self._filled)

    def _settle(self, kind: str, value: str) -> None:
        if value:
            self._last, self._filled = self._column, self._filled + 1
            if kind == "n" and value != "inline":
                self._number_of(value)
        cell = at(self._row, self._column)
        if kind == "e":
            self.found.errors.append(cell)
        elif self._formula:
            self.formulas += 1
            if not value and kind != "str":
                self.found.unworked.append(cell)
            elif value == "0" and kind == "n":
                self.zeros.append(cell)

    def _number_of(self, value: str) -> None:
        if (len(value) > MOST_DIGITS or "E" in value or "e" in value) and _is_overlong(value):
            self.found.overlong.append(at(self._row, self._column))
        how = self._shown.get(self._cell.get("s", "0"))
        if how is not None or value[0] == "-":
            self.found.show(self._row, self._column, NEGATIVE if how is None else how)

    def _row_of(self, reference: str | None) -> int:
        """Rows come in order, and those without a number stand below the one before: anything else is damage."""
        given = reference if reference is not None else str(self._row + 2)
        row = int(given) - 1 if _ROW.fullmatch(given) else -1
        if row <= self._row or row >= MOST_ROWS:
            raise damaged(self._file)
        return row

    def _column_of(self, reference: str | None) -> int:
        """Cells come in order too, and say the row they stand in."""
        if reference is None:
            column = self._column + 1
        else:
            letters = reference[:-len(self._number)]
            column = self._columns[letters] if reference == letters + self._number else -1
        if column <= self._column or column >= MOST_COLUMNS or self._row < 0:
            raise damaged(self._file)
        return column

    def _merged(self, reference: str) -> Merged:
        first, _, last = reference.partition(":")
        corners = [_REFERENCE.fullmatch(corner) for corner in (first, last or first)]
        if not all(corners):
            raise damaged(self._file)
        return Merged(*(place for letters, row in map(re.Match.groups, corners)
                        for place in (int(row) - 1, self._columns[letters])))


def _is_overlong(value: str) -> bool:
    try:
        return abs(float(value)) >= 10.0 ** MOST_DIGITS
    except ValueError:
        return False

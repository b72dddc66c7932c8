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
_LONGEST = 40_000  # letters of a value that are looked at: more than a spreadsheet lets into a cell
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")


def says(text: str) -> bool:
    """Whether a text says anything; _x000a_ is how XLSX writes what XML cannot hold."""
    plain = _ESCAPED.sub(lambda escaped: chr(int(escaped[1], 16)), text) if "_x" in text else text
    return bool(plain.strip())


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

    def __init__(self, found: Scanned, shown: dict[str, int], blank: bytearray, file: str) -> None:
        self.found, self._shown, self._blank, self._file, self._columns = found, shown, blank, file, _Columns()
        self.formulas, self.zeros = 0, []
        self._row, self._number, self._column, self._last, self._filled = -1, "0", -1, -1, 0
        self._cell, self._value, self._reading, self._formula, self._spoken = None, None, False, False, False

    def start(self, name: str, given: dict[str, str]) -> None:
        if name == "c":
            self._column = self._column_of(given.get("r"))
            self._cell, self._value, self._formula = given, None, False
        elif name in ("v", "t"):
            self._reading = self._cell is not None and not self._spoken
            self._value = self._value or ""
        elif name == "row":
            self._row, self._column, self._last, self._filled = self._row_of(given.get("r")), -1, -1, 0
            self._number = str(self._row + 1)
        elif name == "f" and self._cell is not None:
            self._formula = True
        elif name == "rPh":  # how a word is spoken, which is no part of it
            self._spoken = True
        elif name == "mergeCell":
            self.found.merge(self._merged(given.get("ref", "")))

    def text(self, text: str) -> None:
        if self._reading and len(self._value) < _LONGEST:
            self._value += text

    def end(self, name: str) -> None:
        if name in ("v", "t"):
            self._reading = False
        elif name == "c":
            if self._cell is None:
                raise damaged(self._file)  # a cell within a cell
            self._settle(self._cell.get("t", "n"), self._value)
            self._cell = None
        elif name == "rPh":
            self._spoken = False
        elif name == "row" and self._filled:
            self.found.fill(self._row, self._last, self._filled)

    def _settle(self, kind: str, value: str | None) -> None:
        if value is not None:
            self._last, self._filled = self._column, self._filled + 1
            self.found.said += (not self._blank or self._shared_says(value)) if kind == "s" else says(value)
            if value and kind == "n":
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

    def _shared_says(self, number: str) -> bool:
        """Whether the shared text of that number says anything; one that is not there is the reader's to refuse."""
        place = int(number) if number.strip().isdecimal() else 0
        return place >= len(self._blank) or not self._blank[place]

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

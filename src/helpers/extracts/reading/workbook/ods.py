"""The cells of an ODS workbook looked through before its reader opens it, as its XML has them."""

import re

from helpers.extracts.reading.workbook.archive import Archive, damaged, too_large
from helpers.extracts.reading.workbook.markup import read_markup
from helpers.extracts.reading.workbook.scanned import MOST_CELLS, MOST_DIGITS, PERCENT, Merged, Scanned, at

CONTENT, MANIFEST = "content.xml", "META-INF/manifest.xml"
_ERROR = re.compile(r"#[A-Z/0]+[!?]?|#N/A|Err:[0-9]+")
_FILLED_UP = re.compile(r"0[0-9]{1,29}")  # a whole number shown as 007
_COUNT = re.compile(r"[1-9][0-9]{0,6}")
_LONG_TIME = re.compile(r"PT(0*[1-9][0-9]{2,5}|0*2[4-9]|0*[3-9][0-9])H([0-9]{2})M([0-9]{2})(?:[.,][0-9]+)?S")
_CELLS = ("table-cell", "covered-table-cell")
_VALUES = tuple(f"office:{kind}value" for kind in ("", "date-", "time-", "boolean-", "string-"))
_BETWEEN = {"tab": "\t", "line-break": "\n"}  # elements that stand for text; the reader leaves them out


def scan(archive: Archive) -> dict[str, Scanned]:
    """Every sheet looked through, by name; raises InputFault where one is damaged, or all are too large together.

    The reader lays out all sheets as soon as it opens the workbook, so none may be left out here.
    """
    cells = _Cells(archive.place)
    read_markup(archive.chunks(CONTENT), archive.place, cells.start, cells.end, cells.text)
    if sum(found.rows * found.columns for found in cells.sheets.values()) > MOST_CELLS:
        raise too_large(archive.place)
    return cells.sheets


def is_locked(archive: Archive) -> bool:
    """Whether the parts are encrypted."""
    return b"encryption-data" in archive.whole(MANIFEST)


class _Cells:
    """What the elements of a workbook add up to, called back for each in turn.

    `_open` is the way down to the element, by names, from a sheet's own `table`; empty outside one.
    """

    def __init__(self, file: str) -> None:
        self.sheets: dict[str, Scanned] = {}
        self._file, self._found = file, Scanned(file)
        self._open: list[str] = []
        self._row = self._column = self._rows = 0
        self._shown: list[tuple[int, int, int]] = []  # of this row: column, how many columns, how
        self._texts: dict[int, str] = {}  # of this row: column, text
        self._cell, self._text, self._between = None, [], False

    def start(self, name: str, given: dict[str, str]) -> None:
        if not self._open:
            if name == "table":
                self._begin(given.get("table:name", ""))
                self._open.append("sheet")
            return
        if name == "table":
            raise damaged(self._file)  # a table within a cell: readers lose the rows below it
        if name == "table-row":
            self._column, self._rows = 0, self._times(given, "table:number-rows-repeated")
        elif name in _CELLS and self._cell is None:
            self._cell, self._text, self._between = given, [], False
        elif name == "p" and self._text and "annotation" not in self._open:
            self._text.append("\n")
        elif name in (*_BETWEEN, "s") and "annotation" not in self._open:
            self._text.append(_BETWEEN.get(name) or " " * self._times(given, "text:c"))
            self._between = self._between or name in _BETWEEN
        self._open.append(name)

    def _begin(self, sheet: str) -> None:
        if sheet in self.sheets:
            raise damaged(self._file)  # two sheets of one name
        self._found = self.sheets[sheet] = Scanned(f"{self._file}, sheet '{sheet}'")
        self._row = 0

    def text(self, text: str) -> None:
        if self._cell is not None and "p" in self._open and "annotation" not in self._open:
            self._text.append(text)

    def end(self, name: str) -> None:
        if not self._open:
            return
        self._open.pop()
        if name in _CELLS and self._open[-1] == "table-row":
            self._settle(self._cell, "".join(self._text))
            self._cell = None
        elif name == "table-row":
            self._end_row()

    def _settle(self, given: dict[str, str], text: str) -> None:
        row, column, found = self._row, self._column, self._found
        times, kind = self._times(given, "table:number-columns-repeated"), given.get("office:value-type")
        self._column += times
        formula = "table:formula" in given
        if text or kind:
            found.fill(row + self._rows - 1, column + times - 1, self._rows * times)
        if text.strip() or any(given.get(value, "").strip() for value in _VALUES):
            found.said += self._rows * times
        if kind == "time" and (match := _LONG_TIME.fullmatch(given.get("office:time-value", ""))):
            text, self._between = f"{int(match[1])}:{match[2]}:{match[3]}", True
        if self._between:
            self._texts.update(dict.fromkeys(range(column, column + times), text))
        # Newer programs keep an error as words with a type of its own; older ones leave the words alone.
        if given.get("calcext:value-type") == "error" or (formula and _ERROR.fullmatch(text)):
            found.errors.append(at(row, column))
        elif formula and kind is None and not text:
            found.unworked.append(at(row, column))
        elif kind in ("float", "currency", "percentage"):
            self._number(given.get("office:value", ""), kind, text, times)
        down, right = (self._times(given, f"table:number-{lines}-spanned") for lines in ("rows", "columns"))
        if down * right > 1:
            found.merge(Merged(row, column, row + down - 1, column + right - 1))

    def _number(self, value: str, kind: str, text: str, times: int) -> None:
        try:
            number = float(value)
        except ValueError:
            raise damaged(self._file) from None
        if abs(number) >= 10.0 ** MOST_DIGITS:
            self._found.overlong.append(at(self._row, self._column - times))
        elif kind == "percentage":
            self._shown.append((self._column - times, times, PERCENT))
        elif _FILLED_UP.fullmatch(text) and number == int(text):
            self._shown.append((self._column - times, times, len(text)))

    def _end_row(self) -> None:
        for row in range(self._row, self._row + self._rows) if self._shown else ():
            for column, times, how in self._shown:
                for right in range(times):
                    self._found.show(row, column + right, how)
        if self._texts:
            self._found.texts.update(dict.fromkeys(range(self._row, self._row + self._rows), self._texts))
        self._row, self._shown, self._texts = self._row + self._rows, [], {}

    def _times(self, given: dict[str, str], name: str) -> int:
        """How often an element stands there; once where it does not say."""
        times = given.get(name, "1")
        if not _COUNT.fullmatch(times):
            raise damaged(self._file)
        return int(times)

"""What a sheet says beyond the values that its reader gives: how far it reaches, which cells are not to be trusted."""

from array import array
from bisect import bisect_left
from dataclasses import dataclass, field

from helpers.study import InputFault

MOST_ROWS, MOST_COLUMNS = 1 << 20, 1 << 14  # of any spreadsheet program
# A reader lays out every cell between A1 and the farthest one, and ten million take some 1.5 GiB; one value lost at
# XFD1048576 would take 500 GiB. More than that comes as CSV.
MOST_CELLS = 10_000_000
MOST_DIGITS = 15  # a spreadsheet keeps no more of a number: the rest of a longer one is lost already
MOST_MERGED = 100_000
_NAMED = 5  # cells named in one message

PERCENT, NEGATIVE = 0, 255  # how a number is shown, beside how many digits it is filled up to (2, 3, …)


def _cells() -> array:
    return array("Q")


@dataclass(frozen=True)
class Merged:
    """Cells merged into one, by first and last row and column from 0; their value stands in the first alone."""

    top: int
    left: int
    bottom: int
    right: int

    def __str__(self) -> str:
        return f"{cell_name(self.top, self.left)}:{cell_name(self.bottom, self.right)}"


@dataclass
class Scanned:
    """Collected cell by cell, row after row; cells are kept as numbers, since there may be millions of a kind."""

    place: str
    rows: int = 0
    columns: int = 0
    filled: int = 0
    said: int = 0  # cells of them that say something: what their reader gives must be as many
    widest: int = 0  # the cell that stands farthest to the right
    errors: array = field(default_factory=_cells)
    unworked: array = field(default_factory=_cells)  # formulas without a result
    overlong: array = field(default_factory=_cells)
    merged: list[Merged] = field(default_factory=list)
    texts: dict[int, dict[int, str]] = field(default_factory=dict)  # row → column → text that the reader would change
    _shown: array = field(default_factory=_cells)  # cells whose number is not shown as it is kept, …
    _how: array = field(default_factory=lambda: array("B"))  # … and how each is shown

    def fill(self, row: int, column: int, cells: int = 1) -> None:
        """Notes that so many cells more have a value, the farthest there; raises InputFault where that is too far."""
        if column >= self.columns:
            self.columns, self.widest = column + 1, at(row, column)
        self.rows = max(self.rows, row + 1)
        self.filled += cells
        if self.rows > MOST_ROWS or self.columns > MOST_COLUMNS or self.rows * self.columns > MOST_CELLS:
            self._refuse_size()

    def merge(self, cells: Merged) -> None:
        """Notes merged cells; raises InputFault where there are more than any table has."""
        if len(self.merged) == MOST_MERGED:
            raise InputFault(f"{self.place}: more than {MOST_MERGED:,} groups of cells are merged; unmerge them and "
                             "fill each in.", "data")
        self.merged.append(cells)

    def show(self, row: int, column: int, how: int) -> None:
        self._shown.append(at(row, column))
        self._how.append(how)

    def shown(self, row: int) -> list[tuple[int, int]]:
        """(column, how) of the row's numbers that are not shown as they are kept."""
        first, end = bisect_left(self._shown, at(row, 0)), bisect_left(self._shown, at(row + 1, 0))
        cells = zip(self._shown[first:end], self._how[first:end], strict=True)
        return [(cell % MOST_COLUMNS, how) for cell, how in cells]

    def refuse(self) -> None:
        """Raises InputFault with every kind of cell that would be read as something it is not."""
        faults = [f"{self.place}: {before} in {named(cells)}{after}" for cells, before, after in (
            (self.errors, "an error stands", "; put the value there."),
            (self.unworked, "a formula stands", " without its result; open the workbook in a spreadsheet program, save "
                                                "it, and send it again."),
            (self.overlong, f"a number of more than {MOST_DIGITS} digits stands", ", and a spreadsheet keeps only "
                            f"{MOST_DIGITS} of them; write it as text, from its source."),
        ) if cells]
        if faults:
            raise InputFault(faults, "data")

    def _refuse_size(self) -> None:
        if self.filled * 4 > self.rows * self.columns:
            raise InputFault(f"{self.place}: more than {MOST_CELLS:,} cells; save the sheet as CSV and send that.",
                             "data")
        far = cell_name(*divmod(self.widest, MOST_COLUMNS))
        raise InputFault(f"{self.place}: the values reach to the right as far as {far} and down to row {self.rows:,}, "
                         "with hardly any between; delete what stands far from the table.", "data")


def at(row: int, column: int) -> int:
    """The cell as one number, in the order of reading."""
    return row * MOST_COLUMNS + column


def cell_name(row: int, column: int) -> str:
    """D4, as a spreadsheet names the cell in the fourth row and column."""
    letters, column = "", column + 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"


def named(cells: array) -> str:
    """The first few cells by name, and how many more there are."""
    more = f" and {len(cells) - _NAMED} more" if len(cells) > _NAMED else ""
    return ", ".join(cell_name(*divmod(cell, MOST_COLUMNS)) for cell in cells[:_NAMED]) + more

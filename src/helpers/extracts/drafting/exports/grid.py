"""The first rows of an export as it lies there, and which of its sheets holds the data."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from helpers.extracts.reading import text
from helpers.extracts.reading.encoding import decoded
from helpers.extracts.reading.files import WORKBOOKS
from helpers.extracts.reading.spss import SPSS
from helpers.extracts.reading.workbooks import sheet_names, sheet_rows
from helpers.extracts.reading.wrapped import refuse_wrapped
from helpers.study import InputFault

_LOOKED_AT = 200  # rows from which delimiter, header and style are told
_START = 1 << 20  # bytes of a text file that hold them
_NO_DATA = re.compile(r"cover|contents?|notes?|read ?me|index|metadata|look ?ups?|annex.*|guidance|instructions?|"
                      r"lists?|definitions?|title|information|about|drop ?downs?|validation", re.IGNORECASE)


@dataclass(frozen=True)
class Grid:
    """The first rows; the delimiter of a text file; all sheets of a workbook and the one that was looked at."""

    rows: list[list[str]]
    delimiter: str | None = None
    sheets: tuple[str, ...] = ()
    sheet: str | None = None


def grid(path: Path, sheet: str | None) -> Grid:
    """The first rows of the file, from the sheet named or the first that looks like data; raises InputFault."""
    place = path.name
    if path.is_dir():
        raise InputFault(f"{path.as_posix()}: a folder; name one of its files to draft from.", "data")
    if not path.is_file():
        raise InputFault(f"{path.as_posix()}: no such file; correct the path.", "data")
    if path.suffix.lower() in SPSS:
        return Grid([])
    if path.suffix.lower() in WORKBOOKS:
        return _workbook(path, sheet, place)
    start, _ = decoded(_start(path), None, place)
    rows, mark = _delimited(start, place)
    return Grid(rows, mark)


def _start(path: Path) -> bytes:
    """The first bytes of a long file up to the end of a line, a short one whole."""
    with path.open("rb") as file:
        raw = file.read(_START)
    if len(raw) < _START:
        return raw
    end = max(raw.rfind(b"\n"), raw.rfind(b"\r"))
    return raw[:(end if end > 0 else len(raw)) // 2 * 2]


def _workbook(path: Path, sheet: str | None, place: str) -> Grid:
    names = tuple(sheet_names(path, place))
    if sheet is not None:
        rows = sheet_rows(path, sheet, place)[:_LOOKED_AT]
        if not any(map(filled, rows)):
            raise InputFault(f"{place}, sheet '{sheet}': nothing in it; name another with --sheet.", "data")
        return Grid(rows, sheets=names, sheet=sheet)
    likely = [name for name in names if not _NO_DATA.fullmatch(re.sub(r"[_\d]+", " ", name).strip())]
    for least in (3, 1):  # columns; a list of two is mostly a key to something else
        for name in likely or names:
            rows = sheet_rows(path, name, place)
            if max((filled(row) for row in rows[:_LOOKED_AT]), default=0) >= least and len(rows) > 1:
                return Grid(rows[:_LOOKED_AT], sheets=names, sheet=name)
    raise InputFault(f"{place}: no sheet with a header and rows below it; name one with --sheet, or send another "
                     "workbook.", "data")


def _delimited(start: str, place: str) -> tuple[list[list[str]], str]:
    """The first rows under the delimiter by which most of them are equally wide."""
    found = {mark: text.head(start, _LOOKED_AT, mark)[0] for mark in text.DELIMITERS}
    mark = max(found, key=lambda mark: _evenness(found[mark]))
    refuse_wrapped(found[mark], (), place)
    return found[mark], mark


def _evenness(rows: Sequence[Sequence[str]]) -> float:
    """How evenly the rows are wide, and how wide: nothing for one column, nearly 1 for many and all alike."""
    widths = Counter(len(row) for row in rows if row)
    if not widths:
        return 0.0
    width, alike = max(widths.items(), key=lambda item: (item[1], item[0]))
    return 0.0 if width < 2 else alike / widths.total() * (1 - 1 / width)


def filled(row: Sequence[str]) -> int:
    """How many cells of a row have something in them."""
    return sum(bool(cell.strip()) for cell in row)

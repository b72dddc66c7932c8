"""The cells of a workbook as the texts a reader sees, and a sentence where they cannot be told."""

import datetime as dt
import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import xlrd
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from helpers.extracts.codebooks.spelling import folded
from helpers.extracts.reading.formats import OLD_WORKBOOK, WORKBOOK, format_of, is_delimited, remedy_for
from helpers.extracts.reading.workbook import ods, xls, xlsx
from helpers.extracts.reading.workbook.archive import MOST_BYTES, damaged, locked, open_archive, too_large
from helpers.extracts.reading.workbook.cells import cell_text, shown_text
from helpers.extracts.reading.workbook.scanned import NEGATIVE, Merged, Scanned, cell_name
from helpers.study import InputFault, nearest

Scan = Callable[[str], Scanned]  # a sheet looked through, by its name


@dataclass(frozen=True)
class Opened:
    """One sheet: every row from its first as text, and the cells that are merged; `place` names it in messages."""

    place: str
    rows: list[list[str]]
    merged: list[Merged]

    def refuse_merged(self, above: int) -> None:
        """Raises InputFault where cells below the first `above` rows are merged: their value stands in one row or
        column and is lost to the others. Merged cells with nothing in them are harmless."""
        lost = [cells for cells in self.merged if cells.bottom >= above and cells.top < len(self.rows)
                and any(cell.strip() for cell in self.rows[cells.top][cells.left:cells.left + 1])]
        if lost:
            listed, more = ", ".join(map(str, lost[:5])), f" and {len(lost) - 5} more" if len(lost) > 5 else ""
            raise InputFault(f"{self.place}: cells {listed}{more} are merged, and all but the first of each read as "
                             "blank; unmerge them and fill each in.", "data")


def sheet_rows(path: Path, sheet: str | None, place: str) -> list[list[str]]:
    """Every row of one sheet from its first, as text; raises InputFault where workbook or sheet cannot be read."""
    return open_sheet(path, sheet, place).rows


def sheet_names(path: Path, place: str) -> list[str]:
    """The sheets of cells in their order, hidden ones left out unless all are; raises InputFault."""
    raw = _raw(path, place)
    if format_of(raw) == OLD_WORKBOOK:
        return _shown(xls.open_old(raw, place))
    _looked_through(raw, place)
    with _opened(raw, place) as book:
        return _shown(book)


def open_sheet(path: Path, sheet: str | None, place: str) -> Opened:
    """One sheet of a workbook, the first that is shown where none is named; raises InputFault where it cannot be
    read, or would be read as something else than it shows."""
    try:
        raw = _raw(path, place)
        if format_of(raw) == OLD_WORKBOOK:
            return _old_sheet(xls.open_old(raw, place), sheet, place)
        scan = _looked_through(raw, place)
        with _opened(raw, place) as book:
            return _sheet(book, scan, sheet, place)
    except MemoryError:
        raise too_large(place) from None


def _raw(path: Path, place: str) -> bytes:
    if path.stat().st_size > MOST_BYTES:
        raise too_large(place)
    return path.read_bytes()


def _looked_through(raw: bytes, place: str) -> Scan:
    """What looks through a sheet; raises InputFault where the workbook's reader had better not open it."""
    kind = format_of(raw)
    if kind == WORKBOOK:
        archive = open_archive(raw, place)
        if archive.has(xlsx.BOOK):
            archive.verify(xlsx.other_parts(archive))
            return partial(xlsx.scan, archive)
        if archive.has(ods.CONTENT):
            if ods.is_locked(archive):
                raise locked(place)
            return ods.scan(archive).__getitem__
    if kind is None and is_delimited(raw):
        raise InputFault(f"{place}: the file is a text file under a workbook's name; give it the ending .csv.", "data")
    if kind in (None, WORKBOOK):
        raise InputFault(f"{place}: no workbook that can be read; save it as XLSX and send it again.", "data")
    raise InputFault(f"{place}: the file is {kind} under a workbook's name; {remedy_for(kind)}.", "data")


@contextmanager
def _opened(raw: bytes, place: str) -> Iterator[CalamineWorkbook]:
    """The workbook; whatever its reader cannot make out within is damage."""
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(raw)) as book:
            yield book
    except CalamineError:
        raise damaged(place) from None
    except BaseException as broken:
        if type(broken).__name__ != "PanicException":  # how the reader, which is no Python, says that it gave up
            raise
        raise damaged(place) from None


def _sheet(book: CalamineWorkbook, scan: Scan, sheet: str | None, place: str) -> Opened:
    name = _chosen(sheet, _tables(book), _shown(book), place)
    found = scan(name)
    found.refuse()
    rows = list(_texts(_values(book.get_sheet_by_name(name), found.place), found))
    if sum(bool(text.strip()) for row in rows for text in row) != found.said:
        raise damaged(place)  # the reader saw less, or more, than there is
    return Opened(found.place, rows, found.merged)


def _old_sheet(book: xlrd.Book, sheet: str | None, place: str) -> Opened:
    cells = book.sheet_by_name(_chosen(sheet, book.sheet_names(), _shown(book), place))
    found = xls.scan(cells, f"{place}, sheet '{cells.name}'")
    found.refuse()
    return Opened(found.place, list(_texts(xls.values(cells, found), found)), found.merged)


def _tables(book: CalamineWorkbook) -> list[str]:
    """The sheets that hold cells, not charts."""
    return [sheet.name for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]


def _shown(book: CalamineWorkbook | xlrd.Book) -> list[str]:
    """The sheets that hold cells and are not hidden; all where all are."""
    if isinstance(book, xlrd.Book):
        return [sheet.name for sheet in book.sheets() if not sheet.visibility] or book.sheet_names()
    shown = {sheet.name for sheet in book.sheets_metadata if sheet.visible == SheetVisibleEnum.Visible}
    return [name for name in _tables(book) if name in shown] or _tables(book)


def _chosen(sheet: str | None, names: list[str], shown: list[str], place: str) -> str:
    """The sheet of that name, however it is written; raises InputFault where there is none."""
    if not names:
        raise InputFault(f"{place}: the workbook has no sheet of cells; send one that has.", "data")
    if sheet is None:
        return shown[0]
    alike = [name for name in names if folded(name) == folded(sheet)]
    if not alike:
        raise InputFault(f"{place}: no sheet '{sheet}'; {nearest(sheet, names)}", "data")
    return sheet if sheet in alike else alike[0]


def _values(sheet: CalamineSheet, place: str) -> Iterator[list]:
    """Every row from the first, as values, as far as the sheet is filled."""
    left, number = [""] * (sheet.start or (0, 0))[1], 0
    try:
        for number, row in enumerate(sheet.iter_rows(), start=1):  # noqa: B007  the message below names it
            yield left + row
    except OverflowError:
        raise InputFault(f"{place}, row {number + 1}: a length of time stands there that no calendar holds; correct "
                         "it.", "data") from None


def _texts(rows: Iterator[list], found: Scanned) -> Iterator[list[str]]:
    """The rows as texts, with numbers as their formats show them."""
    for number, row in enumerate(rows):
        texts = [cell_text(cell) for cell in row]
        for column, how in found.shown(number):
            if how != NEGATIVE and isinstance(row[column], float):
                texts[column] = shown_text(row[column], how)
            elif isinstance(row[column], dt.time):
                raise InputFault(f"{found.place}: a date or time below nought stands in {cell_name(number, column)}; "
                                 "correct it.", "data")
        for column, text in found.texts.get(number, {}).items():
            texts[column] = text
        yield texts

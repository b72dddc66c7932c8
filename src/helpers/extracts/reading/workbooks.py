"""The cells of a workbook as the texts a reader sees, and a sentence where they cannot be told."""

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import xlrd
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from helpers.extracts.reading.formats import OLD_WORKBOOK, WORKBOOK, format_of, is_delimited, remedy_for
from helpers.extracts.reading.workbook import ods, xls, xlsx
from helpers.extracts.reading.workbook.archive import MOST_BYTES, damaged, locked, open_archive, too_large
from helpers.extracts.reading.workbook.opened import Opened, texts_of
from helpers.extracts.reading.workbook.scanned import Scanned
from helpers.extracts.reading.workbook.sheets import chosen, shown_sheets, tables
from helpers.study import InputFault

Scan = Callable[[str], Scanned]  # a sheet looked through, by its name


def sheet_rows(path: Path, sheet: str | None, place: str) -> list[list[str]]:
    """Every row of one sheet from its first, as text; raises InputFault where workbook or sheet cannot be read."""
    return open_sheet(path, sheet, place).rows


def sheet_names(path: Path, place: str) -> list[str]:
    """The sheets of cells in their order, hidden ones left out unless all are; raises InputFault."""
    raw = _raw(path, place)
    if format_of(raw) == OLD_WORKBOOK:
        return shown_sheets(xls.open_old(raw, place))
    _looked_through(raw, place)
    with _opened(raw, place) as book:
        return shown_sheets(book)


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
    name = chosen(sheet, tables(book), shown_sheets(book), place)
    found = scan(name)
    found.refuse()
    rows = list(texts_of(_values(book.get_sheet_by_name(name), found.place), found))
    if sum(bool(text.strip()) for row in rows for text in row) != found.said:
        raise damaged(place)  # the reader saw less, or more, than there is
    return Opened(found.place, rows, found.merged, tuple(shown_sheets(book)[1:]) if sheet is None else ())


def _old_sheet(book: xlrd.Book, sheet: str | None, place: str) -> Opened:
    cells = book.sheet_by_name(chosen(sheet, book.sheet_names(), shown_sheets(book), place))
    found = xls.scan(cells, f"{place}, sheet '{cells.name}'")
    found.refuse()
    rows = list(texts_of(xls.values(cells, found), found))
    return Opened(found.place, rows, found.merged, tuple(shown_sheets(book)[1:]) if sheet is None else ())


def _values(sheet: CalamineSheet, place: str) -> Iterator[list]:
    """Every row from the first, as values, as far as the sheet is filled."""
    left, number = [""] * (sheet.start or (0, 0))[1], 0
    try:
        for number, row in enumerate(sheet.iter_rows(), start=1):  # noqa: B007  the message below names it
            yield left + row
    except OverflowError:
        raise InputFault(f"{place}, row {number + 1}: a length of time stands there that no calendar holds; correct "
                         "it.", "data") from None

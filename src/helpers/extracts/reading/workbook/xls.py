"""A workbook of the old kind (XLS), whose reader tells errors, number formats and merged cells from values."""

import datetime as dt
import os
from collections.abc import Iterator

import xlrd

from helpers.extracts.reading.workbook.archive import damaged, locked
from helpers.extracts.reading.workbook.scanned import MOST_DIGITS, Merged, Scanned, at
from helpers.extracts.reading.workbook.xlsx import how_shown

_LOCKED = "EncryptedPackage".encode("utf-16-le")  # an XLSX with a password is an old workbook with this inside
_DAY_NOUGHT = {0: dt.datetime(1899, 12, 30), 1: dt.datetime(1904, 1, 1)}  # by the workbook's way of counting days
_NO_DAY = {0: 61, 1: 1}  # numbers below are times, or days that were counted wrongly: 1900 had no 29 February
_LAST_DAY = 2_950_000  # in the year 9976; later ones are no dates but numbers that were given a date's format


def open_old(raw: bytes, place: str) -> xlrd.Book:
    """The workbook; raises InputFault where it is locked or damaged."""
    if _LOCKED in raw:
        raise locked(place)
    try:
        with open(os.devnull, "w") as silence:  # noqa: PTH123
            return xlrd.open_workbook(file_contents=raw, formatting_info=True, ragged_rows=True, logfile=silence)
    except Exception as fault:  # whatever the damage breaks inside the reader
        raise (locked if "encrypted" in str(fault) else damaged)(place) from None


def scan(sheet: xlrd.sheet.Sheet, place: str) -> Scanned:
    """The sheet looked through; raises InputFault where it is too large."""
    found, forms = Scanned(place), {}
    for row in range(sheet.nrows):
        for column in range(sheet.row_len(row)):
            kind, value = sheet.cell_type(row, column), sheet.cell_value(row, column)
            if kind in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
                continue
            found.fill(row, column)
            if kind == xlrd.XL_CELL_ERROR:
                found.errors.append(at(row, column))
            elif kind == xlrd.XL_CELL_NUMBER:
                form = sheet.cell_xf_index(row, column)
                if form not in forms:
                    forms[form] = how_shown(_form(sheet, row, column))
                if abs(value) >= 10.0 ** MOST_DIGITS:
                    found.overlong.append(at(row, column))
                elif forms[form] is not None:
                    found.show(row, column, forms[form])
    found.merged = [Merged(top, left, bottom - 1, right - 1) for top, bottom, left, right in sheet.merged_cells]
    return found


def values(sheet: xlrd.sheet.Sheet, found: Scanned) -> Iterator[list]:
    """The rows as far as the sheet is filled: texts, numbers, dates, times and truth values, "" for nothing."""
    for row in range(found.rows):
        kinds = zip(sheet.row_types(row), sheet.row_values(row), strict=True)
        cells = [_value(sheet, row, column, kind, value) for column, (kind, value) in enumerate(kinds)]
        yield (cells + [""] * found.columns)[:found.columns]


def _value(sheet: xlrd.sheet.Sheet, row: int, column: int, kind: int, value):
    if kind == xlrd.XL_CELL_BOOLEAN:
        return bool(value)
    if kind != xlrd.XL_CELL_DATE:
        return value if kind in (xlrd.XL_CELL_TEXT, xlrd.XL_CELL_NUMBER) else ""
    mode = sheet.book.datemode
    if "[h" in _form(sheet, row, column).lower() and abs(value) < _LAST_DAY:
        return dt.timedelta(days=value)
    if 0 <= value < 1:
        return (_DAY_NOUGHT[1] + dt.timedelta(days=value)).time()
    return _DAY_NOUGHT[mode] + dt.timedelta(days=value) if _NO_DAY[mode] <= value < _LAST_DAY else value


def _form(sheet: xlrd.sheet.Sheet, row: int, column: int) -> str:
    """The number format of a cell; none where the damage took it."""
    book = sheet.book
    try:
        return book.format_map[book.xf_list[sheet.cell_xf_index(row, column)].format_key].format_str
    except (IndexError, KeyError):
        return ""

"""Which sheet of a workbook is meant."""

import xlrd
from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from helpers.extracts.codebooks.spelling import folded
from helpers.study import InputFault, nearest


def tables(book: CalamineWorkbook) -> list[str]:
    """The sheets that hold cells, not charts."""
    return [sheet.name for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]


def shown_sheets(book: CalamineWorkbook | xlrd.Book) -> list[str]:
    """The sheets that hold cells and are not hidden; all where all are."""
    if isinstance(book, xlrd.Book):
        return [sheet.name for sheet in book.sheets() if not sheet.visibility] or book.sheet_names()
    visible = {sheet.name for sheet in book.sheets_metadata if sheet.visible == SheetVisibleEnum.Visible}
    return [name for name in tables(book) if name in visible] or tables(book)


def chosen(sheet: str | None, names: list[str], shown: list[str], place: str) -> str:
    """The sheet of that name, however it is written; raises InputFault where there is none."""
    if not names:
        raise InputFault(f"{place}: the workbook has no sheet of cells; send one that has.", "data")
    if sheet is None:
        return shown[0]
    alike = [name for name in names if folded(name) == folded(sheet)]
    if not alike:
        raise InputFault(f"{place}: no sheet '{sheet}'; {nearest(sheet, names)}", "data")
    return sheet if sheet in alike else alike[0]

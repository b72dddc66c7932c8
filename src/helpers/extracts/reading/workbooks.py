"""The cells of a workbook as the text a reader sees: whole numbers without a point, dates as ISO dates."""

import datetime as dt
import re
import zipfile
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from helpers.extracts.codebooks.spelling import folded
from helpers.study import InputFault, nearest

_ERROR_CELL = re.compile(rb'<c r="([A-Z]+[0-9]+)"[^>]* t="e"')


def sheet_rows(path: Path, sheet: str | None, place: str) -> list[list[str]]:
    """Every row of one sheet from its first, as text; raises InputFault where workbook or sheet cannot be read."""
    try:
        book = CalamineWorkbook.from_path(str(path))
    except PasswordError:
        raise InputFault(f"{place}: the workbook is locked with a password; save it without one.", "data") from None
    except CalamineError:
        raise InputFault(f"{place}: no workbook that can be read; save it as XLSX and send it again.", "data") from None
    with book:
        names = {folded(name): name for name in book.sheet_names}
        if sheet is not None and folded(sheet) not in names:
            raise InputFault(f"{place}: no sheet '{sheet}'; {nearest(sheet, book.sheet_names)}", "data")
        name = names[folded(sheet)] if sheet is not None else book.sheet_names[0]
        cells = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        number = book.sheet_names.index(name) + 1
    _refuse_errors(path, number, name, place)
    return [[_text(cell) for cell in row] for row in cells]


def _text(cell) -> str:
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(sep=" ")
    return cell.isoformat() if isinstance(cell, dt.date | dt.time) else str(cell)


def _refuse_errors(path: Path, number: int, sheet: str, place: str) -> None:
    """A cell that shows #REF! or #DIV/0! reads as blank, and a blank means something else."""
    if path.suffix.lower() not in (".xlsx", ".xlsm"):
        return
    with zipfile.ZipFile(path) as book:
        part = f"xl/worksheets/sheet{number}.xml"
        found = _ERROR_CELL.findall(book.read(part)) if part in book.namelist() else []
    if found:
        cells = ", ".join(cell.decode() for cell in found[:5])
        more = f" and {len(found) - 5} more" if len(found) > 5 else ""
        raise InputFault(f"{place}, sheet '{sheet}': an error stands in {cells}{more}; put the value there.", "data")

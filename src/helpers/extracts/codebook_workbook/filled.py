"""The sheets of a workbook that came back, as rows of values: lenient on what programs change, strict in meaning."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from helpers.extracts.codebook_workbook.headings import Heading, Sheet
from helpers.extracts.codebook_workbook.instrument import INSTRUMENT, SETTINGS, TITLES
from helpers.extracts.codebook_workbook.readme import README
from helpers.extracts.codebook_workbook.sheets import ORDER, SHEETS
from helpers.extracts.codebooks.spelling import folded
from helpers.extracts.reading.workbooks import sheet_names, sheet_rows
from helpers.study import InputFault, nearest


@dataclass(frozen=True)
class Row:
    """What one row says, key → value, and where each of its cells stands; `unread` are those that make no sense."""

    said: dict[str, Any]
    at: dict[str, str]
    unread: list[str]


@dataclass
class Filled:
    """The rows of every sheet in their order, the settings by path, and every fault found on the way."""

    rows: dict[str, list[Row]] = field(default_factory=dict)
    settings: Row = field(default_factory=lambda: Row({}, {}, []))
    faults: list[str] = field(default_factory=list)


def filled(path: Path) -> Filled:
    """Everything said in the workbook; raises InputFault where it cannot be opened."""
    found = Filled()
    texts = _texts(path, _sheet_names(path), found.faults)
    for sheet in SHEETS:
        if sheet.title in texts:
            found.rows[sheet.title] = _rows(sheet, texts[sheet.title], found.faults)
    if INSTRUMENT in texts:
        found.settings = _settings(texts[INSTRUMENT], found.faults)
    return found


def _texts(path: Path, names: list[str], faults: list[str]) -> dict[str, list[list[str]]]:
    """Sheet → its cells, trimmed; a sheet that lacks, or that nobody knows, is a fault."""
    known = {folded(title): title for title in (README, INSTRUMENT, *(sheet.title for sheet in SHEETS))}
    texts: dict[str, list[list[str]]] = {}
    for name in names:
        try:
            rows = [[_trimmed(cell) for cell in row] for row in sheet_rows(path, name, path.name)]
        except InputFault as fault:
            faults += [sentence.removeprefix(f"{path.name}, ") for sentence in fault.faults]
            rows = []
        if folded(name) in known:
            texts[known[folded(name)]] = rows
        elif any(any(row) for row in rows):
            faults.append(f"sheet '{name}': nobody reads it; move what it says to another sheet and delete it; "
                          + nearest(name, known.values()))
    for title in known.values():
        if title not in texts and title != README:
            faults.append(f"there is no sheet '{title}'; put it back, if only with its headings.")
    return texts


def _sheet_names(path: Path) -> list[str]:
    if not path.is_file():
        raise InputFault(f"{path.as_posix()}: there is no such file; give the path of a workbook.")
    try:
        return sheet_names(path, path.name)
    except InputFault as fault:
        raise InputFault(fault.faults) from None


def _trimmed(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _rows(sheet: Sheet, texts: list[list[str]], faults: list[str]) -> list[Row]:
    """The rows below the headings, sorted by their numbers; a row without one stays below the one above it."""
    head = next((number for number, row in enumerate(texts) if any(row)), 0)
    titles = texts[head] if texts else []
    headings = _headings(sheet, head, titles, faults)
    lacking = [heading.key for heading in sheet.headings if heading not in headings.values() and not heading.seldom]
    numbered, last = [], float("-inf")
    for number, cells in enumerate(texts[head + 1:], start=head + 1):
        if any(text for column, text in enumerate(cells) if headings.get(column) is not ORDER):
            places = {heading.key: _place(sheet.title, number, at) for at, heading in headings.items()}
            row = Row({}, places, [*lacking])
            for column, text in enumerate(cells):
                if text and column in headings:
                    _take(row, headings[column], text, faults)
                elif text and not any(titles[column:column + 1]):
                    faults.append(f"{_place(sheet.title, number, column)}: stands below no heading; move it under one.")
            last = row.said.pop(ORDER.key, last)
            numbered.append((last, row))
    return [row for _, row in sorted(numbered, key=lambda pair: pair[0])]


def _headings(sheet: Sheet, number: int, titles: list[str], faults: list[str]) -> dict[int, Heading]:
    known = {folded(heading.title): heading for heading in sheet.headings}
    found: dict[int, Heading] = {}
    for column, title in enumerate(titles):
        heading = known.get(folded(title))
        if heading and heading not in found.values():
            found[column] = heading
        elif title:
            problem = "stands there twice; keep one." if heading else f"is no heading here; {_near(title, sheet)}"
            faults.append(f"{_place(sheet.title, number, column)}: '{title}' {problem}")
    for heading in sheet.headings:
        if heading not in found.values() and not heading.seldom:
            faults.append(f"{sheet.title}: there is no heading '{heading.title}'; put it back.")
    return found


def _near(title: str, sheet: Sheet) -> str:
    return nearest(title, [heading.title for heading in sheet.headings])


def _settings(texts: list[list[str]], faults: list[str]) -> Row:
    """The answers beside their questions, whatever the order of the rows."""
    known = {folded(setting.title): setting for setting in SETTINGS}
    given = Row({}, {}, [])
    for number, row in enumerate(texts):
        question, answer = (*row, "", "")[:2]
        setting, place = known.get(folded(question)), _place(INSTRUMENT, number, 1)
        if setting and setting.key in given.at and answer:
            faults.append(f"{place}: '{question}' stands there twice; keep one.")
        elif setting:
            given.at[setting.key] = place
            if answer:
                _take(given, setting, answer, faults)
        elif answer and folded(question) != folded(TITLES[0]):
            faults.append(f"{place}: nothing is asked by '{question}'; "
                          + nearest(question, [setting.title for setting in SETTINGS]))
    for setting in SETTINGS:
        if setting.key not in given.at:
            given.unread.append(setting.key)
            faults.append(f"{INSTRUMENT}: there is no row '{setting.title}'; put it back.")
    return given


def _take(row: Row, heading: Heading, text: str, faults: list[str]) -> None:
    try:
        row.said[heading.key] = heading.form.meant(text)
    except ValueError as error:
        row.unread.append(heading.key)
        faults.append(f"{row.at[heading.key]}: {error}")


def _place(sheet: str, row: int, column: int) -> str:
    """A cell as spreadsheets name it: Columns!D7."""
    return f"{sheet}!{xl_rowcol_to_cell(row, column)}"

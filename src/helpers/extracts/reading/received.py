"""What was received: every file of an extract opened, its columns matched to the codebook, its rows still as texts."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd

from helpers.extracts.codebooks.codebook import Codebook
from helpers.extracts.reading.coded import NO_COLUMN, Coded, joined
from helpers.extracts.reading.files import WORKBOOKS, read_sheet
from helpers.extracts.reading.headers import headers_of, style_fault
from helpers.extracts.reading.joining import joined_sheets
from helpers.extracts.reading.known import Known
from helpers.extracts.reading.matched import Matched, matched
from helpers.extracts.reading.pivoting import pivoted
from helpers.extracts.reading.sheet import Sheet, empty_rows
from helpers.extracts.reading.table import EMPTY, RAGGED, WHOLE, Table
from helpers.extracts.reading.unpivoting import unpivoted
from helpers.study import InputFault


@dataclass(frozen=True)
class Part:
    """One file: how messages name it, its columns by clean name, and where its rows stand among all received."""

    place: str
    shown: dict[str, str]
    columns: dict[str, Coded]
    state: np.ndarray
    row: np.ndarray
    start: int


@dataclass(frozen=True)
class Received:
    """All files of an extract; `dropped` counts the rows under each personal column, `faults` is what headers lack."""

    parts: list[Part]
    dropped: dict[str, int] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    notes: list[tuple[str, str, int]] = field(default_factory=list)

    def __len__(self) -> int:
        return sum(len(part.state) for part in self.parts)

    def column(self, name: str) -> Coded:
        """The column over all files; NO_COLUMN in the rows of a file without it."""
        none = [Coded(np.full(len(part.state), NO_COLUMN, dtype=np.int32), []) for part in self.parts]
        return joined([part.columns.get(name, lacking) for part, lacking in zip(self.parts, none, strict=True)])

    def has(self, name: str) -> bool:
        """Whether any file has the column."""
        return any(name in part.columns for part in self.parts)

    def origin(self) -> pd.DataFrame:
        """file, row (as its sender numbers it), state and at (place among all), one row a row received."""
        lengths = [len(part.state) for part in self.parts]
        return pd.DataFrame({
            "file": pd.Categorical.from_codes(np.repeat(np.arange(len(lengths)), lengths),
                                              categories=[part.place for part in self.parts]),
            "row": np.concatenate([part.row for part in self.parts]),
            "state": np.concatenate([part.state for part in self.parts]),
            "at": np.arange(sum(lengths)),
        })

    def text(self, name: str, at: int) -> str | None:
        """What the row at that place said in the column; None for a derived column or one its file lacks."""
        part = next(part for part in reversed(self.parts) if part.start <= at)
        return part.columns[name].text(at - part.start) if name in part.columns else None


def receive(paths: Iterable[Path], root: Path, codebook: Codebook) -> Received:
    """The files of the extract; headers that do not fit and files that cannot be read are its `faults`."""
    parts, dropped, faults, notes, known = [], {}, [], [], Known(codebook)
    for path in paths:
        place = path.relative_to(root).as_posix()
        try:
            table = _opened(path, place, codebook, known)
        except InputFault as fault:
            faults += fault.faults
            continue
        match = matched(table.headers, codebook, known, place)
        faults += match.faults + _bare(table, place)
        for where, piece in ((place, table), *((f"{place}, sheet '{name}'", left) for name, left in
                                               table.apart.items())):
            parts.append(_part(piece, match if piece is table else Matched(), where, sum(len(p.state) for p in parts)))
        notes += table.notes
        for shown in match.dropped:
            dropped[shown] = dropped.get(shown, 0) + len(table)
    return Received(parts, dropped, faults, notes)


def _opened(path: Path, place: str, codebook: Codebook, known: Known) -> Table:
    """The file's rows, a row a record or response, whatever its layout; raises InputFault."""
    reading = codebook.reading
    table = _table(read_sheet(path, place, reading, known), codebook, place)
    if reading.join:
        if path.suffix.lower() not in WORKBOOKS:
            raise InputFault(f"{place}: no workbook, and [reading.join] joins the sheets of one; send a workbook, or "
                             "take [reading.join] away.", "data")
        sheets = {name: read_sheet(path, place, reading, known, name) for name in reading.join.sheets}
        further = {name: _table(sheet, codebook, f"{place}, sheet '{name}'") for name, sheet in sheets.items()}
        _refuse_bare({f"{place}, sheet '{name}'": sheet for name, sheet in further.items()})
        table = joined_sheets(table, further, reading.join, place)
    if reading.pivot or reading.unpivot:
        _refuse_bare({place: table})
    if reading.pivot:
        table = pivoted(table, reading.pivot, known, place)
    return unpivoted(table, reading.unpivot, known, place) if reading.unpivot else table


def _table(sheet: Sheet, codebook: Codebook, place: str) -> Table:
    style = sheet.style or codebook.reading.style
    if fault := style_fault(sheet.head, style, place):
        raise InputFault(fault, "data")
    if not sheet.rows:
        raise InputFault(f"{place}: a header and no row below it; send the file again.", "data")
    state = np.where(empty_rows(sheet), EMPTY, WHOLE).astype(np.int8)
    state[list(sheet.ragged)] = RAGGED
    row = np.arange(sheet.rows, dtype=np.int64) + sheet.first_row
    width = max(map(len, sheet.head))
    return Table(headers_of(sheet.head, style), sheet.body, row, state, width, sheet.notes).emptied()


def _bare(table: Table, place: str) -> list[str]:
    """Columns that have values and no header."""
    headed = {header.position for header in table.headers}
    return [f"{place}: column number {at + 1} has values and no header; name it, or take it out."
            for at in range(table.width) if at not in headed and any(text.strip() for text in table.body[at].texts)]


def _refuse_bare(tables: dict[str, Table]) -> None:
    """Raises InputFault for values without a header, which no other layout would have a place for."""
    if faults := [fault for place, table in tables.items() for fault in _bare(table, place)]:
        raise InputFault(faults, "data")


def _part(table: Table, match: Matched, place: str, start: int) -> Part:
    columns = {key: table.body[at] for key, at in match.positions.items()}
    return Part(place, match.shown, columns, table.state, table.row, start)

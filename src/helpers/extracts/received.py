"""What was received: every file of an extract opened, its columns matched to the codebook, its rows still as texts."""

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd

from helpers.extracts.codebook import Codebook
from helpers.extracts.coded import NO_CELL, NO_COLUMN, Coded, joined
from helpers.extracts.files import Sheet, empty_rows, find_files, read_sheet
from helpers.extracts.headers import HEAD_ROWS, Matched, matched
from helpers.extracts.rows import EMPTY, RAGGED, WHOLE
from helpers.extracts.spelling import folded_header
from helpers.study import InputFault, Study


@dataclass(frozen=True)
class Part:
    """One file: how messages name it, its columns by clean name, and where its rows stand among all received."""

    place: str
    shown: dict[str, str]
    columns: dict[str, Coded]
    state: np.ndarray
    first_row: int
    start: int


@dataclass(frozen=True)
class Received:
    """All files of an extract; `dropped` counts the rows under each personal column, `faults` is what headers lack."""

    parts: list[Part]
    dropped: dict[str, int] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def __len__(self) -> int:
        return sum(len(part.state) for part in self.parts)

    def column(self, name: str) -> Coded:
        """The column over all files; NO_COLUMN in the rows of a file without it."""
        none = [Coded(np.full(len(part.state), NO_COLUMN, dtype=np.int32), []) for part in self.parts]
        return joined([part.columns.get(name, lacking) for part, lacking in zip(self.parts, none, strict=True)])

    def origin(self) -> pd.DataFrame:
        """file, row (as a spreadsheet numbers it), state and at (place among all), one row a row received."""
        lengths = [len(part.state) for part in self.parts]
        return pd.DataFrame({
            "file": pd.Categorical.from_codes(np.repeat(np.arange(len(lengths)), lengths),
                                              categories=[part.place for part in self.parts]),
            "row": np.concatenate([np.arange(len(part.state)) + part.first_row for part in self.parts]),
            "state": np.concatenate([part.state for part in self.parts]),
            "at": np.arange(sum(lengths)),
        })

    def text(self, name: str, at: int) -> str | None:
        """What the row at that place said in the column; None for a derived column or one its file lacks."""
        part = next(part for part in reversed(self.parts) if part.start <= at)
        return part.columns[name].text(at - part.start) if name in part.columns else None


def receive(study: Study, name: str, codebook: Codebook) -> Received:
    """The files of the extract; headers that do not fit and files that cannot be read are its `faults`."""
    parts, dropped, faults, start = [], {}, [], 0
    for path in find_files(study, name):
        place = path.relative_to(study.raw).as_posix()
        try:
            sheet, match = _opened(path, place, codebook)
        except InputFault as fault:
            faults += fault.faults
            continue
        faults += match.faults
        parts.append(_part(sheet, match, place, start))
        start += sheet.rows
        for shown in match.dropped:
            dropped[shown] = dropped.get(shown, 0) + sheet.rows
    return Received(parts, dropped, faults)


def _opened(path: Path, place: str, codebook: Codebook) -> tuple[Sheet, Matched]:
    reading = codebook.reading
    known = {folded_header(name) for column in codebook.columns for name in (column.name, *column.source)}
    sheet = read_sheet(path, place=place, head_rows=HEAD_ROWS[reading.style], skip_rows=reading.skip_rows,
                       sheet=reading.sheet, encoding=reading.encoding, delimiter=reading.delimiter, known=known)
    match = matched(sheet.head, codebook, place)
    for at in match.unread:
        if any(text.strip() for text in sheet.body[at].texts):
            match.faults.append(f"{place}: column number {at + 1} has values and no header; name it, or take it out.")
    if not sheet.rows and not match.faults:
        match.faults.append(f"{place}: a header and no row below it; send the file again.")
    return sheet, match


def _part(sheet: Sheet, match: Matched, place: str, start: int) -> Part:
    """The file's columns by clean name; a row with nothing in it has no cells."""
    empty = empty_rows(sheet)
    state = np.where(empty, EMPTY, WHOLE).astype(np.int8)
    state[list(sheet.ragged)] = RAGGED
    columns = {name: sheet.body[at] for name, at in match.positions.items()}
    if empty.any():
        columns = {name: Coded(np.where(empty, NO_CELL, raw.codes), raw.texts) for name, raw in columns.items()}
    return Part(place, match.shown, columns, state, sheet.first_row, start)

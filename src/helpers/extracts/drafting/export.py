"""An export opened for drafting: its columns with their texts, whatever its layout."""

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from helpers.extracts.codebooks.codebook import Codebook
from helpers.extracts.codebooks.layout import Reading
from helpers.extracts.codebooks.spelling import folded_header
from helpers.extracts.codebooks.variables import Column
from helpers.extracts.drafting.fields import Field, fields_of
from helpers.extracts.drafting.grid import grid
from helpers.extracts.drafting.layout import layout_of
from helpers.extracts.drafting.long_form import long_form
from helpers.extracts.reading.files import read_sheet
from helpers.extracts.reading.headers import headers_of
from helpers.extracts.reading.known import Known
from helpers.extracts.reading.pivoting import pivoted
from helpers.extracts.reading.sheet import Sheet, empty_rows
from helpers.extracts.reading.spss import SPSS, spss_variables
from helpers.extracts.reading.table import EMPTY, RAGGED, WHOLE, Table
from helpers.study import InputFault


# What is known before anything is: a codebook whose only column no export has.
_NOTHING = Codebook(instrument="draft", title="Draft", columns=[
    Column(name="nothing_known_yet", label="Nothing", type="text", source=["\ue000"], optional=True)])


@dataclass(frozen=True)
class Export:
    """The columns; how the file is read; what was seen of its layout and what is doubtful about it.

    `bare`: numbers of columns with values and no header. `doubled`: headers that several columns have. `rows`: those of
    the table, a row a response.
    """

    fields: list[Field]
    reading: Reading
    seen: str
    doubts: tuple[str, ...]
    sheets: tuple[str, ...]
    rows: int
    bare: list[int]
    doubled: list[str]
    style: str


def opened(path: Path, sheet: str | None) -> Export:
    """The export; raises InputFault where it cannot be read or holds nothing."""
    found = grid(path, sheet)
    is_spss = path.suffix.lower() in SPSS
    if not is_spss and not found.rows:
        raise InputFault(f"{path.name}: nothing in it; send it again.", "data")
    layout = layout_of(found) if not is_spss else None
    reading = layout.reading if layout else Reading()
    received = read_sheet(path, path.name, reading, Known(_NOTHING))
    style = received.style or reading.style
    table = _table(received, style)
    fields = fields_of(table.headers, received.head, table.body, style)
    if is_spss:
        fields = _with_labels(fields, path)
    doubts = list(layout.doubts if layout else ())
    if style == "plain" and (pivot := long_form(fields)):
        reading = reading.model_copy(update={"pivot": pivot})
        table = pivoted(table, pivot, Known(_NOTHING), path.name)
        fields = fields_of(table.headers, [[header.shown for header in table.headers]], table.body, "plain")
        doubts.append(f"A row is an answer: rows of one response go by {' and '.join(map(repr, pivot.response))}, and the questions "
                      f"in {pivot.question!r} become columns. Is that so?")
    bare = [at + 1 for at in sorted(set(range(table.width)) - {header.position for header in table.headers})
            if any(text.strip() for text in table.body[at].texts)] if not reading.pivot else []
    unique, doubled = _once(fields)
    stated = reading.model_copy(update={"delimiter": None, "sheet": found.sheet if len(found.sheets) > 1 else None})
    seen = layout.seen if layout else "an SPSS file, read by its labels"
    return Export(unique, stated, seen, tuple(doubts), found.sheets, len(table), bare, doubled, style)


def _table(sheet: Sheet, style: str) -> Table:
    """The sheet's rows under its headers; a row with nothing in it has no cells."""
    state = np.where(empty_rows(sheet), EMPTY, WHOLE).astype(np.int8)
    state[list(sheet.ragged)] = RAGGED
    row = np.arange(sheet.rows, dtype=np.int64) + sheet.first_row
    return Table(headers_of(sheet.head, style), sheet.body, row, state, max(map(len, sheet.head))).emptied()


def _with_labels(fields: list[Field], path: Path) -> list[Field]:
    """The fields with the labels that the file declares."""
    declared = {variable.name: tuple(variable.labels.values()) for variable in spss_variables(path, path.name)}
    return [replace(field, labels=declared.get(field.code, ())) for field in fields]


def _once(fields: list[Field]) -> tuple[list[Field], list[str]]:
    """The fields without those whose header an earlier or later one has too, since nothing tells them apart."""
    times: dict[str, int] = {}
    for field in fields:
        key = folded_header(field.header.shown)
        times[key] = times.get(key, 0) + 1
    doubled = list(dict.fromkeys(field.header.shown for field in fields if times[folded_header(field.header.shown)] > 1))
    return [field for field in fields if times[folded_header(field.header.shown)] == 1], doubled

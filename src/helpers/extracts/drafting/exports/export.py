"""An export opened for drafting: its columns with their texts, whatever its layout."""

from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from helpers.extracts.codebooks.codebook import Codebook
from helpers.extracts.codebooks.layout import Pivot, Reading
from helpers.extracts.codebooks.spelling import folded_header
from helpers.extracts.codebooks.variables import Column
from helpers.extracts.drafting.exports.drift import drifted
from helpers.extracts.drafting.exports.fields import Field, fields_of
from helpers.extracts.drafting.exports.grid import Grid, grid
from helpers.extracts.drafting.exports.layout import Layout, layout_of
from helpers.extracts.drafting.exports.long_form import long_form
from helpers.extracts.reading.files import read_sheet
from helpers.extracts.reading.headers import headers_of
from helpers.extracts.reading.known import Known
from helpers.extracts.reading.pivoting import pivoted
from helpers.extracts.reading.sheet import Sheet, empty_rows
from helpers.extracts.reading.spss import SPSS, spss_variables
from helpers.extracts.reading.table import EMPTY, RAGGED, WHOLE, Table

# What is known before anything is: a codebook whose only column no export has.
_NOTHING = Codebook(instrument="draft", title="Draft", columns=[
    Column(name="nothing_known_yet", label="Nothing", type="text", source=["\ue000"], optional=True)])
_MARKS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "upright strokes"}


@dataclass(frozen=True)
class Export:
    """The columns; how the file is read; what was seen of its layout and what is doubtful about it.

    `bare`: numbers of columns with values and no header. `doubled`: headers that several columns have. `rows`: those of
    the table, a row a response. `style`: the tool's way of writing headers.
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
    layout = Layout(Reading(), "an SPSS file, read by its labels") if is_spss else layout_of(found)
    received = read_sheet(path, path.name, layout.reading, Known(_NOTHING))
    style = received.style or layout.reading.style
    table = _table(received, style)
    bare = _bare(table)
    fields = fields_of(table.headers, received.head, table.body, style)
    if is_spss:
        fields = _with_labels(fields, path)
    reading, doubts = layout.reading, layout.doubts
    if style == "plain" and not bare and (pivot := long_form(fields)):
        table, fields = _by_response(table, pivot, path.name)
        reading = reading.model_copy(update={"pivot": pivot})
        doubts = (*doubts, f"A row is an answer: rows of one response go by {' and '.join(map(repr, pivot.response))}, "
                           f"and the questions in {pivot.question!r} become columns. Is that so?")
    unique, doubled = _once(fields)
    return Export(unique, _stated(reading, found), layout.seen + _parted(found), doubts, found.sheets, len(table), bare,
                  doubled, style)


def _table(sheet: Sheet, style: str) -> Table:
    """The sheet's rows under its headers; a row with nothing in it has no cells."""
    state = np.where(empty_rows(sheet), EMPTY, WHOLE).astype(np.int8)
    state[list(sheet.ragged)] = RAGGED
    row = np.arange(sheet.rows, dtype=np.int64) + sheet.first_row
    return Table(headers_of(sheet.head, style), sheet.body, row, state, max(map(len, sheet.head))).emptied()


def _bare(table: Table) -> list[int]:
    """Numbers of the columns that have values and no header."""
    headed = {header.position for header in table.headers}
    return [at + 1 for at in range(table.width)
            if at not in headed and any(text.strip() for text in table.body[at].texts)]


def _with_labels(fields: list[Field], path: Path) -> list[Field]:
    """The fields with the labels that the file declares."""
    declared = {variable.name: tuple((label, code) for code, label in variable.labels.items())
                for variable in spss_variables(path, path.name)}
    return [replace(field, declared=declared.get(field.code, ())) for field in fields]


def _by_response(table: Table, pivot: Pivot, place: str) -> tuple[Table, list[Field]]:
    """A row a response, a field a question, questions whose wording drifted put together."""
    before = {name for header in table.headers for name in header.names}
    made = pivoted(table, pivot, Known(_NOTHING), place)
    fields = fields_of(made.headers, [[header.shown for header in made.headers]], made.body, "plain")
    return made, drifted(fields, {field.header.position for field in fields if not before & set(field.header.names)})


def _once(fields: list[Field]) -> tuple[list[Field], list[str]]:
    """The fields without those whose header an earlier or later one has too, since nothing tells them apart."""
    times = Counter(folded_header(field.header.shown) for field in fields)
    several = {name for name, count in times.items() if count > 1}
    unique = [field for field in fields if folded_header(field.header.shown) not in several]
    return unique, list(dict.fromkeys(field.header.shown for field in fields
                                      if folded_header(field.header.shown) in several))


def _stated(reading: Reading, found: Grid) -> Reading:
    """What the codebook has to state of the layout: neither a delimiter that is found nor the only sheet."""
    return reading.model_copy(update={"delimiter": None, "sheet": found.sheet if len(found.sheets) > 1 else None})


def _parted(found: Grid) -> str:
    return f", parted by {_MARKS[found.delimiter]}" if found.delimiter else ""

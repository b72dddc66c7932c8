"""The files of an extract, found and read as text: nothing is guessed to be a number, so 2.10, 007 and 2-1 stay."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv

from helpers.extracts.coded import Coded, coded, coded_arrow
from helpers.extracts.encoding import decoded
from helpers.extracts.spelling import folded_header
from helpers.extracts.workbooks import sheet_rows
from helpers.study import InputFault, Study, nearest

DELIMITERS = (",", ";", "\t", "|")
WORKBOOKS = {".xlsx", ".xlsm", ".xls", ".ods"}
_HEAD = 16 << 20  # characters among which the header rows are looked for
_BLOCK = 4 << 20  # bytes that Arrow reads at once: quickest here; a file with a longer row goes to the slow reader
csv.field_size_limit(1 << 30)


@dataclass(frozen=True)
class Sheet:
    """One file: its head rows, and a body of coded columns by position, rows numbered as a spreadsheet shows them."""

    head: list[list[str]]
    body: dict[int, Coded]
    first_row: int
    rows: int
    ragged: dict[int, int] = field(default_factory=dict)  # row of the body → how many cells it has instead


def find_files(study: Study, name: str) -> list[Path]:
    """The files of an extract in order of name; raises InputFault where there is none."""
    pattern = study.extract(name).files
    if not study.raw.is_dir():
        raise InputFault(f"extract '{name}': the folder of raw data that study.toml names is not there; put it there, "
                         "or correct 'raw' in [data].", "data")
    found = sorted(path for path in study.raw.glob(pattern) if path.is_file() and not path.name.startswith(("~$", ".")))
    if not found:
        near = [path.relative_to(study.raw).as_posix() for path in sorted(study.raw.rglob("*")) if path.is_file()]
        raise InputFault(f"{pattern}: no such file in the folder of raw data (extract '{name}'); put it there, or "
                         f"correct 'files' in study.toml; {nearest(pattern, near[:12])}", "data")
    return found


def read_sheet(path: Path, *, place: str, head_rows: int, skip_rows: int, sheet: str | None, encoding: str | None,
               delimiter: str | None, known: set[str]) -> Sheet:
    """The file as text; `known` holds folded headers, by which the delimiter is told. Raises InputFault."""
    if path.suffix.lower() in WORKBOOKS:
        rows = sheet_rows(path, sheet, place)[skip_rows:]
        _refuse_headless(rows[:head_rows], head_rows, skip_rows, place)
        return _from_rows(rows[:head_rows], rows[head_rows:], skip_rows + head_rows + 1)
    text, raw = decoded(path.read_bytes(), encoding, place)
    mark = delimiter or _delimiter(text, head_rows, skip_rows, known)
    head, start = _head(text, skip_rows + head_rows, mark)
    head = head[skip_rows:]
    _refuse_headless(head, head_rows, skip_rows, place)
    width = max(len(row) for row in head)
    at = len(text[:start].encode()) if not text[:start].isascii() else start
    columns = _arrow_columns(raw, at, width, mark)
    if columns is None:
        rows = _python_rows(text[start:], mark, place, skip_rows + head_rows)
        return _from_rows(head, rows, skip_rows + head_rows + 1)
    return _trimmed(Sheet(head, dict(enumerate(columns)), skip_rows + head_rows + 1, len(columns[0])))


def _delimiter(text: str, head_rows: int, skip_rows: int, known: set[str]) -> str:
    """The delimiter under which most headers are known, and then most columns appear."""
    def score(mark: str) -> tuple[int, int]:
        head, _ = _head(text, skip_rows + head_rows, mark)
        cells = [folded_header(cell) for row in head[skip_rows:] for cell in row]
        return len(known & set(cells)), max((len(row) for row in head[skip_rows:]), default=0)
    return max(DELIMITERS, key=score)


def _head(text: str, count: int, mark: str) -> tuple[list[list[str]], int]:
    """The first `count` records and where the text goes on after them; a record may span lines."""
    used = 0

    def lines() -> Iterator[str]:
        nonlocal used
        for line in _lines(text):
            used += len(line)
            yield line

    reader = csv.reader(lines(), delimiter=mark)
    head = []
    for _ in range(count):
        row = next(reader, None)
        if row is None:
            break
        head.append(row)
    return head, used


def _lines(text: str) -> Iterator[str]:
    """The lines of a text with their ends, without copying the rest of a long one."""
    return iter(io.StringIO(text if len(text) < _HEAD else text[:_HEAD], newline=""))


def _arrow_columns(raw: bytes, at: int, width: int, mark: str) -> list[Coded] | None:
    """Every column of a well-formed body from byte `at`, read by Arrow in parallel; None where the slow reader must."""
    quotes = raw.count(b'"', at)
    if at >= len(raw) or quotes % 2:
        return None
    names = [str(number) for number in range(width)]
    as_codes = dict.fromkeys(names, pa.dictionary(pa.int32(), pa.string()))
    damaged: list[object] = []
    try:
        table = pa.csv.read_csv(
            pa.BufferReader(pa.py_buffer(raw).slice(at)),
            read_options=pa.csv.ReadOptions(column_names=names, block_size=_BLOCK),
            parse_options=pa.csv.ParseOptions(delimiter=mark, newlines_in_values=quotes > 0, ignore_empty_lines=False,
                                              invalid_row_handler=lambda row: (damaged.append(row), "skip")[1]),
            convert_options=pa.csv.ConvertOptions(column_types=as_codes, strings_can_be_null=False),
        )
    except pa.ArrowInvalid:
        return None
    return None if damaged else [coded_arrow(table.column(name)) for name in names]


def _python_rows(text: str, mark: str, place: str, before: int) -> list[list[str]]:
    """The records of a body with rows of unequal length; raises InputFault where a quote is never closed."""
    end = "\x1e end"
    rows = list(csv.reader(io.StringIO(f"{text.rstrip(chr(13) + chr(10))}\n{end}", newline=""), delimiter=mark))
    if rows[-1] != [end]:
        raise InputFault(f"{place}, row {before + len(rows)}: a quotation mark is opened and never closed; close it "
                         "in the file, or export it again.", "data")
    return rows[:-1]


def _refuse_headless(head: list[list[str]], head_rows: int, skip_rows: int, place: str) -> None:
    if len(head) < head_rows or not any(cell.strip() for cell in head[0]):
        raise InputFault(f"{place}: no header in row {skip_rows + 1}; send the file again with its header, or correct "
                         "'skip_rows' in the codebook's [reading].", "data")


def _from_rows(head: list[list[str]], rows: list[list[str]], first_row: int) -> Sheet:
    width = max(len(row) for row in head)
    ragged = {at: len(row) for at, row in enumerate(rows) if len(row) != width and any(cell.strip() for cell in row)}
    whole = [([None] * width if at in ragged else (row + [""] * width)[:width]) for at, row in enumerate(rows)]
    body = {at: coded([row[at] for row in whole]) for at in range(width)}
    return _trimmed(Sheet(head, body, first_row, len(rows), ragged))


def _trimmed(sheet: Sheet) -> Sheet:
    """The sheet without the empty rows below its last filled one, which are no rows to a sender."""
    empty = empty_rows(sheet)
    filled = np.flatnonzero(~empty)
    rows = int(filled[-1]) + 1 if len(filled) else 0
    if rows == sheet.rows:
        return sheet
    body = {at: Coded(column.codes[:rows], column.texts) for at, column in sheet.body.items()}
    return Sheet(sheet.head, body, sheet.first_row, rows, sheet.ragged)


def empty_rows(sheet: Sheet) -> np.ndarray:
    """Mask of the rows with nothing in any cell."""
    empty = np.ones(sheet.rows, dtype=bool)
    empty[list(sheet.ragged)] = False
    for column in sheet.body.values():
        if not empty.any():
            break
        blank = np.array([not text.strip() for text in column.texts], dtype=bool)
        empty &= column.looked_up(blank, True, True)
    return empty

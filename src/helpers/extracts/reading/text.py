"""A delimited text file as head rows and coded columns: read by Arrow where it is well formed, else by Python."""

import csv
import io
import re
from collections.abc import Callable, Iterator
from itertools import islice

import pyarrow as pa
import pyarrow.csv

from helpers.extracts.reading.coded import Coded, coded_arrow, spread
from helpers.study import InputFault

DELIMITERS = (",", ";", "\t", "|")
_HEAD = 16 << 20  # bytes among which the header rows are looked for
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_BLOCK = 4 << 20  # bytes that Arrow reads at once: quickest here; a file with a longer row goes to the slow reader
csv.field_size_limit(1 << 30)


def start(utf8: bytes) -> str:
    """The text's beginning, in which its header stands."""
    return utf8[:_HEAD].decode("utf-8", "ignore" if len(utf8) > _HEAD else "strict")


def delimiter(text: str, rows: int, score: Callable[[list[list[str]]], tuple]) -> str:
    """The delimiter under which the first rows score best."""
    return max(DELIMITERS, key=lambda mark: score(head(text, rows, mark)[0]))


def head(text: str, count: int, mark: str) -> tuple[list[list[str]], int]:
    """The first `count` records and where the text goes on after them; a record may span lines."""
    used = 0

    def lines() -> Iterator[str]:
        nonlocal used
        for line in _LINE.finditer(text):
            if not line[0]:
                return
            used = line.end()
            yield line[0]

    return list(islice(csv.reader(lines(), delimiter=mark), count)), used


def arrow_columns(raw: bytes, at: int, width: int, mark: str,
                  spanning: bool = True) -> tuple[list[Coded], dict[int, int]] | None:
    """Every column of a well-quoted body from byte `at`, and how many cells each row has that is not `width` wide; None
    where the slow reader must. Where a line may end within a cell (`spanning`), Arrow takes longer.
    """
    if at >= len(raw):
        return None
    names = [str(number) for number in range(width)]
    try:
        table, left_out = _arrow_table(raw, at, names, mark, spanning)
        if left_out:  # Arrow numbers rows only where it reads one after the other
            table, left_out = _arrow_table(raw, at, names, mark, spanning, use_threads=False)
    except pa.ArrowInvalid:
        return None
    columns = [spread(coded_arrow(table.column(name)), [row for row, _, _ in left_out]) for name in names]
    return columns, {row: cells for row, cells, is_blank in left_out if not is_blank}


def _arrow_table(raw: bytes, at: int, names: list[str], mark: str, spanning: bool,
                 use_threads: bool = True) -> tuple[pa.Table, list[tuple]]:
    """The body as Arrow reads it, and the rows it leaves out: (place, number of cells, whether they are blank)."""
    left_out: list[tuple] = []

    def leave_out(row) -> str:
        cells = [cell for cells in csv.reader(io.StringIO(row.text, newline=""), delimiter=mark) for cell in cells]
        left_out.append(((row.number or 0) - 1, row.actual_columns, not any(cell.strip() for cell in cells)))
        return "skip"

    as_codes = dict.fromkeys(names, pa.dictionary(pa.int32(), pa.string()))
    table = pa.csv.read_csv(
        pa.BufferReader(pa.py_buffer(raw).slice(at)),
        read_options=pa.csv.ReadOptions(column_names=names, block_size=_BLOCK, use_threads=use_threads),
        parse_options=pa.csv.ParseOptions(delimiter=mark, newlines_in_values=spanning, ignore_empty_lines=False,
                                          invalid_row_handler=leave_out),
        convert_options=pa.csv.ConvertOptions(column_types=as_codes, strings_can_be_null=False),
    )
    return table, left_out


def python_rows(text: str, mark: str, place: str, before: int) -> list[list[str]]:
    """The records of a body with rows of unequal length; raises InputFault where a quote is never closed."""
    end = "\x1e end"
    rows = list(csv.reader(io.StringIO(f"{text.rstrip(chr(13) + chr(10))}\n{end}", newline=""), delimiter=mark))
    if rows[-1] != [end]:
        raise InputFault(f"{place}, row {before + len(rows)}: a quotation mark is opened and never closed; close it "
                         "in the file, or export it again.", "data")
    return rows[:-1]

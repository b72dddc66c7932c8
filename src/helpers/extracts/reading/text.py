"""A delimited text file as head rows and coded columns: read by Arrow where it is well formed, else by Python."""

import csv
import io
from collections.abc import Callable, Iterator

import pyarrow as pa
import pyarrow.csv

from helpers.extracts.reading.coded import Coded, coded_arrow
from helpers.study import InputFault

DELIMITERS = (",", ";", "\t", "|")
_HEAD = 16 << 20  # characters among which the header rows are looked for
_BLOCK = 4 << 20  # bytes that Arrow reads at once: quickest here; a file with a longer row goes to the slow reader
csv.field_size_limit(1 << 30)


def delimiter(text: str, rows: int, score: Callable[[list[list[str]]], tuple]) -> str:
    """The delimiter under which the first rows score best."""
    return max(DELIMITERS, key=lambda mark: score(head(text, rows, mark)[0]))


def head(text: str, count: int, mark: str) -> tuple[list[list[str]], int]:
    """The first `count` records and where the text goes on after them; a record may span lines."""
    used = 0

    def lines() -> Iterator[str]:
        nonlocal used
        for line in io.StringIO(text if len(text) < _HEAD else text[:_HEAD], newline=""):
            used += len(line)
            yield line

    reader = csv.reader(lines(), delimiter=mark)
    found = []
    for _ in range(count):
        row = next(reader, None)
        if row is None:
            break
        found.append(row)
    return found, used


def arrow_columns(raw: bytes, at: int, width: int, mark: str) -> list[Coded] | None:
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


def python_rows(text: str, mark: str, place: str, before: int) -> list[list[str]]:
    """The records of a body with rows of unequal length; raises InputFault where a quote is never closed."""
    end = "\x1e end"
    rows = list(csv.reader(io.StringIO(f"{text.rstrip(chr(13) + chr(10))}\n{end}", newline=""), delimiter=mark))
    if rows[-1] != [end]:
        raise InputFault(f"{place}, row {before + len(rows)}: a quotation mark is opened and never closed; close it "
                         "in the file, or export it again.", "data")
    return rows[:-1]

"""The files of an extract, found and read as text: nothing is guessed to be a number, so 2.10, 007 and 2-1 stay."""

from dataclasses import replace
from pathlib import Path

import numpy as np

from helpers.extracts.codebooks.layout import Reading
from helpers.extracts.reading import text
from helpers.extracts.reading.encoding import in_utf8, lost_characters
from helpers.extracts.reading.headers import headers_of
from helpers.extracts.reading.known import Known
from helpers.extracts.reading.quoting import is_well_quoted, marks_in_place
from helpers.extracts.reading.sheet import Sheet, from_rows, trimmed
from helpers.extracts.reading.spss import SPSS, spss_sheet
from helpers.extracts.reading.workbooks import open_sheet
from helpers.extracts.reading.wrapped import refuse_wrapped
from helpers.study import InputFault, Study, nearest

WORKBOOKS = {".xlsx", ".xlsm", ".xls", ".ods"}
_LOOKED_AT = 40  # rows among which a header is looked for that is not where the codebook says


def find_files(study: Study, name: str) -> list[Path]:
    """The files of an extract in order of name; raises InputFault where there is none."""
    pattern = study.extract(name).files
    if not study.raw.is_dir():
        raise InputFault(f"extract '{name}': the folder of raw data that study.toml names is not there; put it there, "
                         "or correct 'raw' in [data].", "data")
    found = study.files(name)
    if not found:
        near = [path.relative_to(study.raw).as_posix() for path in sorted(study.raw.rglob("*")) if path.is_file()]
        raise InputFault(f"{pattern}: no such file in the folder of raw data (extract '{name}'); put it there, or "
                         f"correct 'files' in study.toml; {nearest(pattern, near[:12])}", "data")
    return found


def read_sheet(path: Path, place: str, reading: Reading, known: Known, sheet: str | None = None) -> Sheet:
    """The file, or one sheet of it, as text; delimiter and header row are told by what is `known`.

    Raises InputFault.
    """
    ending = path.suffix.lower()
    if ending in SPSS:
        return spss_sheet(path, place, known.spells)
    if ending in WORKBOOKS:
        opened = open_sheet(path, sheet or reading.sheet, place)
        rows = opened.rows
        skipped = _skipped(rows[:_LOOKED_AT], reading, known, place)
        opened.refuse_merged(skipped + reading.head)
        head, body = rows[skipped:skipped + reading.head], rows[skipped + reading.head:]
        made = from_rows(head, body, skipped + reading.head + 1)
        return replace(made, notes=() if reading.join else _not_read(opened.unread))
    return _text_sheet(path, place, reading, known)


def _not_read(sheets: tuple[str, ...]) -> tuple[tuple[str, str, int], ...]:
    """A note for the ledger where a workbook has further sheets and the codebook does not say which is meant."""
    if not sheets:
        return ()
    listed = ", ".join(f"'{sheet}'" for sheet in sheets[:5]) + (", …" if len(sheets) > 5 else "")
    sentence = f"Sheets of the workbook that were not read, since the codebook names none: {listed}."
    return (("sheets_not_read", sentence, len(sheets)),)


def _text_sheet(path: Path, place: str, reading: Reading, known: Known) -> Sheet:
    utf8 = in_utf8(path.read_bytes(), reading.encoding, place)
    start = text.start(utf8)
    mark = reading.delimiter or text.delimiter(start, _looked_at(reading), lambda rows: _score(rows, reading, known))
    rows = text.head(start, _looked_at(reading), mark)[0]
    refuse_wrapped(rows, known.names, place)
    skipped = _skipped(rows, reading, known, place)
    head, used = text.head(start, skipped + reading.head, mark)
    head, before, at = head[skipped:], skipped + reading.head, len(start[:used].encode())
    in_place, spanning = marks_in_place(utf8, mark)
    plain = in_place or is_well_quoted(utf8.decode("utf-8"), mark, place)
    read = text.arrow_columns(utf8, at, max(map(len, head)), mark, spanning) if plain else None
    if read is None:
        sheet = from_rows(head, text.python_rows(utf8[at:].decode("utf-8"), mark, place, before), before + 1)
    else:
        columns, ragged = read
        sheet = trimmed(Sheet(head, dict(enumerate(columns)), before + 1, len(columns[0]), ragged))
    return replace(sheet, notes=lost_characters(utf8))


def _looked_at(reading: Reading) -> int:
    return max(_LOOKED_AT, reading.head + (0 if reading.skip_rows == "find" else reading.skip_rows))


def _score(rows: list[list[str]], reading: Reading, known: Known) -> tuple[int, int]:
    """How good a delimiter is: the most headers known in one place, then the most columns of the header declared."""
    best = max(_known_at(rows, reading, known), default=0)
    declared = [] if reading.skip_rows == "find" else rows[reading.skip_rows:reading.skip_rows + reading.head]
    return best, max((len(row) for row in declared), default=0)


def _known_at(rows: list[list[str]], reading: Reading, known: Known) -> list[int]:
    """For each row how many headers the codebook knows if the header begins there."""
    places = range(max(len(rows) - reading.head + 1, 0))
    return [sum(map(known.knows, headers_of(rows[at:at + reading.head], reading.style))) for at in places]


def _skipped(rows: list[list[str]], reading: Reading, known: Known, place: str) -> int:
    """How many rows stand above the header; raises InputFault where it is not where the codebook says."""
    counts = _known_at(rows, reading, known)
    best = int(np.argmax(counts)) if counts else 0
    if reading.skip_rows == "find":
        if not counts or not counts[best]:
            raise InputFault(f"{place}: no row among the first {_LOOKED_AT} holds a header that the codebook knows; "
                             "send the file again with its header, or correct the codebook's sources.", "data")
        return best
    head = rows[reading.skip_rows:reading.skip_rows + reading.head]
    if len(head) < reading.head or not any(cell.strip() for cell in head[0]):
        raise InputFault(f"{place}: no header in row {reading.skip_rows + 1}; send the file again with its header, or "
                         "correct 'skip_rows' in the codebook's [reading].", "data")
    if counts[best] > max(1, 2 * counts[reading.skip_rows]):
        raise InputFault(f"{place}: the header seems to stand in row {best + 1}, not in row {reading.skip_rows + 1}; "
                         f"set skip_rows = {best} (or \"find\") in the codebook's [reading].", "data")
    return reading.skip_rows

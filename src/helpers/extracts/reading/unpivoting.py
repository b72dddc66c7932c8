"""Groups across the page made into a row a figure."""

from dataclasses import replace

import numpy as np

from helpers.extracts.codebooks.layout import Unpivot
from helpers.extracts.codebooks.spelling import folded_header, header_quoted
from helpers.extracts.reading.coded import NO_CELL, Coded, coded, joined
from helpers.extracts.reading.known import Known
from helpers.extracts.reading.table import WHOLE, Header, Table, laid_out
from helpers.study import InputFault


def unpivoted(table: Table, unpivot: Unpivot, known: Known, place: str) -> Table:
    """A row a figure from groups across the page: first row, all groups; second row, all groups; and so on.

    `keep` names headers, or columns of the codebook by their clean names. With `headings` a row without any figure is
    no row of figures: its text stands beside the rows below it.
    """
    def called(header: Header) -> str | None:
        found = known.find(header)
        return found[0].name if found else None

    kept = [laid_out(table, name, place, called) for name in unpivot.keep]
    spread = [header for header in table.headers if header.position not in kept]
    if not spread:
        raise InputFault(f"{place}: no column beside those that [reading.unpivot] keeps; correct 'keep'.", "data")
    headers, body = [], {}
    table, section = _under_headings(table, kept[0], spread) if unpivot.headings else (table, None)
    rows, across = len(table), len(spread)
    if section is not None:
        column = Coded(np.repeat(section.codes, across), section.texts)
        _add(headers, body, unpivot.headings, (folded_header(unpivot.headings),), column)
    for position in kept:
        header = next(header for header in table.headers if header.position == position)
        column = table.body[position]
        _add(headers, body, header.shown, header.names, Coded(np.repeat(column.codes, across), column.texts))
    parts = _parts([header.shown for header in spread], unpivot, place)
    for at, name in enumerate(unpivot.names):
        column = coded([part[at] for part in parts])
        _add(headers, body, name, (folded_header(name),), Coded(np.tile(column.codes, rows), column.texts))
    values = joined([table.body[header.position] for header in spread])
    values = Coded(values.codes.reshape(across, rows).T.ravel(), values.texts)
    _add(headers, body, unpivot.value, (folded_header(unpivot.value),), values)
    return Table(headers, body, np.repeat(table.row, across), np.repeat(table.state, across), len(headers), table.notes)


def _under_headings(table: Table, first: int, spread: list[Header]) -> tuple[Table, Coded]:
    """The table without its headings, and for each row the text of the heading above it."""
    filled = np.zeros(len(table), dtype=bool)
    for header in spread:
        column = table.body[header.position]
        filled |= column.looked_up(np.array([bool(text.strip()) for text in column.texts], bool), False, False)
    heading = ~filled & (table.state == WHOLE)
    last = np.maximum.accumulate(np.where(heading, np.arange(len(table)), -1))
    codes = np.where(last >= 0, table.body[first].codes[np.maximum(last, 0)], NO_CELL).astype(np.int32)
    count = int(heading.sum())
    note = ("headings", "A row without any figure: read as the heading of the rows below it.", count)
    kept = replace(table.where(~heading), notes=(*table.notes, *([note] if count else [])))
    return kept, Coded(codes[~heading], table.body[first].texts)


def _add(headers: list[Header], body: dict[int, Coded], shown: str, names: tuple[str, ...], cells: Coded) -> None:
    body[len(headers)] = cells
    headers.append(Header(len(headers), shown, names))


def _parts(shown: list[str], unpivot: Unpivot, place: str) -> list[list[str]]:
    """The parts of each header; an empty one is the one to its left, since upper headers are written once."""
    made: list[list[str]] = []
    for header in shown:
        parts = [part.strip() for part in header.split(unpivot.separator, len(unpivot.names) - 1)]
        if len(parts) != len(unpivot.names):
            raise InputFault(f"{place}: the header {header_quoted(header)} has {len(parts)} part(s) and "
                             f"[reading.unpivot] names {len(unpivot.names)}; correct 'names' or 'separator'.", "data")
        made.append([part or (made[-1][at] if made else "") for at, part in enumerate(parts)])
    return made

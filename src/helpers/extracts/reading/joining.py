"""Several sheets of one workbook laid beside each other by their key."""

from dataclasses import replace

import numpy as np

from helpers.extracts.codebooks.layout import Join
from helpers.extracts.codebooks.spelling import folded_header, header_quoted, suggestion
from helpers.extracts.reading.coded import NO_CELL, Coded
from helpers.extracts.reading.table import ORPHANED, REPEATED, WHOLE, Header, Table
from helpers.study import InputFault


def joined_sheets(first: Table, further: dict[str, Table], join: Join, place: str) -> Table:
    """The first sheet's rows with the columns of the further ones beside them.

    A further sheet's row whose key the first has not, or an earlier row of its sheet has too, is set `apart` as
    ORPHANED or REPEATED: nothing is lost. Raises InputFault where a sheet lacks a key column.
    """
    wanted = _keys(first, join, place)
    headers, body, width = list(first.headers), dict(first.body), first.width
    apart = dict(first.apart)
    for name, table in further.items():
        keys = _keys(table, join, f"{place}, sheet '{name}'")
        row_of, state = _index(keys, table, set(filter(None, wanted)))
        at = np.array([row_of.get(key, -1) if key else -1 for key in wanted], dtype=np.int64)
        on = {folded_header(header) for header in join.on}
        for header in table.headers:
            if not on & set(header.names):
                column = table.body[header.position]
                codes = np.where(at >= 0, column.codes[at] if len(column) else NO_CELL, NO_CELL)
                body[width] = Coded(codes.astype(np.int32), column.texts)
                headers.append(Header(width, header.shown, header.names))
                width += 1
        left = replace(table, state=state).where(~np.isin(np.arange(len(table)), list(row_of.values())))
        if len(left):
            apart[name] = left
    return replace(first, headers=headers, body=body, width=width, apart=apart)


def _keys(table: Table, join: Join, place: str) -> list[tuple[str, ...] | None]:
    """The key of each row; None where part of it is missing."""
    columns = []
    for name in join.on:
        position = next((header.position for header in table.headers if folded_header(name) in header.names), None)
        if position is None:
            near = suggestion(name, [header.shown for header in table.headers])
            raise InputFault(f"{place}: no column {header_quoted(name)}, by which [reading.join] joins the "
                             f"sheets{near} Add it to the sheet, or correct [reading.join].", "data")
        column = table.body[position]
        columns.append([text.strip() for text in column.texts])
        columns[-1] = [columns[-1][code] if code >= 0 else "" for code in column.codes]
    return [key if all(key) else None for key in zip(*columns, strict=True)]


def _index(keys: list, table: Table, wanted: set) -> tuple[dict, np.ndarray]:
    """Key → row of the sheet that answers it, and the state that each other row is left in."""
    rows, state = {}, table.state.copy()
    for row, key in enumerate(keys):
        if state[row] != WHOLE:
            continue
        if key is None or key not in wanted:
            state[row] = ORPHANED
        elif key in rows:
            state[row] = REPEATED
        else:
            rows[key] = row
    return rows, state

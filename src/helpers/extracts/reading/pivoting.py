"""Other layouts made into a row a response: answers in long form pivoted, groups across the page unpivoted."""

from collections.abc import Callable

import numpy as np

from helpers.extracts.codebooks.layout import Pivot, Unpivot
from helpers.extracts.codebooks.spelling import folded_header, quoted, rows_of, suggestion
from helpers.extracts.reading.coded import NO_CELL, Coded, coded, joined
from helpers.extracts.reading.table import CONFLICTING, ORPHANED, WHOLE, Header, Table
from helpers.study import InputFault

SEVERAL = "\ue000"  # between the answers of one response to a question that takes several: nobody types it


def pivoted(table: Table, pivot: Pivot, several: Callable[[Header], bool], declared: Callable[[Header], bool],
            place: str) -> Table:
    """A row a response from a row an answer; questions become headers.

    Two different answers to one question leave the response CONFLICTING, unless the question is one of `several`; so
    do two values of one `declared` column. Rows without a response are ORPHANED; the row of a response is its first.
    """
    key = [_find(table, name, place) for name in pivot.response]
    question, answer = _find(table, pivot.question, place), _find(table, pivot.answer, place)
    groups, first, state = _responses(table, key)
    asked = [folded_header(text) for text in table.body[question].texts]
    places = {name: at for at, name in enumerate(dict.fromkeys(asked))}
    of_text = np.array([places[name] for name in asked] + [-1, -1], dtype=np.int64)
    which = of_text[table.body[question].codes]
    which[(state[groups] != WHOLE)] = -1
    headers, body, clash = [], {}, np.zeros(len(first), dtype=bool)
    others = [header for header in table.headers if header.position not in (question, answer)]
    for header in others:
        cells, differ = _first_cell(table.body[header.position], groups, len(first))
        clash |= differ & declared(header)
        _add(headers, body, header.shown, header.names, cells)
    for name, at in places.items():
        rows = np.flatnonzero(which == at)
        header = Header(0, _shown(table.body[question].texts, name), (name,))
        cells, differ = _answers(table.body[answer], groups, rows, len(first), several(header))
        clash |= differ
        if name:
            _add(headers, body, header.shown, header.names, cells)
    state = np.where(clash & (state == WHOLE), CONFLICTING, state).astype(np.int8)
    note = ("answers_in_rows", f"{rows_of(len(table))} of single answers were put together by response.", len(table))
    return Table(headers, body, table.row[first], state, len(headers), (*table.notes, note))


def _find(table: Table, name: str, place: str, called: Callable[[Header], str | None] = lambda header: None) -> int:
    """Where the header of that name stands, or the one of the column that the codebook calls so."""
    wanted = folded_header(name)
    for fits in (lambda header: wanted in header.names, lambda header: called(header) == wanted):
        if found := next(filter(fits, table.headers), None):
            return found.position
    near = suggestion(name, [header.shown for header in table.headers])
    raise InputFault(f"{place}: no column {quoted(name)}, which the codebook's [reading] lays out{near} Add it to the "
                     "extract, or correct [reading].", "data")


def _responses(table: Table, key: list[int]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The response of each row, the first row of each response, its state; rows without a whole key stand alone."""
    ids = np.zeros(len(table), dtype=np.int64)
    lacking = np.zeros(len(table), dtype=bool)
    for position in key:
        column = table.body[position]
        folded = {text: at for at, text in enumerate(dict.fromkeys(text.strip() for text in column.texts))}
        of_text = np.array([folded[text.strip()] for text in column.texts] + [-1, -1], dtype=np.int64)
        blank = np.array([not text.strip() for text in column.texts] + [True, True], dtype=bool)
        ids = ids * (len(folded) + 1) + of_text[column.codes] + 1
        lacking |= blank[column.codes]
    alone = lacking | (table.state != WHOLE)
    ids[alone] = -np.arange(1, int(alone.sum()) + 1)
    _, first, groups = np.unique(ids, return_index=True, return_inverse=True)
    order = np.argsort(first, kind="stable")
    rank = np.empty_like(order)
    rank[order] = np.arange(len(order))
    first = first[order]
    state = np.where(lacking & (table.state == WHOLE), ORPHANED, table.state).astype(np.int8)[first]
    return rank[groups], first, state


def _first_cell(column: Coded, groups: np.ndarray, count: int) -> tuple[Coded, np.ndarray]:
    """The first filled cell of each response, and which responses have two that differ."""
    filled = column.looked_up(np.array([bool(text.strip()) for text in column.texts], dtype=bool), False, False)
    return _answers(column, groups, np.flatnonzero(filled), count, False)


def _answers(column: Coded, groups: np.ndarray, rows: np.ndarray, count: int,
             several: bool) -> tuple[Coded, np.ndarray]:
    """What each response says in those rows, and which say two different things."""
    codes = np.full(count, NO_CELL, dtype=np.int32)
    codes[groups[rows][::-1]] = column.codes[rows][::-1]  # the first of several stays
    differ = np.zeros(count, dtype=bool)
    again = rows[column.codes[rows] != codes[groups[rows]]]
    if not len(again):
        return Coded(codes, column.texts), differ
    if not several:
        differ[groups[again]] = True
        return Coded(codes, column.texts), differ
    texts: list[str | None] = [column.texts[code] if code >= 0 else None for code in codes]
    for row in again:
        texts[groups[row]] = f"{texts[groups[row]] or ''}{SEVERAL}{column.text(row)}"
    return coded(texts), differ


def _shown(texts: list[str], name: str) -> str:
    return next(" ".join(text.split()) for text in texts if folded_header(text) == name)


def _add(headers: list[Header], body: dict[int, Coded], shown: str, names: tuple[str, ...], cells: Coded) -> None:
    body[len(headers)] = cells
    headers.append(Header(len(headers), shown, names))


def unpivoted(table: Table, unpivot: Unpivot, called: Callable[[Header], str | None], place: str) -> Table:
    """A row a figure from groups across the page: first row, all groups; second row, all groups; and so on.

    `called` gives the clean name of the column that a header stands for, by which `keep` may name it too.
    """
    kept = [_find(table, name, place, called) for name in unpivot.keep]
    spread = [header for header in table.headers if header.position not in kept]
    if not spread:
        raise InputFault(f"{place}: no column beside those that [reading.unpivot] keeps; correct 'keep'.", "data")
    rows, across = len(table), len(spread)
    headers, body = [], {}
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


def _parts(shown: list[str], unpivot: Unpivot, place: str) -> list[list[str]]:
    """The parts of each header; an empty one is the one to its left, since upper headers are written once."""
    made: list[list[str]] = []
    for header in shown:
        parts = [part.strip() for part in header.split(unpivot.separator, len(unpivot.names) - 1)]
        if len(parts) != len(unpivot.names):
            raise InputFault(f"{place}: the header {quoted(header)} has {len(parts)} part(s) and [reading.unpivot] "
                             f"names {len(unpivot.names)}; correct 'names' or 'separator'.", "data")
        made.append([part or (made[-1][at] if made else "") for at, part in enumerate(parts)])
    return made

"""Answers in long form, a row an answer, made into a row a response."""

import numpy as np

from helpers.extracts.codebooks.layout import Pivot
from helpers.extracts.codebooks.spelling import folded_header, header_quoted, rows_of
from helpers.extracts.reading.coded import NO_CELL, Coded, coded
from helpers.extracts.reading.known import Known
from helpers.extracts.reading.table import CONFLICTING, ORPHANED, WHOLE, Header, Table, laid_out

SEVERAL = "\ue000"  # between the answers of one response to a question that takes several: nobody types it


def pivoted(table: Table, pivot: Pivot, known: Known, place: str) -> Table:
    """A row a response from a row an answer; questions become headers, all wordings of one column under the first.

    Two different answers to one question leave the response CONFLICTING, unless the question takes several; so do two
    values of one declared column. Rows without a response are ORPHANED; the row of a response is its first.
    """
    question, answer = (laid_out(table, name, place) for name in (pivot.question, pivot.answer))
    groups, first, state = _responses(table, [laid_out(table, name, place) for name in pivot.response])
    headers, body, clash = [], {}, np.zeros(len(first), dtype=bool)
    for header in table.headers:
        if header.position not in (question, answer):
            cells, differ = _answers(table.body[header.position], groups, np.arange(len(table)), len(first), False)
            clash |= differ & (known.find(header) is not None)
            body[len(headers)] = cells
            headers.append(Header(len(headers), header.shown, header.names))
    asked, drifted = _questions(table.body[question], known)
    for header, places in asked:
        rows = np.flatnonzero(np.isin(table.body[question].codes, places) & (state[groups] == WHOLE))
        found = known.find(header)
        several = found is not None and found[0].type == "multi_select"
        cells, differ = _answers(table.body[answer], groups, rows, len(first), several)
        clash |= differ
        body[len(headers)] = cells
        headers.append(Header(len(headers), header.shown, header.names))
    state = np.where(clash & (state == WHOLE), CONFLICTING, state).astype(np.int8)
    notes = [("answers_in_rows", f"{rows_of(len(table))} of single answers were put together by response.", len(table)),
             *drifted]
    return Table(headers, body, table.row[first], state, len(headers), (*table.notes, *notes))


def _questions(column: Coded, known: Known) -> tuple[list[tuple[Header, list[int]]], list[tuple[str, str, int]]]:
    """Each question with the places of its wordings among the texts, and a note for each that goes by several."""
    asked: dict[object, tuple[Header, list[int]]] = {}
    for place, text in enumerate(column.texts):
        header = Header(0, " ".join(text.split()), (folded_header(text),))
        found = known.find(header)
        if header.shown:
            asked.setdefault((found[0].name, found[1]) if found else header.names, (header, []))[1].append(place)
    counts, notes = column.counts(), []
    for key, (header, places) in asked.items():
        wordings = {folded_header(column.texts[place]) for place in places}
        if len(wordings) > 1:
            notes.append((f"{key[0]}_wordings", f"{len(wordings)} wordings were read as the question "
                          f"{header_quoted(header.shown)}.", int(counts[places].sum())))
    return list(asked.values()), notes


def _responses(table: Table, key: list[int]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The response of each row, the first row of each response, its state; rows without a whole key stand alone."""
    ids = np.zeros(len(table), dtype=np.int64)
    lacking = np.zeros(len(table), dtype=bool)
    for position in key:
        column = table.body[position]
        folded = {text: at for at, text in enumerate(dict.fromkeys(text.strip() for text in column.texts))}
        of_text = np.array([folded[text.strip()] for text in column.texts] + [-1, -1], dtype=np.int64)
        blank = np.array([not text.strip() for text in column.texts] + [True, True], dtype=bool)
        ids = np.unique(ids * (len(folded) + 1) + of_text[column.codes] + 1, return_inverse=True)[1].astype(np.int64)
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


def _answers(column: Coded, groups: np.ndarray, rows: np.ndarray, count: int,
             several: bool) -> tuple[Coded, np.ndarray]:
    """What each response says in those rows, and which say two different things; a blank differs from nothing."""
    filled = column.looked_up(np.array([bool(text.strip()) for text in column.texts], dtype=bool), False, False)
    codes = np.full(count, NO_CELL, dtype=np.int32)
    for said in (rows[~filled[rows]], rows[filled[rows]]):
        codes[groups[said][::-1]] = column.codes[said][::-1]  # the first of several stays
    differ = np.zeros(count, dtype=bool)
    again = rows[filled[rows] & (column.codes[rows] != codes[groups[rows]])]
    if not len(again):
        return Coded(codes, column.texts), differ
    if not several:
        differ[groups[again]] = True
        return Coded(codes, column.texts), differ
    texts: list[str | None] = [column.texts[code] if code >= 0 else None for code in codes]
    for row in again:
        texts[groups[row]] = f"{texts[groups[row]] or ''}{SEVERAL}{column.text(row)}"
    return coded(texts), differ

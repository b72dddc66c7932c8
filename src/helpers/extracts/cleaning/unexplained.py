"""Sentences about texts that a codebook does not explain: labels nobody declared, blanks, columns of the wrong type."""

from collections.abc import Iterator

import numpy as np

from helpers.extracts.cleaning.picks import undeclared_pick
from helpers.extracts.cleaning.recode import Recoded
from helpers.extracts.codebooks.agreement import meanings
from helpers.extracts.codebooks.codebook import Codebook
from helpers.extracts.codebooks.spelling import header_quoted, quoted, rows_of, suggestion
from helpers.extracts.codebooks.variables import Column
from helpers.extracts.reading.coded import Coded
from helpers.extracts.reading.received import Part, Received

_MOST = 5  # labels named in one message


def column_faults(key: str, column: Column, codebook: Codebook, made: Recoded, received: Received) -> Iterator[str]:
    """One sentence a file and a kind of fault, with file, column, label, count and first row as a spreadsheet shows it.

    `key` is where its texts stand. A value that is no label is never quoted: it may be anything. Single unreadable
    numbers and dates, and undeclared labels of a column that quarantines them, are no fault of the file (a rule sets
    their rows aside) unless they are most of the column.
    """
    if not (len(made.undeclared) or len(made.blank) or len(made.unreadable)):
        return
    quarantined = (column.undeclared or codebook.reading.undeclared) == "quarantine"
    texts = received.column(key).texts
    for part in received.parts:
        if key in part.columns:
            raw, place = part.columns[key], f"{part.place}, column {header_quoted(part.shown[key])}"
            here = {text: at for at, (text, rows) in enumerate(zip(raw.texts, raw.counts(), strict=True)) if rows}
            undeclared, blank, unreadable = ([here[texts[at]] for at in places if texts[at] in here]
                                             for places in (made.undeclared, made.blank, made.unreadable))
            if undeclared and (not quarantined or _is_most(raw, undeclared)):
                yield f"{place}: {_undeclared(raw, undeclared, part, column, codebook)}"
            if blank and not quarantined:
                yield f"{place}: blank in {_rows(raw, blank, part)}; say in the codebook's [missing] which kind of " \
                      "missing a blank is."
            if _is_most(raw, unreadable):
                yield f"{place}: {_rows(raw, unreadable, part)} cannot be read; expected {_expected(column)}. " \
                      "Correct the column, or its type or format in the codebook."


def _is_most(raw: Coded, codes: list[int]) -> bool:
    """Whether those texts are more than half of what the column says."""
    filled = np.array([bool(text.strip()) for text in raw.texts], dtype=bool)
    heard = raw.counts()
    return int(heard[codes].sum()) * 2 > int(heard[filled].sum())


def _expected(column: Column) -> str:
    plain = {"count": "a whole number", "number": "a number"}
    return plain.get(column.type) or f"a date as {' or '.join(column.formats)}"


def _rows(raw: Coded, codes: list[int], part: Part) -> str:
    """3 rows (first: row 14), as the file's sender sees it."""
    said = np.isin(raw.codes, codes)
    return f"{rows_of(int(said.sum()))} (first: row {part.row[int(np.argmax(said))]})"


def _undeclared(raw: Coded, strange: list[int], part: Part, column: Column, codebook: Codebook) -> str:
    """All labels of one column that nobody declared, the most frequent first."""
    heard = raw.counts()
    often = sorted(strange, key=lambda at: (-heard[at], raw.texts[at]))
    picks = column.scale == "picked"
    pieces = {at: undeclared_pick(raw.texts[at], column) if picks else raw.texts[at] for at in often}
    if column.personal:  # what stands there is nobody's business
        return f"{_rows(raw, often, part)} hold what is not declared. Add it to the codebook's spellings, or correct " \
               "the extract."
    listed = ", ".join(f"{quoted(pieces[at])} in {_rows(raw, [at], part)}" for at in often[:_MOST])
    more = f" and {len(often) - _MOST} more labels" if len(often) > _MOST else ""
    labels = {name: (spellings or [name])[0] for name, spellings in (column.values or {}).items()} if picks \
        else codebook.answers(column.name)
    known = suggestion(pieces[often[0]], [text for _, texts in meanings(codebook, column) for text in texts],
                       labels if column.name == "partnership" else labels.values())
    if column.name == "partnership":
        return f"{listed}{more}: no partnership of this study{known} Correct the extract, or add the partnership to " \
               "study.toml."
    what = f"scale '{column.scale}'" if column.scale and not picks else "its values"
    return f"{listed}{more}: not declared in {what}{known} Add it to the codebook's spellings, or correct the extract."


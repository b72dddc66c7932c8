"""Multi-select questions: a block of columns, or one column of picks, made into one yes/no column a choice."""

import re
from collections.abc import Iterator

import numpy as np
import pandas as pd

from helpers.extracts.cleaning.recode import Recoded, dtype_of, recoded
from helpers.extracts.cleaning.rows import ANSWERED
from helpers.extracts.codebooks.codebook import Codebook
from helpers.extracts.codebooks.spelling import folded
from helpers.extracts.codebooks.variables import KINDS, Column
from helpers.extracts.reading.coded import Coded
from helpers.extracts.reading.pivoting import SEVERAL
from helpers.extracts.reading.received import Received

# What survey tools write in the column of one choice.
_PICKED = ["yes", "y", "1", "x", "true", "selected", "checked", "quoted"]
_NOT_PICKED = ["no", "n", "0", "false", "not selected", "unchecked", "not quoted"]

# What a column of picks is taken apart into, so that no answer can be mistaken for a mark.
_NAMED, _UNNAMED = "\ue001", "\ue002"

Choice = tuple[str, Column, Recoded]  # where its texts stand, the choice as a column, what became of it


def picked(received: Received, column: Column, codebook: Codebook) -> list[Choice]:
    """One yes/no column a choice of the question.

    A blank cell is "not picked" where the row says something about any choice of the question; a row that says
    nothing at all has what `none_picked` states.
    """
    together = received.has(column.name)
    apart = _parts(received.column(column.name), column) if together else {}
    made = []
    for choice, spellings in (column.values or {}).items():
        key = column.name if together else f"{column.name}_{choice}"
        one = _as_column(column, choice, spellings, codebook, together)
        made.append((key, one, recoded(apart[choice] if together else received.column(key), one, codebook)))
    return list(_settled(made, column, codebook))


def _as_column(column: Column, choice: str, spellings: list[str], codebook: Codebook, together: bool) -> Column:
    """The choice as a column of two answers, a blank kept apart until the whole question has been heard."""
    label = (spellings or [choice])[0]
    own = {folded(text) for text in (choice, *spellings)}
    missing = {kind: [text for text in texts if folded(text) not in own and text.strip()]
               for kind, texts in codebook.missing_spellings(column).items()}
    missing["not_recorded"] = ["", *missing["not_recorded"]]
    said = {folded(text) for texts in missing.values() for text in texts}
    values = {"not_picked": [_UNNAMED], "picked": [_NAMED]} if together else {
        "not_picked": [text for text in (*_NOT_PICKED, *column.not_picked) if folded(text) not in own | said],
        "picked": [text for text in (choice, *spellings, *_PICKED, *column.picked) if folded(text) not in said]}
    return Column(name=f"{column.name}_{choice}", label=label, type="binary", scale="picked", values=values,
                  missing=missing, undeclared=column.undeclared, personal=column.personal)


def _parts(raw: Coded, column: Column) -> dict[str, Coded]:
    """Choice → a column that says whether the row's picks name it; a pick nobody declared is said by all."""
    spelled = {folded(text): choice for choice, texts in (column.values or {}).items() for text in (choice, *texts)}
    heard = [_named(text, spelled, column.separator) for text in raw.texts]
    columns = {}
    for choice in column.values or {}:
        texts = [strange or (_NAMED if choice in names else _UNNAMED if names else text)
                 for text, (names, strange) in zip(raw.texts, heard, strict=True)]
        columns[choice] = Coded(raw.codes, texts)  # in the places of the texts received, which messages go by
    return columns


def undeclared_pick(text: str, column: Column) -> str:
    """The first piece of a text of picks that names no choice, as it was written; the text itself if it is in one."""
    spelled = {folded(said): choice for choice, texts in (column.values or {}).items() for said in (choice, *texts)}
    piece = _named(text, spelled, column.separator)[1]
    at = text.casefold().find(piece)
    return (text[at:at + len(piece)] if at >= 0 else piece) or text


def _named(text: str, spelled: dict[str, str], separator: str | None) -> tuple[set[str], str]:
    """The choices that a text of picks names, and the first piece that names none.

    A label may itself hold the separator ("Yes, often"), so the longest label that fits is taken first. A text that
    is one piece and no choice is left to be read as a kind of missing.
    """
    if separator and not separator.strip():
        text, separator = text.replace(separator, SEVERAL), None
    between = re.compile(rf"\s*(?:{'|'.join(re.escape(folded(mark)) for mark in (separator, SEVERAL) if mark)})\s*")
    labels, rest, names, strange, pieces = sorted(spelled, key=len, reverse=True), folded(text), set(), "", 0
    while rest:
        label = next((label for label in labels if label and rest.startswith(label)
                      and (len(rest) == len(label) or between.match(rest, len(label)))), None)
        stop = between.search(rest)
        end = len(label) if label else stop.start() if stop else len(rest)
        if label:
            names.add(spelled[label])
        elif end:
            strange = strange or rest[:end]
        pieces += end > 0
        follows = between.match(rest, end)
        rest = rest[follows.end():] if follows else ""
    return names, "" if pieces <= 1 and not names else strange


def _settled(made: list[Choice], column: Column, codebook: Codebook) -> Iterator[Choice]:
    """The choices with their blanks decided by what the row says of the others."""
    said = np.any([one.kinds == ANSWERED for _, _, one in made], axis=0)
    silent = _silent(made)
    for key, choice, one in made:
        blank = one.kinds == KINDS.index("not_recorded")
        not_picked = (blank & said) | (silent if column.none_picked == "not_picked" else False)
        kinds = np.where(not_picked, ANSWERED, one.kinds)
        if column.none_picked != "not_picked":
            kinds = np.where(silent, KINDS.index(column.none_picked), kinds)
        codes = np.where(not_picked, 0, one.answers.cat.codes)
        answers = pd.Series(pd.Categorical.from_codes(codes, dtype=dtype_of(choice, codebook)))
        if key == column.name:  # what might have been meant by a pick that nobody declared is any of the choices
            choice = choice.model_copy(update={"values": column.values, "separator": column.separator})
        yield key, choice, Recoded(answers, kinds.astype(np.int8), _told(one.changes, choice), one.undeclared,
                                   one.blank, one.unreadable)


def _told(changes: list[tuple[str, str, int]], choice: Column) -> list[tuple[str, str, int]]:
    """The changes in words: of picks in one column only whether they name the choice."""
    words, told = {_NAMED: choice.label, _UNNAMED: "other picks"}, {}
    for text, said, rows in changes:
        if text.strip():
            key = words.get(text, text), said
            told[key] = told.get(key, 0) + rows
    return [(*key, rows) for key, rows in told.items()]


def _silent(made: list[Choice]) -> np.ndarray:
    """Mask of the rows in which every choice is blank."""
    return np.all([one.kinds == KINDS.index("not_recorded") for _, _, one in made], axis=0)

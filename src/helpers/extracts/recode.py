"""Raw columns made into answers and kinds of missing, each distinct text looked at once."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import pandas as pd

from helpers.extracts.agreement import meanings
from helpers.extracts.codebook import KINDS, Codebook, Column, Variable
from helpers.extracts.coded import Coded
from helpers.extracts.rows import ANSWERED, UNREADABLE
from helpers.extracts.spelling import folded

_CODED = ("ordinal", "binary", "nominal")
_WHOLE = re.compile(r"\d{1,3}(,\d{3})+|\d{1,15}(\.0+)?")
_ISO = ("%Y-%m-%d", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S")  # as workbook cells come


@dataclass(frozen=True)
class Recoded:
    """One column made sense of.

    `answers`: its values. `kinds`: for each row why there is none (a place in KINDS, ANSWERED or UNREADABLE).
    `changes`: (from, to, rows) of labels and of spellings of missing. `undeclared`, `blank`, `unreadable`: places of
    the texts that no codebook entry explains, for messages.
    """

    answers: pd.Series
    kinds: np.ndarray
    changes: list[tuple[str, str, int]]
    undeclared: np.ndarray
    blank: np.ndarray
    unreadable: np.ndarray


def dtype_of(column: Variable, codebook: Codebook):
    """The pandas type that a column of the cleaned table has."""
    if column.type in _CODED:
        return pd.CategoricalDtype(list(codebook.answers(column.name)), ordered=column.type != "nominal")
    return {"count": "Int64", "date": "datetime64[us]", "identifier": "str", "text": "str"}[column.type]


def recoded(raw: Coded, column: Column, codebook: Codebook) -> Recoded:
    """The column's answers and kinds of missing."""
    lookup = {folded(text): meaning for meaning, texts in meanings(codebook, column) for text in texts}
    meant = [lookup.get(folded(text)) for text in raw.texts]
    kinds = np.array([KINDS.index(said) if said in KINDS else ANSWERED for said in meant], dtype=np.int8)
    counts = raw.counts()
    is_blank = np.array([said is None and not text.strip() for said, text in zip(meant, raw.texts, strict=True)], bool)
    if column.type in _CODED:
        answers, strange = _labels(raw, meant, column, codebook)
        unreadable = np.zeros(len(kinds), dtype=bool)
    else:
        strange = np.zeros(len(kinds), dtype=bool)
        answers, unreadable = _values(raw, column, kinds == ANSWERED)
        kinds[unreadable] = UNREADABLE
    changes = [(text, said, int(rows)) for text, said, rows in zip(raw.texts, meant, counts, strict=True)
               if said is not None and rows]
    heard = counts > 0
    return Recoded(
        answers, raw.looked_up(kinds, KINDS.index("not_recorded"), KINDS.index("not_asked")), changes,
        np.flatnonzero(strange & heard & ~is_blank), np.flatnonzero(is_blank & heard),
        np.flatnonzero(unreadable & heard & ~is_blank),
    )


def _labels(raw: Coded, meant: list[str | None], column: Column, codebook: Codebook) -> tuple[pd.Series, np.ndarray]:
    """The levels or names said, and which texts say none."""
    dtype = dtype_of(column, codebook)
    places = {name: place for place, name in enumerate(dtype.categories)}
    codes = np.array([places.get(said, -1) for said in meant], dtype=np.int16)
    answers = pd.Categorical.from_codes(raw.looked_up(codes, -1, -1), dtype=dtype)
    return pd.Series(answers), np.array([said is None for said in meant], dtype=bool)


def _values(raw: Coded, column: Column, answered: np.ndarray) -> tuple[pd.Series, np.ndarray]:
    """The values of a column of numbers, dates, identifiers or words, and which texts cannot be read as such."""
    read: Callable = {"count": _number, "date": lambda text: _date(text, column.formats)}.get(column.type, str.strip)
    values = [read(text) if known else None for text, known in zip(raw.texts, answered, strict=True)]
    unreadable = np.array([value is None for value in values], dtype=bool) & answered
    dtype = {"count": "Int64", "date": "datetime64[us]"}.get(column.type, "str")
    missing_last = pd.array([*values, None, None], dtype=dtype)
    return pd.Series(missing_last.take(raw.codes)), unreadable


def _number(text: str) -> int | None:
    """A whole number: 7, 7.0, 1,204; None for anything else."""
    text = text.strip()
    return int(text.replace(",", "").split(".")[0]) if _WHOLE.fullmatch(text) else None


def _date(text: str, formats: list[str]) -> datetime | None:
    """The day that the text names in one of the formats, or in ISO form; None for anything else."""
    for form in (*formats, *_ISO):
        try:
            return datetime.strptime(text.strip(), form)
        except ValueError:
            continue
    return None

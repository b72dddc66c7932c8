"""Raw columns made into answers and kinds of missing, each distinct text looked at once."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import pandas as pd

from helpers.extracts.cleaning.rows import ANSWERED, UNDECLARED, UNREADABLE
from helpers.extracts.codebooks.agreement import meanings
from helpers.extracts.codebooks.codebook import Codebook
from helpers.extracts.codebooks.spelling import folded
from helpers.extracts.codebooks.variables import CODED, KINDS, Column, Variable
from helpers.extracts.reading.coded import Coded

_WHOLE = re.compile(r"(\d{1,3}(,\d{3})+|\d{1,15})(\.0+)?")
_DECIMAL = re.compile(r"-?(\d{1,3}(,\d{3})+|\d{1,15})?(\.\d+)?(e[+-]?\d{1,3})?", re.IGNORECASE)
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
    if column.type in CODED:
        return pd.CategoricalDtype(list(codebook.answers(column.name)), ordered=column.type != "nominal")
    return {"count": "Int64", "number": "Float64", "date": "datetime64[us]"}.get(column.type, "str")


def recoded(raw: Coded, column: Column, codebook: Codebook) -> Recoded:
    """The column's answers and kinds of missing."""
    lookup = {folded(text): meaning for meaning, texts in meanings(codebook, column) for text in texts}
    meant = [lookup.get(folded(text)) for text in raw.texts]
    kinds = np.array([KINDS.index(said) if said in KINDS else ANSWERED for said in meant], dtype=np.int8)
    counts = raw.counts()
    is_blank = np.array([said is None and not text.strip() for said, text in zip(meant, raw.texts, strict=True)], bool)
    if column.type in CODED:
        answers, strange = _labels(raw, meant, column, codebook)
        unreadable = np.zeros(len(kinds), dtype=bool)
        kinds[strange] = UNDECLARED
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
    percent = column.unit == "percent"
    readers: dict[str, Callable] = {"count": lambda text: _number(text, percent),
                                    "number": lambda text: _decimal(text, percent),
                                    "date": lambda text: _date(text, column.formats)}
    read = readers.get(column.type, str.strip)
    values = [read(text) if known else None for text, known in zip(raw.texts, answered, strict=True)]
    unreadable = np.array([value is None for value in values], dtype=bool) & answered
    dtype = {"count": "Int64", "number": "Float64", "date": "datetime64[us]"}.get(column.type, "str")
    missing_last = pd.array([*values, None, None], dtype=dtype)
    return pd.Series(missing_last.take(raw.codes)), unreadable


def _number(text: str, percent: bool = False) -> int | None:
    """A whole number: 7, 7.0, 1,204; None for anything else."""
    text = _figure(text, percent)
    return int(text.replace(",", "").split(".")[0]) if _WHOLE.fullmatch(text) else None


def _decimal(text: str, percent: bool = False) -> float | None:
    """A number: 7, 7.25, 1,204.5, -0.3; None for anything else."""
    text = _figure(text, percent)
    return float(text.replace(",", "")) if _DECIMAL.fullmatch(text) and any(map(str.isdigit, text)) else None


def _figure(text: str, percent: bool) -> str:
    """The figure without the blanks, and without the % sign that its unit lets stand."""
    text = text.strip().replace("\u2212", "-")
    return text[:-1].rstrip() if percent and text.endswith("%") else text


def _date(text: str, formats: list[str]) -> datetime | None:
    """The day that the text names in one of the formats, or in ISO form; None for anything else."""
    for form in (*formats, *_ISO):
        try:
            return datetime.strptime(text.strip(), form)
        except ValueError:
            continue
    return None

"""Whether a row is an answer: columns for who answers, which question, and what is answered."""

import re
from collections.abc import Sequence

import numpy as np

from helpers.extracts.codebooks.layout import Pivot
from helpers.extracts.codebooks.spelling import folded_header
from helpers.extracts.drafting.exports.fields import Field

_QUESTION = re.compile(r"^(question|item|variable|statement|measure|indicator|attribute|field|prompt|element)s?"
                       r"( ?(id|text|name|label|code|wording|number|no|title))?$|"
                       r"\bquestion (text|name|label|wording|title)$")
_ANSWER = re.compile(r"^(answer|response|value|score|rating|result|reply|choice|answered)s?"
                     r"( ?(text|label|value|given|code))?$|\banswer( (text|label|value))?$")
_ID = re.compile(r"\b(id|ref|reference|no|number|respondent|participant|person|child|pupil|case|response|record|user|"
                 r"employee|staff|key)\b")
_OCCASION = re.compile(r"\b(wave|time|occasion|date|year|round|visit|session|month|phase|survey|point|period)\b")
_MOST_QUESTIONS, _LEAST_ROWS = 500, 1.5
_UNIQUE = 0.97  # of the pairs of response and question must stand alone
_LOOKED_AT = 200_000  # rows are enough to tell


def long_form(fields: Sequence[Field]) -> Pivot | None:
    """How to put the answers of each response together; None where a row is a response already."""
    names = {field.header.position: folded_header(field.header.shown).replace("_", " ") for field in fields}
    questions = [field for field in fields if _QUESTION.search(names[field.header.position]) and _is_question(field)]
    answers = [field for field in fields if _ANSWER.fullmatch(names[field.header.position])]
    for question in sorted(questions, key=_mean_length, reverse=True):  # the wording rather than its code
        for answer in answers:
            if answer is not question and (response := _response(fields, question, answer, names)):
                return Pivot(response=[field.header.shown for field in response], question=question.header.shown,
                             answer=answer.header.shown)
    return None


def _is_question(field: Field) -> bool:
    asked = sum(bool(text.strip()) for text in field.cells.texts)
    return 2 <= asked <= _MOST_QUESTIONS and len(field.cells) >= _LEAST_ROWS * asked


def _mean_length(field: Field) -> float:
    return sum(map(len, field.cells.texts)) / max(1, len(field.cells.texts))


def _response(fields: Sequence[Field], question: Field, answer: Field, names: dict[int, str]) -> list[Field]:
    """The fewest columns by which a response goes, so that it answers each question once; empty where none do."""
    others = [field for field in fields if field not in (question, answer) and len(field.cells.texts) > 1]
    ids = [field for field in others if _ID.search(names[field.header.position])]
    ids.sort(key=lambda field: -len(field.cells.texts))
    asked = question.cells.codes[:_LOOKED_AT].astype(np.int64)
    for first in ids:
        key = first.cells.codes[:_LOOKED_AT].astype(np.int64)
        if len(np.unique(key)) * _LEAST_ROWS > len(key):
            continue
        if _alone(key, asked) >= _UNIQUE:
            return [first]
        for second in (field for field in others if field is not first and len(field.cells.texts) <= _MOST_QUESTIONS):
            both = key * (len(second.cells.texts) + 1) + second.cells.codes[:_LOOKED_AT]
            if len(np.unique(both)) * _LEAST_ROWS <= len(both) and _alone(both, asked) >= _UNIQUE \
                    and _OCCASION.search(names[second.header.position]):
                return [first, second]
    return []


def _alone(key: np.ndarray, asked: np.ndarray) -> float:
    """The share of rows whose response and question no earlier row has."""
    pairs = key * (int(asked.max(initial=0)) + 2) + asked
    return len(np.unique(pairs)) / max(1, len(pairs))

"""Questions of a long form that drifted: wordings nearly alike that no response answers together are one question."""

import re
from collections.abc import Sequence
from dataclasses import replace
from difflib import SequenceMatcher

import numpy as np

from helpers.extracts.drafting.exports.fields import Field
from helpers.extracts.reading.coded import Coded, coded

_ALIKE = 0.9  # of two wordings: a word or a mark may differ; "safe at home" and "safe at school" are 0.8
_LEAST = 12  # letters, below which one letter makes another question


def drifted(fields: Sequence[Field], questions: set[int]) -> list[Field]:
    """The fields with drifted wordings put together; `questions`: positions of those that were made from answers."""
    kept: list[Field] = []
    for field in fields:
        same = next((at for at, other in enumerate(kept) if field.header.position in questions
                     and other.header.position in questions and _is_one(field, other)), None)
        if same is None:
            kept.append(field)
        else:
            cells = _together(kept[same].cells, field.cells)
            kept[same] = replace(kept[same], cells=cells, also=(*kept[same].also, field.header.shown))
    return kept


def _is_one(field: Field, other: Field) -> bool:
    """Whether two wordings are nearly alike and no response answers both."""
    one, two = _letters(field.header.shown), _letters(other.header.shown)
    if one != two:
        matcher = SequenceMatcher(None, one, two, autojunk=False)
        if min(len(one), len(two)) < _LEAST or re.findall(r"\d+", one) != re.findall(r"\d+", two) \
                or matcher.real_quick_ratio() < _ALIKE or matcher.quick_ratio() < _ALIKE or matcher.ratio() < _ALIKE:
            return False
    return not ((field.cells.codes >= 0) & (other.cells.codes >= 0)).any()


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text.casefold()).strip()


def _together(one: Coded, two: Coded) -> Coded:
    """The cells of both; where one has none, the other's."""
    texts = coded([*one.texts, *two.texts])
    places = np.append(texts.codes, [-1, -1])
    mine, theirs = places[one.codes], places[np.where(two.codes >= 0, two.codes + len(one.texts), two.codes)]
    return Coded(np.where(one.codes >= 0, mine, theirs).astype(np.int32), texts.texts)

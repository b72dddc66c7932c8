"""Which question of the earlier wave a new one probably is, by its header and its words."""

from collections.abc import Sequence
from difflib import SequenceMatcher

from helpers.extracts.codebooks.spelling import folded_header
from helpers.extracts.codebooks.variables import Column

ALIKE = 0.75  # share of letters in common from which a question is offered as probably the same


def probable(gone: Sequence[Column], new: Sequence[Column]) -> dict[str, tuple[str, float]]:
    """Column here → the column there that it probably is, and how alike they are; the most alike go first."""
    matches = sorted(((_alike(there, here), there.name, here.name) for there in gone for here in new),
                     key=lambda match: -match[0])
    found: dict[str, tuple[str, float]] = {}
    taken: set[str] = set()
    for alike, there, here in matches:
        if alike >= ALIKE and here not in found and there not in taken:
            found[here] = (there, alike)
            taken.add(there)
    return found


def _alike(one: Column, other: Column) -> float:
    """1 where a header or the wording is the same; else the less of how alike wordings and labels are, since items of
    one block share most of their wording, unless a label only says more than the other."""
    if {folded_header(text) for text in one.source} & {folded_header(text) for text in other.source}:
        return 1.0
    words = _ratio(one.question or one.label, other.question or other.label)
    labels = [set(folded_header(column.label).split()) for column in (one, other)]
    if words == 1 or labels[0] <= labels[1] or labels[1] <= labels[0]:
        return words
    return min(words, _ratio(one.label, other.label))


def _ratio(one: str, other: str) -> float:
    matcher = SequenceMatcher(None, folded_header(one), folded_header(other), autojunk=False)
    worth = matcher.real_quick_ratio() >= ALIKE and matcher.quick_ratio() >= ALIKE  # the full look takes long
    return matcher.ratio() if worth else 0.0

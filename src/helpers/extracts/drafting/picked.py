"""Blocks of columns that are one multi-select question: a column a choice, filled where it was picked."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from helpers.extracts.codebooks.spelling import folded, folded_header
from helpers.extracts.drafting.guess import Guess
from helpers.extracts.drafting.yes_no import SAYING_NO, SAYING_YES

_INVITES = re.compile(r"\b(all|any|those|as many)( of (the|these) \w+)?( options)? (that|which|as) (apply|applies|you)\b|"
                      r"\b(select|tick|check|choose|mark)( \w+)? (all|any|up to|one or more|as many)\b|multiple (answers|choice)|"
                      r"\bapply\)?[.)]?$|\bwhich of (the|these)\b")
_MARKS = {*SAYING_YES, *SAYING_NO, "1", "0", "x", "quoted", "not quoted", "✓", "✔"}
_LIMESURVEY = re.compile(r".+\[\w+\]")


@dataclass(frozen=True)
class Choice:
    """One choice of a multi-select question: its column, its words, and what its cells may say when it was picked."""

    guess: Guess
    label: str
    picked: tuple[str, ...]


def choices(run: Sequence[Guess]) -> list[Choice]:
    """The choices, where the columns of a question are such; empty where they are statements to rate, or answers apart."""
    asked = [guess for guess in run if not guess.personal and guess.use is None]
    marks = [{folded(text) for text in guess.said.labels} for guess in asked]
    if len(asked) < 2 or any(guess.said.is_sample for guess in asked) or sum(map(bool, marks)) < 2:
        return []
    single = all(len(said) <= 1 for said in marks) and sum(guess.said.blank for guess in asked) > 0
    both = all(said <= _MARKS and len(said) <= 2 for said in marks) and any(len(said) == 2 for said in marks)
    invited = _INVITES.search(folded_header(asked[0].field.stem)) or _LIMESURVEY.fullmatch(asked[0].field.code)
    if not (single and _one_each(asked, marks)) and not (both and invited):
        return []
    labels = [_label(guess) for guess in asked]
    if len({folded(label) for label in labels}) < len(labels):
        return []
    return [Choice(guess, label, tuple(text for text in guess.said.labels if folded(text) not in {*_MARKS, folded(label)}))
            for guess, label in zip(asked, labels, strict=True)]


def _one_each(asked: Sequence[Guess], marks: Sequence[set[str]]) -> bool:
    """Whether the one text of each column is a mere mark, or its own and no other column's."""
    texts = [next(iter(said)) for said in marks if said]
    return set(texts) <= _MARKS or len(set(texts)) == 1 or len(set(texts)) == len(texts) or all(
        folded(guess.field.option) in said for guess, said in zip(asked, marks, strict=True) if said and guess.field.option) or \
        all(re.fullmatch(r"\d{1,3}", text) for text in texts)


def _label(guess: Guess) -> str:
    """The choice in words: as the question has it, or as its cells do, or as its code."""
    texts = [text for text in guess.said.labels if folded(text) not in _MARKS and re.search(r"[^\W\d]", text)]
    return guess.field.option or (" ".join(texts[0].split()) if texts else guess.field.code or guess.field.stem)

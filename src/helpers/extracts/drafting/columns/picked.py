"""Blocks of columns that are one multi-select question: a column a choice, filled where it was picked."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from helpers.extracts.codebooks.spelling import folded, folded_header
from helpers.extracts.drafting.columns.guess import Guess
from helpers.extracts.drafting.scales.yes_no import SAYING_NO, SAYING_YES

_INVITES = re.compile(
    r"\b(all|any|those|as many)( of (the|these) \w+)?( options)? (that|which|as) (apply|applies|you)\b|"
    r"\b(select|tick|check|choose|mark)( \w+)? (all|any|up to|one or more|as many)\b|"
    r"multiple (answers|choice)|\bapply\)?[.)]?$|\bwhich of (the|these)\b")
_MARKS = {*SAYING_YES, *SAYING_NO, "1", "0", "x", "quoted", "not quoted", "✓", "✔"}
_LIMESURVEY = re.compile(r".+\[\w+\]")
_NUMBER = re.compile(r"\d{1,3}")


@dataclass(frozen=True)
class Choice:
    """One choice of a multi-select question: its column, its words, and what its cells may say when it was picked."""

    guess: Guess
    label: str
    picked: tuple[str, ...]


def choices(run: Sequence[Guess]) -> list[Choice]:
    """The choices, where the columns of a question are such; empty where they are statements, or answers apart."""
    asked = [guess for guess in run if not guess.personal and guess.use is None]
    heard = [{folded(text) for text in guess.said.labels} for guess in asked]
    if len(asked) < 2 or any(guess.said.is_sample for guess in asked) or sum(map(bool, heard)) < 2:
        return []
    if not _filled_where_picked(asked, heard) and not _yes_or_no_to_each(asked, heard):
        return []
    labels = [_label(guess) for guess in asked]
    if len(set(map(folded, labels))) < len(labels):
        return []
    return [Choice(guess, label, _picked(guess, label)) for guess, label in zip(asked, labels, strict=True)]


def _filled_where_picked(asked: Sequence[Guess], heard: Sequence[set[str]]) -> bool:
    """Whether each column says one thing or nothing: a mere mark, a code, or its own choice and no other's."""
    if any(len(said) > 1 for said in heard) or not any(guess.said.blank for guess in asked):
        return False
    texts = [next(iter(said)) for said in heard if said]
    own = all(folded(guess.field.option) in said for guess, said in zip(asked, heard, strict=True) if said)
    return own or set(texts) <= _MARKS or len(set(texts)) in (1, len(texts)) or all(map(_NUMBER.fullmatch, texts))


def _yes_or_no_to_each(asked: Sequence[Guess], heard: Sequence[set[str]]) -> bool:
    """Whether each column says yes or no under a question that takes several answers."""
    if not all(said <= _MARKS and len(said) <= 2 for said in heard) or all(len(said) < 2 for said in heard):
        return False
    first = asked[0].field
    return bool(_INVITES.search(folded_header(first.stem)) or _LIMESURVEY.fullmatch(first.code))


def _label(guess: Guess) -> str:
    """The choice in words: as the question has it, or as its cells do, or as its code."""
    texts = [text for text in guess.said.labels if folded(text) not in _MARKS and re.search(r"[^\W\d]", text)]
    return guess.field.option or (" ".join(texts[0].split()) if texts else guess.field.code or guess.field.stem)


def _picked(guess: Guess, label: str) -> tuple[str, ...]:
    """What the choice's cells say beside its own words and the usual marks."""
    return tuple(text for text in guess.said.labels if folded(text) not in {*_MARKS, folded(label)})

"""Guesses made into columns of a codebook, each with its name, its sources and its kinds of missing."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from helpers.extracts.codebooks.spelling import folded, folded_header
from helpers.extracts.codebooks.variables import CODED, KINDS, Column, Kind, Scale
from helpers.extracts.drafting.codebook.naming import Names, answer_names, short, slug
from helpers.extracts.drafting.codebook.scales import ScaleBook, scale_book
from helpers.extracts.drafting.columns.guess import Guess
from helpers.extracts.drafting.columns.picked import Choice, choices
from helpers.extracts.drafting.exports.export import Export
from helpers.extracts.drafting.exports.fields import Field

_CODE_OF_CHOICE = re.compile(r"(.+?)(?:\[\w+\]|[_.-]\d{1,3})")
_CLASSIFIED = re.compile(r"(?=.*\d)[\w./-]{1,12}")  # codes of a classification, which have an order of their own


@dataclass(frozen=True)
class Drafted:
    """The columns in the order of the file; the guess behind each that was received as one, by name; the scales in use
    with what is to be said of each; the words for missing; and the columns of each question, by name, in runs."""

    columns: list[Column]
    guesses: dict[str, Guess]
    scales: dict[str, Scale]
    remarks: dict[str, list[str]]
    missing: dict[Kind, list[str]]
    runs: list[list[str]]


def drafted_columns(runs: Sequence[Sequence[Guess]], export: Export) -> Drafted:
    """The columns that the guesses describe; `runs`: guesses by question."""
    together = [choices(run) for run in runs]
    chosen = {choice.guess.position for block in together for choice in block}
    alone = [[guess for guess in run if guess.position not in chosen and not guess.ignored] for run in runs]
    names = Names(export.fields)
    named = {guess.position: names.name(guess.field, ends=_ends(guess)) for run in alone for guess in run}
    book = scale_book(alone, named)
    missing = common_missing(guess for run in runs for guess in run)
    maker = _Maker(_owners(export.fields), missing, book, named, export.style == "surveymonkey")
    columns: list[Column] = []
    for run, block in zip(alone, together, strict=True):
        columns += [maker.multi_select(block, _question_name(block, names))] if block else []
        columns += [maker.column(guess) for guess in run]
    used = {column.scale for column in columns}
    return Drafted(
        columns, {named[guess.position]: guess for run in alone for guess in run},
        {name: scale for name, scale in book.scales.items() if name in used},
        {name: remarks for name, remarks in book.remarks.items() if name in used},
        missing, [[named[guess.position] for guess in run] for run in alone])


def common_missing(guesses: Iterable[Guess]) -> dict[Kind, list[str]]:
    """The words for missing that the file uses, by kind; a blank is not recorded until somebody knows better."""
    found: dict[Kind, dict[str, str]] = {kind: {} for kind in KINDS}
    found["not_recorded"][""] = ""
    for guess in guesses:
        for label, kind in guess.missing.items() if not guess.ignored and not guess.personal else ():
            found[kind].setdefault(folded(label), " ".join(label.split()))
    return {kind: list(spellings.values()) for kind, spellings in found.items() if spellings}


def _owners(fields: Sequence[Field]) -> Counter[str]:
    """How many columns go by each folded name."""
    return Counter(name for field in fields for name in set(field.header.names))


def _ends(guess: Guess) -> list[str]:
    """What is put behind the column's name for the columns that a multi-select question makes."""
    return list(answer_names(guess.labels).values()) if guess.type == "multi_select" else []


def _question_name(block: Sequence[Choice], names: Names) -> str:
    """A name for a multi-select question: what the codes of its choices share, else its words."""
    if not block:
        return ""
    field, own = block[0].guess.field, {choice.guess.position for choice in block}
    ends = list(answer_names([choice.label for choice in block]).values())
    if found := _CODE_OF_CHOICE.fullmatch(field.code):
        return names.free([slug(found[1])], own, ends)
    return names.name(replace(field, code="", option=""), own, ends)


@dataclass(frozen=True)
class _Maker:
    """Makes columns, knowing the whole: who goes by which header, the words for missing, the scales, the names."""

    owners: Counter[str]
    missing: Mapping[Kind, list[str]]
    book: ScaleBook
    named: Mapping[int, str]
    by_question_and_option: bool

    def column(self, guess: Guess) -> Column:
        """The column that the guess describes."""
        field, kept = guess.field, "text" if guess.personal else guess.type
        scale = self.book.used.get(guess.position) if kept == "ordinal" else None
        if scale is not None and len(self.book.scales[scale].levels) == 2:
            kept = "binary"
        apart = guess.others_apart and kept in (*CODED, "multi_select")
        return Column(
            name=self.named[guess.position], label=_label(field), question=_question(field), source=self.sources(field),
            type=kept, scale=scale, values=_values(guess) if kept in ("nominal", "multi_select") else None,
            format=list(guess.formats) if len(guess.formats) > 1 else "".join(guess.formats) or [], unit=guess.unit,
            personal="drop" if guess.personal else None, missing={} if guess.personal else self._own_missing(guess),
            separator=guess.separator, undeclared="quarantine" if apart else None)

    def sources(self, field: Field) -> list[str]:
        """What exports call the column; a wording that several share names none of them."""
        wished = [field.code, field.header.shown, *([field.stem] if not field.option else [])]
        known = [text for text in dict.fromkeys(wished) if folded_header(text) in field.header.names]
        unique = [text for text in known if self.owners[folded_header(text)] == 1]
        return [*(unique or [field.header.shown]), *field.also]

    def multi_select(self, block: Sequence[Choice], name: str) -> Column:
        """One column from those of its choices; where exports name them "question | option", the question will do."""
        labels = [choice.label for choice in block]
        names, field = answer_names(labels), block[0].guess.field
        together = self.by_question_and_option and not self.owners[folded_header(field.stem)]
        values = {names[choice.label]: [choice.label, *([] if together else self._headers(choice))]
                  for choice in block}
        picked = dict.fromkeys(" ".join(text.split()) for choice in block for text in choice.picked)
        return Column(name=name, label=short(field.stem or name), source=[field.stem] if together else [],
                      question=field.stem if field.stem != short(field.stem) else "", type="multi_select",
                      values=values, picked=list(picked))

    def _headers(self, choice: Choice) -> list[str]:
        return [text for text in self.sources(choice.guess.field) if folded(text) != folded(choice.label)][:1]

    def _own_missing(self, guess: Guess) -> dict[Kind, list[str]]:
        """The kinds that the column states itself, with what the file says everywhere for the same kind."""
        own: dict[Kind, list[str]] = {}
        for text, kind in guess.own_missing.items():
            own.setdefault(kind, list(self.missing.get(kind, []))).append(text.strip())
        return own


def _label(field: Field) -> str:
    return short(field.option or field.stem or field.code)


def _question(field: Field) -> str:
    """The question in full, where the label is not it already."""
    whole = f"{field.stem} {field.option}".strip() if field.stem != field.code else field.option
    return whole if whole != _label(field) else ""


def _values(guess: Guess) -> dict[str, list[str]]:
    """The labels under their names: codes in their own order, else the most frequent first and what is other last."""
    labels = list(guess.labels)
    if all(map(_CLASSIFIED.fullmatch, labels)):
        labels.sort(key=lambda label: [(not part.isdigit(), int(part) if part.isdigit() else 0, part)
                                       for part in re.findall(r"\d+|\D+", label)])
    if not guess.field.declared:
        labels.sort(key=lambda label: folded(label).startswith("other"))
    names = answer_names(labels)
    return {names[label]: [label, *guess.also.get(label, ())] for label in labels}

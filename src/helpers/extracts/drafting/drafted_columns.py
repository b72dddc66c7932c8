"""Guesses made into columns of a codebook, each with its name, its sources and its kinds of missing."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from helpers.extracts.codebooks.spelling import folded, folded_header
from helpers.extracts.codebooks.variables import CODED, KINDS, Column, Kind, Scale
from helpers.extracts.drafting.fields import Field
from helpers.extracts.drafting.guess import Guess
from helpers.extracts.drafting.naming import Names, answer_names, short, slug
from helpers.extracts.drafting.picked import Choice
from helpers.extracts.drafting.scale_book import ScaleBook


@dataclass(frozen=True)
class Context:
    """What columns need to know of the whole: the file's columns, its words for missing, its scales, its names."""

    fields: Sequence[Field]
    missing: Mapping[Kind, list[str]]
    book: ScaleBook
    names: Mapping[int, str]


def common_missing(guesses: Sequence[Guess]) -> dict[Kind, list[str]]:
    """The words for missing that the file uses, by kind, each once; a blank is not recorded until somebody knows better."""
    found: dict[Kind, dict[str, str]] = {kind: {} for kind in KINDS}
    found["not_recorded"][""] = ""
    for guess in guesses:
        if not guess.ignored and not guess.personal:
            for label, kind in guess.missing.items():
                found[kind].setdefault(folded(label), " ".join(label.split()))
    return {kind: list(spellings.values()) for kind, spellings in found.items() if spellings}


def column_of(guess: Guess, context: Context) -> Column:
    """The column that the guess describes."""
    field, position = guess.field, guess.field.header.position
    kept = guess.type if not guess.personal else "text"
    scale = context.book.used.get(position) if kept == "ordinal" else None
    if scale is not None and len(context.book.scales[scale].levels) == 2:
        kept = "binary"
    values = _values(guess) if kept in ("nominal", "multi_select") else None
    return Column(
        name=context.names[position], label=short(field.option or field.stem or field.code), question=_question(field),
        source=sources(field, context.fields), type=kept, scale=scale, values=values,
        format=list(guess.formats) if len(guess.formats) > 1 else "".join(guess.formats) or [], unit=guess.unit,
        personal="drop" if guess.personal else None, missing=_own_missing(guess, context) if not guess.personal else {},
        separator=guess.separator, undeclared="quarantine" if guess.others_apart and kept in (*CODED, "multi_select") else None,
    )


def _values(guess: Guess) -> dict[str, list[str]]:
    """The labels under their names: codes in their own order, else the most frequent first and what is other last."""
    labels = list(guess.labels)
    if all(re.fullmatch(r"[\w./-]{1,12}", label) and re.search(r"\d", label) for label in labels):
        labels.sort(key=lambda label: [(not part.isdigit(), int(part) if part.isdigit() else 0, part)
                                       for part in re.findall(r"\d+|\D+", label)])
    if not guess.field.labels:
        labels.sort(key=lambda label: folded(label).startswith("other"))
    names = answer_names(labels)
    return {names[label]: [label, *guess.also.get(label, ())] for label in labels}


def _own_missing(guess: Guess, context: Context) -> dict[Kind, list[str]]:
    """The kinds that the column states itself, with what the file says everywhere for the same kind."""
    own: dict[Kind, list[str]] = {}
    for text, kind in guess.own_missing.items():
        own.setdefault(kind, list(context.missing.get(kind, []))).append(text.strip())
    return own


def _question(field: Field) -> str:
    """The question in full, where the label is not it already."""
    whole = f"{field.stem} {field.option}".strip() if field.stem != field.code else field.option
    return whole if whole != short(field.option or field.stem or field.code) else ""


def sources(field: Field, fields: Sequence[Field]) -> list[str]:
    """What exports call the column, the exact header first; a wording that several share names none of them."""
    owners: dict[str, int] = {}
    for other in fields:
        for name in other.header.names:
            owners[name] = owners.get(name, 0) + 1
    wished = [field.code, field.header.shown, *([field.stem] if not field.option else [])]
    known = [text for text in dict.fromkeys(wished) if folded_header(text) in field.header.names]
    unique = [text for text in known if owners[folded_header(text)] == 1]
    return unique or [field.header.shown]


def multi_select_of(choices: Sequence[Choice], name: str, context: Context, style: str) -> Column:
    """One multi-select column from the columns of its choices."""
    labels = [choice.label for choice in choices]
    names = answer_names(labels)
    field = choices[0].guess.field
    together = style == "surveymonkey" and not any(
        folded_header(field.stem) in other.header.names for other in context.fields)
    values = {names[choice.label]: [choice.label, *_headers(choice, together, context.fields)] for choice in choices}
    return Column(
        name=name, label=short(field.stem or name), question=field.stem if field.stem != short(field.stem) else "",
        source=[field.stem] if together else [], type="multi_select", values=values,
        picked=list(dict.fromkeys(" ".join(text.split()) for choice in choices for text in choice.picked
                                  if re.search(r"\S", text))),
    )


def _headers(choice: Choice, together: bool, fields: Sequence[Field]) -> list[str]:
    """What the choice's own column is called, where question and choice together do not say it."""
    if together:
        return []
    return [text for text in sources(choice.guess.field, fields) if folded(text) != folded(choice.label)][:1]


def multi_select_name(choices: Sequence[Choice], names: Names) -> str:
    """A name for the question: what the codes of its choices share, else its words."""
    field = choices[0].guess.field
    own = [choice.guess.field.header.position for choice in choices]
    if found := re.fullmatch(r"(.+?)(?:\[\w+\]|[_.-]\d{1,3})", field.code):
        return names.free([slug(found[1])], own)
    made = Field(field.header, "", field.stem, "", field.cells)
    return names.name(made, own)


def scales_in_use(book: ScaleBook, columns: Sequence[Column]) -> dict[str, Scale]:
    """The scales that some column has."""
    used = {column.scale for column in columns}
    return {name: scale for name, scale in book.scales.items() if name in used}

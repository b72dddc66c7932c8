"""A codebook drafted from an export: a guess for every column, and questions beside whatever the file cannot tell."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from helpers.extracts.codebooks.codebook import Codebook, Ignore
from helpers.extracts.codebooks.spelling import rows_of
from helpers.extracts.codebooks.toml import Place, written
from helpers.extracts.codebooks.variables import Column
from helpers.extracts.drafting.columns import guessed
from helpers.extracts.drafting.drafted_columns import (
    Context,
    column_of,
    common_missing,
    multi_select_name,
    multi_select_of,
    scales_in_use,
)
from helpers.extracts.drafting.drafted_rules import is_asked, rules_of
from helpers.extracts.drafting.export import Export, opened
from helpers.extracts.drafting.fields import blocks
from helpers.extracts.drafting.file_facts import facts_of
from helpers.extracts.drafting.guess import Guess
from helpers.extracts.drafting.hints import head_of, hints_of, score_hints
from helpers.extracts.drafting.naming import Names, slug
from helpers.extracts.drafting.picked import Choice, choices
from helpers.extracts.drafting.scale_book import scale_book
from helpers.study import InputFault


_ENOUGH_ASKED = 3  # questions; who leaves one or two blank has not left everything


@dataclass(frozen=True)
class Drafted:
    """The codebook, and comments by the place they belong to."""

    codebook: Codebook
    comments: dict[Place, list[str]]


def draft(path: Path, sheet: str | None = None) -> str:
    """The TOML text of a codebook with which the file can be cleaned at once; raises InputFault where it cannot be read.

    Questions for the analyst stand as comments beside what they are about. No cell is quoted but labels that several
    rows say.
    """
    made = drafted(opened(path, sheet), path.stem)
    return written(made.codebook, made.comments)


def drafted(export: Export, name: str) -> Drafted:
    """The draft before it is written."""
    facts = facts_of(export)
    guesses = {field.header.position: guessed(field, facts) for field in export.fields}
    runs = [[guesses[field.header.position] for field in run] for run in blocks(export.fields)]
    together = [choices(run) for run in runs]
    chosen = {choice.guess.field.header.position for block in together for choice in block}
    alone = [[guess for guess in run if guess.field.header.position not in chosen] for run in runs]
    given = Names(export.fields)
    named = {guess.field.header.position: given.name(guess.field) for run in alone for guess in run if not guess.ignored}
    book = scale_book(alone, named)
    context = Context(export.fields, common_missing(list(guesses.values())), book, named)
    columns, by_name = _columns(alone, together, given, context, export.style)
    if not columns:
        raise InputFault(f"{name}: no column that could be read; every one is empty or a survey tool's own.", "data")
    scales = scales_in_use(book, columns)
    rules = rules_of(columns, by_name, scales, _silent_rows(list(guesses.values())))
    ignored = [guess for run in alone for guess in run if guess.ignored]
    codebook = Codebook(
        instrument=re.sub(r"^(?=[^a-z])", "extract_", slug(name)) or "extract", title=" ".join(re.split(r"[\W_]+", name)).strip().capitalize() or "Extract",
        row="response" if facts.in_tool or export.reading.pivot else "row", reading=export.reading,
        missing=context.missing, scales=scales, columns=columns, rules=[rule for rule, _ in rules],
        ignore=Ignore(columns=[*(guess.field.header.shown for guess in ignored), *export.doubled]),
    )
    comments: dict[Place, list[str]] = {("scales", scale): remarks for scale, remarks in book.remarks.items() if scale in scales}
    comments |= hints_of(columns, by_name, scales)
    comments |= {("rules", rule.name): remarks for rule, remarks in rules}
    comments |= {("ignore",): _ignored_because(ignored, export), ("scores",): score_hints(alone, named, book),
                 ("reading",): [f"QUESTION: {doubt}" for doubt in export.doubts]}
    comments = {place: remarks for place, remarks in comments.items() if remarks}
    return Drafted(codebook, {(): head_of(export, codebook, comments), **comments})


def _columns(alone: Sequence[Sequence[Guess]], together: Sequence[Sequence[Choice]], given: Names, context: Context,
             style: str) -> tuple[list[Column], dict[str, Guess]]:
    """The columns in the order of the file, and the guess behind each that was received as one."""
    columns: list[Column] = []
    by_name: dict[str, Guess] = {}
    for run, block in zip(alone, together, strict=True):
        if block:
            columns.append(multi_select_of(block, multi_select_name(block, given), context, style))
        for guess in run:
            if not guess.ignored:
                columns.append(made := column_of(guess, context))
                by_name[made.name] = guess
    return columns, by_name


def _silent_rows(guesses: Sequence[Guess]) -> int:
    """How many rows answer nothing of what the instrument asks; rows with nothing in them at all are none."""
    asked = [guess for guess in guesses if is_asked(guess)]
    if len(asked) < _ENOUGH_ASKED:
        return 0
    silent, empty = (np.ones(len(asked[0].field.cells), dtype=bool) for _ in range(2))
    for guess in asked:
        blank = np.array([not text.strip() for text in guess.field.cells.texts], dtype=bool)
        silent &= guess.field.cells.looked_up(blank, True, True)
        if not silent.any():
            return 0
    for guess in guesses:
        empty &= guess.field.cells.codes < 0
    return int((silent & ~empty).sum())


def _ignored_because(ignored: Sequence[Guess], export: Export) -> list[str]:
    empty = sum(guess.use is None for guess in ignored)
    remarks = [f"{empty} of these columns are empty."] if empty else []
    if export.doubled:
        remarks.append(f"QUESTION: {rows_of(len(export.doubled)).replace('row', 'header')} stand over several columns, which "
                       "therefore cannot be told apart; give each a header of its own in the file.")
    return remarks

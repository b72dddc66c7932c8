"""A codebook drafted from an export: a guess for every column, and questions beside whatever the file cannot tell."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from helpers.extracts.codebooks.codebook import Codebook, Ignore
from helpers.extracts.codebooks.toml import Place, written
from helpers.extracts.drafting.codebook.columns import drafted_columns
from helpers.extracts.drafting.codebook.head import head_of
from helpers.extracts.drafting.codebook.hints import hints_of
from helpers.extracts.drafting.codebook.naming import slug
from helpers.extracts.drafting.codebook.rules import drafted_rules
from helpers.extracts.drafting.columns.file_facts import facts_of
from helpers.extracts.drafting.columns.guess import Guess
from helpers.extracts.drafting.columns.guessed import guessed
from helpers.extracts.drafting.exports.export import Export, opened
from helpers.extracts.drafting.exports.fields import blocks
from helpers.study import InputFault


@dataclass(frozen=True)
class Draft:
    """The codebook, and comments by the place they belong to."""

    codebook: Codebook
    comments: dict[Place, list[str]]


def draft(path: Path, sheet: str | None = None) -> str:
    """The TOML text of a codebook with which the file can be cleaned at once; raises InputFault where it is none.

    Questions for the analyst stand as comments beside what they are about. No cell is quoted but labels: of a short
    list, of a scale or declared by the file, or said by several rows.
    """
    made = drafted(opened(path, sheet), path.stem)
    return written(made.codebook, made.comments)


def drafted(export: Export, name: str) -> Draft:
    """The draft before it is written; `name`: what the file is called."""
    facts = facts_of(export)
    runs = [[guessed(field, facts) for field in run] for run in blocks(export.fields)]
    guesses = [guess for run in runs for guess in run]
    made = drafted_columns(runs, export)
    if not made.columns:
        raise InputFault(f"{name}: no column with answers: every one is empty or a survey tool's own; send a file that "
                         "has some.", "data")
    rules = drafted_rules(made, guesses)
    ignored = [guess for guess in guesses if guess.ignored]
    codebook = Codebook(
        instrument=_instrument(name), title=_title(name), row=_row(export, facts.in_tool), reading=export.reading,
        missing=made.missing, scales=made.scales, columns=made.columns, rules=[rule for rule, _ in rules],
        ignore=Ignore(columns=[*(guess.field.header.shown for guess in ignored), *export.doubled]))
    comments = hints_of(made) | {("rules", rule.name): remarks for rule, remarks in rules}
    comments["ignore",] = _ignored_because(ignored, export)
    comments["reading",] = [f"QUESTION: {doubt}" for doubt in export.doubts]
    comments = {place: remarks for place, remarks in comments.items() if remarks}
    return Draft(codebook, {(): head_of(export, made.columns, comments), **comments})


def _instrument(name: str) -> str:
    return re.sub(r"^(?=[^a-z])", "extract_", slug(name)) or "extract"


def _title(name: str) -> str:
    return " ".join(re.split(r"[\W_]+", name)).strip().capitalize() or "Extract"


def _row(export: Export, in_tool: bool) -> str:
    return "response" if in_tool or export.reading.pivot else "row"


def _ignored_because(ignored: Sequence[Guess], export: Export) -> list[str]:
    empty = sum(guess.use is None for guess in ignored)
    remarks = [f"{empty} of these columns are empty."] if empty else []
    if count := len(export.doubled):
        remarks.append(f"QUESTION: {count} header{'s stand' if count > 1 else ' stands'} over several columns, which "
                       "therefore cannot be told apart; give each a header of its own in the file.")
    return remarks

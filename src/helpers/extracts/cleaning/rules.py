"""Rules as objects: one name, one reason in the reader's words and one mask, applied, counted and printed alike."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np

from helpers.extracts.cleaning import checks
from helpers.extracts.cleaning.checks import Others
from helpers.extracts.cleaning.rows import UNDECLARED, UNREADABLE, Rows
from helpers.extracts.codebooks.codebook import Codebook
from helpers.extracts.codebooks.ruled import Rule
from helpers.extracts.codebooks.variables import Column
from helpers.extracts.reading.table import CONFLICTING, EMPTY, ORPHANED, RAGGED, REPEATED


@dataclass(frozen=True)
class Applied:
    """A rule ready to be applied: `mask` gives the rows it catches, `columns` what the row's sender should look at."""

    name: str
    severity: str
    sentence: str
    remedy: str
    columns: tuple[str, ...]
    mask: Callable[[Rows], np.ndarray]
    always_shown: bool = True  # a rule that every extract keeps is listed only where it caught something


# What becomes of a row that reading could not take as a whole one: (rule, severity, state, sentence, remedy).
_STATES = (
    ("empty_row", "exclude", EMPTY, "Nothing stands in the row.", ""),
    ("ragged_row", "quarantine", RAGGED, "The row has more or fewer cells than the header.",
     "Put answers that hold a delimiter into quotation marks."),
    ("conflicting_rows", "quarantine", CONFLICTING, "Two rows of the same response say different things.",
     "Leave one answer a question."),
    ("orphaned_row", "quarantine", ORPHANED, "The row's key is missing, or the main sheet does not have it.",
     "Correct the key, or add the row that it belongs to."),
    ("repeated_row", "quarantine", REPEATED, "An earlier row of the same sheet has the same key.",
     "Leave one row a key."),
)


def applied_rules(codebook: Codebook, others: Others) -> list[Applied]:
    """The rules in the order they are applied: those every extract keeps, then the codebook's own."""
    return [*_general(codebook), *(_declared(rule, others) for rule in codebook.rules)]


def _general(codebook: Codebook) -> list[Applied]:
    rules = [Applied(name, severity, sentence, remedy, (), partial(_in_state, state), False)
             for name, severity, state, sentence, remedy in _STATES]
    for column in codebook.columns:
        if column.is_read:
            rules += _of_column(column, codebook)
    return rules


def _of_column(column: Column, codebook: Codebook) -> list[Applied]:
    """What every column asks of its cells: to be readable, to be declared, to be there where it is required."""
    names, rules = [made.name for made in column.in_table], []
    if column.type in ("count", "number", "date"):
        what = {"count": "whole number", "number": "number", "date": "date of the declared format"}[column.type]
        rules.append(Applied(f"{column.name}_unreadable", "quarantine", f"{column.label}: not a {what}.",
                             "Correct the value in the source.", tuple(names), _of_kind(names, UNREADABLE), False))
    if (column.undeclared or codebook.reading.undeclared) == "quarantine":
        rules.append(Applied(f"{column.name}_undeclared", "quarantine", f"{column.label}: an answer that the "
                             "codebook does not list.", "Correct the answer to one of those listed.",
                             tuple(names), _of_kind(names, UNDECLARED), False))
    if column.required:
        sentence = f"{column.label}: no answer, and every {codebook.row} needs one."
        rules.append(Applied(f"{column.name}_required", "quarantine", sentence, "Fill in the value in the source.",
                             tuple(names), partial(checks.lacking, names), False))
    return rules


def _in_state(state: int, rows: Rows) -> np.ndarray:
    return rows.origin["state"].to_numpy() == state


def _of_kind(columns: list[str], kind: int) -> Callable[[Rows], np.ndarray]:
    return lambda rows: np.any([rows.kinds[column] == kind for column in columns], axis=0)


def _declared(rule: Rule, others: Others) -> Applied:
    own = tuple(rule.columns + ([rule.column] if rule.column else []))
    look_at = own or tuple(rule.then) or tuple(rule.where)
    return Applied(rule.name, rule.severity, rule.sentence, rule.remedy, look_at, checks.mask_of(rule, others))

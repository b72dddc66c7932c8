"""Rules that an export seems to need: test rows, unfinished ones, no consent, the same sent twice."""

import re
from collections.abc import Iterator, Mapping

import numpy as np

from helpers.extracts.codebooks.ruled import Rule
from helpers.extracts.codebooks.spelling import folded, rows_of
from helpers.extracts.codebooks.variables import Column, Conditions
from helpers.extracts.drafting.codebook.columns import Drafted
from helpers.extracts.drafting.columns.guess import Guess
from helpers.extracts.drafting.columns.tools import PARTIAL, TEST_ROWS, asks_consent
from helpers.extracts.reading.coded import Coded

Remarked = tuple[Rule, list[str]]  # a rule, and what the analyst should confirm

_CONFIRM = "QUESTION: should these rows be left out? Else make the severity \"note\", or drop the rule."
_BLANK_CONSENT = "QUESTION: may rows without an answer about consent be used? Else add a rule of check \"required\"."
_MAY_BE_TWO = "QUESTION: can two rows rightly be alike in everything? Only if not, make the severity \"exclude\"."
_ENOUGH = 15  # answers in which two people hardly ever agree throughout
_ENOUGH_ASKED = 3  # questions; who leaves one or two blank has not left everything
# What headers call the occasion on which a person answers, one of several.
_OCCASION = re.compile(r"\b(wave|round|occasion|visit|session|assessment|time ?point|timepoint|time|phase|sweep|period|"
                       r"month|quarter|year|date|interview|follow.?up)\b")
_ALL_DIFFER = 0.95  # of its cells, and a column was meant to tell rows apart


def drafted_rules(made: Drafted, guesses: list[Guess]) -> list[Remarked]:
    """Rules in the order in which they should be applied; `guesses`: of all columns of the file, ignored ones too."""
    by_use = {guess.use: next(column for column in made.columns if column.name == name)
              for name, guess in made.guesses.items() if guess.use}
    rules = [rule for use in ("status", "channel") if use in by_use for rule in _labelled(by_use[use])]
    return [*rules, *_consent(made), *_unfinished(by_use, made), *_silent(made, guesses), *_twice(made)]


def _left_out(name: str, where: Conditions, sentence: str) -> Rule:
    return Rule(name=name, severity="exclude", check="row_is", where=where, sentence=sentence, remedy="None needed.")


def _labelled(column: Column) -> Iterator[Remarked]:
    """Rules about rows whose status or channel says that they are tests, or were broken off."""
    values = column.values if isinstance(column.values, dict) else {}
    if tests := [name for name, said in values.items() if TEST_ROWS.fullmatch(said[0])]:
        yield _left_out(f"no_test_{column.name}", {column.name: tests}, "A preview or test, not an answer."), [_CONFIRM]
    if partial := [name for name, said in values.items() if PARTIAL.fullmatch(said[0])]:
        sentence = "The response was not completed."
        yield _left_out(f"{column.name}_complete", {column.name: partial}, sentence), [_CONFIRM]


def _consent(made: Drafted) -> list[Remarked]:
    for column in made.columns:
        if column.type == "binary" and column.scale and asks_consent(made.guesses[column.name].field.wording):
            refused = made.scales[column.scale].names[0]
            sentence = "The person did not agree to take part."
            return [(_left_out("consented", {column.name: refused}, sentence), [_BLANK_CONSENT])]
    return []


def _unfinished(by_use: Mapping[str, Column], made: Drafted) -> list[Remarked]:
    """One rule about responses that were not finished, by what says it most plainly."""
    where: Conditions = {}
    if (column := by_use.get("finished")) and column.scale:
        where = {column.name: made.scales[column.scale].names[0]}
    elif column := by_use.get("submitted"):
        where = {column.name: "missing"}
    elif (column := by_use.get("progress")) and column.type == "count":
        where = {column.name: {"max": 99}}
    return [(_left_out("finished_it", where, "The response was not finished."), [_CONFIRM])] if where else []


def _silent(made: Drafted, guesses: list[Guess]) -> list[Remarked]:
    """A rule about rows that answer nothing of what the instrument asks, where there are any."""
    silent = _silent_rows(guesses)
    if not silent:
        return []
    asked = [variable.name for column in made.columns
             if column.name not in made.guesses or _is_asked(made.guesses[column.name]) for variable in column.in_table]
    rule = Rule(name="answered_something", severity="exclude", check="answered", columns=asked, minimum=1,
                sentence="Nothing was answered.", remedy="None needed.")
    return [(rule, [f"{rows_of(silent)} of the file answer nothing below."])]


def _is_asked(guess: Guess) -> bool:
    """Whether the column is an answer to what the instrument asks, and neither words nor the tool's own."""
    return guess.type in ("ordinal", "binary", "nominal", "count", "number", "multi_select") and not (
        guess.use or guess.personal or guess.ignored or asks_consent(guess.field.wording))


def _silent_rows(guesses: list[Guess]) -> int:
    """How many rows are blank in all that is asked; rows with nothing in them at all are none."""
    asked = [guess.field.cells for guess in guesses if _is_asked(guess)]
    if len(asked) < _ENOUGH_ASKED:
        return 0
    silent = ~np.all([guess.field.cells.codes < 0 for guess in guesses], axis=0)
    for cells in asked:
        blank = np.array([not text.strip() for text in cells.texts], dtype=bool)
        silent &= cells.looked_up(blank, True, True)
        if not silent.any():
            break
    return int(silent.sum())


def _twice(made: Drafted) -> Iterator[Remarked]:
    """The same row twice; the same number for two rows. Alike without a number may be two people."""
    identifiers = [column.name for column in made.columns if column.type == "identifier"]
    sure = bool(identifiers) or len(made.columns) >= _ENOUGH
    yield Rule(name="sent_twice", severity="exclude" if sure else "note", check="exact_duplicate",
               sentence="The same row was sent twice, alike in everything.",
               remedy="Send each row once."), [] if sure else [_MAY_BE_TWO]
    for name in identifiers:
        heard = made.guesses[name].said
        if heard.filled and heard.distinct >= _ALL_DIFFER * heard.filled:
            doubled = heard.filled - heard.distinct
            asked = f"QUESTION: {doubled} rows have a number that another row has; which of them counts?"
            yield Rule(name=f"one_row_a_{name}", severity="quarantine", check="unique", columns=[name],
                       sentence="The number stands for another row too.",
                       remedy="Give every row a number of its own."), [asked] if doubled else []
            return
    yield from _occasions(made, identifiers)


def _occasions(made: Drafted, identifiers: list[str]) -> Iterator[Remarked]:
    """The same person twice on one occasion, where people answer more than once: waves, visits, years."""
    whens = [column.name for column in made.columns if column.name in made.guesses and column.name not in identifiers
             and _OCCASION.search(made.guesses[column.name].field.wording.casefold())]
    for person in identifiers:
        for when in whens:
            rows, distinct = _pairs(made.guesses[person].field.cells, made.guesses[when].field.cells)
            if rows and distinct >= _ALL_DIFFER * rows:
                doubled = rows - distinct
                asked = f"QUESTION: {person} and {when} of {rows_of(doubled)} stand in another row too; which of " \
                        "them counts?"
                yield Rule(name=f"once_a_{when}", severity="quarantine", check="unique", columns=[person, when],
                           keep="most_complete", sentence="The same person answered twice on one occasion.",
                           remedy="Leave one row a person and occasion."), [asked] if doubled else []
                return


def _pairs(person: Coded, when: Coded) -> tuple[int, int]:
    """How many rows have both, and how many different pairs they are."""
    said = [np.array([*(folded(text) for text in cells.texts), "", ""], dtype=object)[cells.codes]
            for cells in (person, when)]
    both = [pair for pair in zip(*said, strict=True) if all(pair)]
    return len(both), len(set(both))

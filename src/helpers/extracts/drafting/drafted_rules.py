"""Rules that an export seems to need: test rows, unfinished ones, no consent, the same sent twice."""

from collections.abc import Mapping, Sequence

from helpers.extracts.codebooks.ruled import Rule
from helpers.extracts.codebooks.variables import Column
from helpers.extracts.codebooks.spelling import rows_of
from helpers.extracts.drafting.guess import Guess
from helpers.extracts.drafting.tools import PARTIAL, TEST_ROWS, asks_consent

_CONFIRM = "QUESTION: should these rows be left out? Else make the severity \"note\", or drop the rule."
_ENOUGH = 15  # answers in which two people hardly ever agree throughout


def rules_of(columns: Sequence[Column], guesses: Mapping[str, Guess], scales: Mapping, silent: int) -> list[tuple[Rule, list[str]]]:
    """Rules in the order in which they should be applied, each with what the analyst should confirm.

    `guesses` by name; `silent`: rows that answer nothing of what the instrument asks.
    """
    by_use = {guess.use: name for name, guess in guesses.items() if guess.use}
    made: list[tuple[Rule, list[str]]] = []
    for use in ("status", "channel"):
        if use in by_use:
            made += _labelled(next(column for column in columns if column.name == by_use[use]), guesses[by_use[use]])
    made += _consent(columns, guesses, scales)
    made += _unfinished(by_use, guesses, columns, scales)
    made += _nothing(columns, guesses, silent)
    made += _twice(columns, guesses)
    return made


def _labelled(column: Column, guess: Guess) -> list[tuple[Rule, list[str]]]:
    """Rules about rows whose status or channel says that they are tests, or were broken off."""
    values = column.values if isinstance(column.values, dict) else {}
    said = {name: spellings[0] for name, spellings in values.items()}
    tests = [name for name, label in said.items() if TEST_ROWS.fullmatch(label)]
    partial = [name for name, label in said.items() if PARTIAL.fullmatch(label)]
    made = []
    if tests:
        made.append((Rule(name=f"no_test_{column.name}", severity="exclude", check="row_is", where={column.name: tests},
                          sentence="A preview or test, not an answer.", remedy="None needed."), [_CONFIRM]))
    if partial:
        made.append((Rule(name=f"{column.name}_complete", severity="exclude", check="row_is", where={column.name: partial},
                          sentence="The response was not completed.", remedy="None needed."), [_CONFIRM]))
    return made


def _consent(columns: Sequence[Column], guesses: Mapping[str, Guess], scales: Mapping) -> list[tuple[Rule, list[str]]]:
    for column in columns:
        if column.name in guesses and column.scale and asks_consent(guesses[column.name].field.wording):
            lowest = scales[column.scale].names[0]
            if column.type == "binary":
                return [(Rule(name="consented", severity="exclude", check="row_is", where={column.name: lowest},
                              sentence="The person did not agree to take part.", remedy="None needed."),
                         ["QUESTION: may rows without an answer about consent be used? Else add a rule of check \"required\"."])]
    return []


def _unfinished(by_use: Mapping, guesses: Mapping[str, Guess], columns: Sequence[Column],
                scales: Mapping) -> list[tuple[Rule, list[str]]]:
    """One rule about responses that were not finished: by what says it most plainly."""
    types = {column.name: column for column in columns}
    where: dict = {}
    if (name := by_use.get("finished")) and types[name].scale:
        where = {name: scales[types[name].scale].names[0]}
    elif name := by_use.get("submitted"):
        where = {name: "missing"}
    elif (name := by_use.get("progress")) and types[name].type == "count":
        where = {name: {"max": 99}}
    if not where:
        return []
    return [(Rule(name="finished_it", severity="exclude", check="row_is", where=where,
                  sentence="The response was not finished.", remedy="None needed."), [_CONFIRM])]


def is_asked(guess: Guess) -> bool:
    """Whether the column is an answer to what the instrument asks, and neither words nor the tool's own."""
    return guess.type in ("ordinal", "binary", "nominal", "count", "number", "multi_select") and not guess.use \
        and not guess.personal and not guess.ignored and not asks_consent(guess.field.wording)


def _nothing(columns: Sequence[Column], guesses: Mapping[str, Guess], silent: int) -> list[tuple[Rule, list[str]]]:
    if not silent:
        return []
    asked = [made.name for column in columns if column.name not in guesses or is_asked(guesses[column.name])
             for made in column.in_table]
    return [(Rule(name="answered_something", severity="exclude", check="answered", columns=asked, minimum=1,
                  sentence="Nothing was answered.", remedy="None needed."),
             [f"{rows_of(silent)} of the file answer nothing below."])]


def _twice(columns: Sequence[Column], guesses: Mapping[str, Guess]) -> list[tuple[Rule, list[str]]]:
    """The same row twice; the same number for two rows. Alike without a number may be two people."""
    identifiers = [column.name for column in columns if column.type == "identifier"]
    sure = bool(identifiers) or len(columns) >= _ENOUGH
    remarks = [] if sure else ["QUESTION: can two rows rightly be alike in everything? Only if not, make the severity \"exclude\"."]
    made = [(Rule(name="sent_twice", severity="exclude" if sure else "note", check="exact_duplicate",
                  sentence="The same row was sent twice, alike in everything.", remedy="Send each row once."), remarks)]
    for name in identifiers:
        heard = guesses[name].said
        if heard.filled and heard.distinct >= 0.95 * heard.filled:
            doubled = heard.filled - heard.distinct
            said = [f"QUESTION: {doubled} rows have a number that another row has; which of them counts?"] if doubled else []
            made.append((Rule(name=f"one_row_a_{name}", severity="quarantine", check="unique", columns=[name],
                              sentence="The number stands for another row too.", remedy="Give every row a number of its own."), said))
            break
    return made



"""A notebook's contract: the typed, explained parameters of its parameters cell, and values held against them."""

import ast
import io
import re
import tokenize
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import Path

from helpers.study import secrets
from helpers.study.faults import InputFault, nearest

TYPES = {"str": str, "int": int, "float": float, "bool": bool}
FORMS = ("path", "date", "secret")  # what a text may be, said in its comment: # help (path)
LINE = "expected `name: type = value  # help`"


@dataclass(frozen=True)
class Parameter:
    """One line of a parameters cell. `low` and `high` bound a number; `choices` lists what is allowed; `form` is path,
    date or secret where a text is one.
    """

    name: str
    type: str
    default: str | int | float | bool
    help: str = ""
    choices: tuple[str | int | float, ...] = ()
    low: float | None = None
    high: float | None = None
    form: str = ""

    def objection(self, value: object, folder: Path = Path(), *, present: bool = False) -> str:
        """Why the value does not do, as the end of a sentence; empty where it does.

        With `present`, what it refers to must be there, too: the path, as seen from `folder`, or the secret.
        """
        if self.form == "secret":  # never quoted: it may be the secret itself
            return secrets.objection(value, [folder]) if present else secrets.form(value)
        if not _fits(value, self.type):
            return f"is {value!r}; expected {_spoken(self.type)}."
        if self.choices and value not in self.choices:
            return f"is {value!r}; {nearest(str(value), self.choices)}"
        if self.low is not None and not self.low <= value <= self.high:
            return f"is {value!r}; expected {self.low:g} to {self.high:g}."
        if self.form == "date" and not _is_date(value):
            return f"is {value!r}; expected a date such as 2020-01-31."
        if self.form == "path" and present and not (value.strip() and (folder / value).exists()):
            return (f"is {value!r}, where there is nothing; give the path of what exists, as seen from the folder that "
                    "holds the study folder.")
        return ""

    def limits(self) -> str:
        """The choices or the range in words; empty where there is neither."""
        if self.choices:
            return f"(one of: {', '.join(str(choice) for choice in self.choices)})"
        if self.form:
            return {"path": "(a path that exists)", "date": "(a date: YYYY-MM-DD)",
                    "secret": "(a secret, as env:NAME or file:PATH)"}[self.form]
        return f"({self.low:g} to {self.high:g})" if self.low is not None else ""


def parameters_in(source: str, place: str) -> list[Parameter]:
    """The parameters that a cell declares, in order; raises InputFault with every line that is no parameter line, or
    whose own value is not allowed.
    """
    known, faults = lines_in(source, place, defaults=True)
    if faults:
        raise InputFault(faults)
    return known


def lines_in(source: str, place: str, *, defaults: bool) -> tuple[list[Parameter], list[str]]:
    """The parameters that a cell declares, and what is wrong with its other lines and, with `defaults`, with the values
    written there.
    """
    try:
        statements, comments = ast.parse(source).body, _comments(source)
    except (SyntaxError, tokenize.TokenError) as error:
        return [], [f"{place}: not valid Python: {error}. Mend that line."]
    known, faults = [], []
    for statement in statements:
        found, line = _parameter(statement, comments.get(statement.end_lineno, "")), f"{place}, line {statement.lineno}"
        if isinstance(found, str):
            faults.append(line + found)
            continue
        known.append(found)
        if defaults and (objection := found.objection(found.default)):
            faults.append(f"{line}, '{found.name}': the default {objection}")
    return known, faults


def _parameter(statement: ast.stmt, comment: str) -> Parameter | str:
    """The parameter a line declares, or what is wrong with the line."""
    if not isinstance(statement, ast.AnnAssign) or not isinstance(statement.target, ast.Name) or not statement.value:
        return f": {LINE}."
    name, kind = statement.target.id, ast.unparse(statement.annotation)
    if kind not in TYPES:
        return f", '{name}': nobody knows the type '{kind}'; use {', '.join(TYPES)}."
    try:
        default = ast.literal_eval(statement.value)
    except ValueError:
        return f", '{name}': its value is computed; write it out."
    if fault := _marked_wrongly(comment, kind):
        return f", '{name}': {fault}"
    try:
        return Parameter(name, kind, default, *_limits(comment, kind))
    except ValueError:
        return f", '{name}': its choices or range are no {_spoken(kind, many=True)}; correct the comment."

def _marked_wrongly(comment: str, kind: str) -> str:
    """What is wrong with a word in brackets that is a form, or nearly one: a secret taken for help would be shown."""
    for word in re.findall(r"\(\s*(\w+)\s*\)", comment):
        if f"({word})" in comment and word in FORMS:
            return "" if kind == "str" else f"only a text can be ({word}); make it a str."
        if close := get_close_matches(word.lower(), FORMS, n=1, cutoff=0.8):
            return f"nobody knows the form ({word}); did you mean '({close[0]})'?"
    return ""


def _limits(comment: str, kind: str) -> tuple[str, tuple, float | None, float | None, str]:
    """Help, choices, bounds and form from a comment such as `share of staff (range: 0..1)`."""
    choices = re.search(r"\(choices:([^)]*)\)", comment)
    bounds = re.search(r"\(range:\s*(\S+?)\s*\.\.\s*(\S+?)\s*\)", comment)
    if "(range:" in comment and (not bounds or kind not in ("int", "float")):
        raise ValueError(comment)
    form = re.search(rf"\(({'|'.join(FORMS)})\)", comment) if kind == "str" else None
    text = re.sub(rf"\s*\((choices:[^)]*|range:[^)]*{''.join(f'|{name}' for name in FORMS if form)})\)", "", comment)
    return (text.strip(), tuple(TYPES[kind](word.strip()) for word in choices[1].split("|")) if choices else (),
            float(bounds[1]) if bounds else None, float(bounds[2]) if bounds else None, form[1] if form else "")


def _comments(source: str) -> dict[int, str]:
    """The comment on each line that has one."""
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    return {token.start[0]: token.string.lstrip("# ").rstrip() for token in tokens if token.type == tokenize.COMMENT}


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _fits(value: object, kind: str) -> bool:
    if isinstance(value, bool):
        return kind == "bool"
    return isinstance(value, (int, float) if kind == "float" else TYPES[kind])


def _spoken(kind: str, *, many: bool = False) -> str:
    one = {"str": "a text in quotes", "int": "a whole number", "float": "a number", "bool": "True or False"}[kind]
    return {"str": "texts", "int": "whole numbers", "float": "numbers", "bool": "truth values"}[kind] if many else one

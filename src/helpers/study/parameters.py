"""A notebook's contract: the typed, explained parameters of its parameters cell, and values held against them."""

import ast
import io
import re
import tokenize
from dataclasses import dataclass
from datetime import date
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
            if not isinstance(value, str):
                return secrets.form("")
            return secrets.objection(value) if present else secrets.form(value)
        if not _fits(value, self.type):
            return f"is {value!r}; expected {_spoken(self.type)}."
        if self.choices and value not in self.choices:
            return f"is {value!r}; {nearest(str(value), self.choices)}"
        if self.low is not None and not self.low <= value <= self.high:
            return f"is {value!r}; expected {self.low:g} to {self.high:g}."
        if self.form == "date" and not _is_date(value):
            return f"is {value!r}; expected a date such as 2020-01-31."
        if self.form == "path" and present and not (folder / value).exists():
            return f"is {value!r}, where there is nothing; give the path of what exists, as seen from where it runs."
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
    """The parameters that a cell declares, in order; raises InputFault with every line that is no parameter line."""
    try:
        statements, comments = ast.parse(source).body, _comments(source)
    except (SyntaxError, tokenize.TokenError) as error:
        raise InputFault(f"{place}: not valid Python: {error}. Mend that line.") from None
    found = [_parameter(statement, comments.get(statement.end_lineno, "")) for statement in statements]
    if faults := [f"{place}, {fault}" for fault in found if isinstance(fault, str)]:
        raise InputFault(faults)
    return found


def _parameter(statement: ast.stmt, comment: str) -> Parameter | str:
    """The parameter a line declares, or what is wrong with the line."""
    place = f"line {statement.lineno}"
    if not isinstance(statement, ast.AnnAssign) or not isinstance(statement.target, ast.Name) or not statement.value:
        return f"{place}: {LINE}."
    name, kind = statement.target.id, ast.unparse(statement.annotation)
    if kind not in TYPES:
        return f"{place}, '{name}': nobody knows the type '{kind}'; use {', '.join(TYPES)}."
    try:
        default = ast.literal_eval(statement.value)
    except ValueError:
        return f"{place}, '{name}': its value is computed; write it out."
    try:
        parameter = Parameter(name, kind, default, *_limits(comment, kind))
    except ValueError:
        return f"{place}, '{name}': its choices or range are no {_spoken(kind, many=True)}; correct the comment."
    objection = parameter.objection(default)
    return f"{place}, '{name}': the default {objection}" if objection else parameter


def _limits(comment: str, kind: str) -> tuple[str, tuple, float | None, float | None, str]:
    """Help, choices, bounds and form from a comment such as `share of staff (range: 0..1)`."""
    choices = re.search(r"\(choices:([^)]*)\)", comment)
    bounds = re.search(r"\(range:\s*(\S+?)\s*\.\.\s*(\S+?)\s*\)", comment)
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

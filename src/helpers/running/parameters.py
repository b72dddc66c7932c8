"""A notebook's contract: the typed, explained parameters of its tagged cell, and what a run gives held against them."""

import ast
import io
import re
import tokenize
from dataclasses import asdict, dataclass
from pathlib import Path

from helpers.running.notebook import read_cells
from helpers.study import InputFault, nearest

SCHEMA = "https://json-schema.org/draft/2020-12/schema"
JSON_TYPES = {"str": "string", "int": "integer", "float": "number", "bool": "boolean"}
TYPES = {"str": str, "int": int, "float": float, "bool": bool}
LINE = "expected `name: type = value  # help`"


@dataclass(frozen=True)
class Parameter:
    """One line of a parameters cell. `low` and `high` bound a number; `choices` lists what is allowed."""

    name: str
    type: str
    default: str | int | float | bool
    help: str = ""
    choices: tuple[str | int | float, ...] = ()
    low: float | None = None
    high: float | None = None

    def objection(self, value: object) -> str:
        """Why the value does not do, as the end of a sentence; empty where it does."""
        if not _fits(value, self.type):
            return f"is {value!r}; expected {_spoken(self.type)}."
        if self.choices and value not in self.choices:
            return f"is {value!r}; {nearest(str(value), self.choices)}"
        if self.low is not None and not self.low <= value <= self.high:
            return f"is {value!r}; expected {self.low:g} to {self.high:g}."
        return ""

    def limits(self) -> str:
        """The choices or the range in words; empty where there is neither."""
        if self.choices:
            return f"(one of: {', '.join(str(choice) for choice in self.choices)})"
        return f"({self.low:g} to {self.high:g})" if self.low is not None else ""


def contract(path: Path) -> list[Parameter]:
    """The notebook's parameters in order; raises InputFault with every line that is no parameter line."""
    cells = [cell.source for cell in read_cells(path) if cell.kind == "code" and "parameters" in cell.tags]
    if len(cells) > 1:
        raise InputFault(f"{path.name}: {len(cells)} cells are tagged 'parameters'; keep one.")
    if not cells:
        return []
    try:
        statements, comments = ast.parse(cells[0]).body, _comments(cells[0])
    except (SyntaxError, tokenize.TokenError) as error:
        raise InputFault(f"{path.name}, parameters cell: not valid Python: {error}. Mend that line.") from None
    found = [_parameter(statement, comments.get(statement.end_lineno, "")) for statement in statements]
    if faults := [f"{path.name}, parameters cell, {fault}" for fault in found if isinstance(fault, str)]:
        raise InputFault(faults)
    return found


def faults_in(run: str, known: list[Parameter], given: dict[str, object]) -> list[str]:
    """One sentence for every value a run gives that its notebook does not declare or does not allow."""
    by_name = {parameter.name: parameter for parameter in known}
    faults = []
    for name, value in given.items():
        if name not in by_name:
            faults.append(f"run '{run}': the notebook has no parameter '{name}'; {nearest(name, by_name)}")
        elif objection := by_name[name].objection(value):
            faults.append(f"run '{run}': parameter '{name}' {objection}")
    return faults


def described(known: list[Parameter]) -> list[dict]:
    """The contract as plain data, for machines."""
    return [{key: value for key, value in asdict(parameter).items() if value not in ((), None)} for parameter in known]


def schema(title: str, known: list[Parameter]) -> dict:
    """The contract as JSON Schema 2020-12, for programs that make or check what a run gives."""
    properties = {}
    for each in known:
        keys = {"type": JSON_TYPES[each.type], "description": each.help, "default": each.default,
                "enum": list(each.choices), "minimum": each.low, "maximum": each.high}
        properties[each.name] = {key: value for key, value in keys.items()
                                 if key == "default" or value not in ("", [], None)}
    return {"$schema": SCHEMA, "title": title, "type": "object", "properties": properties,
            "additionalProperties": False}


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


def _limits(comment: str, kind: str) -> tuple[str, tuple, float | None, float | None]:
    """Help, choices and bounds from a comment such as `share of staff (range: 0..1)`."""
    choices = re.search(r"\(choices:([^)]*)\)", comment)
    bounds = re.search(r"\(range:\s*(\S+?)\s*\.\.\s*(\S+?)\s*\)", comment)
    text = re.sub(r"\s*\((choices|range):[^)]*\)", "", comment).strip()
    return (text, tuple(TYPES[kind](word.strip()) for word in choices[1].split("|")) if choices else (),
            float(bounds[1]) if bounds else None, float(bounds[2]) if bounds else None)


def _comments(source: str) -> dict[int, str]:
    """The comment on each line that has one."""
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    return {token.start[0]: token.string.lstrip("# ").rstrip() for token in tokens if token.type == tokenize.COMMENT}


def _fits(value: object, kind: str) -> bool:
    if isinstance(value, bool):
        return kind == "bool"
    return isinstance(value, (int, float) if kind == "float" else TYPES[kind])


def _spoken(kind: str, *, many: bool = False) -> str:
    one = {"str": "a text in quotes", "int": "a whole number", "float": "a number", "bool": "True or False"}[kind]
    return {"str": "texts", "int": "whole numbers", "float": "numbers", "bool": "truth values"}[kind] if many else one

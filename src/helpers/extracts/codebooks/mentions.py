"""Whether what conditions and rules mention is there: columns, answers, bounds, other extracts."""

import re
from collections.abc import Iterator
from datetime import date

from helpers.extracts.codebooks.codebook import Codebook
from helpers.extracts.codebooks.ruled import Rule
from helpers.extracts.codebooks.variables import KINDS, Bounds, Conditions, Derived, Variable
from helpers.study import Study, nearest, read_toml

CONDITION_WORDS = ("present", "missing")  # words that conditions use themselves


def condition_faults(codebook: Codebook) -> Iterator[str]:
    """What routing, derivations and rules ask of columns and answers that are not there."""
    for column in codebook.columns:
        yield from _where_faults(codebook, column.asked_if, f"column '{column.name}', asked_if")
    for number, column in enumerate(codebook.derived):
        later = {other.name for other in codebook.derived[number:]}
        place = f"derived column '{column.name}'"
        for case in column.cases:
            for name in later & set(case.when):
                yield f"{place}, value '{case.value}': '{name}' is derived here or later; put it before."
            yield from _where_faults(codebook, case.when, f"{place}, value '{case.value}'")
        yield from _year_faults(codebook, column, place)
    for rule in codebook.rules:
        yield from _where_faults(codebook, {**rule.where}, f"rule '{rule.name}', if")
        yield from _where_faults(codebook, {**rule.then}, f"rule '{rule.name}', then")
        yield from _where_faults(codebook, {**rule.parts}, f"rule '{rule.name}', parts")


def _year_faults(codebook: Codebook, column: Derived, place: str) -> Iterator[str]:
    dates = [made.name for made in codebook.working if made.type == "date"]
    for at, name in enumerate(column.years_between):
        if name not in dates and not (at == 1 and _is_day(name)):
            yield f"{place}, years_between: '{name}' is no column of dates; {nearest(name, dates)}"


def _where_faults(codebook: Codebook, conditions: Conditions, place: str) -> Iterator[str]:
    columns = {column.name: column for column in codebook.working}
    for name, wanted in conditions.items():
        if name not in columns:
            yield f"{place}: no column '{name}'; {nearest(name, columns)}"
            continue
        known = _answers(codebook, columns[name])
        values = [wanted.min, wanted.max] if isinstance(wanted, Bounds) else wanted
        for value in values if isinstance(values, list) else [values]:
            words = known if isinstance(wanted, Bounds) else [*known, *KINDS, *CONDITION_WORDS]
            if known and value is not None and value not in words:
                yield f"{place}: column '{name}' has no '{value}'; {nearest(value, known)}"
        if isinstance(wanted, Bounds) and columns[name].type not in ("count", "number", "date", "ordinal"):
            yield f"{place}: column '{name}' is {columns[name].type} and has no min or max; name values."
        elif isinstance(wanted, Bounds):
            yield from _bound_faults(columns[name], values, place)


def _answers(codebook: Codebook, column: Variable) -> list[str]:
    if column.scale and column.scale != "picked":
        return codebook.scales[column.scale].names if column.scale in codebook.scales else []
    return list(codebook.answers(column.name))


def _bound_faults(column: Variable, bounds: list, place: str) -> Iterator[str]:
    for bound in [bound for bound in bounds if bound is not None]:
        if column.type in ("count", "number") and not isinstance(bound, int | float):
            yield f"{place}: '{bound}' is no number, and '{column.name}' is a {column.type}; give a number."
        if column.type == "date" and not _is_day(bound):
            yield f"{place}: '{bound}' is no day, and '{column.name}' is a date; give one such as 2020-01-31."


def _is_day(value) -> bool:
    try:
        return bool(date.fromisoformat(str(value)))
    except ValueError:
        return False


def rule_faults(codebook: Codebook, study: Study | None) -> Iterator[str]:
    """What rules name that is not there, or not of the type that their check needs."""
    columns = {column.name: column for column in codebook.working}
    for rule in codebook.rules:
        place = f"rule '{rule.name}'"
        named = [*rule.columns, *([rule.column] if rule.column else [])]
        for name in named:
            if name not in columns:
                yield f"{place}: no column '{name}'; {nearest(name, columns)}"
        if all(name in columns for name in named):
            yield from _type_faults(rule, columns, codebook)
        yield from _pattern_faults(rule, place)
        if rule.extract is not None:
            yield from _extract_faults(rule, study, place)


def _type_faults(rule: Rule, columns: dict[str, Variable], codebook: Codebook) -> Iterator[str]:
    place, needs = f"rule '{rule.name}'", {"range": ("count", "number", "date"), "adds_up": ("count", "number")}
    if rule.check in needs and columns[rule.column].type not in needs[rule.check]:
        what = "a count or a date" if rule.check == "range" else "a count or a number"
        name = "range" if rule.check == "range" else "sum"
        yield f"{place}: column '{rule.column}' is {columns[rule.column].type}; a {name} needs {what}."
    elif rule.check == "range":
        yield from _bound_faults(columns[rule.column], [rule.min, rule.max], place)
    if rule.check == "apart" and not isinstance(rule.max, int | float):
        yield f"{place}: 'max' is how far apart two counts, numbers or days may be; give a number."
    if rule.check in ("order", "apart") and len({columns[name].type for name in rule.columns}) > 1:
        kinds = " and ".join(columns[name].type for name in rule.columns)
        yield f"{place}: its columns are {kinds}, which cannot be compared; name two of one type."
    if rule.check == "allowed" and (known := _answers(codebook, columns[rule.column])):
        for value in [value for value in rule.values if value not in known]:
            yield f"{place}: column '{rule.column}' has no '{value}'; {nearest(value, known)}"


def _pattern_faults(rule: Rule, place: str) -> Iterator[str]:
    try:
        re.compile(rule.pattern)
    except re.error as error:
        yield f"{place}: '{rule.pattern}' is no regular expression ({error.msg}); mend it."


def _extract_faults(rule: Rule, study: Study | None, place: str) -> Iterator[str]:
    if study is None:
        yield f"{place}: other extracts belong to a study; run it within one."
    elif rule.extract not in study.settings.extracts:
        yield f"{place}: no extract '{rule.extract}'; {nearest(rule.extract, study.settings.extracts)}"
    else:
        path = study.codebooks / f"{study.extract(rule.extract).codebook}.toml"
        other = read_toml(path, Codebook)
        there = [*(column.name for column in other.kept), *(name for link in other.linked for name in link.columns)]
        for name in [name for name in (*rule.columns, *([rule.column] if rule.column else [])) if name not in there]:
            yield f"{place}: extract '{rule.extract}' has no column '{name}'; {nearest(name, there)}"

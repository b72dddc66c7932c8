"""Whether a codebook agrees with itself and with its study: what types alone cannot see, all faults at once."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from helpers.extracts.codebook import KINDS, Bounds, Codebook, Column, Conditions, Derived, Variable
from helpers.extracts.spelling import folded, folded_header
from helpers.study import InputFault, Study, nearest, read_toml

_RESERVED = ("present", "missing")  # words that conditions use themselves


def open_codebook(study: Study, name: str) -> Codebook:
    """The codebook of the extract `name`, its "partnerships" and "groups" filled in from the study.

    Raises InputFault with every fault of the file at once, one sentence each.
    """
    path = _path(study, name)
    codebook = _filled_in(read_toml(path, Codebook), study)
    place = f"{path.parent.name}/{path.name}"
    if faults := [f"{place}, {fault}" for fault in _faults(codebook, study)]:
        raise InputFault(list(dict.fromkeys(faults)))
    return codebook


def _path(study: Study, name: str) -> Path:
    return study.codebooks / f"{study.extract(name).codebook}.toml"


def _filled_in(codebook: Codebook, study: Study) -> Codebook:
    lists = {
        "partnerships": {name: [label] for name, label in study.settings.partnerships.items()},
        "groups": {name: [group.label] for name, group in study.settings.groups.items() if not group.members},
    }

    by_name = {"care_group": "groups", "partnership": "partnerships"}  # derived ones need not say so

    def fill(column):
        given = column.values
        if given is None and isinstance(column, Derived):
            given = by_name.get(column.name)
        return column.model_copy(update={"values": lists[given] if isinstance(given, str) else given})

    return codebook.model_copy(update={"columns": [fill(c) for c in codebook.columns],
                                       "derived": [fill(c) for c in codebook.derived]})


def _faults(codebook: Codebook, study: Study) -> Iterator[str]:
    yield from _doubled("column", [c.name for c in codebook.columns] + [c.name for c in codebook.derived])
    yield from _doubled("rule", [rule.name for rule in codebook.rules])
    for name, scale in codebook.scales.items():
        yield from _scale_faults(name, scale)
    for column in [*codebook.columns, *codebook.derived]:
        yield from _column_faults(codebook, column)
        yield from _study_faults(column, study)
    yield from _source_faults(codebook)
    yield from _condition_faults(codebook)
    yield from _rule_faults(codebook, study)


def _doubled(what: str, names: list[str]) -> Iterator[str]:
    for name, times in Counter(names).items():
        if times > 1:
            yield f"{what} '{name}': declared {times} times; keep one."


def _scale_faults(name: str, scale) -> Iterator[str]:
    for level, times in Counter(scale.names).items():
        if times > 1:
            yield f"scale '{name}': level '{level}' is declared {times} times; keep one."
    if scale.cut is not None and scale.cut not in scale.names:
        yield f"scale '{name}': the cut '{scale.cut}' is none of its levels; {nearest(scale.cut, scale.names)}"
    elif scale.cut == scale.names[0]:
        yield f"scale '{name}': the cut '{scale.cut}' is its lowest level, so nothing lies below; name a higher one."


def _column_faults(codebook: Codebook, column: Variable) -> Iterator[str]:
    place = f"column '{column.name}'"
    needs_scale = column.type in ("ordinal", "binary")
    if needs_scale and column.scale is None:
        yield f"{place}: type '{column.type}' needs a scale; name one of [scales]."
    if not needs_scale and column.scale is not None:
        yield f"{place}: type '{column.type}' has no scale; make it ordinal or binary, or take the scale away."
    if column.scale is not None and column.scale not in codebook.scales:
        yield f"{place}: no scale '{column.scale}'; {nearest(column.scale, codebook.scales)}"
    elif column.type == "binary" and column.scale and len(codebook.scales[column.scale].levels) != 2:
        yield f"{place}: type 'binary' needs a scale of two levels; '{column.scale}' has " \
              f"{len(codebook.scales[column.scale].levels)}."
    if column.type == "nominal" and not column.values and isinstance(column, Column):
        yield f"{place}: type 'nominal' needs values; add them."
    if column.type != "nominal" and column.values:
        yield f"{place}: type '{column.type}' takes no values; make it nominal, or take them away."
    if isinstance(column, Derived):
        yield from _case_faults(codebook, column, place)
    else:
        if column.required and column.optional:
            yield f"{place}: required and optional at once; keep one."
        if column.type == "date" and not column.formats:
            yield f"{place}: type 'date' needs a format; add one, such as \"%d/%m/%Y\"."
        yield from _spelling_faults(codebook, column, place)


def _study_faults(column: Variable, study: Study) -> Iterator[str]:
    """Partnerships and care groups go by the study's names, or no comparison would find them."""
    known = {"partnership": list(study.settings.partnerships),
             "care_group": [name for name, group in study.settings.groups.items() if not group.members]}
    for name in column.values or [] if column.name in known else []:
        if name not in known[column.name]:
            yield f"column '{column.name}': '{name}' is none of study.toml's; {nearest(name, known[column.name])}"


def _case_faults(codebook: Codebook, column: Derived, place: str) -> Iterator[str]:
    known = _answers(codebook, column)
    for case in column.cases:
        if known and case.value not in known:
            yield f"{place}: a case gives '{case.value}', which is none of its values; {nearest(case.value, known)}"


def _spelling_faults(codebook: Codebook, column: Column, place: str) -> Iterator[str]:
    """A spelling that means two things would be read as whichever came first."""
    meant: dict[str, str] = {}
    for meaning, spellings in meanings(codebook, column):
        for spelling in spellings:
            known = meant.setdefault(folded(spelling), meaning)
            if known != meaning:
                yield f"{place}: '{spelling}' stands for both '{known}' and '{meaning}'; let it stand for one " \
                      f"(the column's own `missing` overrides [missing])."
    for name in _answers(codebook, column):
        if name in _RESERVED or name in KINDS:
            yield f"{place}: '{name}' is a word that conditions use themselves; give the level another name."


def meanings(codebook: Codebook, column: Column) -> Iterator[tuple[str, list[str]]]:
    """Every answer and every kind of missing of a column, with all its spellings."""
    if column.scale in codebook.scales:
        for level in codebook.scales[column.scale].levels:
            yield level.name, [level.name, level.label, *level.spellings]
    elif isinstance(column.values, dict):
        for name, spellings in column.values.items():
            yield name, [name, *spellings]
    yield from codebook.missing_spellings(column).items()


def _answers(codebook: Codebook, column: Variable) -> list[str]:
    if column.scale:
        return codebook.scales[column.scale].names if column.scale in codebook.scales else []
    if isinstance(column, Derived) and not column.values:
        return list(dict.fromkeys(case.value for case in column.cases))
    return list(column.values or [])


def _source_faults(codebook: Codebook) -> Iterator[str]:
    owner: dict[str, str] = {}
    for column in codebook.columns:
        for source in (column.name, *column.source):
            known = owner.setdefault(folded_header(source), column.name)
            if known != column.name:
                yield f"column '{column.name}': its source '{source}' already belongs to '{known}'; give each its own."


def _condition_faults(codebook: Codebook) -> Iterator[str]:
    for column in codebook.columns:
        yield from _where_faults(codebook, column.asked_if, f"column '{column.name}', asked_if")
    for number, column in enumerate(codebook.derived):
        later = {other.name for other in codebook.derived[number:]}
        for case in column.cases:
            place = f"derived column '{column.name}', value '{case.value}'"
            for name in later & set(case.when):
                yield f"{place}: '{name}' is derived here or later; put it before."
            yield from _where_faults(codebook, case.when, place)
    for rule in codebook.rules:
        yield from _where_faults(codebook, {**rule.where}, f"rule '{rule.name}', if")
        yield from _where_faults(codebook, {**rule.then}, f"rule '{rule.name}', then")


def _where_faults(codebook: Codebook, conditions: Conditions, place: str) -> Iterator[str]:
    columns = {column.name: column for column in codebook.kept}
    for name, wanted in conditions.items():
        if name not in columns:
            yield f"{place}: no column '{name}'; {nearest(name, columns)}"
            continue
        known = _answers(codebook, columns[name])
        values = [wanted.min, wanted.max] if isinstance(wanted, Bounds) else wanted
        for value in values if isinstance(values, list) else [values]:
            words = known if isinstance(wanted, Bounds) else [*known, *KINDS, *_RESERVED]
            if known and value is not None and value not in words:
                yield f"{place}: column '{name}' has no '{value}'; {nearest(value, known)}"
        if isinstance(wanted, Bounds) and columns[name].type not in ("count", "date", "ordinal"):
            yield f"{place}: column '{name}' is {columns[name].type} and has no min or max; name values."
        elif isinstance(wanted, Bounds):
            yield from _bound_faults(columns[name], values, place)


def _bound_faults(column: Variable, bounds: list, place: str) -> Iterator[str]:
    for bound in [bound for bound in bounds if bound is not None]:
        if column.type == "count" and not isinstance(bound, int | float):
            yield f"{place}: '{bound}' is no number, and '{column.name}' is a count; give a number."
        if column.type == "date" and not _is_day(bound):
            yield f"{place}: '{bound}' is no day, and '{column.name}' is a date; give one such as 2020-01-31."


def _is_day(value) -> bool:
    try:
        return bool(date.fromisoformat(str(value)))
    except ValueError:
        return False


def _rule_faults(codebook: Codebook, study: Study) -> Iterator[str]:
    columns = {column.name: column for column in codebook.kept}
    for rule in codebook.rules:
        for name in [*rule.columns, *([rule.column] if rule.column else [])]:
            if name not in columns:
                yield f"rule '{rule.name}': no column '{name}'; {nearest(name, columns)}"
        kind = columns[rule.column].type if rule.column in columns else "count"
        if rule.check == "range" and kind not in ("count", "date"):
            yield f"rule '{rule.name}': column '{rule.column}' is {kind}; a range needs a count or a date."
        if rule.check == "range" and rule.column in columns:
            yield from _bound_faults(columns[rule.column], [rule.min, rule.max], f"rule '{rule.name}'")
        if rule.extract is not None and rule.extract not in study.settings.extracts:
            yield f"rule '{rule.name}': no extract '{rule.extract}'; {nearest(rule.extract, study.settings.extracts)}"
        elif rule.extract is not None:
            others = [column.name for column in read_toml(_path(study, rule.extract), Codebook).kept]
            for name in [name for name in rule.columns if name not in others]:
                yield f"rule '{rule.name}': extract '{rule.extract}' has no column '{name}'; {nearest(name, others)}"

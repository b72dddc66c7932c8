"""Whether a codebook's scales and columns agree with themselves and with the study: what types alone cannot see."""

from collections import Counter
from collections.abc import Iterator

from helpers.extracts.codebooks.codebook import Codebook
from helpers.extracts.codebooks.mentions import CONDITION_WORDS, condition_faults, rule_faults
from helpers.extracts.codebooks.spelling import folded, folded_header
from helpers.extracts.codebooks.variables import CODED, KINDS, Column, Derived, Score, Variable
from helpers.study import Study, nearest

_RESERVED = {*CONDITION_WORDS, *KINDS}  # no level may bear such a name


def faults_of(codebook: Codebook, study: Study | None) -> Iterator[str]:
    """Everything in the codebook that does not agree, one sentence each."""
    made = [*codebook.working, *(column for column in codebook.columns if not column.is_read)]
    yield from _doubled("column", [column.name for column in made])
    yield from _doubled("rule", [rule.name for rule in codebook.rules])
    for name, scale in codebook.scales.items():
        yield from _scale_faults(name, scale)
    for column in [*codebook.columns, *codebook.derived]:
        yield from _column_faults(codebook, column)
        yield from _study_faults(column, study)
    for score in codebook.scores:
        yield from _score_faults(codebook, score)
    for name in codebook.person:
        if name not in {column.name for column in codebook.kept}:
            yield f"person: no column '{name}'; {nearest(name, [column.name for column in codebook.kept])}"
    yield from _source_faults(codebook)
    yield from condition_faults(codebook)
    yield from rule_faults(codebook, study)
    if study is None and codebook.linked:
        yield "[[linked]]: other extracts belong to a study; run it within one."


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
    if sorted(scale.points) != scale.points:
        yield f"scale '{name}': its points do not rise from the lowest level to the highest; put the levels in order."


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
    if column.type in ("nominal", "multi_select") and not column.values and isinstance(column, Column):
        yield f"{place}: type '{column.type}' needs values; add them."
    if column.type not in ("nominal", "multi_select") and column.values:
        yield f"{place}: type '{column.type}' takes no values; make it nominal, or take them away."
    if column.unit and column.type not in ("count", "number"):
        yield f"{place}: type '{column.type}' has no unit; make it count or number, or take the unit away."
    yield from _case_faults(codebook, column, place) if isinstance(column, Derived) else _read_faults(codebook, column)


def _read_faults(codebook: Codebook, column: Column) -> Iterator[str]:
    place = f"column '{column.name}'"
    if column.required and column.optional:
        yield f"{place}: required and optional at once; keep one."
    if column.required and column.type == "multi_select":
        yield f"{place}: a multi-select question is required choice by choice; use a rule of check 'answered'."
    if column.type == "date" and not column.formats:
        yield f"{place}: type 'date' needs a format; add one, such as \"%d/%m/%Y\"."
    if column.type == "multi_select":
        if isinstance(column.values, str):
            yield f"{place}: a multi-select question names its own values; write them out."
        if column.items:
            yield f"{place}: a multi-select question has values, not items; keep one of them."
    elif column.separator or column.picked or column.not_picked or column.none_picked != "not_recorded":
        yield f"{place}: separator, picked, not_picked and none_picked belong to type 'multi_select'; take them away."
    if column.undeclared and column.type not in (*CODED, "multi_select"):
        yield f"{place}: type '{column.type}' has no labels, so 'undeclared' says nothing; take it away."
    yield from _spelling_faults(codebook, column, place)


def _study_faults(column: Variable, study: Study | None) -> Iterator[str]:
    """Partnerships and care groups go by the study's names, or no comparison would find them."""
    if study is None:
        if isinstance(column.values, str):
            yield f"column '{column.name}': its values are those of a study; run it within one, or write them out."
        return
    known = {"partnership": list(study.settings.partnerships),
             "care_group": [name for name, group in study.settings.groups.items() if not group.members]}
    for name in column.values or [] if column.name in known else []:
        if name not in known[column.name]:
            yield f"column '{column.name}': '{name}' is none of study.toml's; {nearest(name, known[column.name])}"


def _case_faults(codebook: Codebook, column: Derived, place: str) -> Iterator[str]:
    known = list(codebook.answers(column.name)) if column.scale is None or column.scale in codebook.scales else []
    for case in column.cases:
        if known and case.value not in (*known, *KINDS):
            yield f"{place}: a case gives '{case.value}', which is none of its values; {nearest(case.value, known)}"


def _score_faults(codebook: Codebook, score: Score) -> Iterator[str]:
    place = f"score '{score.name}'"
    read = [made for column in codebook.columns if column.is_read for made in column.in_table]
    scaled = [made.name for made in read if made.scale]
    for name in dict.fromkeys([*score.items, *score.reversed]):
        if name not in scaled:
            yield f"{place}: '{name}' is no column with a scale; {nearest(name, scaled)}"
        elif name not in score.items:
            yield f"{place}: '{name}' is reversed and none of its items; add it to them."
    if score.minimum > len(score.items):
        yield f"{place}: a minimum of {score.minimum} of {len(score.items)} items can never be reached; lower it."


def _spelling_faults(codebook: Codebook, column: Column, place: str) -> Iterator[str]:
    """A spelling that means two things would be read as whichever came first."""
    meant: dict[str, str] = {}
    for meaning, spellings in meanings(codebook, column):
        for spelling in spellings:
            known = meant.setdefault(folded(spelling), meaning)
            if known != meaning:
                yield f"{place}: '{spelling}' stands for both '{known}' and '{meaning}'; let it stand for one " \
                      f"(the column's own `missing` overrides [missing])."
    names = codebook.scales[column.scale].names if column.scale in codebook.scales else column.values or []
    for name in names if not isinstance(names, str) else []:
        if name in _RESERVED:
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


def _source_faults(codebook: Codebook) -> Iterator[str]:
    owner: dict[str, str] = {}
    for column in codebook.columns:
        for source in (column.name, *column.source):
            known = owner.setdefault(folded_header(source), column.name)
            if known != column.name:
                yield f"column '{column.name}': its source '{source}' already belongs to '{known}'; give each its own."

"""A codebook opened: read, filled in from its study and from the codebooks it links to, and held against both."""

import fnmatch
from pathlib import Path

from helpers.extracts.codebooks.agreement import faults_of
from helpers.extracts.codebooks.codebook import Codebook, Linked
from helpers.extracts.codebooks.variables import Derived, Scale, Variable
from helpers.study import InputFault, Study, nearest, read_toml

WAVE = "wave"  # the column that says which wave a row is of, where a table holds several


def open_codebook(study: Study, name: str) -> Codebook:
    """The codebook of the extract `name`, its "partnerships" and "groups" filled in from the study.

    Raises InputFault with every fault of the file at once, one sentence each.
    """
    return _opened(study, name, ())


def open_file(path: Path) -> Codebook:
    """The codebook in a file that belongs to no study; raises InputFault with every fault at once."""
    return _agreed(_spelled_out(read_toml(path, Codebook)), path.name, None)


def _opened(study: Study, name: str, above: tuple[str, ...]) -> Codebook:
    extract = study.extract(name)
    if name in above:
        raise InputFault(f"extract '{name}': its codebook links to one that links back; drop one [[linked]].")
    path = study.codebooks / f"{extract.codebook}.toml"
    place = f"{path.parent.name}/{path.name}"
    codebook = _filled_in(read_toml(path, Codebook), study)
    variables, scales, faults = [], {}, []
    for link in codebook.linked:
        if link.extract not in study.settings.extracts:
            faults.append(f"{place}, [[linked]]: no extract '{link.extract}'; "
                          + nearest(link.extract, study.settings.extracts))
            continue
        other = _opened(study, link.extract, (*above, name))
        faults += [f"{place}, {fault}" for fault in _link_faults(link, other, codebook)]
        if not faults:
            made, theirs = _linked(link, other)
            variables += made
            scales |= theirs
    if faults:
        raise InputFault(faults)
    codebook = codebook.model_copy(update={"scales": {**scales, **codebook.scales}})
    codebook._linked = tuple(variables)
    codebook = _spelled_out(codebook)
    if extract.waves:
        codebook._wave = Variable(name=WAVE, label="Wave", type="nominal",
                                  values={wave: [wave] for wave in extract.waves})
    return _agreed(codebook, place, study)


def _agreed(codebook: Codebook, place: str, study: Study | None) -> Codebook:
    if faults := [f"{place}, {fault}" for fault in faults_of(codebook, study)]:
        raise InputFault(list(dict.fromkeys(faults)))
    return codebook


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


def _spelled_out(codebook: Codebook) -> Codebook:
    """The codebook with the columns that rules and scores name by pattern (tool_*), or by their question, written out.
    """
    known = [column.name for column in codebook.working]
    choices = {column.name: [made.name for made in column.in_table] for column in codebook.columns
               if column.items or column.type == "multi_select"}

    def out(names: list[str]) -> list[str]:
        found = [choices.get(name) or (not set(name) & {"*", "?"} and [name]) or fnmatch.filter(known, name) or [name]
                 for name in names]
        return list(dict.fromkeys(one for several in found for one in several))

    rules = [rule.model_copy(update={"columns": out(rule.columns)}) for rule in codebook.rules]
    scores = [score.model_copy(update={"items": out(score.items), "reversed": out(score.reversed)})
              for score in codebook.scores]
    made = codebook.model_copy(update={"rules": rules, "scores": scores})
    made._linked, made._wave = codebook._linked, codebook._wave
    return made


def _link_faults(link: Linked, other: Codebook, codebook: Codebook) -> list[str]:
    here = {column.name for column in codebook.columns if column.is_read}
    there = [column.name for column in other.kept]
    wanted = [*link.on, *link.columns.values(), *([link.by] if link.by else []), *link.where]
    faults = [f"[[linked]] '{link.extract}': its codebook has no column '{name}'; {nearest(name, there)}"
              for name in wanted if name not in there]
    return faults + [f"[[linked]] '{link.extract}': no column '{name}' here; {nearest(name, here)}"
                     for name in link.on if name not in here]


def _linked(link: Linked, other: Codebook) -> tuple[list[Variable], dict[str, Scale]]:
    """The linked columns as their own codebook describes them, and the scales they bring along."""
    made, scales = [], {}
    for here, there in link.columns.items():
        column = other.column(there)
        scale = f"{link.extract}.{column.scale}" if column.scale else None
        if scale:
            scales[scale] = other.scale(column.scale)
        values = {name: [label] for name, label in other.answers(there).items()} if column.type == "nominal" else None
        made.append(Variable(name=here, label=column.label, question=column.question, type=column.type, scale=scale,
                             values=values, unit=column.unit, sensitive=column.sensitive))
    if link.count:
        made.append(Variable(name=link.count, label=f"How many: {other.title}", type="count"))
    return made, scales

"""Everything wrong with extracts, codebooks and plan, and what cleaning would do, without writing anything."""

from collections.abc import Iterator

from helpers.extracts.clean import clean_once
from helpers.extracts.cleaning.cleaned import Cleaned
from helpers.extracts.cleaning.ledger import accounted
from helpers.extracts.codebooks.codebook import Codebook
from helpers.extracts.codebooks.opened import open_codebook
from helpers.study import Family, InputFault, Study, nearest

_DONE = {"note": "noted", "quarantine": "set aside", "exclude": "left out"}  # what a severity did to a row


def check(study: Study, names: list[str] | None = None) -> list[str]:
    """The faults of the extracts named (all of them where none is), one sentence each; empty when all is well."""
    return inspected(study, names)[0]


def inspected(study: Study, names: list[str] | None = None) -> tuple[list[str], dict[str, Cleaned]]:
    """The faults of the extracts named, and what cleaning makes of each of them that has none."""
    faults: list[str] = []
    done: dict[str, Cleaned | None] = {}
    wanted = names if names is not None else list(study.settings.extracts)
    for name in wanted:
        try:
            clean_once(study, name, done)
        except InputFault as fault:
            faults += fault.faults
        try:
            codebook = open_codebook(study, name)
        except InputFault:
            continue  # said above
        faults += [fault for family in study.plan.families if family.extract == name
                   for fault in plan_faults(family, codebook)]
    return list(dict.fromkeys(faults)), {name: done[name] for name in wanted if done.get(name)}


def told(cleaned: Cleaned) -> list[str]:
    """What cleaning does to the rows of one extract, a line a rule that catches any; where the first of them stands."""
    counts = accounted(cleaned.ledger)
    row, aside = cleaned.codebook.row, cleaned.quarantine
    what = "" if row == "row" else f" (one a {row})"
    lines = [f"{counts['received']:,} rows{what}: {counts['kept']:,} kept, "
             f"{counts['quarantined']:,} set aside, {counts['excluded']:,} left out."]
    caught = cleaned.ledger[(cleaned.ledger["rows_caught"] > 0) & cleaned.ledger["severity"].isin(list(_DONE))]
    for step in caught.itertuples():
        places = aside.loc[aside["rule"] == step.rule]
        first = f" First: {places['file'].iloc[0]}, row {places['row'].iloc[0]}." if len(places) else ""
        lines.append(f"{_DONE[step.severity]} {step.rows_caught:,} by '{step.rule}': {step.sentence}{first}")
    return lines


def plan_faults(family: Family, codebook: Codebook) -> Iterator[str]:
    """What a family of the plan compares and its extract's codebook does not have, or not as such."""
    columns = {column.name: column for column in codebook.kept}
    place = f"plan.toml, family '{family.name}'"
    pairs = [name for pair in family.pairs for name in (pair.first, pair.second)]
    counts = [name for series in family.series for name in (*series.parts, *series.total)]
    by = [family.by] if family.design == "independent" else []
    for name in dict.fromkeys([*by, *family.outcomes, *pairs, *counts]):
        if name not in columns:
            yield f"{place}: the codebook of '{family.extract}' has no column '{name}'; {nearest(name, columns)}"
        elif name in counts and columns[name].type != "count":
            yield f"{place}: '{name}' is {columns[name].type} in the codebook; a series adds counts, so name a count."
        elif name in (*family.outcomes, *pairs) and not columns[name].scale:
            yield f"{place}: '{name}' is {columns[name].type} in the codebook; an outcome needs a scale, so name an " \
                  "ordinal or binary column."
    for contrast in family.contrasts if family.by in columns and family.by != "care_group" else []:
        for answer in (contrast.group, contrast.reference):
            known = codebook.answers(family.by)
            if answer not in known:
                yield f"{place}: '{family.by}' has no answer '{answer}'; {nearest(answer, known)}"

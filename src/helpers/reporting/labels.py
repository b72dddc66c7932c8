"""What readers call the things that tables name: outcomes, answers, groups, partnerships, families."""

from helpers.extracts import open_codebook
from helpers.reporting.naming import call
from helpers.reporting.words import lower_first
from helpers.study import Family, Study

ANSWERS = {
    "above": "Upper answers", "below": "Lower answers", "base": "All rated", "missing": "Not rated",
    "first_higher": "First higher", "same": "Same", "second_higher": "Second higher",
    "part": "In this category", "rest": "Not in this category", "all": "All partnerships",
}


def labels(study: Study) -> dict[str, str]:
    """Labels of all that a release names: codebook columns, two-category answers, groups, partnerships, families.

    Besides plain names there are `OUTCOME.above` and `OUTCOME.below` (the two categories of one outcome),
    `FAMILY:NAME` (what a name means in one family alone: pairs, series, answers that make the groups),
    `FAMILY:PAIR.first` and `.second`, and `one:GROUP` and `many:GROUP` (its members in a sentence), where the study
    has them. Raises InputFault where a codebook is wrong.
    """
    gathered = dict(ANSWERS)
    codebooks = {name: open_codebook(study, name) for name in study.settings.extracts}
    for name, extract in study.settings.extracts.items():
        gathered |= {name: extract.title} | _of_codebook(codebooks[name])
    for family in study.plan.families:
        title = f"{family.title} (exploratory)" if family.exploratory else family.title
        gathered |= {family.name: title} | _of_family(family, codebooks[family.extract], gathered)
    gathered |= {test.name: test.question for test in study.plan.official} | study.settings.partnerships
    for name, group in study.settings.groups.items():
        gathered[name] = group.label
        for form in ("one", "many"):  # "young person leaving care", where the study says so
            if words := getattr(group, form, ""):
                gathered[f"{form}:{name}"] = words
    return gathered


def _of_codebook(codebook) -> dict[str, str]:
    gathered = {}
    for column in codebook.kept:
        gathered[column.name] = column.label
        scale = codebook.scale(column.scale) if column.scale else None
        if scale and scale.cut:
            gathered |= {f"{column.name}.above": scale.above or "Upper answers",
                         f"{column.name}.below": scale.below or "Lower answers"}
    return gathered


def _of_family(family: Family, codebook, known: dict[str, str]) -> dict[str, str]:
    """What names mean in one family alone."""
    gathered = {f"{family.name}:{series.name}": series.title for series in family.series}
    if family.design == "prevalence" and not family.population:
        gathered[f"{family.name}:everyone"] = "All who answered"
    if family.by != "care_group":
        answers = codebook.answers(family.by)
        label = call(known, family.by)
        gathered |= {f"{family.name}:{name}": f"{label}: {lower_first(answer)}" for name, answer in answers.items()}
    for pair in family.pairs:
        stem, first, second = _told_apart(call(known, pair.first), call(known, pair.second))
        gathered |= {f"{family.name}:{pair.name}": stem, f"{family.name}:{pair.name}.first": first,
                     f"{family.name}:{pair.name}.second": second}
    return gathered


def _told_apart(first: str, second: str) -> tuple[str, str, str]:
    """What two labels share ("Health" of "Health: leaving care", "Health: looked after"), and how they differ."""
    stem, colon, rest = first.partition(": ")
    other_stem, _, other = second.partition(": ")
    if colon and stem == other_stem:
        return stem, rest[:1].upper() + rest[1:], other[:1].upper() + other[1:]
    return f"{first}, against {lower_first(second)}", first, second

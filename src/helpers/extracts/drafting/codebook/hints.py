"""What stands as a comment beside a column or a scale: what an analyst should know, confirm or settle."""

import re
from collections.abc import Iterator, Mapping, Sequence

from helpers.extracts.codebooks.spelling import folded, folded_header
from helpers.extracts.codebooks.toml import Place
from helpers.extracts.codebooks.variables import Column, Scale
from helpers.extracts.drafting.codebook.columns import Drafted
from helpers.extracts.drafting.codebook.routing import routes
from helpers.extracts.drafting.columns.guess import Guess

_PARTNERSHIP = [re.compile(pattern) for pattern in (  # the likeliest first
    r"\b(partnership|cpp|hscp)\b", r"\b(local authority|council|la name)\b",
    r"\b(area|locality|health board|region)\b(?! code)")]
_CARE_GROUP = re.compile(
    r"\b(placement|legal (basis|status)|care type|type of care|accommodation|looked after|aftercare|care leaver|"
    r"where do(es)? (you|the child) live)\b")
_IS_PARTNERSHIP = "QUESTION: does it tell the partnership? Then name = \"partnership\" and values = \"partnerships\"."
_IS_CARE_GROUP = "QUESTION: does it tell the care group, or help to? Then write a [[derived]] care_group from it."
_DRIFTED = "QUESTION: these wordings, no two of them put to one person, are read as one question; right?"
_SCORES = "QUESTION: are these meant to be added up? Which are worded the other way round?"
_LEAST_ITEMS = 3
_MOST_NAMED = 6  # columns listed beside a remark that goes for many


def hints_of(made: Drafted) -> dict[Place, list[str]]:
    """Remarks by place: those of each guess, whom a question was put to, what a column may be to the study."""
    remarks = {name: [*guess.remarks, *([_DRIFTED] if guess.field.also else [])]
               for name, guess in made.guesses.items()}
    for name, remark in [*_routing(made), *_of_the_study(made)]:
        remarks[name].append(remark)
    hints: dict[Place, list[str]] = {("columns", name): said for name, said in _once(remarks).items()}
    hints |= {("scales", name): said for name, said in made.remarks.items()}
    hints["scores",] = _scores(made)
    return hints


def _once(remarks: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """What is to be said of many columns alike, said of the first and the others named there."""
    about: dict[str, list[str]] = {}
    for name, said in remarks.items():
        for remark in said:
            about.setdefault(remark, []).append(name)
    return {name: [remark + _so_too(about[remark][1:]) for remark in said if about[remark][0] == name]
            for name, said in remarks.items()}


def _so_too(names: Sequence[str]) -> str:
    more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
    return f" (So too: {', '.join(names[:_MOST_NAMED])}{more}.)" if names else ""


def _routing(made: Drafted) -> Iterator[tuple[str, str]]:
    names = {guess.position: name for name, guess in made.guesses.items()}
    columns = {column.name: column for column in made.columns}
    for position, (gate, labels) in routes(list(made.guesses.values())).items():
        name = names[gate.position]
        answers = [f'"{answer}"' for answer in _answers(columns[name], labels, made.scales)]
        said = answers[0] if len(answers) == 1 else f"[{', '.join(answers)}]"
        yield names[position], f"QUESTION: blank just where {name} says something else; was it asked only then? " \
                               f"asked_if = {{ {name} = {said} }}"


def _answers(column: Column, labels: Sequence[str], scales: Mapping[str, Scale]) -> list[str]:
    """The names of the answers that the labels stand for."""
    wanted = {folded(label) for label in labels}
    if column.scale:
        return [level.name for level in scales[column.scale].levels
                if wanted & {folded(text) for text in (level.name, level.label, *level.spellings)}]
    values = column.values if isinstance(column.values, dict) else {}
    return [name for name, spellings in values.items() if wanted & {folded(text) for text in (name, *spellings)}]


def _of_the_study(made: Drafted) -> Iterator[tuple[str, str]]:
    """The columns that may tell what every study has: the likeliest for the partnership, any for the care group."""
    headers = {column.name: folded_header(made.guesses[column.name].field.wording).replace("_", " ")
               for column in made.columns if column.type == "nominal"}
    for pattern in _PARTNERSHIP:
        if found := [name for name, header in headers.items() if pattern.search(header)]:
            yield found[0], _IS_PARTNERSHIP
            break
    yield from ((name, _IS_CARE_GROUP) for name, header in headers.items() if _CARE_GROUP.search(header))


def _scores(made: Drafted) -> list[str]:
    """Questions whose statements share a scale, as scores that could be; ranks always add up to the same."""
    scales = {column.name: column.scale for column in made.columns if column.type == "ordinal" and column.scale}
    found = []
    for run in made.runs:
        by_scale: dict[str, list[str]] = {}
        for name in run:
            if name in scales and not _is_rank(made.guesses[name]):
                by_scale.setdefault(scales[name], []).append(f'"{name}"')
        found += [f"A score could be made of: items = [{', '.join(items)}]" for items in by_scale.values()
                  if len(items) >= _LEAST_ITEMS]
    return [_SCORES, *found] if found else []


def _is_rank(guess: Guess) -> bool:
    return bool(re.search(r"\brank", folded_header(guess.field.stem)))

"""What stands as a comment beside the draft: what was found, what to do next, what the analyst should settle."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from helpers.extracts.codebooks.codebook import Codebook
from helpers.extracts.codebooks.spelling import folded, folded_header
from helpers.extracts.codebooks.toml import Place
from helpers.extracts.codebooks.variables import Column, Scale
from helpers.extracts.drafting.export import Export
from helpers.extracts.drafting.guess import Guess
from helpers.extracts.drafting.routing import routes
from helpers.extracts.drafting.scale_book import ScaleBook

_PARTNERSHIP = [re.compile(pattern) for pattern in (  # the likeliest first
    r"\b(partnership|cpp|hscp)\b", r"\b(local authority|council|la name)\b", r"\b(area|locality|health board|region)\b(?! code)")]
_CARE_GROUP = re.compile(r"\b(placement|legal (basis|status)|care type|type of care|accommodation|looked after|aftercare|care leaver|"
                         r"where do(es)? (you|the child) live)\b")
_LEAST_ITEMS = 3
_MOST_NAMED = 6  # columns listed beside a remark that goes for many


def head_of(export: Export, codebook: Codebook, comments: Mapping[Place, Sequence[str]]) -> list[str]:
    """What was found, and what to do next."""
    kinds = Counter(column.type for column in codebook.columns if column.personal is None)
    dropped = sum(column.personal is not None for column in codebook.columns)
    found = ", ".join(f"{count} {kind.replace('_', '-')}" for kind, count in kinds.most_common())
    questions = sum(remark.count("QUESTION:") for remarks in comments.values() for remark in remarks)
    lines = [
        "Drafted by `throughcare codebook draft` from the file alone: everything here is a guess until somebody has read it.",
        f"Found: {export.seen}; {export.rows:,} rows. Columns: {found or 'none kept'}; {dropped} dropped as personal or free text.",
        f"To do: settle the {questions} comments that say QUESTION, then `throughcare check FILE --codebook THIS`.",
    ]
    if len(export.sheets) > 1:
        listed = ", ".join(f"'{sheet}'" for sheet in export.sheets[:20])
        lines.append(f"Sheets: {listed}. Drafted from '{export.reading.sheet}'; name another with --sheet.")
    if export.bare:
        lines.append(f"QUESTION: column number {', '.join(map(str, export.bare))} has values and no header; name it in the file, or the "
                     "file will be refused.")
    if _is_published(export, codebook):
        lines.append("QUESTION: this looks like a published table with groups across the page; with [reading.unpivot] every group and "
                     "figure becomes a row.")
    return lines


def _is_published(export: Export, codebook: Codebook) -> bool:
    figures = [column for column in codebook.columns if column.type in ("count", "number") and column.personal is None]
    upper = export.style == "stacked" or sum(bool(re.match(r": |.+: .+", (column.source or [""])[0])) for column in figures) > 5
    return upper and len(figures) >= 3 and 2 * len(figures) > len(codebook.columns)


def hints_of(columns: Sequence[Column], guesses: Mapping[str, Guess], scales: Mapping[str, Scale]) -> dict[Place, list[str]]:
    """Remarks by column: those of its guess, what it may be of, and who it may have been asked of."""
    names = {guess.field.header.position: name for name, guess in guesses.items()}
    asked = routes([guess for guess in guesses.values() if not guess.ignored])
    made: dict[Place, list[str]] = {}
    for column in columns:
        guess = guesses.get(column.name)
        remarks = list(guess.remarks) if guess else []
        if guess and guess.field.header.position in asked:
            gate, labels = asked[guess.field.header.position]
            gate_column = next(each for each in columns if each.name == names[gate.field.header.position])
            answers = _answers(gate_column, labels, scales)
            said = f'"{answers[0]}"' if len(answers) == 1 else "[" + ", ".join(f'"{answer}"' for answer in answers) + "]"
            remarks.append(f"QUESTION: blank just where {gate_column.name} says something else; was it asked only then? "
                           f"asked_if = {{ {gate_column.name} = {said} }}")
        made["columns", column.name] = remarks
    for name, remark in _of_the_study([(column.name, guesses[column.name]) for column in columns
                                       if column.type == "nominal" and column.name in guesses]):
        made["columns", name].append(remark)
    return _once(made)


def _once(remarks: dict[Place, list[str]]) -> dict[Place, list[str]]:
    """What is to be said of many columns alike, said of the first and the others named there."""
    about: dict[str, list[str]] = {}
    for (_, name), said in remarks.items():
        for remark in said:
            about.setdefault(remark, []).append(name)
    made: dict[Place, list[str]] = {}
    for place, said in remarks.items():
        first = [remark for remark in said if about[remark][0] == place[1]]
        made[place] = [remark + _so_too(about[remark][1:]) for remark in first]
    return made


def _so_too(names: Sequence[str]) -> str:
    listed = ", ".join(names[:_MOST_NAMED]) + (f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else "")
    return f" (So too: {listed}.)" if names else ""


def _answers(column: Column, labels: Sequence[str], scales: Mapping[str, Scale]) -> list[str]:
    """The names of the answers that the labels stand for."""
    wanted = {folded(label) for label in labels}
    if column.scale:
        return [level.name for level in scales[column.scale].levels
                if wanted & {folded(text) for text in (level.name, level.label, *level.spellings)}]
    values = column.values if isinstance(column.values, dict) else {}
    return [name for name, spellings in values.items() if wanted & {folded(text) for text in (name, *spellings)}]


def _of_the_study(nominal: Sequence[tuple[str, Guess]]) -> Iterator[tuple[str, str]]:
    """The columns that may tell what every study has: the likeliest for the partnership, any for the care group."""
    headers = {name: folded_header(guess.field.wording).replace("_", " ") for name, guess in nominal if len(guess.labels) > 1}
    for pattern in _PARTNERSHIP:
        if found := [name for name, header in headers.items() if pattern.search(header)]:
            yield found[0], "QUESTION: does it tell the partnership? Then name = \"partnership\" and values = \"partnerships\"."
            break
    for name, header in headers.items():
        if _CARE_GROUP.search(header):
            yield name, "QUESTION: does it tell the care group, or help to? Then write a [[derived]] care_group from it."


def score_hints(runs: Sequence[Sequence[Guess]], names: Mapping[int, str], book: ScaleBook) -> list[str]:
    """Questions whose statements share a scale, as scores that could be."""
    remarks = []
    for run in runs:
        by_scale: dict[str, list[str]] = {}
        for guess in run:
            position = guess.field.header.position
            if guess.ranked is not None and position in book.used and len(book.scales[book.used[position]].levels) > 2:
                by_scale.setdefault(book.used[position], []).append(names[position])
        for items in by_scale.values():
            if len(items) >= _LEAST_ITEMS:
                listed = ", ".join(f'"{item}"' for item in items)
                remarks.append(f"A score could be made of: items = [{listed}]")
    return ["QUESTION: are these meant to be added up? Which are worded the other way round?", *remarks] if remarks else []

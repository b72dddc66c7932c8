"""The scales of a codebook, written out: a name, levels from low to high with every spelling, a cut, and questions."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from helpers.extracts.codebooks.spelling import folded
from helpers.extracts.codebooks.variables import Level, Scale
from helpers.extracts.drafting.codebook.naming import answer_names, slug
from helpers.extracts.drafting.codebook.sharing import Shared, shared_scales
from helpers.extracts.drafting.columns.guess import Guess
from helpers.extracts.drafting.scales.worded import worded


@dataclass(frozen=True)
class ScaleBook:
    """`scales` by name, `used`: position of a column → the name of its scale, `remarks` by name."""

    scales: dict[str, Scale]
    used: dict[int, str]
    remarks: dict[str, list[str]]


def scale_book(runs: Sequence[Sequence[Guess]], names: Mapping[int, str]) -> ScaleBook:
    """The scales of all columns that have an order; `runs`: columns by question, `names`: position → clean name."""
    book = ScaleBook({}, {}, {})
    for shared in shared_scales(runs):
        name = _free(_name(shared, names), shared, names, book.scales)
        levels = _levels(shared)
        cut = _cut(shared, levels)
        book.scales[name] = Scale(levels=list(levels.values()), cut=cut)
        book.used.update({guess.position: name for guess in shared.columns})
        book.remarks[name] = list(_remarks(shared, levels, cut))
    return book


def _name(shared: Shared, names: Mapping[int, str]) -> str:
    """The family's name; for amounts, bare numbers and answers of one question only, that of the column."""
    start, mark, _ = shared.family.partition(":")
    column = names[shared.columns[0].position]
    if start == "codes":
        span = f"numbers_{min(shared.places):g}_to_{max(shared.places):g}"
        return span if len(shared.columns) > 1 else f"{column}_numbers"
    return f"{column}_{'bands' if start == 'amount' else 'levels'}" if mark else slug(start)


def _free(name: str, shared: Shared, names: Mapping[int, str], taken: Mapping[str, Scale]) -> str:
    """The name, or where it is taken one that adds the number of levels, then the column."""
    levels, column = len(shared.places), names[shared.columns[0].position]
    wished = (name, f"{name}_{levels}", f"{name}_of_{column}", *(f"{name}_of_{column}_{at}" for at in range(2, 99)))
    return next(each for each in wished if each not in taken)


def _levels(shared: Shared) -> dict[float, Level]:
    """Place → level, from low to high: the label most often given, every other spelling beside it."""
    given: dict[float, Counter[str]] = {place: Counter() for place in sorted(shared.places)}
    for guess, ranked in zip(shared.columns, shared.ranked, strict=True):
        for label, place in ranked.places.items():
            given[place][label] += guess.said.labels.get(label, 0)
    others = shared.others
    labels = {place: _label(rows, others.get(place, "")) or f"{place:g}" for place, rows in given.items()}
    for place in [place for place in labels if list(labels.values()).count(labels[place]) > 1][1:]:
        labels[place] = f"{labels[place]} ({place:g})"
    names = answer_names(list(labels.values()))
    return {place: Level(name=names[labels[place]], label=labels[place],
                         spellings=_spellings(rows, {folded(labels[place]), folded(names[labels[place]])}))
            for place, rows in given.items()}


def _spellings(rows: Mapping[str, int], known: set[str]) -> list[str]:
    """The texts that neither label nor name spells, the most frequent first, each once."""
    found: dict[str, str] = {}
    for text in sorted(rows, key=lambda text: (-rows[text], text)):
        if folded(text) not in known:
            found.setdefault(folded(text), " ".join(text.split()))
    return list(found.values())


def _label(rows: Mapping[str, int], usual: str) -> str:
    """The spelling most often given, in words where any has words, without the number before them, not in capitals."""
    if not rows:
        return usual
    best = max(rows, key=lambda text: (bool(worded(text).words), rows[text], text))
    said = worded(best)
    if not said.words and usual:
        return usual
    plain = said.words if said.words and said.number is not None else " ".join(best.replace("_", " ").split())
    return plain.capitalize() if plain.isupper() or plain.islower() else plain


def _cut(shared: Shared, levels: Mapping[float, Level]) -> str | None:
    """The level from which the upper category is usually counted, unless it is the lowest."""
    cuts = {ranked.cut for ranked in shared.ranked if ranked.cut is not None}
    if len(cuts) != 1:
        return None
    upper = [level.name for place, level in levels.items() if place >= max(cuts)]
    return upper[0] if 0 < len(upper) < len(levels) else None


def _remarks(shared: Shared, levels: Mapping[float, Level], cut: str | None) -> Iterator[str]:
    yield from dict.fromkeys(f"QUESTION: {ranked.doubt}" for ranked in shared.ranked if ranked.doubt)
    if shared.family == "yes_no":
        return
    if cut:
        yield f"QUESTION: is '{cut}' where the upper category begins? Else move the cut, or take it away."
    rows = shared.rows()
    unheard = [f"'{level.label}'" for place, level in levels.items() if not rows[place]]
    if unheard and shared.family != "codes":
        yield f"Nobody in the file gave {', '.join(unheard)}: put in because such scales have it."
    for place, level in levels.items():
        said = {" ".join(sorted(worded(label).words.split())) for ranked in shared.ranked
                for label, at in ranked.places.items() if at == place} - {""}
        if len(said) > 1:
            spellings = ", ".join(f"'{text}'" for text in (level.label, *level.spellings))
            yield f"QUESTION: {spellings} are read as one level; right?"

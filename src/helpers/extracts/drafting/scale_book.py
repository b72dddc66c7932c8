"""The scales of a codebook: columns that offer the same answers share one, even where nobody gave some of them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from helpers.extracts.codebooks.spelling import folded
from helpers.extracts.codebooks.variables import Level, Scale
from helpers.extracts.drafting.guess import Guess
from helpers.extracts.drafting.naming import answer_names, slug
from helpers.extracts.drafting.ranked import Ranked, completed
from helpers.extracts.drafting.worded import worded

_EXPECTED = 10  # rows in which a level would have been given, had it been offered: then it was not


@dataclass
class _Scale:
    """One scale while columns are being added to it."""

    family: str
    places: frozenset[float]
    columns: list[Guess] = field(default_factory=list)

    def rows(self) -> Counter[float]:
        counts: Counter[float] = Counter()
        for guess in self.columns:
            counts.update(_rows(guess))
        return counts


@dataclass(frozen=True)
class ScaleBook:
    """`scales` by name, `used`: position of a column → the name of its scale, `remarks` by name."""

    scales: dict[str, Scale]
    used: dict[int, str]
    remarks: dict[str, list[str]]


def scale_book(runs: Sequence[Sequence[Guess]], names: Mapping[int, str]) -> ScaleBook:
    """The scales of all columns that have an order; `runs`: columns by question, `names`: position → clean name."""
    groups = [group for run in runs for group in _by_family(run)]
    made: list[_Scale] = []
    for group in sorted(groups, key=lambda group: -len(_offered(group))):
        fitting = next((scale for scale in made if _fits(group, scale)), None)
        if fitting is None:
            made.append(fitting := _Scale(_ranked(group[0]).family, _offered(group)))
        fitting.columns += group
    order = {guess.field.header.position: at for at, guess in enumerate(guess for run in runs for guess in run)}
    made.sort(key=lambda scale: min(order[guess.field.header.position] for guess in scale.columns))
    scales, used, remarks = {}, {}, {}
    for scale in made:
        name = _name(scale, names, scales)
        levels, places = _levels(scale)
        cut = _cut(scale, levels, places)
        scales[name] = Scale(levels=levels, cut=cut)
        used |= {guess.field.header.position: name for guess in scale.columns}
        remarks[name] = _remarks(scale, levels, places, cut)
    return ScaleBook(scales, used, remarks)


def _ranked(guess: Guess) -> Ranked:
    assert guess.ranked is not None
    return guess.ranked


def _by_family(run: Sequence[Guess]) -> list[list[Guess]]:
    """The columns of one question that have an order: those of one family offer the same answers."""
    groups: dict[str, list[Guess]] = {}
    for guess in run:
        if guess.ranked is not None and not guess.ignored and not guess.personal:
            groups.setdefault(guess.ranked.family, []).append(guess)
    return list(groups.values())


def _offered(group: Sequence[Guess]) -> frozenset[float]:
    """The levels that the question must have offered."""
    heard = frozenset().union(*(_ranked(guess).levels for guess in group))
    others: dict[float, str] = {}
    for guess in group:
        others |= _ranked(guess).others
    first = _ranked(group[0])
    return completed(heard, Ranked(first.family, {}, others=others, usual=first.usual, symmetric=first.symmetric))


def _rows(guess: Guess) -> Counter[float]:
    counts: Counter[float] = Counter()
    for label, place in _ranked(guess).places.items():
        counts[place] += guess.said.labels.get(label, 0)
    return counts


def _fits(group: Sequence[Guess], scale: _Scale) -> bool:
    """Whether a question offers no other answers than the scale, and lacks none that it would have been given."""
    heard = frozenset().union(*(_ranked(guess).levels for guess in group))
    if _ranked(group[0]).family != scale.family or not (heard <= scale.places) or _contradicts(group, scale):
        return False
    rows = scale.rows()
    answered = sum(sum(_rows(guess).values()) for guess in group)
    lacking = sum(rows[place] for place in scale.places - heard) / max(1, rows.total())
    return answered * lacking < _EXPECTED and (heard == scale.places or len(heard) > 1)


def _contradicts(group: Sequence[Guess], scale: _Scale) -> bool:
    known = {folded(label): place for guess in scale.columns for label, place in _ranked(guess).places.items()}
    return any(known.get(folded(label), place) != place for guess in group for label, place in _ranked(guess).places.items())


def _name(scale: _Scale, names: Mapping[int, str], taken: Mapping[str, Scale]) -> str:
    """The family's name; for amounts and answers of one question only, that of the column."""
    start, mark, _ = scale.family.partition(":")
    column = names[scale.columns[0].field.header.position]
    name = f"{column}_{'levels' if start != 'amount' else 'bands'}" if mark else slug(start)
    if start == "codes":
        least, most = min(scale.places), max(scale.places)
        name = f"numbers_{least:g}_to_{most:g}" if len(scale.columns) > 1 else f"{column}_numbers"
    if name in taken:
        name = f"{name}_{len(scale.places)}"
    while name in taken:
        name = f"{name}_of_{column}" if f"{name}_of_{column}" not in taken else f"{name}_2"
    return name


def _levels(scale: _Scale) -> tuple[list[Level], list[float]]:
    """The levels from low to high: the label most often given, every other spelling beside it."""
    given: dict[float, Counter[str]] = {place: Counter() for place in sorted(scale.places)}
    others: dict[float, str] = {}
    for guess in scale.columns:
        others |= _ranked(guess).others
        for label, place in _ranked(guess).places.items():
            given[place][label] += guess.said.labels.get(label, 0)
    labels = {place: _label(rows, others.get(place, "")) or others.get(place, f"{place:g}") for place, rows in given.items()}
    for place in [place for place in labels if list(labels.values()).count(labels[place]) > 1][1:]:
        labels[place] = f"{labels[place]} ({place:g})"
    names = answer_names(list(labels.values()))
    levels = []
    for place, rows in given.items():
        label = labels[place]
        known = {folded(label), folded(names[label])}
        spellings = []
        for text, _ in sorted(rows.items(), key=lambda item: (-item[1], item[0])):
            if folded(text) not in known:
                known.add(folded(text))
                spellings.append(" ".join(text.split()))
        levels.append(Level(name=names[label], label=label, spellings=spellings))
    return levels, list(given)


def _label(rows: Mapping[str, int], usual: str) -> str:
    """The spelling most often given, in words where any has words, without the number before them, not in capitals."""
    if not rows:
        return ""
    best = max(rows, key=lambda text: (bool(worded(text).words), rows[text], text))
    said = worded(best)
    if not said.words and usual:
        return usual
    plain = " ".join(best.replace("_", " ").split())
    if said.words and said.number is not None:
        plain = said.words
    return plain.capitalize() if plain.isupper() or plain.islower() else plain


def _cut(scale: _Scale, levels: Sequence[Level], places: Sequence[float]) -> str | None:
    cuts = {_ranked(guess).cut for guess in scale.columns} - {None}
    if len(cuts) != 1:
        return None
    cut = cuts.pop()
    upper = next((at for at, place in enumerate(places) if cut is not None and place >= cut), 0)
    return levels[upper].name if upper else None


def _remarks(scale: _Scale, levels: Sequence[Level], places: Sequence[float], cut: str | None) -> list[str]:
    remarks = list(dict.fromkeys(f"QUESTION: {_ranked(guess).doubt}" for guess in scale.columns if _ranked(guess).doubt))
    if cut and scale.family != "yes_no":
        remarks.append(f"QUESTION: is '{cut}' where the upper category begins? Else move the cut, or take it away.")
    rows = scale.rows()
    unheard = [level.label for level, place in zip(levels, places, strict=True) if not rows[place]]
    if unheard and scale.family not in ("codes",):
        remarks.append(f"Nobody in the file gave {', '.join(map(repr, unheard))}: put in because such scales have it.")
    for level, place in zip(levels, places, strict=True):
        words = {" ".join(sorted(worded(label).words.split())) for guess in scale.columns
                 for label, at in _ranked(guess).places.items() if at == place} - {""}
        if len(words) > 1 and scale.family != "yes_no":
            remarks.append(f"QUESTION: {', '.join(map(repr, [level.label, *level.spellings]))} are read as one level; right?")
    return remarks

"""Which columns share a scale: those that were offered the same answers, even where nobody gave some of them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from helpers.extracts.codebooks.spelling import folded
from helpers.extracts.drafting.columns.guess import Guess
from helpers.extracts.drafting.scales.ranked import Ranked, completed

_EXPECTED = 10  # rows in which a level would have been given, had it been offered: then it was not


@dataclass
class Shared:
    """One scale while columns are being added to it: its family, the places of its levels, who has it."""

    family: str
    places: frozenset[float]
    columns: list[Guess] = field(default_factory=list)

    @property
    def ranked(self) -> list[Ranked]:
        """What is known of the order in each column."""
        return [guess.ranked for guess in self.columns if guess.ranked is not None]

    @property
    def others(self) -> dict[float, str]:
        """Place → label of levels that the family has, whether or not somebody gave them."""
        return {place: label for ranked in self.ranked for place, label in ranked.others.items()}

    def rows(self) -> Counter[float]:
        """Place → rows that give it."""
        counts: Counter[float] = Counter()
        for guess, ranked in zip(self.columns, self.ranked, strict=True):
            for label, place in ranked.places.items():
                counts[place] += guess.said.labels.get(label, 0)
        return counts


def shared_scales(runs: Sequence[Sequence[Guess]]) -> list[Shared]:
    """The scales of all columns that have an order, in the order of the file; `runs`: columns by question."""
    order = {guess.position: at for at, guess in enumerate(guess for run in runs for guess in run)}
    questions = [question for run in runs for question in _by_family(run)]
    made: list[Shared] = []
    for question in sorted(questions, key=lambda question: -len(question.places)):
        fitting = next((scale for scale in made if _fits(question, scale)), None)
        if fitting is None:
            made.append(question)
        else:
            fitting.columns += question.columns
    return sorted(made, key=lambda scale: min(order[guess.position] for guess in scale.columns))


def _by_family(run: Sequence[Guess]) -> list[Shared]:
    """The columns of one question by family: those of one were offered the same answers."""
    families: dict[str, Shared] = {}
    for guess in run:
        if guess.ranked is not None and not guess.personal:
            families.setdefault(guess.ranked.family, Shared(guess.ranked.family, frozenset())).columns.append(guess)
    for question in families.values():
        like = question.ranked[0]
        offered = Ranked(like.family, {}, others=question.others, usual=like.usual, symmetric=like.symmetric)
        question.places = completed(_heard(question), offered)
    return list(families.values())


def _heard(question: Shared) -> frozenset[float]:
    return frozenset().union(*(ranked.levels for ranked in question.ranked))


def _fits(question: Shared, scale: Shared) -> bool:
    """Whether a question offers no other answers than the scale, and lacks none that it would have been given."""
    heard = _heard(question)
    if question.family != scale.family or not heard <= scale.places or _contradicts(question, scale):
        return False
    rows = scale.rows()
    lacking = sum(rows[place] for place in scale.places - heard) / max(1, rows.total())
    return question.rows().total() * lacking < _EXPECTED and (heard == scale.places or len(heard) > 1)


def _contradicts(question: Shared, scale: Shared) -> bool:
    """Whether a label has another place in the scale."""
    known = {folded(label): place for ranked in scale.ranked for label, place in ranked.places.items()}
    return any(known.get(folded(label), place) != place for ranked in question.ranked
               for label, place in ranked.places.items())

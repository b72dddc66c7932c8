"""The labels of one column in order: what every way of recognising a scale gives back."""

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Ranked:
    """Labels from low to high.

    `family`: columns of one family may share a scale. `places`: label → place; labels of one place are one level.
    `cut`: the place from which the upper category is usually counted. `others`: place → label of levels that the
    family has and nobody may have chosen. `usual`: sets of places that questionnaires offer. `symmetric`: whether there
    is a negative place for each positive one. `doubt`: what an analyst should settle, as a question.
    """

    family: str
    places: dict[str, float]
    cut: float | None = None
    others: dict[float, str] = field(default_factory=dict)
    usual: tuple[frozenset[float], ...] = ()
    symmetric: bool = False
    doubt: str = ""

    @property
    def levels(self) -> frozenset[float]:
        """The places that some label has."""
        return frozenset(self.places.values())


def completed(places: Iterable[float], like: Ranked) -> frozenset[float]:
    """The places with those that the questionnaire must have offered too, since scales are balanced or well known."""
    heard = frozenset(places)
    if like.symmetric:
        mirrored = {-place for place in heard} & set(like.others)
        more, fewer = ({p for p in heard if p > 0}, {p for p in heard if p < 0})
        if len(more) != len(fewer) and len(heard | mirrored) <= len(heard) + 2:
            return heard | mirrored
        return heard
    offered = [whole for whole in like.usual if heard <= whole and 2 * len(heard) >= len(whole)]
    return min(offered, key=len, default=heard)

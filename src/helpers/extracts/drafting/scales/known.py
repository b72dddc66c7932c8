"""Labels recognised as one of the scales that questionnaires commonly offer."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from helpers.extracts.drafting.scales.ranked import Ranked
from helpers.extracts.drafting.scales.worded import plain

_LEAST = 2  # labels that must be known; one alone says nothing about an order


@dataclass(frozen=True)
class _Known:
    name: str
    places: dict[str, float]
    labels: dict[float, str]
    cut: float | None
    usual: tuple[frozenset[float], ...]
    codes: int | None


@cache
def _all() -> list[_Known]:
    text = files("helpers.extracts.drafting.scales").joinpath("known.toml").read_text(encoding="utf-8")
    return [_one(entry) for entry in tomllib.loads(text)["scales"]]


def _one(entry: dict) -> _Known:
    places = {plain(word): float(at) for at, words in enumerate(entry["levels"]) for word in words}
    usual = tuple(frozenset(places[plain(word)] for word in words) for words in entry["usual"])
    labels = {float(at): words[0].capitalize() for at, words in enumerate(entry["levels"])}
    return _Known(entry["name"], places, labels, places.get(entry.get("cut", "")), usual, entry.get("codes"))


def known_scale(words: dict[str, str]) -> Ranked | None:
    """The labels in the order of the known scale that has them all, if any; `words`: label → its words."""
    found = [scale for scale in _all() if all(said in scale.places for said in words.values())]
    found = [scale for scale in found if len({scale.places[said] for said in words.values()}) >= _LEAST]
    if not found:
        return None
    best = max(found, key=lambda scale: _likeness({scale.places[said] for said in words.values()}, scale))
    return Ranked(best.name, {label: best.places[said] for label, said in words.items()}, best.cut, best.labels,
                  best.usual)


def number_of(family: str, place: float) -> int | None:
    """The number by which a level of the family is known ("5" for very good), if it has one."""
    first = {scale.name: scale.codes for scale in _all()}.get(family)
    return None if first is None else first + int(place)


def _likeness(places: set[float], scale: _Known) -> float:
    """How much of what is said and of what the scale usually offers they share, from 0 to 1."""
    return max((len(places & usual) / len(places | usual) for usual in scale.usual), default=0.0)

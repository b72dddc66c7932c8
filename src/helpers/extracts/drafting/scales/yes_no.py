"""Labels that say yes, no or something between, however much is written behind the word."""

import re
from dataclasses import dataclass

from helpers.extracts.drafting.scales.phrases import strength
from helpers.extracts.drafting.scales.ranked import Ranked

NO, YES = 0.0, 4.5  # places of the bare words
_BETWEEN = 2.5
SAYING_YES = ("yes", "y", "true", "t", "checked", "selected", "on", "ticked")
SAYING_NO = ("no", "n", "false", "f", "unchecked", "not selected", "off", "not checked", "unticked", "not ticked")
_PARTLY = re.compile(r"(to some extent|partly|partially|in part|somewhat|sometimes|mostly|a little|a bit|maybe|"
                     r"possibly|not always|yes and no|in progress|not yet)\b.*")
_SAID = re.compile(r"(yes|no)\b[\s,.:;-]*(?:but\b)?[\s,]*(.*)")


@dataclass(frozen=True)
class _Said:
    place: float
    yes: bool
    of: str  # what it is said of


def yes_no(words: dict[str, str]) -> Ranked | None:
    """The labels from no to yes, where all are such; `words`: label → its words. None where two cannot be ordered."""
    read = {label: found for label, said in words.items() if (found := _read(said))}
    places = {label: said.place for label, said in read.items()}
    if len(read) < len(words):
        return None
    if all(said in (*SAYING_YES, *SAYING_NO) for said in words.values()):
        return as_yes_no(places)
    if not any(said.yes for said in read.values()) or min(places.values()) > 1:
        return None
    of = {said.of for said in read.values()} - {""}
    if len(of) > 1 and len(set(places.values())) < len(places):  # two long answers that nothing tells apart
        return None
    family = f"yes or no: {' / '.join(sorted(words.values()))}" if len(of) > 1 else "yes_partly_no"
    return Ranked(f"how {of.pop()}" if len(of) == 1 else family, places,
                  min(said.place for said in read.values() if said.yes))


def as_yes_no(places: dict[str, float]) -> Ranked:
    """The labels as a plain yes or no, whichever of the two nobody said."""
    return Ranked("yes_no", places, YES, {NO: "No", YES: "Yes"}, (frozenset({NO, YES}),))


def _read(said: str) -> _Said | None:
    if said in SAYING_YES:
        return _Said(YES, True, "")
    if said in SAYING_NO:
        return _Said(NO, False, "")
    if _PARTLY.fullmatch(said):
        return _Said(_BETWEEN, False, "")
    if not (found := _SAID.fullmatch(said)):
        return None
    more, of = strength(found[2])
    if more is None and _PARTLY.fullmatch(found[2]):
        return _Said(_BETWEEN, found[1] == "yes", "")
    if found[1] == "yes":
        return _Said(YES if more is None else max(more, 1.5), True, of)
    return _Said(NO if more is None or more < 1 else -1.0 if more > 6 else 1.0, False, of)

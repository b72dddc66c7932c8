"""Withheld numbers told in words: in a sentence, an alt text or a label, where no mark ties them to their cell."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

CLAUSE = re.compile(r"[;\n]|\.(?=\s|$)")
NUMBER = r"(?P<number>(?<![\w.])\d+(?:,\d{3})*(?:\.\d+)?%?(?![\w%]))"


@dataclass(frozen=True)
class Told:
    """One withheld number as words would tell it: outcome, place, group, and its text."""

    outcome: str
    place: str
    group: str
    text: str


@dataclass(frozen=True)
class Prose:
    """The withheld numbers, and every name a text could tell a number of."""

    secrets: frozenset[Told]
    outcomes: frozenset[str]
    places: frozenset[str]
    groups: frozenset[str]

    def about(self, title: str) -> str:
        """The one place that a page of this title is about; "" where it names none, or several."""
        named = {place for place in self.places if re.search(rf"\b{re.escape(place)}\b", title.casefold())}
        return named.pop() if len(named) == 1 else ""

    def tells(self, text: str, about: str = "") -> bool:
        """Whether a reader of the text, on a page `about` a place, could take a number for a withheld one and be right.

        A number belongs to the outcome, place and group named nearest before it in its clause, or else after it there,
        or else last in what was read before. What [c] has been said of is told; a number behind it is another one's.
        """
        if not self.secrets or not any(character.isdigit() for character in text):
            return False
        carried = {"outcome": "", "place": about, "group": ""}
        for clause in CLAUSE.split(text.casefold()):
            mentions = [(found.lastgroup, found.group()) for found in self._mentions.finditer(clause)]
            for position, (kind, words) in enumerate(mentions):
                if kind == "number":
                    around = {what: _nearest(mentions, position, what) or carried[what] for what in carried}
                    if Told(**around, text=words) in self.secrets:
                        return True
            carried |= {kind: "" if kind == "withheld" else words for kind, words in mentions if kind in carried}
        return False

    @cached_property
    def _mentions(self) -> re.Pattern:
        # Places first: "Partnership 8" is a place wherever "Partnership" is something else.
        kinds = {"place": self.places, "outcome": self.outcomes, "group": self.groups}
        named = [rf"(?P<{kind}>\b(?:{'|'.join(map(re.escape, sorted(names, key=len, reverse=True)))})\b)"
                 for kind, names in kinds.items() if names]
        return re.compile("|".join([*named, r"(?P<withheld>\[c\])", NUMBER]))


def _nearest(mentions: list[tuple[str, str]], position: int, what: str) -> str | None:
    for kind, words in reversed(mentions[:position]):
        if kind == "withheld" and what == "group":
            return "withheld"
        if kind == what:
            return words
    return next((words for kind, words in mentions[position + 1 :] if kind == what), None)


def prose(secrets: Iterable[tuple[str, str, str, str]], outcomes: Iterable[str], places: Iterable[str],
          groups: Iterable[str]) -> Prose:
    """What must not be told, from (outcome, place, group, text) and all names there are; case does not matter."""
    folded = frozenset(Told(*(part.casefold() for part in secret)) for secret in secrets)
    return Prose(folded, *(frozenset(name.casefold() for name in names) for names in (outcomes, places, groups)))

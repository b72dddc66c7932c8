"""Clean names and short labels from the headers that an export has."""

import re
from collections.abc import Iterable, Sequence
from itertools import chain, count

from helpers.extracts.codebooks.spelling import folded, folded_header
from helpers.extracts.codebooks.variables import KINDS
from helpers.extracts.drafting.columns.missing import kind_said
from helpers.extracts.drafting.exports.fields import Field

_LONGEST_NAME, _MOST_WORDS = 32, 4
_LONGEST_ANSWER, _MOST_ANSWER_WORDS = 40, 7
_LONGEST_LABEL = 70
_MARKUP = re.compile(r"<[^<>]{0,200}>")
_OF_THE_STUDY = {"partnership", "care_group", "wave"}
_RESERVED = {*KINDS, *_OF_THE_STUDY, "present", "missing", "picked", "not_picked"}
_EMPTY = {  # words of a question that do not tell it from others
    "a", "an", "and", "any", "are", "as", "at", "be", "been", "being", "by", "can", "could", "did", "do", "does",
    "doing", "for", "from", "had", "has", "have", "how", "i", "if", "in", "into", "is", "it", "its", "me", "my",
    "of", "on", "or", "our", "please", "select", "that", "the", "their", "them", "there", "these", "they", "this",
    "those", "to", "was", "we", "were", "what", "when", "where", "which", "who", "whom", "whose", "why", "will",
    "with", "would", "you", "your", "all", "apply", "following", "each", "statement", "statements", "extent",
    "far", "much", "many", "often", "ever", "generally", "speaking", "indicate", "whether", "about", "s", "t",
    "re", "ve", "ll", "m", "d", "thinking", "general", "under", "normal", "circumstances", "given", "currently",
    "tick", "choose", "give", "say", "think", "feel", "like", "every", "one", "more", "than", "state", "specify",
}


class Names:
    """Gives every column a clean name of its own, that no header of another column equals."""

    def __init__(self, fields: Sequence[Field]) -> None:
        self._taken: set[str] = set(_RESERVED)
        self._headers = {name: field.header.position for field in fields for name in field.header.names}
        self._stems: dict[str, list[str]] = {}  # part of a question → the questions that have it
        for field in fields:
            if field.option and field.stem not in (stems := self._stems.setdefault(folded(field.option), [])):
                stems.append(field.stem)

    def name(self, field: Field, own: Iterable[int] = (), ends: Iterable[str] = ()) -> str:
        """A name from the tool's code where it has one, else from the words that say what is asked."""
        own = {field.header.position, *own}
        if field.code:
            return self.free([slug(field.code)], own, ends)
        part, stem = _words(field.option), _words(field.stem)
        if not part:
            return self.free([_joined(stem)], own, ends)
        others = [stem for stem in self._stems[folded(field.option)] if stem != field.stem]
        shared = {word for other in others for word in _words(other)}
        apart = [word for word in stem if word not in shared and not word.isdigit()] or stem
        wished = [_joined([*apart[:2], *part])] if others else [_joined(part)]
        return self.free([*wished, _joined([*apart[:2], *part], most=_MOST_WORDS + 2)], own, ends)

    def free(self, wished: Sequence[str], own: Iterable[int], ends: Iterable[str] = ()) -> str:
        """The first of the names wished that is nobody's, else one with a number; from now on it is taken.

        `own`: positions whose headers may equal it; `ends`: what is put behind the name for columns made from it.
        """
        usable = [_legal(name) for name in wished if name] or ["column"]
        numbered = (f"{usable[-1]}_{number}" for number in count(2))
        mine = {None, *own}
        made = next(names for name in chain(usable, numbered)
                    if not self._taken & set(names := [name, *(f"{name}_{end}" for end in ends)])
                    and self._headers.get(folded_header(name)) in mine)
        self._taken.update(made)
        return made[0]


def slug(text: str) -> str:
    """Small letters, digits and underscores."""
    parted = re.sub(r"(?<=[a-z0-9])(?=[A-Z][a-z])|(?<=[a-z])(?=ID\b)", "_", text) if " " not in text else text
    return re.sub(r"_+", "_", re.sub(r"[^a-z0-9]+", "_", re.sub(r"(?<!\d)'", "", folded(parted)))).strip("_")


def _legal(name: str) -> str:
    """A name that a column may have; those that a study fills in itself are left to it."""
    if name in _OF_THE_STUDY:
        return f"{name}_sent"
    return name if re.match(r"[a-z]", name) else f"q{name}" if re.match(r"\d", name) else f"q_{name}".rstrip("_")


def _words(text: str) -> list[str]:
    """The words that carry what is asked; all words where none does."""
    words = [word for word in slug(_MARKUP.sub(" ", text)).split("_") if word]
    carrying = [word for word in words if word not in _EMPTY and not (len(word) == 1 and word.isalpha())]
    return carrying or words


def _joined(words: Sequence[str], most: int = _MOST_WORDS, longest: int = _LONGEST_NAME) -> str:
    """As many of the words as make a short name."""
    made = ""
    for word in list(dict.fromkeys(words))[:most]:
        if made and len(made) + len(word) >= longest:
            break
        made = f"{made}_{word}" if made else word[:longest]
    return made


def short(text: str) -> str:
    """A label for charts: the text without markup, cut at a word."""
    plain = " ".join(_MARKUP.sub(" ", text).split())
    if len(plain) <= _LONGEST_LABEL:
        return plain
    return plain[:_LONGEST_LABEL].rsplit(" ", 1)[0].rstrip(" ,;:-") + " …"


def answer_names(labels: Sequence[str]) -> dict[str, str]:
    """Label → a name for the answer, each its own and equal to no other label and to no word for missing."""
    spelled = {folded(label): label for label in labels}
    names: dict[str, str] = {}
    for label in labels:
        start = _joined(slug(label).split("_"), _MOST_ANSWER_WORDS, _LONGEST_ANSWER) or "answer"
        if start[0].isdigit():
            end = re.match(r"\W*([<>]|[^<>]*\+\s*$)", label)
            start = f"{'level' if not end else 'under' if end[1] == '<' else 'over'}_{start}"
        for name in (start, *(f"{start}_{number}" for number in range(2, len(labels) + 3))):
            own = spelled.get(folded(name), label) == label
            if own and name not in names.values() and name not in _RESERVED and kind_said(name) is None:
                names[label] = name
                break
    return names

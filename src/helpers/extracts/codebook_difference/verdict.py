"""What a change is, and what the change of each key of a codebook means for comparing two waves."""

from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["gone", "new", "renamed", "reworded", "type", "answers", "missing", "asked", "handling", "made", "rules",
               "reading"]
Comparable = Literal["yes", "mapped", "judge", "no"]  # as they stand; once [[earlier]] maps them; read on; not at all


@dataclass(frozen=True)
class Change:
    """One change: the columns of the later wave (or, where gone, of the earlier) that it concerns, what changed,
    whether the two waves' answers can be compared all the same, and the [[earlier]] entry that would map them."""

    kind: Kind
    columns: tuple[str, ...]
    sentence: str
    comparable: Comparable = "yes"
    why: str = ""
    earlier: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Verdict:
    """What it means that a key changed."""

    kind: Kind
    comparable: Comparable = "yes"
    why: str = ""


_ROWS = Verdict("rules", "judge", "other rows count")
_MADE = Verdict("made", "no", "it is made otherwise")

# Keys of a received, derived or scored column, by key; what is not here is judged by its section below.
KEYS = {
    "label": Verdict("reworded"),
    "question": Verdict("reworded", "judge", "other words may draw other answers"),
    "type": Verdict("type", "no", "the answers are of another kind; give today's column another name"),
    "unit": Verdict("type", "no", "the figures are in other units"),
    "required": Verdict("asked", "judge", "rows without an answer are set aside in one wave only"),
    "optional": Verdict("asked"),
    "asked_if": Verdict("asked", "judge", "others were asked; compare those whom both waves asked"),
    "sensitive": Verdict("handling"),
    "personal": Verdict("handling", "no", "what is personal is not kept"),
    "undeclared": Verdict("handling"),
    "none_picked": Verdict("missing", "judge", "picking nothing counts as something else"),
    "cases": _MADE, "years_between": _MADE, "items": _MADE, "reversed": _MADE, "how": _MADE,
    "otherwise": Verdict("made", "judge", "kinds of missing differ"),
    "minimum": Verdict("made", "judge", "scores rest on fewer or more answers"),
}
SECTIONS = {
    "columns": Verdict("reading"), "derived": _MADE, "scores": _MADE, "rules": _ROWS,
    "linked": Verdict("made", "judge", "linked columns come from elsewhere"), "earlier": Verdict("reading"),
}
RULES = {"sentence": Verdict("rules"), "remedy": Verdict("rules")}
SETTINGS = {"reading.undeclared": Verdict("handling")}  # all others: how files are read, or what things are called


def verdict(section: str, key: str) -> Verdict:
    """What it means that this key of an entry of this section changed."""
    if section == "rules":
        return RULES.get(key, SECTIONS[section])
    if section in ("columns", "derived", "scores"):
        return KEYS.get(key, SECTIONS[section])
    return SECTIONS[section]

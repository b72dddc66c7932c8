"""What stands for no answer: words that say so, symbols of published tables, numbers outside what a column can hold."""

import re
from collections.abc import Mapping
from functools import lru_cache

from helpers.extracts.codebooks.variables import Kind
from helpers.extracts.drafting.scales.worded import plain, worded

_LONGEST = 60  # characters; whoever writes more says something

# Words by why there is no answer, whole labels only: "don't know where to ask" is an answer.
_SAYING: dict[Kind, re.Pattern] = {
    "dont_know": re.compile(
        r"(i )?(do not|don'?t|didn'?t|did not) know( ?[/,(-].*)?|d\.?k\.?|dk ?/ ?(na|ns|refused|nr)|"
        r"(i'?m |i am )?not ?sure( ?/.*)?|unsure( ?/.*)?|can'?t say|cannot say|no idea|unable to say|no opinion|"
        r"(can'?t|cannot|don'?t|do not) (remember|recall)"),
    "not_applicable": re.compile(
        r"n\.?/? ?a\.?|n/a .*|.*\(n/?a\)|(item )?not applicable( .*)?|(this )?does(n'?t| not) apply( to me)?|"
        r"not relevant( to me)?"),
    "prefer_not_to_say": re.compile(
        r"(i |i'd |i would )?(prefer|rather) not (to )?(say|answer|disclose|state).*|pnts|"
        r"refus(ed|al)( to (answer|say))?|declined?( to (answer|say|state))?|"
        r"(don'?t|do not) (want|wish) to (say|answer)"),
    "illegible": re.compile(r"illegible|unreadable|cannot be read|not legible|can'?t read"),
    "not_asked": re.compile(r"(question )?not asked|skipped by routing|routed past|schedule not applicable|not seen"),
    "not_recorded": re.compile(
        r"no (answer|response|reply|information|record|data)( (given|recorded|held))?|no code|none recorded|"
        r"not (answered|stated|recorded|known|given|provided|completed|available|entered)|not yet (obtained|known)|"
        r"missing( data| value)?|null|nan|#n/a|#null!|<na>|unknown|unspecified|\(?blank\)?|unanswered|skipped|tbc"),
}

# Symbols that stand for a figure in published tables (UK Government Analysis Function; Department for Education).
SYMBOLS: dict[str, Kind] = {
    "c": "suppressed", "[c]": "suppressed", "*": "suppressed", "s": "suppressed", "sup": "suppressed",
    "supp": "suppressed", "z": "not_applicable", "[z]": "not_applicable", "k": "rounds_to_zero",
    "[k]": "rounds_to_zero", "low": "rounds_to_zero", "[low]": "rounds_to_zero", "~": "rounds_to_zero",
    "x": "not_available", "[x]": "not_available", ":": "not_available", "..": "not_available", "u": "not_available",
    "[u]": "not_available", "[no data]": "not_available",
}

# Numbers that people choose to say that there is none, and what they mostly mean by them.
_CODES: dict[int, Kind] = {
    -1: "not_applicable", -2: "not_asked", -7: "not_applicable", -8: "dont_know", -9: "not_recorded",
    -88: "dont_know", -97: "not_applicable", -98: "dont_know", -99: "not_recorded", -999: "not_recorded",
    -9999: "not_recorded", 7: "not_applicable", 8: "dont_know", 9: "not_recorded", 77: "not_applicable",
    88: "dont_know", 97: "not_applicable", 98: "dont_know", 99: "not_recorded", 888: "dont_know",
    997: "not_applicable", 998: "dont_know", 999: "not_recorded", 9998: "dont_know", 9999: "not_recorded",
    99999: "not_recorded",
}
_POINTS = 10  # up to which numbers may be points of a scale, of which 9 is none where 1 to 5 are


def is_symbol(text: str) -> bool:
    """Whether the text stands for a figure in published tables."""
    return text.strip().lower() in SYMBOLS


@lru_cache(1 << 16)  # the same labels stand in many columns
def kind_said(label: str) -> Kind | None:
    """The kind of missing that a label's words say, with or without a number before them; None for an answer."""
    if len(label) > _LONGEST or label.isdecimal():
        return None
    for words in (plain(label), worded(label).words):
        for kind, pattern in _SAYING.items():
            if words and pattern.fullmatch(words):
                return kind
    stripped = label.strip()
    return "not_recorded" if stripped not in ("", *SYMBOLS) and not stripped.strip("-–—.?") else None


def codes_for_missing(rows: Mapping[float, int]) -> dict[int, Kind]:
    """Numbers that stand outside what the column otherwise holds, and what each probably means; number → rows."""
    numbers = sorted(rows)
    below = [number for number in numbers if number < 0]
    found = {int(number): _CODES[int(number)] for number in below} if all(n in _CODES for n in below) else {}
    rest = [number for number in numbers if number not in found]
    while rest and rest[-1] in _CODES and rest[-1] > 0 and _stands_apart(rest):
        top = int(rest.pop())
        found[top] = _CODES[top]
    return dict(sorted(found.items()))


def _stands_apart(numbers: list[float]) -> bool:
    """Whether the gap below the greatest number is wider than a column leaves by chance; 97, 98 and 99 stand as one."""
    top = numbers[-1]
    others = [number for number in numbers[:-1] if not (number in _CODES and top - number < 3)] or numbers[:-1]
    if len(others) < 2:
        return False
    if others[-1] <= _POINTS and top < _POINTS:
        return top - others[-1] >= 2
    return top - others[-1] >= max(3.0, 0.25 * (others[-1] - others[0]))

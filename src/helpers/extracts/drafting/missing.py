"""What stands for no answer: words that say so, symbols of published tables, numbers outside what a column can hold."""

import re
from collections.abc import Mapping

from helpers.extracts.codebooks.variables import Kind
from helpers.extracts.drafting.worded import plain, worded

# Words by why there is no answer, whole labels only: "don't know where to ask" is an answer.
_SAYING: dict[Kind, re.Pattern] = {
    "dont_know": re.compile(
        r"(i )?(do not|don'?t|didn'?t|did not) know( ?[/,(-].*)?|dk|d\.?k|dont know|dk ?/ ?(na|ns|refused|nr)|(i'?m |i am )?(not|un) ?sure"
        r"|unsure( ?/.*)?|not sure( ?/.*)?|can'?t say|cannot say|no idea|(can'?t|cannot|don'?t|do not) (remember|recall)|"
        r"unable to say|no opinion"),
    "not_applicable": re.compile(
        r"n\.?/? ?a\.?|not applicable|not applicable .*|.*\(n/?a\)|(this )?does(n'?t| not) apply( to me)?|n/a .*|"
        r"not relevant( to me)?|item not applicable"),
    "prefer_not_to_say": re.compile(
        r"(i |i'd |i would )?(prefer|rather) not (to )?(say|answer|disclose|state).*|refus(ed|al)( to (answer|say))?|"
        r"declined?( to (answer|say|state))?|pnts|(don'?t|do not) (want|wish) to (say|answer)"),
    "illegible": re.compile(r"illegible|unreadable|cannot be read|not legible|can'?t read"),
    "not_asked": re.compile(r"not asked|question not asked|skipped by routing|routed past|schedule not applicable|not seen"),
    "not_recorded": re.compile(
        r"no (answer|response|reply|information|record|data)( (given|recorded|held))?|not (answered|stated|recorded|known|given|provided|"
        r"completed|available|entered)|missing( data| value)?|null|nan|#n/a|#null!|none recorded|unknown|blank|"
        r"\(blank\)|unanswered|skipped|no code|not yet (obtained|known)|tbc|"
        r"unspecified|<na>"),
}

# Symbols that stand for a figure in published tables (UK Government Analysis Function; Department for Education).
SYMBOLS: dict[str, Kind] = {
    "c": "suppressed", "[c]": "suppressed", "*": "suppressed", "s": "suppressed", "sup": "suppressed", "supp": "suppressed",
    "z": "not_applicable", "[z]": "not_applicable", "k": "rounds_to_zero", "[k]": "rounds_to_zero", "low": "rounds_to_zero",
    "[low]": "rounds_to_zero", "~": "rounds_to_zero", "x": "not_available", "[x]": "not_available", ":": "not_available",
    "..": "not_available", "u": "not_available", "[u]": "not_available", "[no data]": "not_available",
}

# Numbers that people choose to say that there is none, and what they mostly mean by them.
_CODES: dict[int, Kind] = {
    -1: "not_applicable", -2: "not_asked", -7: "not_applicable", -8: "dont_know", -9: "not_recorded", -88: "dont_know",
    -97: "not_applicable", -98: "dont_know", -99: "not_recorded", -999: "not_recorded", -9999: "not_recorded",
    7: "not_applicable", 8: "dont_know", 9: "not_recorded", 77: "not_applicable", 88: "dont_know", 97: "not_applicable",
    98: "dont_know", 99: "not_recorded", 888: "dont_know", 997: "not_applicable", 998: "dont_know", 999: "not_recorded",
    9998: "dont_know", 9999: "not_recorded", 99999: "not_recorded",
}
_LONGEST = 60  # characters; whoever writes more says something


def kind_said(label: str) -> Kind | None:
    """The kind of missing that a label's words say, with or without a number before them; None where it is an answer."""
    if len(label) > _LONGEST:
        return None
    for words in (plain(label), worded(label).words):
        for kind, pattern in _SAYING.items():
            if words and pattern.fullmatch(words):
                return kind
    stripped = label.strip()
    return "not_recorded" if stripped not in ("", *SYMBOLS) and not stripped.strip("-–—.?") else None


def codes_for_missing(rows: Mapping[float, int]) -> dict[int, Kind]:
    """Numbers that stand outside what the column otherwise holds, and what each probably means; `rows`: number → rows."""
    numbers = sorted(rows)
    suspects = [number for number in numbers if number in _CODES]
    found: dict[int, Kind] = {}
    below = [number for number in suspects if number < 0]
    if below and all(number in below for number in numbers if number < 0):
        found |= {int(number): _CODES[int(number)] for number in below}
    rest = [number for number in numbers if number not in found]
    for top in sorted((number for number in suspects if number > 0), reverse=True):
        others = [number for number in rest if number < top and number not in found]
        if top == max(rest, default=0) and len(others) > 1 and _stands_apart(top, others, suspects):
            found[int(top)] = _CODES[int(top)]
            rest.remove(top)
    return dict(sorted(found.items()))


def _stands_apart(top: float, others: list[float], suspects: list[float]) -> bool:
    """Whether the gap below a number is wider than any that the column's numbers leave elsewhere, and it is all nines."""
    plain_ones = [number for number in others if not (number in suspects and number > 0 and top - number < 3)] or others
    highest, lowest = max(plain_ones), min(plain_ones)
    if len(plain_ones) < 2:
        return False
    if highest <= 10 and top < 10:  # 9 beside 1 to 5; 7, 8 and 9 beside 1 to 7 are points
        return top - highest >= 2
    return top - highest >= max(3.0, 0.25 * (highest - lowest))

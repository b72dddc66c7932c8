"""Figures that are the codes of answers: 1 to 5 for a scale, 0 and 1 for no and yes."""

import re
from dataclasses import replace

from helpers.extracts.codebooks.spelling import folded_header
from helpers.extracts.drafting.columns.figures import Figures
from helpers.extracts.drafting.columns.guess import File, Guess
from helpers.extracts.drafting.columns.missing import codes_for_missing
from helpers.extracts.drafting.scales.ranked import Ranked
from helpers.extracts.drafting.scales.yes_no import NO, YES, as_yes_no

_HIGHEST = 10  # a scale of more points is a figure
_COUNTS = re.compile(
    r"\b(number|no|counts?|total|how many|times|aged?|years?|months?|weeks?|days?|hours?|minutes?|amount|sum|children|"
    r"placements|siblings|visits|size|percent|n)\b")
_RATES = re.compile(
    r"\b(rating|rated?|score|scale|quintile|decile|quartile|rank|ranking|level|grade|stars?|agree|satisfied|likely|"
    r"important|priority|band|how (well|far|much|often|satisfied|likely|good|confident|important|safe|happy))\b")
_HIGH_END = "which end is high? The levels go from the lowest number to the highest; turn them round where a low " \
            "number says more, and write the words for the numbers in."
_ONE_IS_YES = "1 is read as yes and 0 as no; is that what they mean?"


def small_codes(found: Figures) -> set[int]:
    """The codes that the figures could be, without those for missing; empty where they are more than codes."""
    if not found.whole or found.percent or found.names or found.symbols:
        return set()
    left = {int(number) for number in found.rows} - set(codes_for_missing(found.rows))
    small = left and min(left) >= 0 and max(left) <= _HIGHEST and (len(left) > 1 or left == {1})
    return left if small else set()


def as_codes(start: Guess, found: Figures, file: File) -> Guess | None:
    """The column as coded answers where its header, its sisters or its values say so; None where it counts."""
    codes = small_codes(found)
    if not codes:
        return None
    places = {text: number for text, number in found.numbers.items() if number in codes}
    start = _with_missing(start, found)
    if codes <= {0, 1}:
        answers = as_yes_no({text: YES if code else NO for text, code in places.items()})
        return replace(start, type="ordinal", ranked=replace(answers, doubt=_ONE_IS_YES))
    name = folded_header(start.field.wording).replace("_", " ")
    rated = bool(_RATES.search(name)) or start.position in file.in_block
    if _COUNTS.search(name) and not rated:
        return None
    if len(codes) == 2 and not rated:
        meaning = f"QUESTION: what do {' and '.join(map(str, sorted(codes)))} mean?"
        return replace(start, type="nominal", labels=tuple(sorted(places, key=places.__getitem__)),
                       remarks=(meaning, *start.remarks))
    if not rated and not file.mostly_codes:
        return None
    points = {float(code): str(code) for code in range(min(codes), max(codes) + 1)}
    ranked = Ranked("codes", places, others=points, usual=(frozenset(points),), doubt=_HIGH_END)
    return replace(start, type="ordinal", ranked=ranked)


def _with_missing(start: Guess, found: Figures) -> Guess:
    """The guess with the codes that seem to stand for missing, and whether they do as a question."""
    codes = codes_for_missing(found.rows)
    missing = {text: codes[int(number)] for text, number in found.numbers.items() if number in codes}
    asked = f"QUESTION: are {', '.join(missing)} codes for missing, and of which kind?"
    return replace(start, own_missing=missing, remarks=(asked,) if missing else ())

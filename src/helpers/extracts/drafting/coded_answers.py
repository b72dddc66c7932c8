"""Figures that are the codes of answers: 1 to 5 for a scale, 0 and 1 for no and yes."""

import re
from dataclasses import replace

from helpers.extracts.codebooks.spelling import folded_header
from helpers.extracts.drafting.figures import Figures
from helpers.extracts.drafting.guess import File, Guess
from helpers.extracts.drafting.missing import codes_for_missing
from helpers.extracts.drafting.ranked import Ranked
from helpers.extracts.drafting.yes_no import NO, YES, as_yes_no

_HIGHEST = 10  # a scale of more points is a figure
_COUNTS = re.compile(r"\b(number|no|count|counts|total|how many|times|age|aged|years?|months?|weeks?|days?|hours?|minutes?|amount|sum|"
                     r"children|placements|siblings|visits|size|percent|n)\b")
_RATES = re.compile(r"\b(rating|rate|rated|score|scale|quintile|decile|quartile|rank|ranking|level|grade|stars?|agree|satisfied|"
                    r"likely|important|priority|band|how (well|far|much|often|satisfied|likely|good|confident|important|safe|happy))\b")
_HIGH_END = "which end is high? The levels go from the lowest number to the highest; turn them round where a low number says more, " \
            "and write the words for the numbers in."
_ONE_IS_YES = "1 is read as yes and 0 as no; is that what they mean?"


def small_codes(found: Figures) -> set[int]:
    """The codes that the figures could be, without those for missing; empty where they are more than codes."""
    if not found.whole or found.percent or found.labels or found.symbols:
        return set()
    missing = codes_for_missing(found.rows)
    left = {int(number) for number in found.rows} - set(missing)
    small = left and min(left) >= 0 and max(left) <= _HIGHEST and (len(left) > 1 or left == {1})
    return left if small else set()


def as_codes(start: Guess, found: Figures, file: File) -> Guess | None:
    """The column as coded answers where its header, its sisters or its two values say so; None where it counts."""
    codes = small_codes(found)
    if not codes:
        return None
    name = folded_header(start.field.wording).replace("_", " ")
    texts = {int(float(text)): [] for text in start.said.labels}
    for text in start.said.labels:
        texts[int(float(text))].append(text)
    missing = {text: kind for code, kind in codes_for_missing(found.rows).items() for text in texts[code]}
    asked = (f"QUESTION: are {', '.join(map(str, missing))} codes for missing, and of which kind?",) if missing else ()
    start = replace(start, own_missing=missing)
    if codes <= {0, 1}:
        places = {text: (YES if code else NO) for code in codes for text in texts[code]}
        return replace(start, type="ordinal", ranked=replace(as_yes_no(places), doubt=_ONE_IS_YES), remarks=asked)
    rated = bool(_RATES.search(name)) or start.field.header.position in file.in_block
    if _COUNTS.search(name) and not rated:
        return None
    if len(codes) == 2 and not rated:
        return replace(start, type="nominal", labels=tuple(texts[code][0] for code in sorted(codes)),
                       remarks=(f"QUESTION: what do {' and '.join(map(str, sorted(codes)))} mean?", *asked))
    if not rated and not file.mostly_codes:
        return None
    places = {text: float(code) for code in codes for text in texts[code]}
    whole = range(min(codes), max(codes) + 1)
    return replace(start, type="ordinal", remarks=asked, ranked=Ranked(
        "codes", places, others={float(code): str(code) for code in whole}, usual=(frozenset(map(float, whole)),), doubt=_HIGH_END))

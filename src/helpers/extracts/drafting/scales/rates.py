"""Labels in order by how often a year they say something happens: daily, a few times a month, once a year or less."""

import re

from helpers.extracts.drafting.scales.ranked import Ranked

_PERIODS = {"day": 365.0, "week": 52.0, "fortnight": 26.0, "month": 12.0, "quarter": 4.0, "year": 1.0}
_PERIOD = rf"({'|'.join(_PERIODS)})s?"
_ADVERBS = {
    "daily": "every day", "weekly": "every week", "fortnightly": "every fortnight", "monthly": "every month",
    "quarterly": "every quarter", "yearly": "every year", "annually": "every year",
}
_TIMES = {
    "every": 1.0, "each": 1.0, "once": 1.0, "twice": 2.0, "two": 2.0, "three": 3.0, "four": 4.0, "five": 5.0,
    "six": 6.0, "a few": 3.0, "a couple of": 2.0, "several": 4.0, "many": 6.0, "multiple": 4.0,
}
_TIME = "|".join(sorted(_TIMES, key=len, reverse=True))
_RATE = re.compile(rf"(?P<times>{_TIME}|\d+)(?:\s*(?:-|to|or)\s*(?P<most>{_TIME}|\d+))?(?:\s+times)?\s*"
                   rf"(?:(?<=every)|(?<=each)|\b(?:an?|per|each|every|in an?))\s*{_PERIOD}")
_EVERY = re.compile(rf"(?:once )?every (?P<gap>few|couple of|two|three|four|six|\d+|other) {_PERIOD}")
_MOST = re.compile(rf"(?:most|nearly every|almost every) {_PERIOD}")
_SELDOM = {"never": 0.0, "not at all": 0.0, "less often": 0.05, "less frequently": 0.05, "very rarely": 0.07,
           "hardly ever": 0.08, "rarely": 0.1, "seldom": 0.1, "occasionally": 0.2, "less than yearly": 0.3}
_LESS = re.compile(r"\b(or less( often)?|or fewer|at most)\b|^(less( often| frequently)?|fewer) than\b")
_MORE = re.compile(r"\b(or more( often)?)\b|^(more( often| frequently)?) than\b|^at least\b")
_GAPS = {"few": 3.0, "couple of": 2.0, "two": 2.0, "three": 3.0, "four": 4.0, "six": 6.0, "other": 2.0}


def rates(words: dict[str, str]) -> Ranked | None:
    """The labels from the rarest to the most frequent, where all name a rate; `words`: label → its words."""
    found = {label: _a_year(said) for label, said in words.items()}
    if any(rate is None for rate in found.values()) or len(set(found.values())) < len(found) or len(found) < 2:
        return None
    if sum(said not in _SELDOM for said in words.values()) < 2:
        return None
    return Ranked("how_often", {label: float(rate) for label, rate in found.items() if rate is not None})


def _a_year(said: str) -> float | None:
    """How many times in a year; None where the words name no rate."""
    if said in _SELDOM:
        return _SELDOM[said]
    text = re.sub(r"^(about|around|roughly|at least) ", lambda found: "at least " if "least" in found[0] else "", said)
    for adverb, meaning in _ADVERBS.items():
        text = re.sub(rf"\b{adverb}\b", meaning, text)
    share = 0.6 if _LESS.search(text) else 1.4 if _MORE.search(text) else 1.0
    core = " ".join(_MORE.sub(" ", _LESS.sub(" ", text)).split())
    if most := _MOST.fullmatch(core):
        return 0.7 * _PERIODS[most[1]] * share
    if gap := _EVERY.fullmatch(core):
        return _PERIODS[gap[2]] / (_GAPS.get(gap["gap"]) or float(gap["gap"])) * share
    if rate := _RATE.fullmatch(core):
        times = _times(rate["times"]) if rate["most"] is None else (_times(rate["times"]) + _times(rate["most"])) / 2
        return times * _PERIODS[rate[3]] * share
    return None


def _times(word: str) -> float:
    return _TIMES[word] if word in _TIMES else float(word)

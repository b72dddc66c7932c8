"""Labels in order by the numbers in them: bands of age or income, lengths of time, numbers in words."""

import re

from helpers.extracts.codebooks.spelling import folded
from helpers.extracts.drafting.scales.ranked import Ranked

_WORDS = {
    "no": 0, "none": 0, "zero": 0, "never": 0, "once": 1, "one": 1, "twice": 2, "two": 2, "three": 3, "four": 4,
    "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "tens": 10,
    "hundred": 100, "hundreds": 100, "thousand": 1000, "thousands": 1000, "tens of thousands": 10 ** 4,
    "hundreds of thousands": 10 ** 5, "million": 10 ** 6, "millions": 10 ** 6,
}
_WORD = re.compile(rf"\b({'|'.join(sorted(_WORDS, key=len, reverse=True))})\b")
_DAYS = {"day": 1.0, "week": 7.0, "fortnight": 14.0, "month": 30.4, "mth": 30.4, "year": 365.25, "yr": 365.25,
         "hour": 1 / 24, "hr": 1 / 24, "minute": 1 / 1440, "min": 1 / 1440}
_NUMBER = re.compile(rf"(\d+(?:\.\d+)?)\s*(k\b)?\s*({'|'.join(_DAYS)})?s?\b")
_HEIGHT = re.compile(r"(\d)'\s*(?:(\d{1,2})\s*(?:\"|''))?")
_UNDER = re.compile(r"^<|\b(under|less than|below|fewer than|younger than|up to|not more than|at most|before)\b|"
                    r"\bor (less|fewer|under|below|younger|lower)\b|\band (under|below|younger)\b")
_OVER = re.compile(r"^>|\+|\b(over|more than|above|older than|at least|greater than|longer than|beyond)\b|"
                   r"\bor (more|over|above|older|longer|higher)\b|\band (over|above|older|up|more)\b|\bplus\b")
_FILLER = re.compile(r"\b(to|and|or|than|less|more|fewer|under|over|up|but|between|from|at|least|most|of|age|aged|old|"
                     r"older|younger|below|above|per|a|an|the|about|around|exactly|only|not|plus|before|greater|longer|"
                     r"beyond|lower|higher|times?|inclusive)\b|[^\w\s]")
_RANGE = re.compile(r"\d[^\d,;]*(-|\b(to|and|but|or|until|up to|less than)\b)[^\d,;]*\d")
_ENDLESS = float("inf")


def quantities(labels: list[str]) -> Ranked | None:
    """The labels in order of the numbers in them, where every label names some and all speak of one thing."""
    texts = {label: _in_figures(label) for label in labels}
    units = {unit for text in texts.values() for _, _, unit in _NUMBER.findall(text) if unit}
    read = {label: _read(text, one_unit=len(units) < 2) for label, text in texts.items()}
    if len(read) < 2 or any(found is None for found in read.values()):
        return None
    bounds = {label: found[0] for label, found in read.items() if found}
    left = {found[1] for found in read.values() if found} - {""}
    if len(left) > 1 or len(set(bounds.values())) < len(bounds):
        return None
    if not any(_is_band(label, bounds[label]) for label in labels):
        return None
    order = sorted(bounds, key=lambda label: bounds[label])
    return Ranked(f"amount: {' / '.join(order)}", {label: float(place) for place, label in enumerate(order)})


def _is_band(label: str, bounds: tuple[float, float]) -> bool:
    """Whether it is more than a number behind some word, as 'Team 4' is."""
    text = folded(label)
    return bounds[0] != bounds[1] or bool(re.search(rf"\d\s*({'|'.join(_DAYS)})|\btimes?\b|'", text))


def _in_figures(label: str) -> str:
    """The label folded, its numbers in figures."""
    text = re.sub(r"(?<=\d),(?=\d{3}\b)|[$£€]", "", folded(label))
    text = _WORD.sub(lambda found: str(_WORDS[found[1]]), text)
    text = _HEIGHT.sub(lambda found: str(int(found[1]) * 12 + int(found[2] or 0)), text)
    return re.sub(r"\b(half an?|an?) (?=(year|month|week|day|hour)\b)",
                  lambda found: "0.5 " if "half" in found[1] else "1 ", text)


def _read(text: str, one_unit: bool) -> tuple[tuple[float, float], str] | None:
    """Least and most of what the label names, and the words beside its numbers; None without a number."""
    found = _NUMBER.findall(text)
    if not 1 <= len(found) <= 2 or (len(found) == 2 and not _RANGE.search(text)):
        return None
    last = next((unit for _, _, unit in reversed(found) if unit), "")
    numbers = [float(number) * (1000 if thousand else 1) * (1.0 if one_unit else _DAYS.get(unit or last, 1.0))
               for number, thousand, unit in found]
    if len(numbers) == 2 and numbers[0] >= numbers[1]:  # 2-1 is a reference, no band
        return None
    left = _FILLER.sub(" ", _NUMBER.sub(" ", text)).replace("children", "child").split()
    return _bounds(text, numbers), " ".join(word.rstrip("s") for word in left)


def _bounds(text: str, numbers: list[float]) -> tuple[float, float]:
    if len(numbers) == 2:
        return numbers[0], numbers[1]
    if _UNDER.search(text):
        return -_ENDLESS, numbers[0]
    return (numbers[0], _ENDLESS) if _OVER.search(text) else (numbers[0], numbers[0])

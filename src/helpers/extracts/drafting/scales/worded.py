"""A label taken apart: its words folded, and the number that a survey tool put before or behind them."""

import re
from dataclasses import dataclass

from helpers.extracts.codebooks.spelling import folded_header

_BEFORE = re.compile(r"[(\[]?(-?\d{1,3})(?:\.0)?[)\]]?\s*(?:[-:=.)]|\]|\s)\s*(?=[^\W\d])(.*)")
_BEHIND = re.compile(r"(.*[^\W\d].*?)\s*(?:[(\[](-?\d{1,3})[)\]]|=\s*(-?\d{1,3}))")
_BARE = re.compile(r"(-?\d{1,3})(?:\.0+)?")
_LONGEST = 200  # characters of a label; more is an answer in words
_END = " .;:,!"


@dataclass(frozen=True)
class Worded:
    """A label's number, where it has one, and its words, where it has some."""

    number: int | None
    words: str
    marked: bool = True  # a mark stands between them, so that it is no address or amount


def plain(label: str) -> str:
    """The label folded, underscores as spaces, without the stop at its end."""
    return " ".join(folded_header(label).replace("_", " ").strip(_END).split())


def worded(label: str) -> Worded:
    """5, "5 - Very good", "5: very good", "5=Agree", "(5) Agree", "Very good (5)", "Very good" taken apart."""
    text = plain(label)
    if len(text) > _LONGEST:
        return Worded(None, text)
    if bare := _BARE.fullmatch(text):
        return Worded(int(bare[1]), "")
    if before := _BEFORE.fullmatch(text):
        if before[2].split()[0] in _UNITS:  # "1 year" is a length of time, no first choice
            return Worded(None, text)
        return Worded(int(before[1]), before[2].strip(_END), bool(re.match(r"[(\[]?-?\d+(\.0)?\s*[-:=.)\]]", text)))
    if behind := _BEHIND.fullmatch(text):
        return Worded(int(behind[2] or behind[3]), behind[1].strip(_END))
    return Worded(None, text)


_UNITS = {
    "year", "years", "yr", "yrs", "month", "months", "mth", "mths", "week", "weeks", "day", "days", "hour", "hours",
    "minute", "minutes", "mins", "time", "times", "or", "to", "and", "plus", "but", "k", "m", "per", "people",
    "children", "child", "person", "persons", "pounds", "th", "st", "nd", "rd", "percent", "km", "miles", "mile",
    "star", "stars",
}

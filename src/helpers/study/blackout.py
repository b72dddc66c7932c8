"""Secrets blacked out in whatever is to be written or sent, in every spelling that programs commonly give a text."""

import base64
import json
from collections.abc import Callable, Iterable
from functools import cached_property
from html import escape
from urllib.parse import quote, quote_plus

SHOWN = "••••••"
PART = 12  # characters in a row that are as good as the whole: tables cut long texts short, keys are shown line by line
BLOCK, STEP = 8, 5  # PART characters in a row always hold one whole block of a spelling that begins at such a step
SPELLERS: list[Callable[[str], str]] = [
    lambda text: repr(text)[1:-1],
    lambda text: ascii(text)[1:-1],
    lambda text: json.dumps(text)[1:-1],
    lambda text: json.dumps(text, ensure_ascii=False)[1:-1],
    escape,
    lambda text: escape(text).replace("&#x27;", "&#39;"),
    lambda text: escape(text, quote=False),
    quote,
    lambda text: quote(text, safe=""),
    quote_plus,
]


class Blackout:
    """Dots in place of the values, or of twelve characters of one in a row. Values may be added as they come to light.
    """

    def __init__(self, values: Iterable[str] = ()) -> None:
        self.values: set[str] = set()
        self.add(values)

    def add(self, values: Iterable[str]) -> None:
        """Black these out, too."""
        self.values |= set(values) - {""}
        self.__dict__.pop("spellings", None)

    @cached_property
    def spellings(self) -> list[str]:
        """All that stands for a value, the longest first, since they may hold the shorter."""
        found = {spelling for value in self.values for spelling in _spellings(value)}
        return sorted(found, key=lambda spelling: (-len(spelling), spelling))

    def __call__(self, text: str) -> str:
        """The text without them."""
        for spelling in self.spellings:
            text = text.replace(spelling, SHOWN)
        for spelling in self.spellings:
            text = _without_parts(text, spelling)
        return text

    def over(self, value):
        """Plain data, or a message, with every text, name and number in it blacked out."""
        if not self.values:
            return value
        if isinstance(value, str):
            return self(value)
        if isinstance(value, dict):
            return type(value)({self.over(key): self.over(inner) for key, inner in value.items()})
        if isinstance(value, (list, tuple)):
            return type(value)(self.over(inner) for inner in value)
        if isinstance(value, (int, float)) and any(known in str(value) for known in self.values):
            return SHOWN
        return value


def _spellings(value: str) -> set[str]:
    """The value as it is, backwards, escaped once and twice over, and encoded."""
    once = {value, value[::-1], *(spell(value) for spell in SPELLERS)}
    twice = {spell(text) for text in once for spell in SPELLERS}
    percent = {text.lower() for text in twice if "%" in text and text.lower() != value.lower()}
    code = value.encode()
    # Within longer base64 a text looks otherwise by where it begins: the part that is the same whatever stands beside.
    coded = {_within(code, ahead) for ahead in range(3)}
    urls = {text.replace("+", "-").replace("/", "_") for text in coded}
    return once | twice | percent | coded | urls | {code.hex(), code.hex().upper()}


def _within(code: bytes, ahead: int) -> str:
    """Base64 of a text that follows on `ahead` other bytes, but for the characters that it shares with others."""
    return base64.b64encode(bytes(ahead) + code).decode()[(0, 2, 3)[ahead]: (ahead + len(code)) * 8 // 6]


def _without_parts(text: str, spelling: str) -> str:
    """The text with dots where at least PART characters of the spelling stand in a row."""
    for begin in range(0, len(spelling) - BLOCK + 1, STEP) if len(spelling) > PART else ():
        block, at = spelling[begin:begin + BLOCK], -1
        while (at := text.find(block, at + 1)) >= 0:
            end = at + BLOCK
            left = at - _same(text[max(0, at - begin):at][::-1], spelling[:begin][::-1])
            right = end + _same(text[end:end + len(spelling)], spelling[begin + BLOCK:])
            if right - left >= PART:
                text, at = text[:left] + SHOWN + text[right:], left
    return text


def _same(one: str, other: str) -> int:
    """How many characters the two have in common at the beginning."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (mine, theirs) in pairs if mine != theirs), min(len(one), len(other)))

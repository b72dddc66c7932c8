"""Secrets kept out of everything a run writes, whatever its notebook does with them."""

import base64
import json
from collections.abc import Iterable
from html import escape
from urllib.parse import quote, quote_plus

from helpers.study import Secret
from helpers.study.secrets import SHOWN


class Blackout:
    """Dots in place of the secrets that the references stand for, in every spelling a program is likely to print."""

    def __init__(self, references: Iterable[str]) -> None:
        spellings = {spelling for reference in references for spelling in _spellings(Secret(reference).reveal())}
        self.spellings = sorted(spellings, key=len, reverse=True)  # the longer ones may hold the shorter

    def __call__(self, text: str) -> str:
        """The text without them."""
        for spelling in self.spellings:
            text = text.replace(spelling, SHOWN)
        return text

    def over(self, value):
        """Plain data, or a message, with every text in it blacked out."""
        if not self.spellings:
            return value
        if isinstance(value, str):
            return self(value)
        if isinstance(value, dict):
            return type(value)({self.over(key): self.over(inner) for key, inner in value.items()})
        if isinstance(value, (list, tuple)):
            return type(value)(self.over(inner) for inner in value)
        return value


def _spellings(value: str) -> set[str]:
    lines = [line for line in value.splitlines() if len(line) >= len(SHOWN)]
    plain = {value, *lines, value[::-1], repr(value)[1:-1], json.dumps(value)[1:-1], escape(value),
             escape(value, quote=False), quote(value), quote(value, safe=""), quote_plus(value)}
    # Within longer base64 a text looks otherwise by where it begins: the part that is the same whatever stands beside.
    coded = {_within(bytes(ahead) + value.encode(), ahead) for ahead in range(3)}
    return plain | {json.dumps(text)[1:-1] for text in plain} | coded | {value.encode().hex()}


def _within(text: bytes, ahead: int) -> str:
    """Base64 of a text that follows on `ahead` other bytes, but for the characters that it shares with others."""
    coded = base64.b64encode(text).decode().rstrip("=")
    return coded[(0, 2, 3)[ahead]: len(coded) - (1 if len(text) % 3 else 0)]

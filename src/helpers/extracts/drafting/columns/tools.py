"""Columns that survey tools add by themselves, and what becomes of each."""

import re
import tomllib
from collections.abc import Collection
from functools import cache
from importlib.resources import files
from typing import Literal

from helpers.extracts.codebooks.spelling import folded_header

Use = Literal["ignore", "identifier", "status", "channel", "finished", "progress", "submitted", "drop"]

_TIMER = re.compile(r"(groep|group|question)?time\d+|.*_(first click|last click|page submit|click count)|"
                    r".* - (first click|last click|page submit|click count)")
_SIGNS = 2  # of a tool's own columns show that it was a tool that wrote the file

_CONSENT = re.compile(
    r"\bconsent|\b(agree|happy|willing|like|want|wish) to (take part|participate|complete (this|the) survey|proceed|"
    r"continue with)|\bdo you agree to\b|\btake part\?")
TEST_ROWS = re.compile(r"(survey )?(preview|test)(ing)?( response| mode)?|spam|.*\(preview\)", re.IGNORECASE)
PARTIAL = re.compile(r"partial|incomplete|disqualified|abandoned|in progress|started|not complete(d)?|unfinished|"
                     r"deleted", re.IGNORECASE)
# What Qualtrics says of how a response came in, in words and in figures, whether or not the file has such rows already.
QUALTRICS_STATUS = {
    "IP Address": ("0",), "Survey Preview": ("1",), "Survey Test": ("2",), "Imported": ("4",), "Spam": ("8",),
}


@cache
def _uses() -> tuple[dict[str, Use], frozenset[str]]:
    """What each header is used for, and those that an instrument may have asked for itself."""
    text = files("helpers.extracts.drafting.columns").joinpath("tools.toml").read_text(encoding="utf-8")
    listed = tomllib.loads(text)
    doubtful = frozenset(listed.pop("only_with_others"))
    return {name: use for use, names in listed.items() for name in names}, doubtful


def signs_of_a_tool(headers: Collection[tuple[str, ...]]) -> bool:
    """Whether some headers are such that only a survey tool writes them; `headers`: the folded names of each."""
    uses, doubtful = _uses()
    own = [names[0] for names in headers if names[0] in uses]
    return len(own) >= _SIGNS and any(name not in doubtful for name in own)


def use_of(names: tuple[str, ...], in_tool: bool) -> Use | None:
    """What becomes of a tool's own column with those folded names; None for a column of the instrument."""
    uses, doubtful = _uses()
    for name in names[:2]:
        if _TIMER.fullmatch(name) and in_tool:
            return "ignore"
        if name in uses and (in_tool or name not in doubtful):
            return uses[name]
    return None


def asks_consent(wording: str) -> bool:
    """Whether the question asks for consent."""
    return bool(_CONSENT.search(folded_header(wording)))

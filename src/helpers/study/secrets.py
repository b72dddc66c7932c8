"""A secret given as a reference, env:NAME or file:PATH: its value is looked up where it is used and stands nowhere."""

import os
import re
from pathlib import Path

from helpers.study.faults import InputFault

REFERENCE = re.compile(r"env:[A-Za-z_][A-Za-z0-9_]*|file:.+")
SHORTEST = 8  # characters: anything shorter could not be kept out of pages without blotting out innocent text
SHOWN = "••••••"


class Secret:
    """What a reference stands for. Shown, copied or saved it is dots or the reference; only `reveal` gives the value.
    """

    def __init__(self, reference: str) -> None:
        self._reference = reference

    def reveal(self) -> str:
        """The value; raises InputFault where there is none."""
        if words := objection(self._reference):
            raise InputFault(f"a secret {words}")
        return _value(self._reference)

    def __repr__(self) -> str:
        return SHOWN

    def __format__(self, how: str) -> str:
        return SHOWN


def secret(reference: str) -> Secret:
    """The secret that a parameter refers to."""
    return Secret(reference)


def form(reference: str) -> str:
    """Why a text is no reference, as the end of a sentence that does not quote it; empty where it is one."""
    if REFERENCE.fullmatch(reference):
        return ""
    return ("is no reference to a secret; write env:NAME or file:PATH. The secret itself stands in no notebook and no "
            "pipeline.toml.")


def objection(reference: str) -> str:
    """Why the secret cannot be had, as the end of a sentence; empty where it can."""
    if words := form(reference):
        return words
    try:
        value = _value(reference)
    except (OSError, UnicodeDecodeError) as error:
        return f"is in {reference}, which cannot be read ({type(error).__name__}); mend the path or its permissions."
    if not value:
        return f"is in {reference}, which is empty or not set where the run starts; set it there."
    if len(value) < SHORTEST:
        return (f"is in {reference}, which holds fewer than {SHORTEST} characters: too short to be kept out of pages "
                "without blotting out other text; use a longer one.")
    return ""


def _value(reference: str) -> str:
    kind, _, place = reference.partition(":")
    if kind == "env":
        return os.environ.get(place, "")
    return Path(place).read_text(encoding="utf-8").rstrip("\r\n")

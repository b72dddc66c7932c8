"""A secret given as a reference, env:NAME or file:PATH: its value is looked up where it is used and stands nowhere."""

import os
import re
from collections.abc import Sequence
from pathlib import Path

from helpers.study.blackout import SHOWN
from helpers.study.faults import InputFault
from helpers.study.kernel import hush

REFERENCE = re.compile(r"env:[A-Za-z_][A-Za-z0-9_]*|file:\S.*")
SHORTEST = 8  # characters: anything shorter could not be kept out of pages without blotting out innocent text
LARGEST = 65_536  # bytes: a secret is a line or a key
ABOVE = (Path(), *(Path(*[".."] * depth) for depth in (1, 2, 3)))  # a notebook may be opened in its own folder


class Secret:
    """What a reference stands for. Shown, copied or saved it is dots or the reference; only `reveal` gives the value.
    """

    def __init__(self, reference: str) -> None:
        self._reference = reference

    def reveal(self) -> str:
        """The value, which this kernel shows to nobody from here on; raises InputFault where there is none."""
        if words := objection(self._reference):
            raise InputFault(f"a secret {words}")
        found = value(self._reference)
        hush([found])
        return found

    def __repr__(self) -> str:
        return SHOWN

    def __format__(self, how: str) -> str:
        return format(SHOWN, how)


def secret(reference: str) -> Secret:
    """The secret that a parameter refers to; raises InputFault where it refers to none."""
    if words := objection(reference):
        raise InputFault(f"a secret {words}")
    return Secret(reference)


def form(reference: object) -> str:
    """Why a value is no reference, as the end of a sentence that does not quote it; empty where it is one."""
    if isinstance(reference, str) and REFERENCE.fullmatch(reference):
        return ""
    return ("is no reference to a secret; write env:NAME or file:PATH. The secret itself stands in no notebook and no "
            "pipeline.toml.")


def objection(reference: object, folders: Sequence[Path] = ABOVE) -> str:
    """Why the secret cannot be had, as the end of a sentence; empty where it can. A file is looked for in the folders.
    """
    if words := form(reference):
        return words
    try:
        found = value(reference, folders)
    except (OSError, ValueError) as error:
        return f"is in {reference}, which cannot be read ({type(error).__name__}); mend the path or its permissions."
    if not found:
        return f"is in {reference}, which is empty or not set where the run starts; set it there."
    if len(found) < SHORTEST:
        return (f"is in {reference}, which holds fewer than {SHORTEST} characters: too short to be kept out of pages "
                "without blotting out other text; use a longer one.")
    return ""


def value(reference: str, folders: Sequence[Path] = ABOVE) -> str:
    """What is referred to, without white space around it; raises OSError or ValueError where it cannot be read."""
    kind, _, place = reference.partition(":")
    if kind == "env":
        return os.environ.get(place, "").strip()
    with secret_file(reference, folders).open("rb") as file:
        content = file.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise ValueError("too large for a secret")
    return content.decode("utf-8").strip()


def secret_file(reference: str, folders: Sequence[Path] = ABOVE) -> Path | None:
    """The file referred to, in the first of the folders that has it; None for what is no file."""
    kind, _, place = reference.partition(":")
    paths = [folder / Path(place).expanduser() for folder in folders]
    return next((path for path in paths if path.is_file()), paths[0]) if kind == "file" else None

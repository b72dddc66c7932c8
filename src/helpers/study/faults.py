"""The two ways a run ends that are nobody's bug: the input is wrong, or the release would disclose."""

from difflib import get_close_matches
from typing import Literal


class InputFault(Exception):
    """What the user gave is wrong: every fault found, one sentence each, with place, problem and remedy.

    `kind` says which door answers: "study" (parameters, study folder) and "storage" (a full or read-only disk) with
    exit 2, "data" (extracts) with exit 3.
    """

    def __init__(self, faults: list[str] | str, kind: Literal["study", "storage", "data"] = "study") -> None:
        self.faults = [faults] if isinstance(faults, str) else list(faults)
        self.kind = kind
        super().__init__("\n".join(self.faults))

    def __reduce__(self):
        # Worker processes hand exceptions back by pickle, which would otherwise pass the joined text alone.
        return type(self), (self.faults, self.kind)


class ReleaseRefused(Exception):
    """The gate found something in the staged files that must not leave the building."""


def nearest(name: str, known: object) -> str:
    """A closing half-sentence that offers the nearest known name, or lists what is known."""
    names = [str(item) for item in known]  # type: ignore[attr-defined]
    close = get_close_matches(str(name), names, n=1, cutoff=0.6)
    if close:
        return f"did you mean '{close[0]}'?"
    return f"known: {', '.join(names)}." if names else "none is declared."

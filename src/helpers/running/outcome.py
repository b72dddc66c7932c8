"""How a run ended, in words a person can act on."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from errno import ENOSPC
from typing import Literal

State = Literal["done", "up to date", "failed", "dead kernel", "out of memory", "timeout", "missing output",
                "page not made", "dead worker", "refused", "cancelled", "skipped"]


@dataclass(frozen=True)
class Outcome:
    """One run's end. Nothing here can hold a record's values: an exception's own message stays in the kept notebook."""

    run: str
    notebook: str
    state: State
    cause: str = ""
    remedy: str = ""
    message: str = ""  # only of InputFault and ReleaseRefused, which are written to be read
    cell_number: int | None = None  # among the notebook's code cells, as written
    error_name: str = ""
    kept: str = ""  # where the notebook lies as far as it came: restricted
    warnings: int = 0
    figures: dict = field(default_factory=dict)  # key figures that the notebook told, by name
    seen: tuple[str, ...] = ()  # files that it was seen to open, from the folder that holds the study folder
    memory: float | None = None  # MiB at its most, shared pages included; None where the system does not tell
    seconds: float = 0.0
    forked: bool = False  # the kind of kernel it was executed in
    roots: tuple[str, ...] = ()  # skipped: the runs whose failure is the reason

    @property
    def good(self) -> bool:
        return self.state in ("done", "up to date")


def skipped(step, before: list[Outcome]) -> Outcome:
    """What is said of a step that was not begun because of what came before it."""
    roots = sorted({root for outcome in before if not outcome.good for root in (outcome.roots or (outcome.run,))})
    return Outcome(step.name, step.notebook, "skipped", roots=tuple(roots),
                   cause=f"Not run because {listed(roots)} did not finish, and this run reads what comes from there.",
                   remedy="Mend that first; this run follows by itself.")


def cancelled(step) -> Outcome:
    """What is said of a step that was not done when the whole run was cancelled."""
    return Outcome(step.name, step.notebook, "cancelled", cause="The whole run was cancelled before this was done.",
                   remedy="Run again: what was done by then is not done twice.")


def worker_died(step) -> Outcome:
    """What is said of a step whose worker process ended without a word."""
    return Outcome(step.name, step.notebook, "dead worker",
                   cause="The process that ran the notebook, or one beside it, was ended from outside.",
                   remedy="If the machine was short of memory, run again with --jobs 1.")


def dead_kernel(exit_code: int | None, cell: str) -> dict:
    """State, cause and remedy of a kernel that died in the cell described."""
    if exit_code == -9:
        return {"state": "out of memory",
                "cause": f"The notebook's process was killed from outside in {cell}: most often the machine ran out of "
                         "memory.",
                "remedy": "Run again with --jobs 1, or on a machine with more memory."}
    code = f" (exit status {exit_code})" if exit_code is not None else ""
    return {"state": "dead kernel",
            "cause": f"The notebook's process ended by itself{code} in {cell}, without an error message.",
            "remedy": "Run the notebook in JupyterLab up to that cell: most often a compiled library crashed."}


def timed_out(seconds: float, cell: str) -> dict:
    """State, cause and remedy of a notebook that was stopped in the cell described after so many seconds."""
    minutes = f"{seconds / 60:g} minute{'s' * (seconds != 60)}"
    return {"state": "timeout",
            "cause": f"The notebook was stopped after {minutes}, in {cell}.",
            "remedy": "Run it in JupyterLab to see what takes so long there; if it needs the time, give it more by "
                      "timeout_minutes in pipeline.toml."}


def failed_cell(name: str, message: str, cell: str) -> dict:
    """State, cause, remedy and (where it may be shown) message of an exception in the cell described."""
    if name == "InputFault":
        return {"state": "failed", "message": message,
                "cause": f"What the notebook was given is wrong, found in {cell}.",
                "remedy": "Mend what the sentences name, then run again."}
    if name == "ReleaseRefused":
        return {"state": "refused", "message": message,
                "cause": f"The gate refused the release in {cell}: nothing was published.",
                "remedy": "Protect what the sentences name, then run again. The last good release stays."}
    if name == "MemoryError":
        return {"state": "out of memory", "cause": f"Python ran out of memory in {cell}.",
                "remedy": "Run again with --jobs 1, or on a machine with more memory."}
    if name == "OSError" and message.startswith(f"[Errno {ENOSPC}]"):
        return {"state": "failed", "cause": f"There was no space left on the disk that {cell} writes to.",
                "remedy": "Free some space, then run again."}
    return {"state": "failed", "cause": f"{name} in {cell}.",
            "remedy": "Its words are in the notebook kept from this run: restricted, as they may hold record values."}


def missing_output(patterns: list[str]) -> dict:
    """State, cause and remedy of a notebook that ran through without writing what it declares."""
    return {"state": "missing output",
            "cause": f"The notebook ran through but did not write {listed(patterns)}, as pipeline.toml says it does.",
            "remedy": "Save that table at the notebook's end, or correct `writes` in pipeline.toml."}


def page_not_made(name: str, message: str) -> dict:
    """State, cause and remedy of a notebook that ran but could not be turned into a page."""
    shown = {"message": message} if name == "InputFault" else {}
    return {"state": "page not made", "cause": f"The notebook ran through but its page could not be made: {name}.",
            "remedy": "Mend what is said of the page; else send the kept traceback to the maintainer.", **shown}


def listed(names: Sequence[str], most: int = 3) -> str:
    """Names in a row, the rest of a long row counted."""
    shown = [*names[:most], f"{len(names) - most} more"] if len(names) > most else list(names)
    return shown[0] if len(shown) == 1 else ", ".join(shown[:-1]) + " and " + shown[-1]

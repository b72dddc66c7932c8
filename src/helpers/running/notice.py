"""A command told how a night ended: once a change of state, so that a failure that lasts is not told every morning."""

import os
import shlex
import subprocess
from pathlib import Path

from helpers.study import InputFault

LAST = ".notified"  # in the reports folder: the state last told
LONGEST = 60  # seconds that a command may take


def command_of(text: str) -> list[str]:
    """The words of the command; raises InputFault where there are none."""
    try:
        words = shlex.split(text)
    except ValueError as error:
        raise InputFault(f"--notify: {text!r} is no command line ({error}); mend its quotes.") from None
    if not words:
        raise InputFault("--notify: there is no command; name one, such as 'mail -s Throughcare me@example.org'.")
    return words


def notify(command: list[str], *, reports: Path, state: str, text: str) -> str:
    """What went wrong with telling, as a sentence; empty where all is well or nothing has changed since it was told.

    The command gets `text` on its standard input, THROUGHCARE_STATE and THROUGHCARE_BEFORE (empty the first time) in
    its environment. A state that could not be told is told by the next run.
    """
    last = reports / LAST
    before = last.read_text(encoding="utf-8").strip() if last.is_file() else ""
    if state == before:
        return ""
    told = os.environ | {"THROUGHCARE_STATE": state, "THROUGHCARE_BEFORE": before}
    try:
        done = subprocess.run(command, input=f"{text}\n", text=True, encoding="utf-8", env=told, timeout=LONGEST,
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    except (OSError, subprocess.TimeoutExpired) as error:
        return _untold(command, "took too long" if isinstance(error, subprocess.TimeoutExpired) else error.strerror)
    if done.returncode:
        return _untold(command, f"ended with exit code {done.returncode}")
    try:
        reports.mkdir(parents=True, exist_ok=True)
        last.write_text(f"{state}\n", encoding="utf-8", newline="\n")
    except OSError as error:
        return f"{LAST} in the reports folder: {error.strerror}, so the next run may tell the same again."
    return ""


def _untold(command: list[str], problem: str) -> str:
    """Only the command's name is said: its words may hold an address or a password."""
    return (f"--notify: {Path(command[0]).name} {problem}, so nobody was told of this run; the next one tries again. "
            "Run the command by hand to see why.")

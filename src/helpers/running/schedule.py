"""A run every day: the systemd units and the cron line that begin it, from the folder one stands in."""

import re
import shlex
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from helpers.study import InputFault

NAME = re.compile(r"[^A-Za-z0-9_-]+")  # what a unit's name is not made of here: systemd allows little more

SERVICE = """\
[Unit]
Description=Throughcare: {title}

[Service]
Type=oneshot
WorkingDirectory={folder}
ExecStart={command}
# Behind whoever works on this machine; a stop is a cancelled run, which publishes nothing and leaves nothing.
Nice=10
KillSignal=SIGTERM
TimeoutStopSec=60
"""
TIMER = """\
[Unit]
Description=Throughcare every day: {title}

[Timer]
# Local time. A run missed because the machine was off is made up for when it comes up again.
OnCalendar=*-*-* {time}:00
Persistent=true

[Install]
WantedBy=timers.target
"""


@dataclass(frozen=True)
class Schedule:
    """`units` by file name, the service first; `cron` is one line of a crontab."""

    units: dict[str, str]
    cron: str

    @property
    def timer(self) -> str:
        """The unit to enable."""
        return next(name for name in self.units if name.endswith(".timer"))


def daily(time: str, *, name: str, title: str, folder: Path, words: Sequence[str],
          python: str = sys.executable) -> Schedule:
    """`throughcare WORDS` at HH:MM every day, in the folder; the units are called after `name`.

    Raises InputFault where the time is none, or a name on the way cannot be written in a unit or a crontab.
    """
    if not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", time):
        raise InputFault(f"--daily: {time!r} is no time of day; give hours and minutes, such as 06:30.")
    place, command = folder.resolve(), [python, "-m", "helpers", *words]
    if broken := [text for text in (str(place), *command) if re.search(r"[\x00-\x1f]", text)]:
        raise InputFault(f"{broken[0]!r}: no schedule can be written with such a name; rename the folder.")
    stem = f"throughcare-{NAME.sub('-', name).strip('-') or 'study'}"
    shown = _specifiers(" ".join(title.split()))
    service = SERVICE.format(title=shown, folder=_specifiers(str(place)),
                             command=" ".join(_systemd(word) for word in command))
    hours, minutes = time.split(":")
    shell = f"cd {shlex.quote(str(place))} && {shlex.join(command)}"
    return Schedule(
        {f"{stem}.service": service, f"{stem}.timer": TIMER.format(title=shown, time=time)},
        f"{int(minutes)} {int(hours)} * * * " + shell.replace("%", r"\%"),  # crontab(5): a bare % ends the command
    )


def _systemd(word: str) -> str:
    """A word of a command line in a unit (systemd.service(5), "Command lines"): quoted, nothing in it expanded."""
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("$", "$$")
    return f'"{_specifiers(escaped)}"'


def _specifiers(text: str) -> str:
    """Text in which no % is taken for one of systemd's specifiers."""
    return text.replace("%", "%%")

"""What `throughcare schedule` does; every action returns its exit code."""

import json
import shlex
from argparse import Namespace
from pathlib import Path

from helpers.running import Schedule, command_of, daily
from helpers.study import InputFault, open_study

USER_UNITS = "~/.config/systemd/user"  # systemd.unit(5): units of one user, who need not be root


def show(given: Namespace) -> int:
    """The systemd units and the cron line of a daily run printed, or the units written: 0."""
    if given.to and not given.to.is_dir():
        raise InputFault(f"{given.to.as_posix()}: there is no such folder; name one that exists, such as {USER_UNITS}.")
    study = open_study(given.study)
    name = f"{Path.cwd().name}-{study.folder.resolve().name}"  # two studies of one folder have a schedule each
    wishes = {"--keep": given.keep, "--notify": given.notify and shlex.join(command_of(given.notify))}
    words = ["run", "--study", given.study,
             *(word for name, wish in wishes.items() if wish for word in (name, str(wish)))]
    made = daily(given.daily, name=name, title=study.settings.title, folder=Path.cwd(), words=words)
    for name, text in made.units.items() if given.to else ():
        (given.to / name).write_text(text, encoding="utf-8", newline="\n")
    if given.json:
        print(json.dumps({"exit_code": 0, "units": made.units, "cron": made.cron}, ensure_ascii=False))
    else:
        print(_told(made, given.to))
    return 0


def _told(made: Schedule, written: Path | None) -> str:
    """The units as text to copy, or where they were written; how to begin; and the same for cron."""
    units = [f"Written to {written.as_posix()}: {', '.join(made.units)}."] if written else [
        f"# {name}\n{text}" for name, text in made.units.items()]
    lines = [
        *units,
        f"# With both units in {USER_UNITS}:",
        "#   systemctl --user daemon-reload",
        f"#   systemctl --user enable --now {made.timer}",
        "#   loginctl enable-linger    # so that it runs while nobody is logged in",
        f"#   journalctl --user -u {made.timer.removesuffix('.timer')}    # what the last runs said",
        "",
        "# Without systemd, as a line of `crontab -e`; cron mails what it prints:",
        made.cron,
    ]
    return "\n".join(lines)


ACTIONS = {"print": show}

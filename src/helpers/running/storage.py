"""Files written in one step; and a disk that is full or may not be written: nobody's bug, told in a sentence."""

import errno
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from helpers.study import InputFault

SENTENCES = {
    errno.ENOSPC: "there is no space left on its disk; free some, then run again.",
    errno.EDQUOT: "your share of its disk is used up; free some space or ask for more, then run again.",
    errno.EFBIG: "it grew larger than this system lets you write; raise that limit (ulimit -f), then run again.",
    errno.EROFS: "its disk can only be read; have it mounted for writing, or choose another folder in study.toml.",
    errno.EACCES: "you may not write or read it; ask for the right to, or choose another folder in study.toml.",
    errno.EPERM: "you may not change it; ask for the right to, or choose another folder in study.toml.",
}


@contextmanager
def storage_told(*folders: Path) -> Iterator[None]:
    """A stretch in which what the storage refuses is raised as InputFault; `folders` are named where the system does
    not say which file it was.
    """
    try:
        yield
    except OSError as error:
        if error.errno not in SENTENCES:
            raise
        places = [error.filename] if error.filename else folders
        named = " or ".join(Path(os.path.relpath(place)).as_posix() for place in places)
        raise InputFault(f"{named}: {SENTENCES[error.errno]}", kind="storage") from error


def write(path: Path, text: str) -> None:
    """The file, there whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f".{path.name}")
    new.write_text(text, encoding="utf-8", newline="\n")
    new.replace(path)


def write_json(path: Path, content: dict) -> None:
    """Plain data as a file, there whole or not at all."""
    write(path, json.dumps(content, indent=2, ensure_ascii=False) + "\n")

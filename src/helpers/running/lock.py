"""One run of a study at a time: the operating system holds the lock, so that of a dead owner is free at once."""

import json
import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None
    import msvcrt

BEYOND = 1 << 20  # Windows forbids reading locked bytes: lock one far behind the text


class Busy(Exception):
    """Another run of the same study is going on."""


@contextmanager
def only_run(reports: Path) -> Iterator[dict]:
    """Hold the study's lock; gives the owner who died without clearing up, if any. Raises Busy where a run goes on."""
    reports.mkdir(parents=True, exist_ok=True)
    path = reports / ".lock"
    handle = _taken(path)
    try:
        left = _owner(path)
        os.truncate(handle, 0)
        os.write(handle, json.dumps(
            {"pid": os.getpid(), "host": socket.gethostname(), "since": time.time()}).encode())
        yield left
    finally:
        with suppress(OSError):  # Windows does not remove an open file
            path.unlink()
        os.close(handle)


def _taken(path: Path) -> int:
    """The lock file, open and locked; the file of that name, not one that its owner was just removing."""
    while True:
        handle = os.open(path, os.O_RDWR | os.O_CREAT)
        try:
            _lock(handle)
            if path.exists() and os.fstat(handle).st_ino == path.stat().st_ino:
                return handle
        except OSError:
            os.close(handle)
            raise Busy(_sentence(_owner(path))) from None
        os.close(handle)


def _lock(handle: int) -> None:
    """Raises OSError where another process holds the lock."""
    if fcntl:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    else:
        os.lseek(handle, BEYOND, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        os.lseek(handle, 0, os.SEEK_SET)


def _owner(path: Path) -> dict:
    """Who wrote the lock file; empty where nobody did, or is just doing so."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def _sentence(owner: dict) -> str:
    if not owner:
        return "Another run of this study has just begun. Wait until it has ended."
    minutes = max(0, round((time.time() - owner["since"]) / 60))
    return (f"Another run of this study goes on: process {owner['pid']} on {owner['host']}, begun {minutes} "
            f"minute{'' if minutes == 1 else 's'} ago. Wait until it has ended, or stop that process.")

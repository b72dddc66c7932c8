"""A folder for connection files and sockets that nobody's death leaves behind: the next run removes a dead one's."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows: a killed run's folder stays until the system clears its own
    fcntl = None

PREFIX = "throughcare-run-"  # not that of earlier versions, which hold no lock on theirs


@contextmanager
def scratch() -> Iterator[Path]:
    """A new folder among the system's temporary ones, removed at the end."""
    place, handle = _made()
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)
        if handle is not None:
            os.close(handle)


def _made() -> tuple[Path, int | None]:
    """A new folder, held; not one that another run took for a dead one's before it was."""
    while True:
        place = Path(tempfile.mkdtemp(prefix=PREFIX))
        with suppress(BlockingIOError, FileNotFoundError):
            handle = _hold(place)
            if place.exists():
                return place, handle
            os.close(handle)


def sweep() -> None:
    """Remove the folders of runs that died: those that nobody holds."""
    for place in Path(tempfile.gettempdir()).glob(f"{PREFIX}*") if fcntl else ():
        with suppress(OSError):  # it is somebody else's, is held, or has just gone
            handle = _hold(place)
            if os.fstat(handle).st_uid == os.getuid():
                shutil.rmtree(place, ignore_errors=True)
            os.close(handle)


def _hold(place: Path) -> int | None:
    """The folder open and held until that handle is closed or its owner dies; raises OSError where another holds it."""
    if fcntl is None:
        return None
    handle = os.open(place, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        raise
    return handle

"""Whether another machine would make what this one makes: the same packages, source and files under the same paths."""

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from helpers.running.digest import digest
from helpers.running.outcome import listed
from helpers.running.release import MARK
from helpers.running.renewal.fingerprint import packages, requirements
from helpers.running.renewal.reach import source_digest

NAME = "throughcare"  # what a cluster knows our clients and plugin by, and what a worker that will do has one of


@contextmanager
def marked(folders: Iterable[Path]) -> Iterator[dict[str, str]]:
    """SHA-256 by path of files with random content in the folders: who knows them shares the folders."""
    marks = [folder / MARK for folder in folders]
    try:
        for mark in marks:
            mark.parent.mkdir(parents=True, exist_ok=True)
            mark.write_bytes(os.urandom(16))
        yield {str(mark): digest(mark) for mark in marks}
    finally:
        for mark in marks:
            mark.unlink(missing_ok=True)


def told(files: Iterable[str] = (), dask_worker=None) -> dict:
    """What must be the same everywhere, and what a worker must have."""
    return {"packages": packages(), "needs": requirements(), "source": source_digest(),
            "files": {name: _digest(name) for name in files},
            "threads": dask_worker.state.nthreads if dask_worker else 1}


def objections(own: Mapping, other: Mapping) -> list[str]:
    """Why the other would not do, a sentence a reason; none where it would."""
    found = []
    needed = {name: version for name, version in own["packages"].items()
              if name in other["packages"] or name in own["needs"]}
    differ = [f"{name} {other['packages'].get(name, 'missing')} (here {version})" for name, version in needed.items()
              if other["packages"].get(name) != version]
    if differ:
        found.append(f"other versions than here: {listed(differ)}; install the same from requirements.txt.")
    if other["source"] != own["source"]:
        found.append("it has another Throughcare than here, or none; install the same version there.")
    if strange := [name for name, known in own["files"].items() if other["files"].get(name) != known]:
        found.append(f"it does not see the same as here at {listed(strange)}; share the folders of the study, of its "
                     "data and of its reports under the same paths.")
    if other["threads"] != 1:
        found.append(f"it has {other['threads']} threads, and a notebook needs a process for itself; start it with "
                     "--nthreads 1.")
    return found


def _digest(name: str) -> str:
    """The file's SHA-256; empty where it is not there to be read."""
    try:
        return digest(Path(name))
    except OSError:
        return ""

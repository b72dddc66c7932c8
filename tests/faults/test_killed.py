"""Whatever process of a run is killed, and whenever: no half release, no orphan, no stale lock, and the next run
publishes what an undisturbed one would have.

`make test` kills a few, `make soak` hundreds; a seed is always the same kind of process at the same part of its life.
"""

import json
import os
import random
import shutil
import signal
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from faults.going import KINDS, Going, halves, released, scaffolding, study_without_extracts
from processes import within
from tiny_study import Tiny

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are told apart by /proc")
KILLS = int(os.environ.get("THROUGHCARE_KILLS", "1"))  # of each kind
STATES = {"out of memory", "dead kernel", "dead worker"}


@dataclass
class Undisturbed:
    """A study fresh and one published; what its release holds; from when to when each kind of process lives."""

    fresh: Path
    published: Path
    release: dict[str, bytes]
    life: dict[str, tuple[float, float]]


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory) -> Undisturbed:
    place = tmp_path_factory.mktemp("undisturbed")
    tiny = study_without_extracts(place / "published" / "tiny")
    shutil.copytree(tiny.root, place / "fresh")
    going = Going(tiny)
    seen: dict[str, list[float]] = {kind: [] for kind in KINDS}
    while going.process.poll() is None:
        for kind in going.processes().values():
            seen.setdefault(kind, []).append(time.monotonic() - going.began)
        time.sleep(0.01)
    assert going.end() == 0, going.said
    life = {kind: (min(seen[kind]), max(seen[kind])) for kind in KINDS}
    return Undisturbed(place / "fresh", tiny.root, released(tiny), life)


class Reader:
    """Somebody who goes on reading reports/latest, and notes what was amiss with it."""

    def __init__(self, tiny: Tiny, release: dict[str, bytes], from_the_start: bool) -> None:
        self.place, self.release, self.there = tiny.reports / "latest", release, from_the_start
        self.amiss: list[str] = []
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._read)

    def __enter__(self) -> "Reader":
        self._thread.start()
        return self

    def __exit__(self, *_) -> None:
        self._stop.set()
        self._thread.join()

    def _read(self) -> None:
        while not self._stop.wait(0.003):
            if not (self.there or self.place.exists()):
                continue
            self.there = True  # from the moment it is there, all of it is, for good
            for name, content in self.release.items():
                file = self.place / name
                try:
                    if file.read_bytes() != content:
                        self.amiss.append(f"{name} is another")
                except OSError as error:
                    self.amiss.append(f"{name}: {type(error).__name__}")


@pytest.mark.parametrize("seed", range(KILLS))
@pytest.mark.parametrize("kind", KINDS)
def test_a_run_one_of_whose_processes_is_killed(undisturbed, tmp_path, kind, seed):
    chance = random.Random(f"{kind} {seed}")
    again = chance.random() < 0.5  # over a release that is there already, or the first
    shutil.copytree(undisturbed.published if again else undisturbed.fresh, tmp_path / "tiny", symlinks=True)
    tiny = Tiny(tmp_path / "tiny")
    with Reader(tiny, undisturbed.release, from_the_start=again) as reader:
        going = _disturbed(tiny, kind, undisturbed.life[kind], chance)
        code = going.end()
        assert halves(tiny) == []
        _ended_truthfully(tiny, kind, code, going.said)
        following = Going(tiny)
        assert following.end() == 0, following.said
    assert reader.amiss == []
    assert released(tiny) == undisturbed.release and halves(tiny) == []
    assert within(10, lambda: not following.processes()), following.processes()
    assert scaffolding(tiny) == []
    print(f"{kind} {seed}: {going.seconds:.1f} s and {following.seconds:.1f} s")


def _disturbed(tiny: Tiny, kind: str, life: tuple[float, float], chance: random.Random) -> Going:
    """A run of everything one of whose processes was killed at a moment of its life, sooner where it had ended."""
    begins, ends = (0, life[1]) if kind == "driver" else life
    while True:
        going = Going(tiny, "--force")
        time.sleep(chance.uniform(begins, ends))
        if _killed(going, kind, chance):
            return going
        assert going.end() == 0, going.said
        begins, ends = (begin * 0.8 for begin in (begins, ends))


def _killed(going: Going, kind: str, chance: random.Random) -> bool:
    """Whether a process of the kind was killed, the first there is; not where the run ended before."""
    while going.process.poll() is None:
        if found := going.of_kind(kind):
            with suppress(ProcessLookupError):
                os.kill(chance.choice(found), signal.SIGKILL)
                return True
    return False


def _ended_truthfully(tiny: Tiny, kind: str, code: int, said: str) -> None:
    """A killed driver says nothing; all else is worked around, or told as what it is."""
    if kind == "driver":
        assert code in (-signal.SIGKILL, 0)
        return
    assert code in (0, 4), said
    assert "Traceback" not in said, said
    if code == 4:
        record = json.loads((tiny.reports / "failed.json").read_text(encoding="utf-8"))
        bad = {run["state"] for run in record["runs"]} - {"done", "up to date", "skipped"}
        assert bad and bad <= STATES, record["runs"]

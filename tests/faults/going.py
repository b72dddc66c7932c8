"""A run as a process of its own: begun as a schedule begins it, looked at from outside, with all it ever started."""

import os
import subprocess
import sys
import time
from pathlib import Path

from processes import alive
from tiny_study import Tiny

from helpers.running.release import LATEST, RECORD, whole

LONGEST = 180  # seconds until a run is taken to hang, on a machine busy with other things
KINDS = ("driver", "server", "kernel", "worker")
KINDS_IN = {"helpers.running.kernels.warm": "server", "ipykernel_launcher": "kernel", "multiprocessing.spawn": "worker"}


class Going:
    """`throughcare run` in a study's folder, in a session of its own; TMPDIR, which is the study's own, marks every
    process that comes of it.
    """

    def __init__(self, tiny: Tiny, *words: str, env: dict | None = None, within: tuple[str, ...] = (),
                 program: tuple[str, ...] = ("-m", "helpers")) -> None:
        self.tiny, self.tmp = tiny, tiny.root / "tmp"
        self.tmp.mkdir(exist_ok=True)
        self.began = time.monotonic()
        self.process = subprocess.Popen(
            [*within, sys.executable, *program, "run", *words], cwd=tiny.root, text=True, encoding="utf-8",
            env=os.environ | {"TMPDIR": str(self.tmp), "PYTHONUTF8": "1", **(env or {})}, start_new_session=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        self.said = ""

    def end(self) -> int:
        """The exit code; what was said is in `said`."""
        try:
            self.said, _ = self.process.communicate(timeout=LONGEST)
        except subprocess.TimeoutExpired:
            left = self.processes()
            for pid in left:
                os.kill(pid, 9)
            said, _ = self.process.communicate()
            raise AssertionError(f"it hangs, with {left}: {said}") from None
        self.seconds = time.monotonic() - self.began
        return self.process.returncode

    def processes(self) -> dict[int, str]:
        """Every process of this study's runs that is at work, with its kind."""
        mark = f"\0TMPDIR={self.tmp}\0".encode()
        found = {}
        for folder in Path("/proc").glob("[0-9]*"):
            pid = int(folder.name)
            if mark in b"\0" + _bytes(folder / "environ") and alive(pid):
                found[pid] = _kind(folder, driver=self.process.pid)
        servers = {pid for pid, kind in found.items() if kind == "server"}
        return {pid: "kernel" if _parent(pid) in servers else kind for pid, kind in found.items()}

    def of_kind(self, kind: str) -> list[int]:
        return sorted(pid for pid, its in self.processes().items() if its == kind)


def study_without_extracts(root: Path) -> Tiny:
    """The tiny study; its first notebook declares no extract, so that the command checks none."""
    tiny = Tiny(root)
    tiny.replace("study/pipeline.toml", 'reads = ["raw/case_records"]\n', "")
    return tiny


def released(tiny: Tiny, place: str = LATEST) -> dict[str, bytes]:
    """The bytes of a release's files but for its record, by place; none where there is no release."""
    folder = tiny.reports / place
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*"))
            if path.is_file() and path.name != RECORD}


def halves(tiny: Tiny) -> list[str]:
    """Names of folders in the reports that look like a release and are none."""
    return [path.name for path in tiny.reports.glob("*")  # a run killed at once has not made the folder yet
            if path.is_dir() and not path.is_symlink() and not path.name.startswith(".") and not whole(path)]


def scaffolding(tiny: Tiny) -> list[str]:
    """What a run builds with and is to take away: hidden files of the reports, half-written ones, all in TMPDIR."""
    kept = tiny.root / "data/processed/.kept"
    halfway = [path for path in kept.glob("*") if path.name.startswith(".") or path.suffix == ".new"]
    found = [*tiny.reports.glob(".*"), *halfway, *(tiny.root / "tmp").glob("*")]
    return sorted(path.relative_to(tiny.root).as_posix() for path in found)


def _kind(folder: Path, driver: int) -> str:
    if int(folder.name) == driver:
        return "driver"
    words = _bytes(folder / "cmdline").decode(errors="replace")
    return next((kind for word, kind in KINDS_IN.items() if word in words), "other")


def _parent(pid: int) -> int:
    stat = _bytes(Path(f"/proc/{pid}/stat")).decode(errors="replace")
    return int(stat.rpartition(")")[2].split()[1]) if stat else 0


def _bytes(path: Path) -> bytes:
    """The file's contents; none of a process that has ended or belongs to somebody else."""
    try:
        return path.read_bytes()
    except OSError:
        return b""

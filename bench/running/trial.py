"""One whole process run once in a folder: the seconds it took, and what processors spent on it and its children."""

import os
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent
SNAKEMAKE = ROOT / ".venv-bench" / "bin" / "snakemake"
LAST_WORDS = 3000  # characters of what a variant that failed said
OURS, FLOOR = "Throughcare", "floor: the code without notebooks"
# Where modules are found, one thread of BLAS for every variant alike, and the commands that Snakefile and loop call.
ENVIRONMENT = {
    "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "src")]),
    "PATH": os.pathsep.join([str(BIN), os.environ.get("PATH", "")]),
    **{f"{library}_NUM_THREADS": "1" for library in ("OPENBLAS", "OMP", "MKL")},
}


@dataclass(frozen=True)
class Variant:
    """A way of running the workload: its command, and where it leaves pages and (if it does) executed notebooks."""

    command: Sequence[str | Path]
    pages: str = "pages"
    notebooks: str | None = "executed"


RELEASED = "reports/latest/internal"
VARIANTS = {
    OURS: Variant([sys.executable, "-m", "helpers", "run", "--study", "study"], RELEASED, f"{RELEASED}/notebooks"),
    "papermill and nbconvert, a command loop": Variant([sys.executable, "-m", "bench.running.variants.cli_loop"]),
    "Snakemake, two at a time": Variant([SNAKEMAKE, "-c2", "--quiet", "all", "--snakefile",
                                         ROOT / "bench/running/variants/Snakefile"]),
    "papermill's API, two processes": Variant([sys.executable, "-m", "bench.running.variants.papermill_api"]),
    FLOOR: Variant([sys.executable, "-m", "bench.running.variants.floor"], "reports/.staged/internal", None),
}


@dataclass(frozen=True)
class Trial:
    """`wall` from the start of the process to its end; `busy` what processors spent, which others' load disturbs least;
    `said` what it printed."""

    wall: float
    busy: float
    said: str


def run(command: Sequence[str | Path], folder: Path, **environment: str) -> Trial:
    """The command run in the folder; a failure ends the bench with what was said."""
    before, began = _spent(), time.perf_counter()
    ended = subprocess.run(command, cwd=folder, env=os.environ | ENVIRONMENT | environment, capture_output=True,
                           text=True, check=False)
    wall, busy = time.perf_counter() - began, _spent() - before
    if ended.returncode:
        raise SystemExit(f"{' '.join(map(str, command))} failed:\n{(ended.stdout + ended.stderr)[-LAST_WORDS:]}")
    return Trial(wall, busy, ended.stdout)


def _spent() -> float:
    """Seconds that processors have spent on all children which have ended and were waited for."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime
